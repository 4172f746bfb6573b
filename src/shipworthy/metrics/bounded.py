"""Means of values that lie in [0, 1] on every row, with bounds that stay inside."""

from __future__ import annotations

from shipworthy.metrics.definition import Definition
from shipworthy.metrics.measured import CONFIDENCE, Measured
from shipworthy.metrics.sums import ratio_of
from shipworthy.stats import bounded
from shipworthy.tally.cube import Cube


def bounded_mean(definition: Definition, cube: Cube, level: float) -> Measured:
    """The bounds count one unit more at the worst place; see `stats.bounded`."""
    ratio = ratio_of(cube, definition.numerator, definition.denominator)
    low, high = bounded.interval(ratio.value, ratio.variance, ratio.units, CONFIDENCE)
    lower, upper = (
        bound(ratio.value, ratio.variance, ratio.units, level) for bound in (bounded.lower, bounded.upper)
    )
    method = ("adverse_unit",) * len(cube)
    notes = ("",) * len(cube)
    return Measured(cube.keys, ratio.value, low, high, lower, upper, ratio.n, ratio.units, method, notes)
