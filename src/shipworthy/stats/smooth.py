"""A smooth function of sums over independent units: its variance by the delta method, and bounds on a fitting scale.

Macro averages over classes, R squared, correlations and ratios of ratios are such functions f(T), T being k sums.
The caller knows f and its gradient at T; the sums of the k values and of their products over units do the rest.

The delta method is for large samples: an upper bound of R squared from fifty units errs in 7.5 % of samples, one
from two hundred in 6 %, which is why that metric counts fewer degrees of freedom.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import expit, logit, stdtrit

from shipworthy.stats.floats import Floats, floats
from shipworthy.stats.level import one_sided, tail
from shipworthy.stats.ratio import CANCELLATION

Scale = Literal["plain", "logit", "fisher", "log", "log_rest"]
"""plain: any value; logit: in [0, 1]; fisher: a correlation in [-1, 1]; log: at least 0; log_rest: at most 1."""


@dataclass(frozen=True)
class _Transform:
    """A rising function of the value and its inverse, its slope, and the least and greatest value."""

    there: Callable[[Floats], Floats]
    back: Callable[[Floats], Floats]
    slope: Callable[[Floats], Floats]
    least: float
    greatest: float


_TRANSFORMS: dict[Scale, _Transform] = {
    "plain": _Transform(np.asarray, np.asarray, np.ones_like, -np.inf, np.inf),
    "logit": _Transform(logit, expit, lambda x: 1 / (x * (1 - x)), 0.0, 1.0),
    "fisher": _Transform(np.arctanh, np.tanh, lambda x: 1 / (1 - x**2), -1.0, 1.0),
    "log": _Transform(np.log, np.exp, lambda x: 1 / x, 0.0, np.inf),
    "log_rest": _Transform(
        lambda x: -np.log1p(-x), lambda y: -np.expm1(-y), lambda x: 1 / (1 - x), -np.inf, 1.0
    ),
}


def variance(units: ArrayLike, gradient: ArrayLike, sums: ArrayLike, products: ArrayLike) -> Floats:
    """Variance of f(T), T being sums over n independent units, by the delta method.

    n / (n - 1) * (g' P g - (g . T)^2 / n), which is `ratio.linearised_variance` for a ratio of two sums.

    Args:
        units: n, how many units there are (...).
        gradient: g, the derivatives of f by each sum, at the sums (..., k).
        sums: T, over units (..., k).
        products: P, the sums over units of products of the k values (..., k, k).

    Returns:
        At least 0; infinite with fewer than two units or a gradient that is not finite.
    """
    weights = np.asarray(gradient, np.float64)
    found = covariance(units, weights, weights, sums, products)
    size = np.abs(np.where(np.isfinite(weights), weights, 0))
    terms = np.einsum("...i,...ij,...j->...", size, np.abs(np.asarray(products, np.float64)), size)
    known = np.isfinite(found)
    rounding = found <= CANCELLATION * terms
    return np.where(known, np.where(rounding, 0.0, found), np.inf)[()]


def covariance(
    units: ArrayLike, gradient_1: ArrayLike, gradient_2: ArrayLike, sums: ArrayLike, products: ArrayLike
) -> Floats:
    """Covariance of two functions of the same sums, such as of two candidates' figures; see `variance`.

    Returns:
        NaN with fewer than two units or a gradient that is not finite.
    """
    n, first, second, total, squares = (
        np.asarray(each, np.float64) for each in (units, gradient_1, gradient_2, sums, products)
    )
    known = (n >= 2) & np.isfinite(first).all(axis=-1) & np.isfinite(second).all(axis=-1)
    first, second = (np.where(known[..., None], each, 0) for each in (first, second))
    raw = np.einsum("...i,...ij,...j->...", first, squares, second)
    mean = np.sum(first * total, axis=-1) * np.sum(second * total, axis=-1) / np.where(known, n, 1)
    return np.where(known, n / np.where(known, n - 1, 1) * (raw - mean), np.nan)[()]


def lower(
    value: ArrayLike, variance: ArrayLike, units: ArrayLike, level: ArrayLike = 0.95, scale: Scale = "plain"
) -> Floats:
    """One-sided Student lower bound of a value on units - 1 degrees of freedom, normal on `scale`.

    The least possible value where nothing is known: fewer than two units, a value at an end of its scale, or, but
    on the plain scale, no variance at all, as a sample without spread says nothing of how sure it is.
    """
    return _bound(value, variance, units, tail(level), scale, unknown=_TRANSFORMS[scale].least)


def upper(
    value: ArrayLike, variance: ArrayLike, units: ArrayLike, level: ArrayLike = 0.95, scale: Scale = "plain"
) -> Floats:
    """One-sided Student upper bound, the greatest possible value where nothing is known; see `lower`."""
    return _bound(value, variance, units, 1 - tail(level), scale, unknown=_TRANSFORMS[scale].greatest)


def interval(
    value: ArrayLike,
    variance: ArrayLike,
    units: ArrayLike,
    confidence: ArrayLike = 0.95,
    scale: Scale = "plain",
) -> tuple[Floats, Floats]:
    """Two-sided Student interval (low, high) of a value, normal on `scale`; see `lower`."""
    level = one_sided(confidence)
    return lower(value, variance, units, level, scale), upper(value, variance, units, level, scale)


def _bound(
    value: ArrayLike, variance: ArrayLike, units: ArrayLike, point: Floats, scale: Scale, *, unknown: float
) -> Floats:
    """The bound at that quantile of Student's t, brought back from the scale."""
    transform = _TRANSFORMS[scale]
    x, v, n, probability = floats(value, variance, units, point)
    known = np.isfinite(x) & np.isfinite(v) & (n >= 2)
    if scale != "plain":
        known &= (x > transform.least) & (x < transform.greatest) & (v > 0)
    # A half lies inside every scale.
    x, v = np.where(known, x, 0.5), np.where(known, v, 1)
    student = stdtrit(np.where(known, n - 1, 1), probability)
    with np.errstate(over="ignore"):  # a logarithm too great for a float is no bound
        bound = transform.back(transform.there(x) + student * transform.slope(x) * np.sqrt(v))
    return np.where(known, bound, unknown)[()]
