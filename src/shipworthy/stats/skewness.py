"""What a long tail does to Student's t: the bound towards the tail must lie farther out than t says.

In a sample of few large values the mean and its error are too small together, so that t is wrong in 11 % of samples
of 100 lognormal values (sigma = 1) where it says 5 %.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import stdtr

from shipworthy.stats.floats import Floats, floats, quotient

MOST_ROUNDING = 1e-2
"""Of the skewness over the root of the units, which is what moves a bound: where rounding may be more, it counts as 0."""

EPSILON = 2.0**-52

STEPS = 60
"""Newton steps from above; ten are usual, as the curve is a cubic."""


def residual_skewness(
    units: ArrayLike,
    sum_a: ArrayLike,
    sum_b: ArrayLike,
    squares: tuple[ArrayLike, ArrayLike, ArrayLike],
    cubes: tuple[ArrayLike, ArrayLike, ArrayLike, ArrayLike],
) -> Floats:
    """Skewness of the residuals a - R b of a ratio R = sum(a) / sum(b); with b = 1 that of a.

    mean(residual^3) / mean(residual^2)^1.5, at most sqrt(units) from 0.

    Args:
        units: how many units there are.
        sum_a: sum of a over units.
        sum_b: sum of b.
        squares: sums of aa, ab, bb.
        cubes: sums of aaa, aab, abb, bbb.

    Returns:
        0 where residuals do not vary or the denominator is empty, and where they vary so little (by less than some
        ten-thousandth of the values' size) that cubes hold nothing but rounding, or are too great for a float. For a negative denominator the sign
        is that of the ratio's own error.
    """
    n, a, b, aa, ab, bb, aaa, aab, abb, bbb = floats(units, sum_a, sum_b, *squares, *cubes)
    ratio = np.divide(a, b, where=b != 0, out=np.zeros_like(a))
    with np.errstate(over="ignore", invalid="ignore"):
        return _skewness(n, ratio, b, (aa, ab, bb), (aaa, aab, abb, bbb))


def _skewness(
    n: Floats, ratio: Floats, b: Floats, squares: Sequence[Floats], cubes: Sequence[Floats]
) -> Floats:
    (aa, ab, bb), (aaa, aab, abb, bbb) = squares, cubes
    square = quotient(aa - 2 * ratio * ab + ratio**2 * bb, n, empty=0.0)
    cube = quotient(aaa - 3 * ratio * aab + 3 * ratio**2 * abb - ratio**3 * bbb, n, empty=0.0)
    rounding = 1e-12 * quotient(aa + 2 * np.abs(ratio * ab) + ratio**2 * bb, n, empty=0.0)
    known = (square > rounding) & (b != 0)
    # Sums of n cubes, added in any order, are off by some EPSILON * sqrt(n) of their terms.
    terms = np.abs(aaa) + 3 * np.abs(ratio * aab) + 3 * ratio**2 * np.abs(abb) + np.abs(ratio**3 * bbb)
    noise = EPSILON * quotient(terms, n, empty=0.0)
    known &= noise <= MOST_ROUNDING * np.where(known, square, 0) ** 1.5
    skewness = np.where(known, cube / np.where(known, square, 1) ** 1.5, 0.0) * np.sign(b)
    most = np.sqrt(np.maximum(n, 0))
    return np.asarray(np.clip(skewness, -most, most))[()]


def errors_towards_tail(student: ArrayLike, skewness: ArrayLike, units: ArrayLike) -> Floats:
    """How many standard errors off a bound towards the long tail must lie, where Student's t says `student`.

    t + (1 + 2 t^2) (g / 6 + t g^2), g = skewness / sqrt(units). The first term is Edgeworth's correction of a
    studentised mean (Johnson 1978; Hall 1992, section 3.4). It alone mends half the excess, as samples from a long
    tail seldom show how skewed it is; the second, found by simulation, mends the rest: from 50 units on wrong
    bounds are nominal for lognormal values (sigma <= 1), exponential and gamma ones, at levels from 90 to 99 %.
    Values that are rare and huge may be missing from the sample altogether, which no moment can tell.

    Args:
        student: the quantile of Student's t; nothing is added at or below 0.
        skewness: of the units' residuals, positive where the tail is on the bound's side; where it is negative t
            is cautious and stays as it is.
        units: how many units there are.
    """
    t, skewed, n = floats(student, skewness, units)
    g = quotient(np.maximum(skewed, 0), np.sqrt(np.maximum(n, 0)), empty=0.0)
    return np.where(t > 0, t + (1 + 2 * t**2) * (g / 6 + t * g**2), t)[()]


def tail_probability(errors: ArrayLike, skewness: ArrayLike, units: ArrayLike) -> Floats:
    """The chance beyond so many standard errors towards the long tail: the inverse of `errors_towards_tail`.

    A p-value of 1 / 2 or more is that of Student's t, and none falls between that of the nearest bound and 1 / 2.
    """
    off, skewed, n = floats(errors, skewness, units)
    g = quotient(np.maximum(skewed, 0), np.sqrt(np.maximum(n, 0)), empty=0.0)
    inside = (off > 0) & np.isfinite(off)
    target = np.where(inside, off, 1.0)
    t = target
    # The cubic is convex and rising above 0, so that steps from above never pass the root.
    for _ in range(STEPS):
        beyond = t + (1 + 2 * t**2) * (g / 6 + t * g**2) - target
        t = np.maximum(t - beyond / (1 + 4 * t * (g / 6 + t * g**2) + (1 + 2 * t**2) * g**2), 0)
    return np.asarray(stdtr(np.maximum(n - 1, 1), -np.where(inside, t, off)))[()]
