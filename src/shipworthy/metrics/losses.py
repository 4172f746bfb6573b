"""Mean losses: at least 0, with bounds on the logarithm, and their roots."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from shipworthy.metrics.definition import Definition
from shipworthy.metrics.measured import CONFIDENCE, Measured
from shipworthy.metrics.sums import Ratio, ratio_of
from shipworthy.stats import smooth
from shipworthy.stats.ratio import t_upper
from shipworthy.stats.skewness import residual_skewness
from shipworthy.tally.cube import Cube, Floats


def loss(definition: Definition, cube: Cube, level: float) -> Measured:
    """Student t on the logarithm of the mean. Where all values are equal there is no bound.

    Where rows are independent and the tail of the loss was counted, the upper bound is at least that of a mean with
    such a tail: few large errors make the mean and its error too small together.
    """
    ratio = ratio_of(cube, definition.numerator, definition.denominator)
    skewness = _skewness(definition, cube, ratio)

    def upper(each: float) -> Floats:
        plain = smooth.upper(ratio.value, ratio.variance, ratio.units, each, "log")
        tailed = t_upper(ratio.value, ratio.variance, ratio.units, each, skewness=skewness)
        return np.asarray(np.where(skewness > 0, np.maximum(plain, tailed), plain))

    two_sided = (1 + CONFIDENCE) / 2
    low, lower = (
        smooth.lower(ratio.value, ratio.variance, ratio.units, at, "log") for at in (two_sided, level)
    )
    same = "every row has the same error, so the sample shows no spread to judge by"
    notes = tuple(same if flat else "" for flat in (ratio.n > 0) & (ratio.variance == 0))
    method, ends = ("delta_log",) * len(cube), (low, upper(two_sided), lower, upper(level))
    return Measured(cube.keys, ratio.value, *ends, ratio.n, ratio.units, method, notes)


def root(definition: Definition, cube: Cube, level: float) -> Measured:
    """The root of a mean loss: that of its value and of its bounds."""
    found = loss(definition, cube, level)
    low, high, lower, upper = (np.sqrt(each) for each in (found.low, found.high, found.lower, found.upper))
    return replace(found, value=np.sqrt(found.value), low=low, high=high, lower=lower, upper=upper)


def _skewness(definition: Definition, cube: Cube, ratio: Ratio) -> Floats:
    """The skewness of the loss of a row; 0 where rows are no units of equal weight, as nothing tells it then."""
    if not definition.tail:
        return np.zeros(len(cube))
    rows, total = cube.total(definition.denominator), cube.total(definition.numerator)
    first, second = definition.tail
    squares = cube.product(definition.numerator, definition.numerator)
    cubes = cube.product({first: 1.0}, {second: 1.0})
    found = residual_skewness(rows, total, rows, (squares, total, rows), (cubes, squares, total, rows))
    return np.where(ratio.clustered, 0.0, found)
