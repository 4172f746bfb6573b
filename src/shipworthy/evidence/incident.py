"""A bias incident as it was handled, step by step: what was said, what was measured, who was told, and by when that is due."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

from shipworthy.evidence.risks import RiskFigure
from shipworthy.evidence.values import Answer

StepName = Literal["verify", "size", "contain", "tell", "cause", "fix", "re-measure", "learn"]
STEPS: tuple[StepName, ...] = get_args(StepName)
"""The steps in their order."""

NOT_BORNE_OUT: tuple[StepName, ...] = ("verify", "tell", "learn")
"""What is left to do where the evidence does not show what was said, and those who said it are told so."""


@dataclass(frozen=True)
class Said:
    """One question of a step, and what was answered."""

    question: str
    answer: str


@dataclass(frozen=True)
class Sized:
    """How many of a group are hit, as natural frequencies.

    Attributes:
        group: the columns and values that name it; {} is everybody.
        metric: what goes wrong, as a metric of that group.
        wrong: of 1,000 such cases, how many go wrong, with two-sided 95 % bounds.
        low: the lower one.
        high: the upper one.
        n: the test rows that count.
        per_month: how many that is a month, at the volume of product.yaml; None where there is none.
        per_month_low: its lower bound, from that of the rate.
        per_month_high: its upper bound.
        record: the evaluation that holds the rate.
        worst: whether it is the group that is hit hardest.
        excess: how many fewer a month it would be at the rate of the group that is hit least; None without a volume.
    """

    group: Mapping[str, str]
    metric: str
    wrong: float
    low: float | None
    high: float | None
    n: int
    per_month: float | None
    per_month_low: float | None
    per_month_high: float | None
    record: str
    worst: bool = False
    excess: float | None = None


@dataclass(frozen=True)
class IncidentStep:
    """One step that was taken.

    Attributes:
        step: which.
        time: when it was kept.
        by: who took it.
        said: the questions with their answers.
        figures: what records measured.
        sizes: of the step `size`, who is hit and how many.
        records: the records that it rests on.
        verdict: of `verify` and `re-measure`, what the evaluation said of the claim; "" where nothing was measured.
        early: why it came before its turn; "" where it did not.
        notes: what else to know of it.
    """

    step: StepName
    time: str
    by: str
    said: tuple[Said, ...]
    figures: tuple[RiskFigure, ...] = ()
    sizes: tuple[Sized, ...] = ()
    records: tuple[str, ...] = ()
    verdict: Answer | Literal[""] = ""
    early: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Clock:
    """A time within which somebody must be told, from when the incident was opened.

    `due` is the time at which it runs out; `holds` says when it holds; `counts` that the known facts make it hold.
    `conflict` tells where sources differ.
    """

    name: str
    days: int
    due: str
    law: str
    article: str
    holds: str
    counts: bool
    conflict: str = ""


@dataclass(frozen=True)
class Incident:
    """One incident as a whole, up to now. Each step adds a record that holds all steps before it.

    Attributes:
        number: of the incident in its product, from 1.
        what: what was said when it was opened.
        opened: when.
        by: who opened it.
        candidate: whose answers it is about; "" where that is not known.
        claim: the requirement that it is about, as product.yaml writes it; "" where there is none yet.
        drill: whether it is an exercise.
        clocks: times within which somebody must be told.
        steps: those that were taken, in the order of time.
        suggestion: a line for the requirements of product.yaml; "" before `learn`.
    """

    number: int
    what: str
    opened: str
    by: str
    candidate: str
    claim: str
    drill: bool
    clocks: tuple[Clock, ...] = ()
    steps: tuple[IncidentStep, ...] = ()
    suggestion: str = ""

    @property
    def done(self) -> frozenset[StepName]:
        """The steps that need no more. A fix that was measured and missed is to be made again."""
        found: set[StepName] = set()
        for each in self.steps:
            if each.step == "learn" and each.early:
                found.add("re-measure")
            if each.step != "re-measure" or each.verdict == "met":
                found.add(each.step)
            elif each.verdict == "missed":
                found.discard("fix")
        return frozenset(found)

    @property
    def path(self) -> tuple[StepName, ...]:
        """The steps that this incident asks: all, or the short way where the evidence did not bear it out."""
        short = self.unfounded and "tell" in self.done and "size" not in self.done
        return NOT_BORNE_OUT if short else STEPS

    @property
    def unfounded(self) -> bool:
        """Whether the evidence met the claim when it was looked at first."""
        first = next((each for each in self.steps if each.step == "verify"), None)
        return first is not None and first.verdict == "met"

    @property
    def next_step(self) -> StepName | None:
        """What comes next; None where it is closed."""
        return next((step for step in self.path if step not in self.done), None)

    @property
    def closed(self) -> bool:
        """Whether every step was taken."""
        return self.next_step is None

    @property
    def unproved(self) -> bool:
        """Whether it was measured again, and too few rows say whether the fix is enough."""
        last = self.last("re-measure")
        return last is not None and last.verdict == "undecided" and "fix" in self.done

    def last(self, step: StepName) -> IncidentStep | None:
        """The newest step of this name."""
        return next((each for each in reversed(self.steps) if each.step == step), None)


def read_incident(found: Mapping[str, Any]) -> Incident:
    """The incident inside a record's JSON."""
    clocks = tuple(Clock(**item) for item in found["clocks"])
    return Incident(**{**found, "clocks": clocks, "steps": tuple(_step(item) for item in found["steps"])})


def _step(item: Mapping[str, Any]) -> IncidentStep:
    return IncidentStep(
        **{
            **item,
            "said": tuple(Said(**each) for each in item["said"]),
            "figures": tuple(RiskFigure(**each) for each in item["figures"]),
            "sizes": tuple(Sized(**each) for each in item["sizes"]),
            "records": tuple(item["records"]),
            "notes": tuple(item["notes"]),
        }
    )
