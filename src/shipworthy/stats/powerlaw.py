"""The law of a learning curve, value = a + b n^-c, and what it says of sizes that nobody has tried yet.

Repeats are random subsets of growing size, each subset holding the smaller ones, each repeat judged on rows of its
own: value = a + b n^-c + (a shift of the repeat) + (noise that falls with n). For a given exponent the rest is least
squares, so every interval is a union over exponents that the data allow: the set of parameters that a likelihood
ratio does not rule out (profile likelihood), without any resampling.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import gammaincc, stdtrit

from shipworthy.stats.floats import Floats
from shipworthy.stats.level import one_sided

EXPONENTS = np.geomspace(0.1, 4.0, 140)
"""Slower curves look like logarithms, faster ones like steps; measured learning curves lie between (Hestness et al. 2017)."""

LEAST_SIZES, LEAST_REPEATS = 4, 2

STEEPEST = 2.0
"""Noise may fall as fast as n^-2."""

UNFIT = 0.05
"""A law that misses by more than noise does once in twenty curves widens its intervals by that."""

FARTHEST, STEPS = 1_000.0, 600
"""Sizes up to so many times the greatest one tried are looked at, in so many steps."""


@dataclass(frozen=True, eq=False)
class PowerLaw:
    """The law with all exponents that are considered (C,): coefficients (C, 2), their covariances, and how badly each fits.

    Attributes:
        sizes: the sizes tried, ascending (K,).
        values: the mean value at each (K,).
        exponents: c of each considered law.
        coefficients: a and b of each.
        covariances: of a and b (C, 2, 2).
        misfit: the weighted sum of squares of each, less that of the best, in units of the noise.
        shift: the variance of what all sizes have in common: the rows that judge.
        degrees: of freedom of the noise.
    """

    sizes: Floats
    values: Floats
    exponents: Floats
    coefficients: Floats
    covariances: Floats
    misfit: Floats
    shift: float
    degrees: float

    @property
    def best(self) -> int:
        """The place of the exponent that fits best."""
        return int(np.argmin(self.misfit))

    @property
    def asymptote(self) -> float:
        """What endless rows would give, by the best law."""
        return float(self.coefficients[self.best, 0])


def fit(sizes: ArrayLike, values: ArrayLike) -> PowerLaw:
    """The law behind a learning curve.

    Args:
        sizes: ascending, at least four different ones (K,).
        values: of each repeat at each size (R, K), at least two repeats.

    Raises:
        ValueError: there are fewer, or a value is not finite.
    """
    n, y = np.asarray(sizes, np.float64), np.asarray(values, np.float64)
    if n.size < LEAST_SIZES or y.ndim != 2 or y.shape[0] < LEAST_REPEATS or y.shape[1] != n.size:
        raise ValueError(
            f"a curve needs {LEAST_SIZES} sizes and {LEAST_REPEATS} repeats of each, found {y.shape}"
        )
    if not (np.isfinite(y).all() and np.all(np.diff(n) > 0) and n[0] > 0):
        raise ValueError("sizes ascend above 0, and values are finite")
    noise, shift = _noise(n, y)
    relative = n[-1] / n
    design = np.stack([np.ones((EXPONENTS.size, n.size)), relative ** EXPONENTS[:, None]], axis=-1)
    weighted = design / noise[:, None]
    covariances = np.asarray(np.linalg.inv(np.swapaxes(design, 1, 2) @ weighted), np.float64)
    mean = np.asarray(y.mean(axis=0), np.float64)
    coefficients = (covariances @ (np.swapaxes(weighted, 1, 2) @ mean)[..., None])[..., 0]
    squares = ((mean - (design @ coefficients[..., None])[..., 0]) ** 2 / noise).sum(axis=1)
    unfit = _unfit(float(squares.min()), n.size - 3)
    degrees = float((y.shape[0] - 1) * (n.size - 1))
    misfit = (squares - squares.min()) / unfit
    return PowerLaw(n, mean, EXPONENTS, coefficients, covariances * unfit, misfit, shift, degrees)


def value_at(law: PowerLaw, rows: float) -> float:
    """The value with that many rows, by the best law."""
    a, b = law.coefficients[law.best]
    return float(a + b * (law.sizes[-1] / rows) ** law.exponents[law.best])


def value_interval(law: PowerLaw, rows: ArrayLike, confidence: float = 0.95) -> tuple[Floats, Floats]:
    """Two-sided interval (low, high) of the value with that many rows (infinite: of the asymptote); arrays over rows."""
    n = np.atleast_1d(np.asarray(rows, np.float64))
    with np.errstate(divide="ignore"):
        slope = (law.sizes[-1] / n) ** law.exponents[:, None]
    a, b = law.coefficients.T[..., None]
    v = law.covariances[..., None]
    variance = v[:, 0, 0] + 2 * slope * v[:, 0, 1] + slope**2 * v[:, 1, 1]
    most = float(stdtrit(law.degrees, one_sided(confidence))) ** 2
    spare = (most - law.misfit)[:, None]
    allowed = spare >= 0
    half = np.sqrt(np.maximum(variance * spare, 0) + most * law.shift)
    centre = a + slope * b
    low = np.where(allowed, centre - half, np.inf).min(axis=0)
    high = np.where(allowed, centre + half, -np.inf).max(axis=0)
    shape = np.shape(rows)
    return low.reshape(shape)[()], high.reshape(shape)[()]


def asymptote_interval(law: PowerLaw, confidence: float = 0.95) -> tuple[float, float]:
    """Two-sided interval (low, high) of what endless rows would give."""
    low, high = value_interval(law, math.inf, confidence)
    return float(low), float(high)


@dataclass(frozen=True)
class RowsTo:
    """How many rows reach a target: at the best law, and the ends of the interval; infinite where none does."""

    value: float
    low: float
    high: float


def rows_to_reach(law: PowerLaw, target: float, *, rising: bool, confidence: float = 0.95) -> RowsTo:
    """How many rows reach a value: all sizes at which the target lies in the interval of the value.

    Args:
        law: of the curve.
        target: the value wanted.
        rising: whether it is to be reached from below.
        confidence: of the interval, two-sided.
    """
    sign = 1.0 if rising else -1.0
    sizes = np.geomspace(min(law.sizes[0], law.sizes[-1] / 50), FARTHEST * law.sizes[-1], STEPS)
    low, high = value_interval(law, sizes, confidence)
    best = np.array([value_at(law, each) for each in sizes])
    likeliest, hopeful, fearful = (best, high, low) if rising else (best, low, high)
    return RowsTo(*(_first(sizes, sign * each >= sign * target) for each in (likeliest, hopeful, fearful)))


def _first(sizes: Floats, reached: np.ndarray) -> float:
    """The first size from which on the target stays reached; infinite where it never does."""
    missed = np.flatnonzero(~reached)
    at = 0 if not missed.size else int(missed[-1]) + 1
    return float(sizes[at]) if at < sizes.size else math.inf


def _unfit(squares: float, degrees: int) -> float:
    """How many times the noise the best law misses by, where chance does not explain that."""
    return squares / degrees if gammaincc(degrees / 2, squares / 2) < UNFIT else 1.0


def _noise(n: Floats, y: Floats) -> tuple[Floats, float]:
    """The variance of the mean at each size, falling as a power of the size, and that of what all sizes share."""
    repeats, sizes = y.shape
    centred = y - y.mean(axis=0) - y.mean(axis=1, keepdims=True) + y.mean()
    squares = (centred**2).sum(axis=0) / ((repeats - 1) * (sizes - 1) / sizes)
    floor = max(float(squares.mean()), 1e-12) * 1e-3
    line = np.polyfit(np.log(n), np.log(np.maximum(squares, floor)), 1)
    slope = float(np.clip(line[0], -STEEPEST, 0.0))
    shape = (n / n[-1]) ** slope
    noise = shape * float(np.maximum(squares, floor).mean() / shape.mean())
    between = float(y.mean(axis=1).var(ddof=1)) - float(noise.mean()) / sizes
    return noise / repeats, max(0.0, between) / repeats
