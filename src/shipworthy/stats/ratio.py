"""A ratio of two sums over independent units: its linearised variance, and bounds of such a value.

Nearly every metric is such a ratio R = A / B: a share, a mean, F1, a cost per decision. Where the numbers say
nothing (fewer than two units, an empty denominator) the bounds are those of knowing nothing.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import expit, logit, stdtrit

from shipworthy.stats.floats import Floats, floats
from shipworthy.stats.level import one_sided, tail
from shipworthy.stats.proportion import ROUNDING, clopper_pearson_lower, clopper_pearson_upper
from shipworthy.stats.skewness import errors_towards_tail, tail_probability

CANCELLATION = 1e-12
"""A residual sum of squares below this share of its terms is rounding, and counts as 0."""


def linearised_variance(
    units: ArrayLike,
    sum_a: ArrayLike,
    sum_b: ArrayLike,
    sum_aa: ArrayLike,
    sum_ab: ArrayLike,
    sum_bb: ArrayLike,
) -> Floats:
    """Variance of R = sum(a) / sum(b), where each independent unit contributes one (a, b).

    n / (n - 1) * sum((a - R b)^2) / sum(b)^2, the linearisation (delta method) of survey statistics; with b =
    1 it is the squared standard error of a mean.

    Args:
        units: n, how many units there are.
        sum_a: sum of a over units.
        sum_b: sum of b.
        sum_aa: sum of a * a.
        sum_ab: sum of a * b.
        sum_bb: sum of b * b.

    Returns:
        At least 0; infinite with fewer than two units, an empty denominator, or squares too great for a float.
    """
    n, a, b, aa, ab, bb = floats(units, sum_a, sum_b, sum_aa, sum_ab, sum_bb)
    known = (n > 2 - ROUNDING) & (b != 0)
    b = np.where(known, b, 1)
    with np.errstate(over="ignore", invalid="ignore"):
        ratio = a / b
        residual = aa - 2 * ratio * ab + ratio**2 * bb
        terms = aa + 2 * np.abs(ratio * ab) + ratio**2 * bb
        residual = np.where(residual <= CANCELLATION * terms, 0.0, residual)
        variance = n / np.where(known, n - 1, 1) * residual / b**2
    return np.where(known & np.isfinite(variance), variance, np.inf)[()]


def alike_variance(
    sum_a: ArrayLike, sum_b: ArrayLike, sum_aa: ArrayLike, sum_ab: ArrayLike, sum_bb: ArrayLike
) -> Floats:
    """Variance of a share R = sum(a) / sum(b) of rows in units, by how seldom rows of a unit differ.

    (R (1 - R) sum(b^2) - sum(a (b - a))) / sum(b)^2: what it is if all rows of a unit are alike, less the pairs of a
    unit's rows that were seen to differ. With units of one size that is about the linearised variance. Where a few
    large units happen to agree, that one is small, and this one is not: they show no two rows that differ.

    Args:
        sum_a: sum over units of their events (or of the weight of these).
        sum_b: sum of their rows.
        sum_aa: sum of a * a.
        sum_ab: sum of a * b.
        sum_bb: sum of b * b.

    Returns:
        At least 0; infinite with an empty denominator. It says nothing where a is no part of b.
    """
    a, b, aa, ab, bb = floats(sum_a, sum_b, sum_aa, sum_ab, sum_bb)
    known = b != 0
    b = np.where(known, b, 1)
    with np.errstate(over="ignore", invalid="ignore"):
        found = (a / b * (1 - a / b) * bb - (ab - aa)) / b**2
    return np.where(known, np.fmax(found, 0), np.inf)[()]


def t_lower(
    value: ArrayLike,
    variance: ArrayLike,
    units: ArrayLike,
    level: ArrayLike = 0.95,
    *,
    skewness: ArrayLike = 0.0,
) -> Floats:
    """One-sided Student lower bound on units - 1 degrees of freedom; -inf where nothing is known.

    A variance of 0 gives the value itself: right for a column that is constant, false certainty for a mean
    that rests on events not yet seen, which `cells_bound` is for.

    Args:
        value: the mean or ratio.
        variance: its linearised variance.
        units: how many independent units it rests on.
        level: the one-sided level.
        skewness: of the units' residuals, where it was counted (`skewness.residual_skewness`): a bound towards a
            long tail moves out by `skewness.errors_towards_tail`.
    """
    return -_t_upper(-np.asarray(value), variance, units, level, -np.asarray(skewness))


def t_upper(
    value: ArrayLike,
    variance: ArrayLike,
    units: ArrayLike,
    level: ArrayLike = 0.95,
    *,
    skewness: ArrayLike = 0.0,
) -> Floats:
    """One-sided Student upper bound on units - 1 degrees of freedom; inf where nothing is known. See `t_lower`."""
    return _t_upper(value, variance, units, level, skewness)


def t_interval(
    value: ArrayLike,
    variance: ArrayLike,
    units: ArrayLike,
    confidence: ArrayLike = 0.95,
    *,
    skewness: ArrayLike = 0.0,
) -> tuple[Floats, Floats]:
    """Two-sided Student interval (low, high) of a value on units - 1 degrees of freedom. See `t_lower`."""
    level = one_sided(confidence)
    low = t_lower(value, variance, units, level, skewness=skewness)
    return low, t_upper(value, variance, units, level, skewness=skewness)


def t_p_value(
    value: ArrayLike,
    variance: ArrayLike,
    units: ArrayLike,
    bound: ArrayLike,
    *,
    above: bool,
    skewness: ArrayLike = 0.0,
) -> Floats:
    """Student p-value against the claim that the true value is at most (`above`) or at least `bound`.

    With `above`, small values say that the true value lies above the bound. 1 where nothing is known. With a
    `skewness` it agrees with the bounds of that skewness.
    """
    x, v, n, limit = floats(value, variance, units, bound)
    known = np.isfinite(x) & np.isfinite(v) & (n >= 2)
    distance = np.where(known, x - limit if above else limit - x, -np.inf)
    error = np.sqrt(np.where(known, v, 1))
    with np.errstate(divide="ignore", invalid="ignore"):
        errors = np.where(distance == 0, 0.0, distance / error)
    # A lower bound is moved by a tail below, an upper one by a tail above.
    tail_side = -np.asarray(skewness) if above else np.asarray(skewness)
    return np.where(known, tail_probability(errors, tail_side, np.where(known, n, 2)), 1.0)[()]


def logit_lower(value: ArrayLike, variance: ArrayLike, units: ArrayLike, level: ArrayLike = 0.95) -> Floats:
    """One-sided lower bound of a value in [0, 1]: Student on the logit scale (delta method).

    0 where the value is 0 or 1 or its variance is 0: a sample without spread says nothing of how sure it is.
    """
    return _logit_bound(value, variance, units, tail(level), unknown=0.0)


def logit_upper(value: ArrayLike, variance: ArrayLike, units: ArrayLike, level: ArrayLike = 0.95) -> Floats:
    """One-sided upper bound of a value in [0, 1]: Student on the logit scale (delta method).

    1 where the value is 0 or 1 or its variance is 0: a sample without spread says nothing of how sure it is.
    """
    return _logit_bound(value, variance, units, 1 - tail(level), unknown=1.0)


def logit_interval(
    value: ArrayLike, variance: ArrayLike, units: ArrayLike, confidence: ArrayLike = 0.95
) -> tuple[Floats, Floats]:
    """Two-sided interval (low, high) of a value in [0, 1]: Student on the logit scale."""
    level = one_sided(confidence)
    return logit_lower(value, variance, units, level), logit_upper(value, variance, units, level)


def dice_from_jaccard(jaccard: ArrayLike) -> Floats:
    """F1 (Dice) from J = TP / (TP + FP + FN): 2J / (1 + J); rising, so bounds of J become bounds of F1."""
    j = np.asarray(jaccard, dtype=np.float64)
    return (2 * j / (1 + j))[()]


def jaccard_from_dice(dice: ArrayLike) -> Floats:
    """J = TP / (TP + FP + FN) from F1 (Dice): F / (2 - F), the inverse of `dice_from_jaccard`."""
    f = np.asarray(dice, dtype=np.float64)
    return (f / (2 - f))[()]


def cells_bound(
    counts: ArrayLike, values: ArrayLike, level: ArrayLike = 0.95, side: Literal["lower", "upper"] = "lower"
) -> Floats:
    """One-sided bound of the mean of a value that takes one of C known values, at any sample size.

    With the values in rising order, the mean is v_1 + sum (v_(j+1) - v_j) P(V > v_j). Each of the C - 1
    shares P(V > v_j) has its exact one-sided Clopper-Pearson bound; the distances to these bounds combine as
    errors with the correlations of nested shares do (MOVER for linear combinations; Zou, Huang and Zhang
    2009). A costly event not yet seen therefore still counts with its upper bound; a Student interval would
    take it for impossible.

    Args:
        counts: how often each value occurs, the cells on the last axis; may be effective counts.
        values: what each cell is worth, of the same shape or of the last axis alone. Name the
            cells that never occurred too: what is not named is held to be impossible.
        level: the one-sided level of the bound, one for each slice.
        side: which bound.

    Returns:
        The bound, without the last axis; without any counts the least or the greatest value.
    """
    number, worth = np.broadcast_arrays(np.asarray(counts, np.float64), np.asarray(values, np.float64))
    order = np.argsort(worth, axis=-1, kind="stable")
    worth, number = np.take_along_axis(worth, order, axis=-1), np.take_along_axis(number, order, axis=-1)
    trials = number.sum(axis=-1, keepdims=True)
    above = trials - np.cumsum(number, axis=-1)[..., :-1]
    lower = side == "lower"
    bound = (clopper_pearson_lower if lower else clopper_pearson_upper)(
        above, trials, np.asarray(level, np.float64)[..., None]
    )
    share = np.divide(above, trials, where=trials > 0, out=np.full_like(above, 1.0 if lower else 0.0))
    distance = np.diff(worth, axis=-1) * np.abs(share - bound)
    spread = np.einsum("...i,...ij,...j->...", distance, _nested_correlation(above, trials), distance)
    mean = worth[..., 0] + np.sum(np.diff(worth, axis=-1) * share, axis=-1)
    return np.asarray(mean - np.sqrt(spread) if lower else mean + np.sqrt(spread))[()]


def _nested_correlation(above: Floats, trials: Floats) -> Floats:
    """The correlation of the shares P(V > v_j) of one sample: sqrt(odds of the rarer / odds of the other).

    Half an event on each side keeps shares of 0 and 1 defined; shares that rest on the same rows have 1.
    """
    odds = (above + 0.5) / (trials - above + 0.5)
    ratio = odds[..., :, None] / odds[..., None, :]
    return np.asarray(np.sqrt(np.minimum(ratio, 1 / ratio)))


def _t_upper(
    value: ArrayLike, variance: ArrayLike, units: ArrayLike, level: ArrayLike, skewness: ArrayLike
) -> Floats:
    """The value + Student's t, or more towards a long tail, * standard error; inf where nothing is known."""
    x, v, n, probability, skewed = floats(value, variance, units, 1 - tail(level), skewness)
    known = np.isfinite(x) & np.isfinite(v) & (n >= 2)
    student = stdtrit(np.where(known, n - 1, 1), probability)
    errors = errors_towards_tail(student, skewed, np.where(known, n, 2))
    bound = np.where(known, x, 0) + errors * np.sqrt(np.where(known, v, 0))
    return np.where(known, bound, np.inf)[()]


def _logit_bound(
    value: ArrayLike, variance: ArrayLike, units: ArrayLike, point: Floats, *, unknown: float
) -> Floats:
    """The Student bound on the logit scale, brought back to [0, 1]."""
    x, v, n, probability = floats(value, variance, units, point)
    known = (x > 0) & (x < 1) & (v > 0) & np.isfinite(v) & (n >= 2)
    x, v = np.where(known, x, 0.5), np.where(known, v, 1)
    bound = expit(logit(x) + stdtrit(np.where(known, n - 1, 1), probability) * np.sqrt(v) / (x * (1 - x)))
    return np.where(known, bound, unknown)[()]
