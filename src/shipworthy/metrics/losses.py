"""Mean losses: at least 0, with bounds on the logarithm, and their roots."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from shipworthy.metrics.definition import Definition
from shipworthy.metrics.measured import CONFIDENCE, Measured
from shipworthy.metrics.sums import ratio_of
from shipworthy.stats import smooth
from shipworthy.tally.cube import Cube


def loss(definition: Definition, cube: Cube, level: float) -> Measured:
    """Student t on the logarithm of the mean. Where all values are equal there is no bound."""
    ratio = ratio_of(cube, definition.numerator, definition.denominator)
    low, high = smooth.interval(ratio.value, ratio.variance, ratio.units, CONFIDENCE, "log")
    lower, upper = (
        bound(ratio.value, ratio.variance, ratio.units, level, "log")
        for bound in (smooth.lower, smooth.upper)
    )
    same = "every row has the same error, so the sample shows no spread to judge by"
    notes = tuple(same if flat else "" for flat in (ratio.n > 0) & (ratio.variance == 0))
    method = ("delta_log",) * len(cube)
    return Measured(cube.keys, ratio.value, low, high, lower, upper, ratio.n, ratio.units, method, notes)


def root(definition: Definition, cube: Cube, level: float) -> Measured:
    """The root of a mean loss: that of its value and of its bounds."""
    found = loss(definition, cube, level)
    names = ("value", "low", "high", "lower", "upper")
    return replace(found, **{name: np.sqrt(getattr(found, name)) for name in names})
