"""The mean of people's labels, made surer by a judge that answered many more rows (prediction-powered inference).

The value is w * mean(judge, rows without a label) + mean(human - w * judge, labelled rows): the labels take the judge's
error out again, so that it is unbiased however bad the judge is, provided that the labelled rows are a random part
of the judged ones (Angelopoulos et al. 2023). The weight w makes the variance least (PPI++, Angelopoulos, Duchi and Zrnic
2023): a judge that knows nothing gets 0, and what people said is left. Answers lie in [0, 1].
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtri, stdtrit

from shipworthy.stats import bounded
from shipworthy.stats.difference import mover_lower, mover_upper
from shipworthy.stats.floats import Floats, floats, quotient
from shipworthy.stats.judged import JudgedRows
from shipworthy.stats.level import one_sided
from shipworthy.stats.proportion import FEW_EVENTS
from shipworthy.stats.ratio import cells_bound


@dataclass(frozen=True, eq=False)
class PredictionPowered:
    """The mean and what its error is made of; arrays over slices, NaN and infinite without two labelled units.

    Attributes:
        value: the mean; by chance a little outside [0, 1] where the judge is wrong about nearly everything.
        weight: how much of the judge's answer was taken, from 0 to 1.
        variance: of the value, as published (divided by n).
        residual: the mean of human - weight * judge over labelled rows.
        residual_variance: of that mean (divided by units - 1).
        judge: the judge's mean over the rows without a label.
        judge_variance: of that mean.
        covariance: of residual and judge, which units with rows of both kinds have in common.
        rows: what it was found from.
    """

    value: Floats
    weight: Floats
    variance: Floats
    residual: Floats
    residual_variance: Floats
    judge: Floats
    judge_variance: Floats
    covariance: Floats
    rows: JudgedRows


def prediction_powered(rows: JudgedRows, weight: ArrayLike | None = None) -> PredictionPowered:
    """The mean of the labels that people would give to all rows.

    Args:
        rows: sums of the rows.
        weight: of the judge's answers; the one of least variance if not given. 0 leaves the labels alone, 1 is the
            prediction-powered mean of 2023.
    """
    human, judge, labelled, only, others = np.moveaxis(rows.sums, -1, 0)
    known, judged = labelled > 0, others > 0
    chosen = power_tuning(rows) if weight is None else floats(weight, human)[0]
    chosen = np.where(judged, chosen, 0.0)
    n, more = np.where(known, labelled, 1), np.where(judged, others, 1)
    residual, mean = (human - chosen * judge) / n, only / more
    first, second, both = _variances(rows, chosen, residual, mean)
    units, units_only = rows.units
    return PredictionPowered(
        np.where(known, residual + chosen * mean, np.nan)[()],
        chosen[()],
        np.where(units >= 2, _variance(chosen, first, second, both), np.inf)[()],
        residual[()],
        np.where(units >= 2, first * quotient(units, units - 1), np.inf)[()],
        mean[()],
        np.where(judged, second * quotient(units_only, units_only - 1, empty=1.0), 0.0)[()],
        both[()],
        rows,
    )


def power_tuning(rows: JudgedRows) -> Floats:
    """The weight of least variance: Cov(human, judge) / ((1 + n / N) Var(judge)), cut to [0, 1].

    The covariance is that of the labelled rows (divided by n), the variance that of all rows (divided by n + N - 1), as
    in PPI++; of units' totals around their expectation where rows come in units.
    """
    human, judge, labelled, only, others = np.moveaxis(rows.sums, -1, 0)
    products = rows.products
    n, all_rows = np.where(labelled > 0, labelled, 1), np.maximum(labelled + others, 2)
    y, mean, overall = human / n, judge / n, (judge + only) / all_rows
    covariance = (
        products[..., 0, 1]
        - mean * products[..., 0, 2]
        - y * products[..., 1, 2]
        + y * mean * products[..., 2, 2]
    ) / n
    spread = sum(
        products[..., at, at] - 2 * overall * products[..., at, at + 1] + overall**2 * products[..., at + 1, at + 1]
        for at in (1, 3)
    ) / (all_rows - 1)  # fmt: skip
    weight = quotient(covariance * others, (others + labelled) * np.maximum(spread, 0), empty=0.0)
    return np.asarray(np.clip(weight, 0, 1))


def lower(found: PredictionPowered, level: ArrayLike = 0.95) -> Floats:
    """One-sided lower bound of the mean.

    The residual and the judge's mean each have a bound that reckons with what few rows do not show, and the distances to
    both combine as errors do (MOVER). Of independent rows that pass or fail the residual takes four values, which
    `ratio.cells_bound` bounds: at most 6 % wrong for rates from 2 to 98 % and any judge, where the normal bound is wrong in
    up to 37 % (50 labels, a rate of 2 %). Of other rows it is a mean in a known range (`bounded.lower`): at most 7.5 %, where
    the judge errs seldom and on one side alone. Hardly ever wider than what labels alone give. 0 where nothing is known.
    """
    bound = mover_lower(*_residual(found, level), *_others(found, level), _correlation(found))
    return np.where(np.isfinite(found.variance), np.clip(bound, 0, 1), 0.0)[()]


def upper(found: PredictionPowered, level: ArrayLike = 0.95) -> Floats:
    """One-sided upper bound of the mean; 1 where nothing is known. See `lower`."""
    bound = mover_upper(*_residual(found, level), *_others(found, level), _correlation(found))
    return np.where(np.isfinite(found.variance), np.clip(bound, 0, 1), 1.0)[()]


def normal_interval(found: PredictionPowered, confidence: ArrayLike = 0.95) -> tuple[Floats, Floats]:
    """The published two-sided interval, value -+ z * error, for many labels of both kinds; infinite without two."""
    return _around(found, ndtri(one_sided(confidence)) * np.sqrt(found.variance))


def interval(found: PredictionPowered, confidence: ArrayLike = 0.95) -> tuple[Floats, Floats]:
    """The two-sided interval that people see: Student's, but that of `lower` and `upper` where labels are few.

    Few are fewer than ten passes, or fails, of units' worth among the labelled rows.
    """
    level = one_sided(confidence)
    human, _, labelled, *_ = np.moveaxis(found.rows.sums, -1, 0)
    units, _ = found.rows.units
    few = np.minimum(human, labelled - human) * quotient(units, labelled, empty=0.0) < FEW_EVENTS
    error = np.sqrt(_variance(found.weight, found.residual_variance, found.judge_variance, found.covariance))
    low, high = _around(found, stdtrit(np.maximum(units - 1, 1), level) * error)
    low, high = np.where(few, lower(found, level), low), np.where(few, upper(found, level), high)
    return np.clip(low, 0, 1)[()], np.clip(high, 0, 1)[()]


def _around(found: PredictionPowered, half: Floats) -> tuple[Floats, Floats]:
    value = np.where(np.isfinite(half), found.value, 0)
    return (value - half)[()], (value + half)[()]


def _variances(
    rows: JudgedRows, weight: Floats, residual: Floats, mean: Floats
) -> tuple[Floats, Floats, Floats]:
    """Of the mean residual and of the judge's mean, and their covariance: linearised, over units, divided by their number."""
    labelled, others = rows.sums[..., 2], rows.sums[..., 4]
    n, more, zero = (
        np.where(labelled > 0, labelled, 1),
        np.where(others > 0, others, 1),
        np.zeros_like(labelled),
    )
    of_residual = np.stack([1 / n, -weight / n, -residual / n, zero, zero], axis=-1)
    of_judge = np.stack([zero, zero, zero, 1 / more, -mean / more], axis=-1)
    first, second, both = (
        np.einsum("...i,...ij,...j->...", one, rows.products, other)
        for one, other in ((of_residual, of_residual), (of_judge, of_judge), (of_residual, of_judge))
    )
    return np.maximum(first, 0), np.maximum(second, 0), both


def _variance(weight: Floats, residual: Floats, judge: Floats, covariance: Floats) -> Floats:
    """Of residual + weight * judge."""
    return np.asarray(np.maximum(residual + weight**2 * judge + 2 * weight * covariance, 0))


def _residual(found: PredictionPowered, level: ArrayLike) -> tuple[Floats, Floats, Floats]:
    """The mean residual and its bounds; it lies from -weight to 1."""
    weight, cells = np.asarray(found.weight), found.rows.cells
    if cells is not None:
        worth = np.stack([1 - weight, np.ones_like(weight), -weight, np.zeros_like(weight)], axis=-1)
        low, high = (cells_bound(cells, worth, level, side) for side in ("lower", "upper"))
        return found.residual, low, high
    span = 1 + weight
    of_one = ((found.residual + weight) / span, found.residual_variance / span**2, found.rows.units[0])
    low, high = bounded.lower(*of_one, level), bounded.upper(*of_one, level)
    return found.residual, low * span - weight, high * span - weight


def _others(found: PredictionPowered, level: ArrayLike) -> tuple[Floats, Floats, Floats]:
    """Minus the weighted mean of the judge and its bounds: what is taken from the residual."""
    of_one = (found.judge, found.judge_variance, found.rows.units[1])
    low, high = bounded.lower(*of_one, level), bounded.upper(*of_one, level)
    return -found.weight * found.judge, -found.weight * high, -found.weight * low


def _correlation(found: PredictionPowered) -> Floats:
    """Of the residual and minus the judge's mean; 0 where no unit has rows of both kinds."""
    known = np.isfinite(found.variance)
    spread = np.sqrt(np.where(known, found.residual_variance, 0) * found.judge_variance)
    return np.asarray(np.clip(-quotient(found.covariance, spread, empty=0.0), -1, 1))
