"""The difference of two groups, and the gap between the greatest and the least of many.

Everything starts from the groups' own limits, so it works alike for shares, means and quantiles.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtr, ndtri

from shipworthy.stats.floats import Floats, floats, quotient
from shipworthy.stats.level import tail
from shipworthy.stats.proportion import wilson


def mover_lower(
    value_1: ArrayLike,
    lower_1: ArrayLike,
    upper_1: ArrayLike,
    value_2: ArrayLike,
    lower_2: ArrayLike,
    upper_2: ArrayLike,
    correlation: ArrayLike = 0.0,
) -> Floats:
    """Lower bound of value_1 - value_2 from two groups' limits, all at one level.

    d - sqrt(down^2 + up^2 - 2 r down up), down = value_1 - lower_1 and up = upper_2 - value_2: each group's
    variance is recovered from its own limits (Newcombe 1998; Zou and Donner 2008). Groups that share no unit
    are independent, r = 0. A group without a value counts with its limits alone.
    """
    x_1, low_1, _, x_2, _, high_2, r = floats(
        value_1, lower_1, upper_1, value_2, lower_2, upper_2, correlation
    )
    known = np.isfinite(x_1) & np.isfinite(x_2) & np.isfinite(low_1) & np.isfinite(high_2)
    down = np.subtract(x_1, low_1, where=known, out=np.zeros_like(x_1))
    up = np.subtract(high_2, x_2, where=known, out=np.zeros_like(x_1))
    distance = np.sqrt(np.maximum(down**2 + up**2 - 2 * r * down * up, 0))
    return np.where(known, x_1 - x_2 - distance, low_1 - high_2)[()]


def mover_upper(
    value_1: ArrayLike,
    lower_1: ArrayLike,
    upper_1: ArrayLike,
    value_2: ArrayLike,
    lower_2: ArrayLike,
    upper_2: ArrayLike,
    correlation: ArrayLike = 0.0,
) -> Floats:
    """Upper bound of value_1 - value_2 from two groups' limits; `mover_lower` with the groups exchanged."""
    return -mover_lower(value_2, lower_2, upper_2, value_1, lower_1, upper_1, correlation)


def mover_p_value(
    group_1: Sequence[ArrayLike], group_2: Sequence[ArrayLike], limit: ArrayLike, level: float
) -> Floats:
    """One-sided p-value against value_1 - value_2 >= limit, of two independent groups.

    The distance to the upper bound at `level` is taken as that many standard errors, so that the bound at 1 - p touches
    the limit. 1 where a limit of a group is not known; where the groups leave no uncertainty, 0 below the limit.

    Args:
        group_1: its value, lower and upper limit.
        group_2: those of the other.
        limit: what the difference is held against.
        level: of the groups' limits, one-sided.
    """
    x_1, x_2, wanted = floats(group_1[0], group_2[0], limit)
    upper = np.asarray(mover_upper(*group_1, *group_2))
    distance, short = upper - (x_1 - x_2), wanted - (x_1 - x_2)
    known = np.isfinite(distance) & np.isfinite(short)
    z = np.divide(short, distance, where=known & (distance > 0), out=np.where(short > 0, np.inf, -np.inf))
    return np.where(known, ndtr(-z * ndtri(level)), 1.0)[()]


def newcombe(
    events_1: ArrayLike,
    trials_1: ArrayLike,
    events_2: ArrayLike,
    trials_2: ArrayLike,
    confidence: ArrayLike = 0.95,
) -> tuple[Floats, Floats]:
    """Two-sided interval of share_1 - share_2 from both Wilson intervals (Newcombe 1998, method 10)."""
    k_1, n_1, k_2, n_2 = floats(events_1, trials_1, events_2, trials_2)
    group_1 = (quotient(k_1, n_1), *wilson(k_1, n_1, confidence))
    group_2 = (quotient(k_2, n_2), *wilson(k_2, n_2, confidence))
    return mover_lower(*group_1, *group_2), mover_upper(*group_1, *group_2)


def gap_upper(
    values: ArrayLike,
    lower: ArrayLike,
    upper: ArrayLike,
    correlation: ArrayLike = 0.0,
    greatest: ArrayLike | None = None,
) -> Floats:
    """Upper bound of max - min over groups: the greatest of all pairs' upper bounds.

    "The gap is at most b" says that each ordered pair differs by at most b, so every pair must clear b at the
    plain level and nothing is corrected (intersection-union; Berger 1982). Groups with little data make it
    large.

    Args:
        values: the groups' values on the last axis; NaN where a group has none.
        lower: the groups' one-sided lower bounds at the level of the claim.
        upper: the groups' one-sided upper bounds at that level.
        correlation: of the groups' errors, (..., groups, groups), where groups share units.
        greatest: the groups' values where open rows count so as to raise them; `values` are then where they lower them.

    Returns:
        The bound without the last axis, at least 0.
    """
    # The upper bound of i - j is minus the lower bound of j - i.
    return np.asarray(-np.min(_pairs_lower(values, lower, upper, correlation, greatest), axis=(-2, -1)))[()]


def gap_lower(
    values: ArrayLike,
    lower: ArrayLike,
    upper: ArrayLike,
    correlation: ArrayLike = 0.0,
    greatest: ArrayLike | None = None,
) -> Floats:
    """Lower bound of max - min over groups: the greatest of all pairs' lower bounds, at least 0.

    The greatest of many is picked after seeing the data, so the groups' limits must be made at
    `studentised_level(groups, level)`. It can be 0 when all groups are alike; a bootstrap of max - min
    cannot.

    Args:
        values: the groups' values on the last axis; NaN where a group has none.
        lower: the groups' one-sided lower bounds at the studentised level.
        upper: the groups' one-sided upper bounds at that level.
        correlation: of the groups' errors, (..., groups, groups), where groups share units.
        greatest: the groups' values where open rows count so as to raise them; `values` are then where they lower them.

    Returns:
        The bound without the last axis, at least 0.
    """
    return np.asarray(np.max(_pairs_lower(values, lower, upper, correlation, greatest), axis=(-2, -1)))[()]


@lru_cache(maxsize=1024)
def studentised_level(groups: int, level: float = 0.95) -> float:
    """The one-sided level of one pair's bound at which the bounds of all pairs hold together with `level`.

    ndtr(q / sqrt 2), q being the quantile of the studentised range of that many groups with known variance
    (Tukey 1953). Two groups give the two-sided level, 0.975 for 0.95, as either may turn out the greater.
    With one group there is no pair, and the level is returned as it is.
    """
    alpha = float(tail(level))
    if groups < 2:
        return level
    # The range is wider than any one pair and narrower than Bonferroni over all ordered pairs.
    narrow = float(-ndtri(alpha / 2)) * np.sqrt(2)
    wide = float(-ndtri(alpha / (groups * (groups - 1)))) * np.sqrt(2)
    while wide - narrow > 1e-12 * wide:
        middle = (narrow + wide) / 2
        narrow, wide = (middle, wide) if _range_probability(middle, groups) < level else (narrow, middle)
    return float(ndtr(wide / np.sqrt(2)))


def _range_probability(width: float, groups: int) -> float:
    """The chance that the range of that many standard normal values is at most `width`.

    groups * integral of phi(x) (Phi(x + width) - Phi(x))^(groups - 1), x being the least value; the trapezoid
    rule is exact to rounding for so smooth an integrand.
    """
    least, step = np.linspace(-9.0, 9.0, 721, retstep=True)
    density = np.exp(-(least**2) / 2) / np.sqrt(2 * np.pi)
    others = (ndtr(least + width) - ndtr(least)) ** (groups - 1)
    return float(groups * step * np.sum(density * others))


def _pairs_lower(
    values: ArrayLike,
    lower: ArrayLike,
    upper: ArrayLike,
    correlation: ArrayLike,
    greatest: ArrayLike | None = None,
) -> Floats:
    """The lower bound of value_i - value_j for each pair of groups (..., i, j), 0 where i = j."""
    x, y, low, high = floats(values, values if greatest is None else greatest, lower, upper)
    group_1 = (x[..., :, None], low[..., :, None], high[..., :, None])
    group_2 = (y[..., None, :], low[..., None, :], high[..., None, :])
    pairs = np.array(mover_lower(*group_1, *group_2, correlation))
    itself = np.eye(x.shape[-1], dtype=bool)
    pairs[..., itself] = 0.0
    return pairs
