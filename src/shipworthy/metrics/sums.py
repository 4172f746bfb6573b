"""The ratio of two row sums on every slice, its variance over units, and what clustered rows are worth."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from shipworthy.stats.proportion import ROUNDING, effective_trials
from shipworthy.stats.ratio import linearised_variance
from shipworthy.tally.cube import Cube, Floats


@dataclass(frozen=True, eq=False)
class Ratio:
    """The ratio of two sums on S slices, all arrays (S,): NaN without a denominator.

    `n` counts the rows of the denominator, `units` what they are worth as units of equal weight, `variance` is the
    linearised one over units.
    """

    value: Floats
    n: Floats
    units: Floats
    variance: Floats

    @property
    def clustered(self) -> NDArray[np.bool_]:
        """Where some unit has several of the rows, or rows differ in weight."""
        return np.asarray(self.units < self.n * (1 - ROUNDING))

    def trials(self, level: float) -> Floats:
        """How many independent trials the rows are worth for a bound of a share at a level."""
        rate = np.where(self.n > 0, self.value, 0.0)
        effective = effective_trials(self.n, rate, self.variance, self.units, level)
        return np.where(self.clustered, effective, self.n)


def ratio_of(cube: Cube, numerator: Mapping[str, float], denominator: Mapping[str, float]) -> Ratio:
    """The ratio of two linear combinations of row values."""
    sum_a, sum_b = cube.total(numerator), cube.total(denominator)
    with np.errstate(invalid="ignore", divide="ignore"):
        value = np.where(sum_b > 0, sum_a / sum_b, np.nan)
    products = cube.product(numerator, numerator), cube.product(numerator, denominator)
    squares = cube.product(denominator, denominator)
    n = cube.count(denominator)
    units = _units(cube, n, sum_b, squares)
    variance = linearised_variance(units, sum_a, sum_b, *products, squares)
    return Ratio(value, n, units, np.asarray(variance))


def _units(cube: Cube, rows: Floats, total: Floats, squares: Floats) -> Floats:
    """The units in the denominator: counted where all rows are in it with weight 1, else (sum b)^2 / sum b^2.

    That is their number where each weighs as much, and less where rows or weight crowd in a few (Kish 1965). Units
    without such a row say nothing of the ratio: to count them would hide the crowding of a rare class.
    """
    worth = total * np.divide(total, squares, where=squares > 0, out=np.zeros_like(total))
    return np.where((rows == cube.rows) & (total == rows), cube.units, worth)
