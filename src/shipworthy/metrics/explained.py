"""What predictions explain of the labels' variance: R squared = 1 - sum(error^2) / sum((label - mean)^2)."""

from __future__ import annotations

import numpy as np

from shipworthy.metrics.definition import Definition
from shipworthy.metrics.measured import CONFIDENCE, Measured
from shipworthy.metrics.sums import ratio_of
from shipworthy.stats import smooth
from shipworthy.tally.cube import Cube, Floats

SQUARES = 7.0
"""So many units tell as much of the variance of squares as one tells of that of a normal value.

The variance of a variance is (kurtosis - 1) / n of its square (Cramer 1946): 2 / n for normal values, 14 / n for their
squares. With so many fewer degrees of freedom half of the excess is gone that few rows have (6.5 % instead of 5 % in
samples of 50 normal errors, 8.3 % of double-exponential ones).
"""


LEAST_VARIED = 1e-8
"""Labels whose variance is a smaller share of their mean square have it drowned in the rounding of sums."""


def r2(definition: Definition, cube: Cube, level: float) -> Measured:
    """Delta method over units, on the logarithm of the share that is not explained; no bounds of fewer than eight units."""
    names = tuple(definition.numerator)
    errors, squares, labels, rows = (cube.total({name: 1.0}) for name in names)
    varied = squares - np.divide(labels**2, rows, where=rows > 0, out=np.zeros_like(rows))
    known = (rows > 0) & (varied > LEAST_VARIED * squares)
    spread = np.where(known, varied, 1.0)
    value = np.where(known, 1 - errors / spread, np.nan)
    mean = np.divide(labels, rows, where=rows > 0, out=np.zeros_like(rows))
    steep = errors / spread**2
    gradient = np.stack([-1 / spread, steep, -2 * mean * steep, mean**2 * steep], axis=-1)
    units = ratio_of(cube, definition.denominator, definition.denominator).units
    sums = np.stack([errors, squares, labels, rows], axis=-1)
    variance = np.asarray(smooth.variance(units, gradient, sums, _products(cube, names)))
    told = 1 + (units - 1) / SQUARES
    low, high = smooth.interval(value, variance, told, CONFIDENCE, "log_rest")
    lower, upper = (bound(value, variance, told, level, "log_rest") for bound in (smooth.lower, smooth.upper))
    notes = tuple(
        _note(float(n), float(v), known=bool(some)) for n, some, v in zip(rows, known, variance, strict=True)
    )
    n = cube.count(definition.denominator)
    method = ("delta_log_rest",) * len(cube)
    return Measured(cube.keys, value, low, high, lower, upper, n, units, method, notes)


def _products(cube: Cube, names: tuple[str, ...]) -> Floats:
    found = np.zeros((len(cube), len(names), len(names)))
    for i, first in enumerate(names):
        for j, second in enumerate(names):
            found[:, i, j] = cube.product({first: 1.0}, {second: 1.0})
    return found


def _note(rows: float, variance: float, *, known: bool) -> str:
    """Why a slice has no value or no bounds."""
    if rows and not known:
        return "labels are the same, or nearly so beside their size: subtract a constant from them, if they differ at all"
    if rows and variance == 0:
        return "labels vary too little beside their size to tell how sure the figure is: subtract a constant from them"
    return ""
