"""What a comparison of candidates hands up: each challenger against the champion, metric by metric."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from shipworthy.evidence.values import Slice

Standing = Literal["better", "no_worse", "worse", "undecided"]


@dataclass(frozen=True)
class Comparison:
    """One challenger against the champion in one metric, on the rows that both answered ({}: all of them).

    `difference` is challenger - champion. `low`/`high` is its two-sided interval at `confidence`, `lower`/`upper` are
    one-sided bounds at `level`. `p_value` is two-sided against no difference; `p_better`, `p_worse` and `p_no_worse`
    are one-sided against the opposite and adjusted for everything that was looked at together: Holm over the
    challengers for all rows, Benjamini-Hochberg for slices. `n` counts the rows that count for the metric, `units`
    what they are worth as independent ones; `only_challenger` and `only_champion` those that only one answered
    rightly. `asked` says that the metric has a say, and does not only stand beside. `needs_more` are further rows of
    the metric that decide at the present rate, `needs_more_80` those with an 80 % chance.
    """

    challenger: str
    champion: str
    metric: str
    better: Literal["higher", "lower"]
    slice: Slice
    challenger_value: float | None
    champion_value: float | None
    difference: float | None
    low: float | None
    high: float | None
    confidence: float
    lower: float | None
    upper: float | None
    level: float
    margin: float | None
    n: int
    units: int
    only_challenger: int | None
    only_champion: int | None
    p_value: float
    p_better: float
    p_worse: float
    p_no_worse: float | None
    verdict: Standing
    asked: bool
    needs_more: int | None
    needs_more_80: int | None
    reason: str
    method: str


@dataclass(frozen=True)
class Contender:
    """One candidate in the table: what it costs, how good it is, and whether another one is better in everything.

    `quality`, `low` and `high` are of the table's metric on all its rows; `front` is None where it is only shown.
    `unanswered` is the share of test rows that it gave no answer to. `dominated_by` are those that are at least as good
    in quality, latency and cost and better in one of them, as measured; `not_separable_from` those among them, and
    among the faster and cheaper ones, whose quality may be the same or the other way round. Older records say none of the three.
    """

    name: str
    role: Literal["champion", "challenger", "reference"]
    kind: str
    quality: float | None
    low: float | None
    high: float | None
    p95_latency_ms: float | None
    cost_per_1000: float | None
    front: bool | None
    unanswered: float | None = None
    dominated_by: tuple[str, ...] | None = None
    not_separable_from: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Paired:
    """The test rows of one challenger and the champion, by who answered them."""

    challenger: str
    rows: int
    both: int
    only_challenger: int
    only_champion: int
    neither: int


@dataclass(frozen=True)
class Contest:
    """The champion and its challengers: who is champion and why, the table, and every comparison.

    `comparisons` are over all rows, those of the metrics that were asked for first; `slices` hold those slices only
    on which a difference was found.
    """

    champion: str
    why: str
    quality: str
    contenders: tuple[Contender, ...]
    pairs: tuple[Paired, ...]
    comparisons: tuple[Comparison, ...]
    slices: tuple[Comparison, ...]
    family: str
    notes: tuple[str, ...] = ()

    def of(self, challenger: str) -> tuple[Comparison, ...]:
        """The comparisons of one challenger over all rows."""
        return tuple(each for each in self.comparisons if each.challenger == challenger)

    @property
    def challengers(self) -> tuple[str, ...]:
        """Who is held against the champion, in the order of product.yaml."""
        return tuple(each.challenger for each in self.pairs)

    def standing(self, challenger: str) -> Standing:
        """A challenger in everything that was asked: worse in something, undecided in something, or neither.

        Without a worse or an open metric it is better in all of them, or else no worse.
        """
        found = {each.verdict for each in self.of(challenger) if each.asked}
        order: tuple[Standing, ...] = ("worse", "undecided", "no_worse", "better")
        return next((standing for standing in order if standing in found), "undecided")


def read_contest(found: Mapping[str, Any]) -> Contest:
    """The contest inside a record's JSON."""
    return Contest(
        **{
            **found,
            "contenders": tuple(_read_contender(item) for item in found["contenders"]),
            "pairs": tuple(Paired(**item) for item in found["pairs"]),
            "comparisons": tuple(Comparison(**item) for item in found["comparisons"]),
            "slices": tuple(Comparison(**item) for item in found["slices"]),
            "notes": tuple(found["notes"]),
        }
    )


def _read_contender(item: Mapping[str, Any]) -> Contender:
    names = {
        name: tuple(item[name])
        for name in ("dominated_by", "not_separable_from")
        if item.get(name) is not None
    }
    return Contender(**{**item, **names})
