"""Bounds of a mean of values that lie in [0, 1]: a Brier score, or how good the order of each request is.

Student's t knows nothing of the rare rows that a sample has not seen yet. As for a ranking, one unit more at the worst
place is counted: with random (Dirichlet) weights of the units seen and of that one, a beta distribution of their mean
and variance gives the quantile (Gaffke 2005; Learned-Miller and Thomas 2019). For values that are 0 or 1 these are
Clopper and Pearson's bounds.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import betaincinv

from shipworthy.stats.floats import Floats, floats
from shipworthy.stats.level import one_sided, tail

LEAST_WEIGHT, GREATEST_WEIGHT = 1e-6, 1e15
"""Of a beta distribution: less says nothing, more is certain."""


def lower(value: ArrayLike, variance: ArrayLike, units: ArrayLike, level: ArrayLike = 0.95) -> Floats:
    """One-sided lower bound of a mean in [0, 1].

    Args:
        value: the mean, or the ratio of two sums where no unit's numerator exceeds its denominator.
        variance: its linearised variance over units (`ratio.linearised_variance`).
        units: how many units of equal weight it rests on.
        level: the one-sided level.

    Returns:
        0 where nothing is known: fewer than two units.
    """
    x, v, m, alpha = floats(value, variance, units, tail(level))
    known = np.isfinite(x) & np.isfinite(v) & (m >= 2)
    x, v, m = np.where(known, np.clip(x, 0, 1), 0), np.where(known, v, 0), np.where(known, m, 2)
    kept = m / (m + 1)
    mean, spread = kept * x, v * (m - 1)
    variance = (kept * spread + kept / (m + 1) * x**2) / (m + 2)
    return np.where(known, beta_quantile(mean, variance, alpha), 0.0)[()]


def upper(value: ArrayLike, variance: ArrayLike, units: ArrayLike, level: ArrayLike = 0.95) -> Floats:
    """One-sided upper bound of a mean in [0, 1]; 1 where nothing is known. See `lower`."""
    return np.asarray(1 - lower(1 - np.asarray(value, np.float64), variance, units, level))[()]


def interval(
    value: ArrayLike, variance: ArrayLike, units: ArrayLike, confidence: ArrayLike = 0.95
) -> tuple[Floats, Floats]:
    """Two-sided interval (low, high) of a mean in [0, 1], with equal tails. See `lower`."""
    level = one_sided(confidence)
    return lower(value, variance, units, level), upper(value, variance, units, level)


def beta_quantile(mean: ArrayLike, variance: ArrayLike, point: ArrayLike) -> Floats:
    """The quantile of the beta distribution with that mean and variance; a mean of 0 or 1 is certain."""
    centre, spread, probability = floats(mean, variance, point)
    inside = (centre > 0) & (centre < 1)
    m = np.where(inside, centre, 0.5)
    weight = m * (1 - m) / np.maximum(np.where(inside, spread, 1), 1e-300) - 1
    weight = np.clip(weight, LEAST_WEIGHT, GREATEST_WEIGHT)
    return np.where(inside, betaincinv(m * weight, (1 - m) * weight, probability), centre)[()]
