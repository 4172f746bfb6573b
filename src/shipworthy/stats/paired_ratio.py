"""The difference of two ratios over the same rows: precision, F1, net value or a mean of two candidates.

Where each row falls into one of a few cells (its label and both predictions), `cells_difference` holds for claims:
Student's t takes outcomes not yet seen for impossible, and two candidates that seldom differ for equal. For
other values the variance of the difference over units goes to `ratio.t_lower` and `ratio.t_upper`.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from shipworthy.stats.floats import Floats, floats, quotient
from shipworthy.stats.ratio import CANCELLATION, cells_bound

Parts = tuple[ArrayLike, ArrayLike]
"""What a row of each cell adds to a ratio's numerator and to its denominator, each (C,)."""


def cells_difference(
    counts: ArrayLike,
    ratio_1: Parts,
    ratio_2: Parts,
    level: ArrayLike = 0.95,
    side: Literal["lower", "upper"] = "lower",
) -> Floats:
    """One-sided bound of R_1 - R_2, where each row is of one of C cells and R_i = sum(a_i) / sum(b_i).

    The difference is linearised: a row of a cell moves it by (a_1 - R_1 b_1) / sum(b_1) - (a_2 - R_2 b_2) /
    sum(b_2). The mean of these moves, 0 in the sample, is bounded by `ratio.cells_bound`, so that cells not yet seen
    count with their upper bounds. For precision and F1 of 200 to 5,000 rows it errs in at most 5 % of samples,
    where t errs in up to 75 % (two precise candidates that seldom differ).

    Args:
        counts: rows in each cell (..., C), all possible cells named; effective counts will do.
        ratio_1: what a row of each cell adds to the first ratio.
        ratio_2: what it adds to the second.
        level: the one-sided level of the bound, one for each slice.
        side: which bound.

    Returns:
        The bound, without the last axis, which may leave the range of the figure where rows are few; -inf or inf
        with an empty denominator.
    """
    number = np.asarray(counts, np.float64)
    value, moves = _moves(number, ratio_1, ratio_2)
    known = np.isfinite(value)
    moved = cells_bound(number, np.where(known[..., None], moves, 0), level, side)
    return np.where(known, value + moved, -np.inf if side == "lower" else np.inf)[()]


def cells_variance(counts: ArrayLike, ratio_1: Parts, ratio_2: Parts) -> tuple[Floats, Floats]:
    """R_1 - R_2 and its linearised variance if rows are independent, for `paired.effective_share` and for t.

    Returns:
        The value, NaN with an empty denominator, and the variance, infinite there and with fewer than two rows.
    """
    number = np.asarray(counts, np.float64)
    value, moves = _moves(number, ratio_1, ratio_2)
    n = number.sum(axis=-1)
    spread = np.sum(number * np.where(np.isfinite(moves), moves, 0) ** 2, axis=-1)
    known = np.isfinite(value) & (n >= 2)
    variance = spread / (np.where(known, n, 2) * np.where(known, n - 1, 1))
    return value[()], np.where(known, variance, np.inf)[()]


def linearised_covariance(
    units: ArrayLike, sums_1: ArrayLike, sums_2: ArrayLike, products: ArrayLike
) -> Floats:
    """Covariance of two ratios R_i = sum(a_i) / sum(b_i) over the same units, as `linearised_variance` has it.

    Args:
        units: n, how many units there are; one that is in only one of the ratios counts, with zeros in the other.
        sums_1: sums of a_1 and b_1 (..., 2).
        sums_2: sums of a_2 and b_2 (..., 2).
        products: sums of products (..., 2, 2): a_1 a_2 and a_1 b_2, b_1 a_2 and b_1 b_2.

    Returns:
        NaN with fewer than two units or an empty denominator.
    """
    n, first, second = (np.asarray(each, np.float64) for each in (units, sums_1, sums_2))
    left, right = (_residual_weights(each) for each in (first, second))
    total = np.einsum("...i,...ij,...j->...", left, np.asarray(products, np.float64), right)
    return np.asarray(quotient(n, n - 1) * total)[()]


def difference_variance(variance_1: ArrayLike, variance_2: ArrayLike, covariance: ArrayLike) -> Floats:
    """Variance of the difference of two ratios over shared units; bound it by `ratio.t_lower` and `t_upper`.

    At least 0, and 0 where only rounding is left; infinite where a part is not known.
    """
    v_1, v_2, both = floats(variance_1, variance_2, covariance)
    known = np.isfinite(v_1) & np.isfinite(v_2) & np.isfinite(both)
    v_1, v_2, both = (np.where(known, each, 0) for each in (v_1, v_2, both))
    left = v_1 + v_2 - 2 * both
    left = np.where(left > CANCELLATION * (v_1 + v_2), left, 0.0)
    return np.where(known, left, np.inf)[()]


def _moves(counts: Floats, ratio_1: Parts, ratio_2: Parts) -> tuple[Floats, Floats]:
    """R_1 - R_2 (...), and n times what one row of each cell moves it by (..., C)."""
    values, moves = [], []
    for parts in (ratio_1, ratio_2):
        a, b = (np.asarray(part, np.float64) for part in parts)
        below = counts @ b
        values.append(quotient(counts @ a, below))
        residual = a - values[-1][..., None] * b
        moves.append(quotient(counts.sum(axis=-1)[..., None] * residual, below[..., None]))
    return values[0] - values[1], moves[0] - moves[1]


def _residual_weights(sums: Floats) -> Floats:
    """What turns a unit's (a, b) into its residual: (1, -R) / sum(b), NaN for an empty denominator."""
    a, b = sums[..., 0], sums[..., 1]
    ratio = np.divide(a, b, where=b != 0, out=np.full_like(b, np.nan))
    return np.stack([np.ones_like(ratio), -ratio], axis=-1) / np.where(b != 0, b, 1)[..., None]
