"""Means: of a numeric column over the rows that have a value, and of money over the outcomes of decisions."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from shipworthy.metrics.definition import Definition
from shipworthy.metrics.measured import CONFIDENCE, Measured
from shipworthy.metrics.sums import Ratio, ratio_of
from shipworthy.metrics.tails import tail_skewness
from shipworthy.stats.floats import quotient
from shipworthy.stats.proportion import FEW_EVENTS
from shipworthy.stats.ratio import cells_bound, t_interval, t_lower, t_upper
from shipworthy.tally.cube import Cube, Floats

PRICE = "cost_usd"


def mean(definition: Definition, cube: Cube, level: ArrayLike) -> Measured:
    """Student t on the units, farther out towards a long tail where the tail was counted.

    Where all values are equal there is no bound, but for a price: it is a fact, not a sample.
    """
    ratio = ratio_of(cube, definition.numerator, definition.denominator)
    value, n = ratio.value, ratio.n
    found, tail = (value, ratio.variance, ratio.units), tail_skewness(definition, cube, ratio)
    low, high = t_interval(*found, CONFIDENCE, skewness=tail)
    lower, upper = (bound(*found, level, skewness=tail) for bound in (t_lower, t_upper))
    price = definition.column == PRICE
    constant = (n > 0) & ((ratio.variance == 0) | (price & (ratio.units < 2)))
    least, greatest = (value, value) if price else (np.full(len(cube), end) for end in (-np.inf, np.inf))
    ends = (least, greatest, least, greatest)
    low, high, lower, upper = (
        np.where(constant, end, bound) for end, bound in zip(ends, (low, high, lower, upper), strict=True)
    )
    method = np.where(constant, "declared" if price else "constant", "delta_t").tolist()
    same = f"values of {definition.column} are the same, or nearly so beside their size, so the sample shows no spread to judge by"
    endless = f"values of {definition.column} are infinite, or too great to be summed"
    notes = tuple(
        endless if none else same if alike and not price else ""
        for none, alike in zip(~np.isfinite(cube.total(definition.numerator)), constant, strict=True)
    )
    return Measured(cube.keys, value, low, high, lower, upper, n, ratio.units, tuple(method), notes)


def cells(definition: Definition, cube: Cube, level: float) -> Measured:
    """A mean of money over the outcomes: exact bounds of their shares; Student t for people, unless an outcome has few rows."""
    ratio = ratio_of(cube, definition.numerator, definition.denominator)
    money = np.array(list(definition.numerator.values()))
    worth = _worth(definition, cube, ratio, level)[:, np.newaxis]
    rows = np.stack([cube.count({name: 1.0}) for name in definition.numerator], axis=1)
    weight = np.stack([cube.total({name: 1.0}) for name in definition.numerator], axis=1)
    low, high = t_interval(ratio.value, ratio.variance, ratio.units, CONFIDENCE)
    few = _few(rows * worth, money)
    # So many rows as there are, in the shares that the outcomes have by weight.
    counts = weight * quotient(ratio.n, cube.total(definition.denominator), empty=0.0)[:, np.newaxis] * worth
    ends = (cells_bound(counts, money, (1 + CONFIDENCE) / 2, side) for side in ("lower", "upper"))
    low, high = (np.where(few, end, bound) for end, bound in zip(ends, (low, high), strict=True))
    lower, upper = (cells_bound(counts, money, level, side) for side in ("lower", "upper"))
    if ratio.clustered.any():
        # Outcomes of one unit may go together, which the variance over units knows and counts do not.
        students = (bound(ratio.value, ratio.variance, ratio.units, level) for bound in (t_lower, t_upper))
        least, greatest = students
        lower = np.where(ratio.clustered, np.minimum(lower, least), lower)
        upper = np.where(ratio.clustered, np.maximum(upper, greatest), upper)
    method = tuple(np.where(few, "cells_exact", "delta_t").tolist())
    return Measured(
        cube.keys, ratio.value, low, high, lower, upper, ratio.n, ratio.units, method, ("",) * len(cube)
    )


def _few(counts: Floats, money: Floats) -> Floats:
    """Where an outcome has few rows: outcomes of the same money are one, and one alone is certain."""
    amounts = np.unique(money)
    merged = np.stack([counts[:, money == amount].sum(axis=1) for amount in amounts], axis=1)
    return np.asarray((merged < FEW_EVENTS).any(axis=1) & (len(amounts) > 1))


def _worth(definition: Definition, cube: Cube, ratio: Ratio, level: float) -> Floats:
    """What share of the rows is independent, by the split of the outcomes by money that is most clustered (S,)."""
    least = ratio.n.copy()
    if ratio.clustered.any():
        for cut in sorted(set(definition.numerator.values()))[:-1]:
            above = {name: 1.0 for name, money in definition.numerator.items() if money > cut}
            least = np.minimum(least, ratio_of(cube, above, definition.denominator).trials(level))
    return np.divide(least, ratio.n, where=ratio.n > 0, out=np.ones_like(least))
