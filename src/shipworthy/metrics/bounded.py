"""Means of values that lie in [0, 1] on every row, with bounds that stay inside."""

from __future__ import annotations

import numpy as np

from shipworthy.metrics.definition import Definition
from shipworthy.metrics.measured import CONFIDENCE, Measured
from shipworthy.metrics.sums import ratio_of
from shipworthy.stats import bounded, smooth
from shipworthy.stats.proportion import FEW_EVENTS
from shipworthy.tally.cube import Cube


def bounded_mean(definition: Definition, cube: Cube, level: float) -> Measured:
    """The bounds count one unit more at the worst place (`stats.bounded`). So does the interval, where either end is rare."""
    ratio = ratio_of(cube, definition.numerator, definition.denominator)
    value, variance, units = ratio.value, ratio.variance, ratio.units
    rare = ~(units * np.minimum(value, 1 - value) >= FEW_EVENTS)
    adverse = bounded.interval(value, variance, units, CONFIDENCE)
    common = smooth.interval(value, variance, units, CONFIDENCE, "logit")
    low, high = (np.where(rare, one, other) for one, other in zip(adverse, common, strict=True))
    lower, upper = (bound(value, variance, units, level) for bound in (bounded.lower, bounded.upper))
    method = tuple(np.where(rare, "adverse_unit", "delta_logit").tolist())
    return Measured(cube.keys, value, low, high, lower, upper, ratio.n, units, method, ("",) * len(cube))
