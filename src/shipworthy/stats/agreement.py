"""How far people who label the same items agree, beyond chance: Krippendorff's alpha and Cohen's kappa.

Both are 1 - observed / expected disagreement: 1 is full agreement, 0 what chance would give. Items are independent,
the labels of one item are not, so that intervals come from leaving out one item at a time. Items with the same
labels are one pattern with a number of times, so the cost does not grow with the number of items.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import stdtrit

from shipworthy.stats.floats import Floats, quotient
from shipworthy.stats.level import one_sided
from shipworthy.stats.proportion import clopper_pearson_upper

Scale = Literal["nominal", "ordinal", "interval"]
Weights = Literal["none", "linear", "quadratic"]


@dataclass(frozen=True)
class Agreement:
    """An agreement with its two-sided interval; `value` is NaN where every label is the same, as chance then agrees fully.

    `items` is the number of items with at least two labels, which alone count; `share` is the raw share of agreeing pairs.
    """

    value: float
    low: float
    high: float
    items: int
    share: float


def krippendorff(
    patterns: ArrayLike,
    times: ArrayLike | None = None,
    values: ArrayLike | None = None,
    scale: Scale = "nominal",
    confidence: float = 0.95,
) -> Agreement:
    """Krippendorff's alpha (2011, "Computing Krippendorff's alpha-reliability"), with any number of labels an item.

    Args:
        patterns: how many people gave an item each value (P, K); those with fewer than two labels are left out.
        times: how many items have each pattern (P); one each if not given.
        values: the values as numbers (K), for `interval`; their order for `ordinal` is that of the columns.
        scale: what a difference is: any, in ranks, or in size.
        confidence: of the two-sided interval.
    """
    counts = np.asarray(patterns, np.float64)
    often = np.ones(len(counts)) if times is None else np.asarray(times, np.float64)
    paired = counts.sum(axis=1) >= 2
    counts, often = counts[paired], often[paired]
    sizes = np.arange(counts.shape[1], dtype=np.float64) if values is None else np.asarray(values, np.float64)
    if scale == "interval":
        return _agreement(*_moments(counts, often, sizes), counts, often, confidence)
    return _agreement(*_coincidences(counts, often, ordinal=scale == "ordinal"), counts, often, confidence)


def cohen(table: ArrayLike, weights: Weights = "none", confidence: float = 0.95) -> Agreement:
    """Cohen's kappa of two people (1960; weighted 1968) from the table of their labels (K, K).

    Args:
        table: how many items the one gave the row's value and the other the column's.
        weights: what a disagreement weighs: all alike, by how many places they lie apart, or by the square of that.
        confidence: of the two-sided interval.
    """
    counts = np.asarray(table, np.float64)
    size = len(counts)
    apart = np.abs(np.subtract.outer(np.arange(size), np.arange(size))).astype(np.float64)
    weight = {"none": (apart > 0).astype(np.float64), "linear": apart, "quadratic": apart**2}[weights]
    often = counts.ravel()
    cells = np.eye(size * size).reshape(-1, size, size)
    left = np.concatenate([counts[None], counts[None] - cells])
    n = left.sum(axis=(1, 2))
    chance = np.einsum("bi,bj,ij->b", left.sum(axis=2), left.sum(axis=1), weight)
    observed = quotient(np.einsum("bij,ij->b", left, weight), n)
    seen = cells.reshape(-1, size, size).sum(axis=1) + cells.sum(axis=2)
    return _agreement(observed, quotient(chance, n * n), float(weight.max()), seen, often, confidence)


def _coincidences(counts: Floats, often: Floats, *, ordinal: bool) -> tuple[Floats, Floats, float]:
    """Observed and expected disagreement, of all items and without one of each pattern, and the greatest difference."""
    labels = counts.sum(axis=1, keepdims=True)
    pairs = np.einsum("pi,pj->pij", counts, counts) - np.einsum("pi,ij->pij", counts, np.eye(counts.shape[1]))
    pairs = pairs / (labels[..., None] - 1)
    given = _with_all(counts, often)
    together = _with_all(pairs, often)
    apart = _ranks_apart(given) if ordinal else np.broadcast_to(1 - np.eye(counts.shape[1]), together.shape)
    n = given.sum(axis=1)
    chance = np.einsum("bi,bj,bij->b", given, given, apart)
    observed = quotient(np.einsum("bij,bij->b", together, apart), n)
    return observed, quotient(chance, n * (n - 1)), float(apart[0].max(initial=0.0))


def _moments(counts: Floats, often: Floats, sizes: Floats) -> tuple[Floats, Floats, float]:
    """The same for squared differences, which sums and sums of squares give without a table of all values."""
    sizes = sizes - float(np.average(sizes)) if sizes.size else sizes
    labels, sums, squares = counts.sum(axis=1), counts @ sizes, counts @ sizes**2
    within = 2 * (labels * squares - sums**2) / np.maximum(labels - 1, 1)
    n, total, square, apart = (_with_all(each, often) for each in (labels, sums, squares, within))
    chance = quotient(2 * (n * square - total**2), n * (n - 1))
    return quotient(apart, n), chance, float(np.ptp(sizes)) ** 2 if sizes.size else 0.0


def _with_all(pieces: Floats, often: Floats) -> Floats:
    """The total over all items, followed by the totals without one item of each pattern (1 + P, ...)."""
    total = np.tensordot(often, pieces, axes=1)
    return np.concatenate([total[None], total[None] - pieces])


def _ranks_apart(given: Floats) -> Floats:
    """Squared differences in ranks (..., K, K): the labels between two values, and half of those of the two."""
    middle = np.cumsum(given, axis=-1) - given / 2
    return np.asarray((middle[..., :, None] - middle[..., None, :]) ** 2)


def _agreement(
    observed: Floats, expected: Floats, greatest: float, counts: Floats, often: Floats, confidence: float
) -> Agreement:
    """The agreement from both disagreements, with the jackknife's interval on the logarithm of their quotient.

    Without any disagreement the jackknife knows no error: then as many items may disagree fully as fit none seen.
    """
    items = round(float(often.sum()))
    share = _agreeing_pairs(counts, often)
    if items == 0 or not expected[0] > 0:
        return Agreement(float("nan"), -1.0, 1.0, items, share)
    value = 1 - float(observed[0] / expected[0])
    level = float(one_sided(confidence))
    if observed[0] <= 0:
        unseen = float(clopper_pearson_upper(0, items, level)) * greatest
        return Agreement(1.0, max(-1.0, 1 - unseen / float(expected[0])), 1.0, items, share)
    logs = np.log(np.maximum(quotient(observed, expected), np.finfo(np.float64).tiny))
    half = _half_width(logs, observed, often, level)
    low, high = (1 - (1 - value) * np.exp(sign * half) for sign in (1, -1))
    return Agreement(value, max(-1.0, float(low)), min(1.0, float(high)), items, share)


def _half_width(logs: Floats, observed: Floats, often: Floats, level: float) -> float:
    """Student's quantile times the delete-one jackknife's standard error (Efron and Tibshirani 1993, ch. 11)."""
    items = float(often.sum())
    present = often > 0
    if items < 2 or np.any(observed[1:][present] <= 0) or not np.all(np.isfinite(logs[1:][present])):
        return float("inf")
    left, often = logs[1:][present], often[present]
    mean = float(often @ left) / items
    variance = (items - 1) / items * float(often @ (left - mean) ** 2)
    return float(stdtrit(items - 1, level) * np.sqrt(variance))


def _agreeing_pairs(counts: Floats, often: Floats) -> float:
    """The share of pairs of labels of one item that are the same, each item counting alike."""
    if not often.sum():
        return float("nan")
    labels = counts.sum(axis=1)
    same = (counts * (counts - 1)).sum(axis=1) / (labels * (labels - 1))
    return float(often @ same / often.sum())
