"""What it takes to settle what is open: rows to collect, rows to label, money and weeks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from shipworthy.evidence.values import SPARSE, Answer, Estimate, Slice


@dataclass(frozen=True)
class Span:
    """A number with the range that the uncertain share of the rows that count gives it; None is unknown."""

    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Effort:
    """What one chance of an answer takes.

    `counted` are further rows of the metric's denominator, `collect` the rows of all kinds among which so many are
    found, `label` those of them whose true answer must be found (None where no label is needed). `cost` is in the
    plan's currency; `cost` and `weeks` are None where nobody said what a label costs, or how many come in a week.
    """

    counted: int
    collect: Span
    label: Span | None
    cost: Span | None
    weeks: Span | None


@dataclass(frozen=True)
class Need:
    """What one comparison on one slice still needs: with an even chance of an answer, and with an 80 % chance.

    `rows` says in words which rows count, `share` which part of the rows to label they are, with its two-sided 95 %
    interval. `towards` is the answer that the present rate leads to, None where no number of rows leads to one, for
    the reason that is given. Where `assumed` is not None, there are no rows yet and that rate is taken for the true one.
    """

    metric: str
    slice: Slice
    rows: str
    towards: Literal["met", "missed"] | None
    share: Span
    even: Effort | None
    likely: Effort | None
    reason: str
    assumed: float | None = None


@dataclass(frozen=True)
class Open:
    """One requirement of one candidate: its verdict now, what each open part needs, and one batch for all of them."""

    requirement: str
    candidate: str
    verdict: Answer
    estimate: Estimate | None
    needs: tuple[Need, ...]
    even: Effort | None
    likely: Effort | None
    reason: str


@dataclass(frozen=True)
class Batch:
    """One batch of rows that settles every requirement of a candidate that rows can settle.

    It is judged as `verb` judges, at the one-sided `level`. Its efforts count the rows of the greatest need. `set_by` is the requirement that needs the most of it; `left` are those that it leaves open or missed.
    """

    candidate: str
    verb: Literal["evaluate", "decide"]
    level: float
    even: Effort
    likely: Effort
    set_by: str
    left: tuple[str, ...]


@dataclass(frozen=True)
class Flow:
    """How fast labelled rows come: stated in product.yaml, measured from the times of the examples, or unknown."""

    source: Literal["stated", "measured", "unknown"]
    labels_per_week: float | None
    why: str


@dataclass(frozen=True)
class JudgeMix:
    """What decides a claim about a judge's pass rate at least cost, at the present rate.

    `have` and `judged` are the labels and the judged answers that there are; all other numbers count these too. `labels`
    and `calls` are the labels and judged answers of the cheapest mix, `alone` the labels without a judge, `cautious` the
    labels of the mix if the judge goes along with people as little as its labels allow. `cost` and `alone_cost` are of
    what is still to be labelled and judged. `correlation` is that of people and judge, with its two-sided 95 % bounds.
    `queue` is the judge whose queue of `label` takes the labels; None where they stand in a file.
    """

    requirement: str
    candidate: str
    have: int
    judged: int
    labels: int | None = None
    calls: int | None = None
    cost: float | None = None
    alone: int | None = None
    alone_cost: float | None = None
    cautious: int | None = None
    correlation: float | None = None
    low: float | None = None
    high: float | None = None
    reason: str = ""
    queue: str | None = field(default=None, metadata=SPARSE)


@dataclass(frozen=True)
class Plan:
    """The plan for every eligible candidate; `candidate` is the one that stands best, and the one to plan for.

    `claims` stand in the order of their cost for each candidate, what is settled last; `batches` hold one per
    candidate at the level of `evaluate`, and one for the best at that of `decide`, where candidates share the error. `mixes` are for open claims about
    pass rates of judges; None where there are none.
    """

    candidate: str | None
    claims: tuple[Open, ...]
    batches: tuple[Batch, ...]
    flow: Flow
    label_cost: float | None
    currency: str
    notes: tuple[str, ...] = ()
    mixes: tuple[JudgeMix, ...] | None = field(default=None, metadata=SPARSE)

    def of(self, candidate: str) -> tuple[Open, ...]:
        """The requirements of one candidate, the cheapest to settle first."""
        return tuple(each for each in self.claims if each.candidate == candidate)

    def batch(self, candidate: str, verb: str = "evaluate") -> Batch | None:
        """The batch of one candidate as a verb would judge it."""
        mine = (each for each in self.batches if (each.candidate, each.verb) == (candidate, verb))
        return next(mine, None)


def read_plan(found: Mapping[str, Any]) -> Plan:
    """The plan inside a record's JSON."""
    return Plan(
        found["candidate"],
        tuple(_open(item) for item in found["claims"]),
        tuple(_batch(item) for item in found["batches"]),
        Flow(**found["flow"]),
        found["label_cost"],
        found["currency"],
        tuple(found["notes"]),
        tuple(JudgeMix(**item) for item in found["mixes"]) if "mixes" in found else None,
    )


def _open(item: Mapping[str, Any]) -> Open:
    return Open(
        **{
            **item,
            "estimate": Estimate(**item["estimate"]) if item["estimate"] else None,
            "needs": tuple(_need(need) for need in item["needs"]),
            "even": _effort(item["even"]),
            "likely": _effort(item["likely"]),
        }
    )


def _need(item: Mapping[str, Any]) -> Need:
    efforts = {key: _effort(item[key]) for key in ("even", "likely")}
    return Need(**{**item, "share": Span(**item["share"]), **efforts})


def _batch(item: Mapping[str, Any]) -> Batch:
    efforts = {key: _effort(item[key]) for key in ("even", "likely")}
    return Batch(**{**item, **efforts, "left": tuple(item["left"])})


def _effort(item: Mapping[str, Any] | None) -> Any:
    if item is None:
        return None
    spans = {key: Span(**item[key]) if item[key] else None for key in ("collect", "label", "cost", "weeks")}
    return Effort(**{**item, **spans})
