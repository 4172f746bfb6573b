"""Estimates, verdicts, decisions, and the facts about candidates and data that stand beside them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from shipworthy.evidence.judging import JudgeTrust
from shipworthy.evidence.mitigation import Mitigation

Answer = Literal["met", "missed", "undecided"]
Slice = Mapping[str, str]
OF_LABELS = "labels: "
"""What a note of an evaluation begins with that says where labels come from and how they count."""

SPARSE = {"sparse": True}
"""Of a field that a record leaves out where it is None."""


@dataclass(frozen=True)
class Estimate:
    """One metric of one candidate on one slice, with its uncertainty.

    `low`/`high` are the two-sided bounds that people see, at `confidence`; `lower`/`upper` are one-sided
    bounds, each at `level`, that claims are judged by. `n` counts the rows of the metric's denominator and
    `units` the independent units behind them. Numbers that do not exist are None, never NaN. `unscored` counts the rows
    that belong there and that a grader could not score; None where nothing is graded.
    """

    candidate: str
    metric: str
    slice: Slice
    value: float | None
    low: float | None
    high: float | None
    confidence: float
    lower: float | None
    upper: float | None
    level: float
    n: int
    units: int
    method: str
    unscored: int | None = field(default=None, metadata=SPARSE)


@dataclass(frozen=True)
class Verdict:
    """Whether one candidate meets one requirement on one slice ({} is the roll-up over all its slices).

    `needs_more` counts the further rows of the metric's denominator after which the claim would be decided
    at the present rate; `needs_more_80` those that decide it with an 80 % chance. Both are None where the
    claim is decided, or where no number of rows would decide it (the reason says which).
    """

    requirement: str
    candidate: str
    slice: Slice
    verdict: Answer
    estimate: Estimate | None
    needs_more: int | None
    needs_more_80: int | None
    reason: str
    p_missed: float | None = None
    at: Estimate | None = None


@dataclass(frozen=True)
class Decision:
    """The answer for the product, the reasons, and what would change it."""

    answer: Literal["ship", "do_not_ship", "not_yet"]
    candidate: str | None
    because: tuple[str, ...]
    would_change: tuple[str, ...]


@dataclass(frozen=True)
class WorstSlice:
    """One slice on which a candidate does worse than on the rest of the data, beyond chance.

    `difference` is `value` - `rest`, in the direction of the metric; `low`/`high` its two-sided 95 % interval, of this
    slice taken alone. `p` is one-sided; `q` is p after Benjamini-Hochberg over everything that was looked at.
    `shrunken` is the difference drawn towards 0 by how little the slice's own rows say. `n` counts the rows of the
    metric's denominator in the slice.
    """

    candidate: str
    metric: str
    slice: Slice
    value: float
    rest: float
    difference: float
    low: float | None
    high: float | None
    n: int
    p: float
    q: float
    shrunken: float
    method: str


@dataclass(frozen=True)
class SliceSearch:
    """What was looked at to find the worst slices of one candidate, and what was set aside.

    `looked_at` counts pairs of a slice and a metric that were tested; `too_small` those with fewer than `least_rows`
    rows in the slice or in the rest; `same_rows` slices that hold the very rows of another. `worse` counts what is
    worse beyond chance before slices that another one explains are left out.
    """

    candidate: str
    metrics: tuple[str, ...]
    slices: int
    looked_at: int
    too_small: int
    same_rows: int
    worse: int
    least_rows: int
    error: float


@dataclass(frozen=True)
class CurvePoint:
    """One possible threshold on the validation rows: what it would give there.

    `low`/`high` are the two-sided 95 % interval of `net_value`, of this threshold alone.
    """

    threshold: float
    net_value: float | None
    recall: float | None
    false_positive_rate: float | None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Regret:
    """How far the frozen threshold may be from the best of its curve, in net value per decision, `level` sure.

    `upper` is the bound. The best lies from `low` to `high`: every threshold outside is shown to be worse than some
    other. Both hold for all thresholds of the curve at once.
    """

    upper: float
    low: float
    high: float
    level: float = 0.95


@dataclass(frozen=True)
class Confused:
    """How many test rows of one class were answered with a class (None: not at all)."""

    label: str
    answer: str | None
    rows: int


@dataclass(frozen=True)
class ReliabilityBin:
    """Labelled test rows of neighbouring scores: how many (by weight), their mean score, and the share of positives.

    `low`/`high` are the two-sided 95 % bounds of the share.
    """

    rows: float
    score: float
    share: float
    low: float
    high: float


@dataclass(frozen=True)
class Reliability:
    """What a score says and what happened, from low scores to high; the calibration error, and the one of chance alone."""

    bins: tuple[ReliabilityBin, ...]
    error: float
    by_chance: float


@dataclass(frozen=True)
class Failed:
    """One answer that a grader failed: the row, and what failed it (personal data masked)."""

    grader: str
    id: str
    why: str


@dataclass(frozen=True)
class Handover:
    """What a cascade hands on: the share of test rows that `then` is asked about, with its two-sided 95 % bounds.

    `cost` = `cost_first` + `sent` * `cost_then`, each per decision: of all rows, of the first candidate, and of the
    second on the rows that it is asked about; None where it is not known.
    """

    first: str
    then: str
    rows: int
    sent: float | None
    low: float | None
    high: float | None
    cost_first: float | None
    cost_then: float | None
    cost: float | None


@dataclass(frozen=True)
class CandidateFacts:
    """One candidate: what it is, its version, its frozen threshold and why, and how many rows it answered.

    `review_from`, `thresholds_by` and `thresholds` are those of the `OperatingPoint`. `confusion` has the answers to the
    test rows of each class, where answers are classes; `reliability` says what scores meant, where a requirement asks
    for their calibration. `failed` are a few answers that graders failed.
    `mitigation` says how it treats groups by themselves so as to be fairer ("" where it does not), `mitigates` names the
    candidate that is the same without it. `handover` is that of a cascade.
    """

    name: str
    kind: str
    version: str
    eligible: bool
    rows: int
    scored: int
    threshold: float | None = None
    threshold_why: str = ""
    notes: tuple[str, ...] = ()
    curve: tuple[CurvePoint, ...] = ()
    review_from: float | None = None
    thresholds_by: str = ""
    thresholds: Mapping[str, float] = field(default_factory=dict)
    regret: Regret | None = None
    mitigation: str = ""
    mitigates: str = ""
    confusion: tuple[Confused, ...] = ()
    reliability: Reliability | None = None
    failed: tuple[Failed, ...] = ()
    handover: Handover | None = None


@dataclass(frozen=True)
class SplitFacts:
    """Rows, labelled rows and positive rows of one part of the examples; no positives where answers are not yes or no."""

    name: str
    rows: int
    labelled: int
    positives: int


@dataclass(frozen=True)
class DataFacts:
    """One source of data: what it is for, where it lies, and the fingerprint of its content."""

    role: str
    source: str
    fingerprint: str
    rows: int


@dataclass(frozen=True)
class Evaluation:
    """Everything that one evaluation (or decision) found."""

    candidates: tuple[CandidateFacts, ...]
    splits: tuple[SplitFacts, ...]
    estimates: tuple[Estimate, ...]
    verdicts: tuple[Verdict, ...]
    decision: Decision | None = None
    notes: tuple[str, ...] = field(default=())
    worst: tuple[WorstSlice, ...] = ()
    searches: tuple[SliceSearch, ...] = ()
    mitigations: tuple[Mitigation, ...] = ()
    judges: tuple[JudgeTrust, ...] = ()

    def rolled_up(self, candidate: str) -> tuple[Verdict, ...]:
        """The candidate's verdict on each requirement as a whole, in the order of the requirements."""
        return tuple(v for v in self.verdicts if v.candidate == candidate and not v.slice)

    def facts(self, candidate: str) -> CandidateFacts:
        """The facts of the candidate with this name.

        Raises:
            KeyError: there is none.
        """
        for facts in self.candidates:
            if facts.name == candidate:
                return facts
        raise KeyError(candidate)
