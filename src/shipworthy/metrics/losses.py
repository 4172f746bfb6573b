"""Mean losses: at least 0, with bounds on the logarithm, and their roots."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from shipworthy.metrics.definition import Definition
from shipworthy.metrics.measured import CONFIDENCE, Measured
from shipworthy.metrics.sums import ratio_of
from shipworthy.metrics.tails import tail_skewness
from shipworthy.stats import smooth
from shipworthy.stats.ratio import t_upper
from shipworthy.tally.cube import Cube, Floats


def loss(definition: Definition, cube: Cube, level: float) -> Measured:
    """Student t on the logarithm of the mean. Where all values are equal there is no bound.

    The upper bound is at least that of a mean with such a tail: few large errors make the mean and its error too small
    together.
    """
    ratio = ratio_of(cube, definition.numerator, definition.denominator)
    skewness = tail_skewness(definition, cube, ratio)

    def upper(each: float) -> Floats:
        plain = smooth.upper(ratio.value, ratio.variance, ratio.units, each, "log")
        tailed = t_upper(ratio.value, ratio.variance, ratio.units, each, skewness=skewness)
        return np.asarray(np.where(skewness > 0, np.maximum(plain, tailed), plain))

    two_sided = (1 + CONFIDENCE) / 2
    low, lower = (
        smooth.lower(ratio.value, ratio.variance, ratio.units, at, "log") for at in (two_sided, level)
    )
    same = "every row has the same error, so the sample shows no spread to judge by"
    endless = "labels or predictions are infinite, or too great for their errors to be summed"
    summed, flat = np.isfinite(cube.total(definition.numerator)), (ratio.n > 0) & (ratio.variance == 0)
    notes = tuple(
        same if alike else "" if known else endless for known, alike in zip(summed, flat, strict=True)
    )
    method, ends = ("delta_log",) * len(cube), (low, upper(two_sided), lower, upper(level))
    return Measured(cube.keys, ratio.value, *ends, ratio.n, ratio.units, method, notes)


def root(definition: Definition, cube: Cube, level: float) -> Measured:
    """The root of a mean loss: that of its value and of its bounds."""
    found = loss(definition, cube, level)
    low, high, lower, upper = (np.sqrt(each) for each in (found.low, found.high, found.lower, found.upper))
    return replace(found, value=np.sqrt(found.value), low=low, high=high, lower=lower, upper=upper)
