"""A judge beside people on the same rows: what its agreement is worth.

Agreement alone says little: where nine of ten rows pass, a judge that lets everything pass agrees on nine of ten. So it stands
beside what always giving the most frequent label would reach, beyond chance, and beside how far people agree among
themselves, which no judge can be held to exceed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from shipworthy.stats import paired
from shipworthy.stats.agreement import Agreement, cohen, krippendorff
from shipworthy.stats.floats import Floats
from shipworthy.stats.judge_errors import Share, share

Scale = Literal["nominal", "ordinal"]


@dataclass(frozen=True)
class Gain:
    """How much more often the judge is right than always giving the most frequent label, with a two-sided interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class JudgeAgreement:
    """A judge and people; NaN and vacuous bounds where there are no rows.

    Attributes:
        agreement: the raw share of rows on which both say the same.
        kappa: beyond chance (Cohen; weighted by the square of the distance where labels are ordered).
        alpha: the same as Krippendorff's alpha.
        majority: the share of rows that have people's most frequent label.
        gain: agreement - majority, paired.
        people: alpha of several people's labels of the same rows, the ceiling; None where there was one each.
        people_agreement: the raw share of agreeing pairs of people; None likewise.
    """

    agreement: Share
    kappa: Agreement
    alpha: Agreement
    majority: Share
    gain: Gain
    people: Agreement | None = None
    people_agreement: float | None = None

    @property
    def beyond_chance(self) -> bool:
        """Whether the judge certainly agrees beyond chance: the interval of kappa lies above 0."""
        return self.kappa.low > 0

    @property
    def of_ceiling(self) -> float:
        """The judge's alpha as a share of the people's; NaN where that is not known or not above 0."""
        if self.people is None or not self.people.value > 0:
            return float("nan")
        return self.alpha.value / self.people.value


def judge_agreement(
    table: ArrayLike,
    people: ArrayLike | None = None,
    times: ArrayLike | None = None,
    scale: Scale = "nominal",
    confidence: float = 0.95,
) -> JudgeAgreement:
    """The agreement of a judge with people.

    Args:
        table: rows by the people's label and the judge's (K, K).
        people: how many people gave an item each label (P, K), of items that several people labelled.
        times: how many items have each of these patterns (P); one each if not given.
        scale: whether labels have an order, which is that of the table.
        confidence: of the two-sided intervals.

    Raises:
        ValueError: the table is not square.
    """
    counts = np.asarray(table, np.float64)
    if counts.ndim != 2 or counts.shape[0] != counts.shape[1]:
        raise ValueError(f"people and the judge choose from the same labels, found a table of {counts.shape}")
    rows, right = float(counts.sum()), np.diag(counts)
    common = int(np.argmax(counts.sum(axis=1)))
    ceiling = None if people is None else krippendorff(people, times, scale=scale, confidence=confidence)
    return JudgeAgreement(
        share(float(right.sum()), rows, confidence),
        cohen(counts, "quadratic" if scale == "ordinal" else "none", confidence),
        krippendorff(_patterns(len(counts)), counts.ravel(), scale=scale, confidence=confidence),
        share(float(counts[common].sum()), rows, confidence),
        _gain(counts, common, confidence),
        ceiling,
        None if ceiling is None else ceiling.share,
    )


def _patterns(labels: int) -> Floats:
    """Two labels of one row, for each cell of the table (K * K, K)."""
    each = np.eye(labels)
    return np.asarray(each[:, None, :] + each[None, :, :]).reshape(-1, labels)


def _gain(counts: Floats, common: int, confidence: float) -> Gain:
    """Rows on which only the judge is right, or only the most frequent label (Tango's interval)."""
    both = float(counts[common, common])
    judge_only = float(np.trace(counts)) - both
    majority_only = float(counts[common].sum()) - both
    table = paired.pairs(
        both, judge_only, majority_only, float(counts.sum()) - both - judge_only - majority_only
    )
    low, high = paired.difference_interval(table, confidence)
    return Gain(float(table.value), float(low), float(high))
