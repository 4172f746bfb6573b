"""What an audit found about the data: verdicts on claims about it, and one finding for each thing worth telling."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from shipworthy.evidence.values import Estimate, Verdict

Colour = Literal["red", "amber", "green"]


@dataclass(frozen=True)
class Finding:
    """One line of the readiness card.

    Attributes:
        sort: what it is about: a metric of data, or a word such as owner or schema.
        about: the column or the source, "" for all rows.
        colour: red where a claim is missed or the right to use data is unknown, amber where more must be known, else green.
        what: what was found, in a sentence with its numbers.
        rows: how many rows are affected; None where it is not a matter of rows.
        ids: a few of them.
        cost: what mending it takes, "" where that is not known.
        next_step: what to do.
        requirement: the claim that was judged, as written; "" where it is none.
        default: whether the claim is one that product.yaml does not write.
        blocks: whether nothing can ship while it stands.
    """

    sort: str
    about: str
    colour: Colour
    what: str
    rows: int | None = None
    ids: tuple[str, ...] = ()
    cost: str = ""
    next_step: str = ""
    requirement: str = ""
    default: bool = False
    blocks: bool = False


@dataclass(frozen=True)
class ColumnProfile:
    """One column: its kind (number, boolean, time, text), its rows without a value, and about how many different values it has.

    `least` and `greatest` are the ends of numbers, and of times as ISO text. `values` are those of a column with few of
    them as texts, the most frequent first, with their rows.
    """

    name: str
    kind: str
    rows: int
    missing: int
    distinct: int
    least: float | str | None = None
    greatest: float | str | None = None
    values: tuple[tuple[str, int], ...] = ()

    @property
    def present(self) -> int:
        """The rows that have a value."""
        return self.rows - self.missing


@dataclass(frozen=True)
class TimeBin:
    """The rows of one span of time that begins on a day: all, those with a label, and the positive ones (None where there are none)."""

    start: str
    rows: int
    labelled: int
    positives: int | None


@dataclass(frozen=True)
class Outlook:
    """A number that more labels would bring, with its two-sided 95 % interval; None where there is no such number."""

    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True)
class LearningCurve:
    """What a trained candidate learns from growing subsets of the labelled rows, and what more labels would bring.

    Attributes:
        candidate: who learned.
        requirement: the claim whose metric was measured, as written.
        metric: it.
        target: what the claim asks for.
        rows: the labelled rows that the candidate is trained on now.
        sizes: of the subsets.
        values: the mean over all repeats at each size.
        repeats: how many there were, each with other rows held out.
        now: the metric with the present rows, by the law of the curve.
        twice: with twice as many.
        fourfold: with four times as many.
        endless: what it tends to.
        needed: training rows that reach the target.
        answer: reached now, reachable with a known number of rows, unclear, or out of reach.
    """

    candidate: str
    requirement: str
    metric: str
    target: float
    rows: int
    sizes: tuple[int, ...]
    values: tuple[float, ...]
    repeats: int
    now: Outlook
    twice: Outlook
    fourfold: Outlook
    endless: Outlook
    needed: Outlook
    answer: Literal["reached", "reachable", "unclear", "out_of_reach"]


@dataclass(frozen=True)
class LabelNoise:
    """What a candidate says of labels that it did not learn from: an estimate, which proves nothing until rows are labelled again.

    Attributes:
        candidate: who judged.
        rows: how many labels it judged.
        share: of them that seem wrong, whatever their rows are like.
        low: the lower end of its two-sided 95 % interval.
        high: the upper end.
        ids: of the rows whose label it contradicts, the surest first.
        ranked_by: what chose and ordered them.
    """

    candidate: str
    rows: int
    share: float
    low: float
    high: float
    ids: tuple[str, ...]
    ranked_by: str = "self-confidence"


@dataclass(frozen=True)
class ValueFault:
    """One fault of the values of a text column, found value by value: `rows` of the `of` that were looked at have it.

    `sort` is what looked (personal, damaged, inconsistent, mixed_types, date_formats, number_formats) and `kind` what it
    found, such as email. `low` and `high` bound the share of all rows (exact, 95 %); `examples` are masked.
    """

    sort: str
    kind: str
    column: str
    rows: int
    of: int
    low: float
    high: float
    examples: tuple[str, ...] = ()


@dataclass(frozen=True)
class PersonalKind:
    """One kind of personal data that was looked for.

    Attributes:
        kind: as faults name it.
        name: in words.
        countries: ISO 3166 codes of those covered, or any.
        languages: in which texts it is recognised, or any.
        told_by: what makes a stretch of text one.
        misses: what stays unseen.
    """

    kind: str
    name: str
    countries: tuple[str, ...]
    languages: tuple[str, ...]
    told_by: str
    misses: str


@dataclass(frozen=True)
class Audit:
    """Everything that one audit found. Rows are taken as a sample of the process that made them.

    `estimates` are what was counted of each segment without being asked; `timeline` the rows by `span` (a day, a week, a
    month or a year). `curves` and `noise` are there where they were asked for; `faults` are what was found value by value, and `looked_for` the kinds of
    personal data among them.
    """

    rows: int
    verdicts: tuple[Verdict, ...]
    findings: tuple[Finding, ...]
    columns: tuple[ColumnProfile, ...] = ()
    estimates: tuple[Estimate, ...] = ()
    span: str = ""
    timeline: tuple[TimeBin, ...] = ()
    notes: tuple[str, ...] = ()
    curves: tuple[LearningCurve, ...] = ()
    noise: LabelNoise | None = None
    faults: tuple[ValueFault, ...] = ()
    looked_for: tuple[PersonalKind, ...] = ()

    @property
    def rolled_up(self) -> tuple[Verdict, ...]:
        """The verdict on each claim as a whole."""
        return tuple(verdict for verdict in self.verdicts if not verdict.slice)

    @property
    def written(self) -> tuple[Verdict, ...]:
        """The verdicts on the claims that product.yaml writes, each as a whole."""
        defaults = {finding.requirement for finding in self.findings if finding.default}
        return tuple(verdict for verdict in self.rolled_up if verdict.requirement not in defaults)


def read_audit(found: Mapping[str, Any]) -> Audit:
    """The audit inside a record's JSON."""
    return Audit(
        found["rows"],
        tuple(read_verdict(item) for item in found["verdicts"]),
        tuple(Finding(**{**item, "ids": tuple(item["ids"])}) for item in found["findings"]),
        tuple(_column(item) for item in found["columns"]),
        tuple(Estimate(**item) for item in found["estimates"]),
        found["span"],
        tuple(TimeBin(**item) for item in found["timeline"]),
        tuple(found["notes"]),
        tuple(_curve(item) for item in found["curves"]),
        LabelNoise(**{**found["noise"], "ids": tuple(found["noise"]["ids"])}) if found["noise"] else None,
        tuple(
            ValueFault(**{**item, "examples": tuple(item["examples"])}) for item in found.get("faults", ())
        ),
        tuple(_kind(item) for item in found.get("looked_for", ())),
    )


def _curve(item: Mapping[str, Any]) -> LearningCurve:
    looks = {name: Outlook(**item[name]) for name in ("now", "twice", "fourfold", "endless", "needed")}
    lists = {name: tuple(item[name]) for name in ("sizes", "values")}
    return LearningCurve(**{**item, **looks, **lists})


def _kind(item: Mapping[str, Any]) -> PersonalKind:
    places = {key: tuple(item[key]) for key in ("countries", "languages")}
    return PersonalKind(**{**item, **places})


def _column(item: Mapping[str, Any]) -> ColumnProfile:
    values = tuple((value, rows) for value, rows in item["values"])
    return ColumnProfile(**{**item, "values": values})


def read_verdict(item: Mapping[str, Any]) -> Verdict:
    """The verdict inside a record's JSON."""
    estimates = {key: Estimate(**item[key]) if item[key] else None for key in ("estimate", "at")}
    return Verdict(**{**item, **estimates})
