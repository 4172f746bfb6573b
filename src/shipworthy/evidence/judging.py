"""What a judge's verdicts on a candidate's answers are worth, held against what people said of some of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Ranged:
    """A number with its two-sided 95 % bounds; None where it does not exist."""

    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True)
class JudgeTrust:
    """One judge and the answers of one candidate, on the test rows.

    Attributes:
        candidate: whose answers.
        grader: the name of the judge.
        judge: a hash of its model, parameters and rubric.
        version: of the candidate.
        population: a hash of the examples and their division.
        labels: a hash of what people said; "" where nobody did.
        drawn: how the labelled answers were drawn.
        judged: answers that it judged.
        labelled: those of them that people labelled and agreed on.
        people: how many people labelled.
        raw: the judge's own share, which is no estimate of what people would say.
        corrected: the share that people would pass; the raw one without bounds where it is refused.
        method: how it was corrected.
        by_people: the share of the labelled answers that people pass, without the judge.
        human_applies: whether that is an estimate of the same share.
        sensitivity: of what people pass, the share that the judge passes.
        specificity: of what people fail, the share that the judge fails.
        agreement: the share on which both say the same.
        majority: the share that always giving people's most frequent verdict would reach.
        kappa: agreement beyond chance (Cohen).
        alpha: the same as Krippendorff's alpha.
        ceiling: alpha of people among themselves; None where each answer was labelled once.
        length: the correlation of its verdict with the length of the answer; None where one of both never varies.
        refusal: why there is no corrected share, or "".
    """

    candidate: str
    grader: str
    judge: str
    version: str
    population: str
    labels: str
    drawn: str
    judged: int
    labelled: int
    people: int
    raw: Ranged
    corrected: Ranged
    method: str
    by_people: Ranged
    human_applies: bool
    sensitivity: Ranged
    specificity: Ranged
    agreement: Ranged
    majority: float | None
    kappa: Ranged
    alpha: Ranged
    ceiling: Ranged | None
    length: float | None
    refusal: str = ""


RANGED = ("raw", "corrected", "by_people", "sensitivity", "specificity", "agreement", "kappa", "alpha")


def read_judge_trust(found: Mapping[str, Any]) -> JudgeTrust:
    """The trust in a judge that a record's JSON holds."""
    ranged = {name: Ranged(**found[name]) for name in RANGED}
    ceiling = Ranged(**found["ceiling"]) if found["ceiling"] else None
    return JudgeTrust(**{**found, **ranged, "ceiling": ceiling})
