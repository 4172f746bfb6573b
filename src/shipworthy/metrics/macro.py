"""Averages over classes: the delta method where every class has enough rows, exact bounds of the classes where not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from shipworthy.metrics.definition import MOST_TOGETHER, Definition
from shipworthy.metrics.measured import CONFIDENCE, Measured
from shipworthy.metrics.sums import ratio_of
from shipworthy.stats import smooth
from shipworthy.stats.proportion import FEW_EVENTS
from shipworthy.stats.ratio import jaccard_from_dice
from shipworthy.tally.cube import Cube, Floats

Parts = Callable[[Definition, float], Measured]
"""Measures the metric of one class at a level."""


@dataclass(frozen=True, eq=False)
class _Average:
    """The classes of S slices side by side: `weights` (C, S) sum to 1, `known` (C, S) says where a class has rows."""

    definition: Definition
    cube: Cube
    parts: Parts
    weights: Floats
    values: Floats
    known: NDArray[np.bool_]
    independent: NDArray[np.bool_]

    @property
    def value(self) -> Floats:
        """The average over the classes that have rows."""
        total = np.where(self.known, self.weights, 0.0).sum(axis=0)
        summed = np.where(self.known, self.weights * self.values, 0.0).sum(axis=0)
        value: Floats = np.divide(summed, total, where=total > 0, out=np.full(len(total), np.nan))
        return value

    def exact(self, level: float) -> tuple[Floats, Floats]:
        """Lower and upper bound from those of the classes; one without rows may have any value.

        Distances of independent classes add as squares (MOVER; Zou, Huang and Zhang 2009), others as they are.
        """
        found = [self.parts(part, level) for part in self.definition.parts]
        ends = []
        for name, end, sign in (("lower", 0.0, -1.0), ("upper", 1.0, 1.0)):
            bounds = np.stack([getattr(each, name) for each in found])
            distance = np.where(self.known, self.weights * np.abs(bounds - self.values), 0.0)
            spread = np.where(self.independent, np.sqrt((distance**2).sum(axis=0)), distance.sum(axis=0))
            centre = np.where(self.known, self.weights * self.values, self.weights * end).sum(axis=0)
            ends.append(np.clip(centre + sign * spread, 0.0, 1.0))
        return ends[0], ends[1]


def macro(definition: Definition, cube: Cube, parts: Parts, level: float) -> Measured:
    """The average with bounds on the logit scale where each class has enough events and others.

    Where one has few, the wider of these and of the exact bounds of the classes, combined; where rows have no answer
    or a class has no rows, the exact ones alone. So a class without an error yet never counts as one that makes none.
    """
    average, plain = _average(definition, cube, parts, level)
    rows = ratio_of(cube, definition.numerator, definition.denominator)
    few = ~plain | ~_enough(definition, cube, average)
    if len(definition.parts) > MOST_TOGETHER:
        few, variance = np.ones_like(few), np.full(len(cube), np.nan)
    else:
        variance = _variance(definition, cube, average, rows.units)
    sure = plain & average.known.all(axis=0) & np.isfinite(variance) & (variance > 0)

    def bounds(each: float) -> tuple[Floats, Floats]:
        least, greatest = (
            bound(average.value, variance, rows.units, each, "logit")
            for bound in (smooth.lower, smooth.upper)
        )
        if not few.any():
            return least, greatest
        low, high = average.exact(each)
        low = np.where(sure, np.minimum(low, least), low)
        high = np.where(sure, np.maximum(high, greatest), high)
        return np.where(few, low, least), np.where(few, high, greatest)

    (low, high), (lower, upper) = bounds((1 + CONFIDENCE) / 2), bounds(level)
    method = tuple(
        f"{'classes_exact' if scarce else 'delta_logit'}{'' if answered else '+worst_case'}"
        for scarce, answered in zip(few, plain, strict=True)
    )
    notes = tuple(_note(definition, known) for known in average.known.T)
    return Measured(cube.keys, average.value, low, high, lower, upper, rows.n, rows.units, method, notes)


def _average(
    definition: Definition, cube: Cube, parts: Parts, level: float
) -> tuple[_Average, NDArray[np.bool_]]:
    """The classes of each slice, and where every row has an answer."""
    found = [parts(part, level) for part in definition.parts]
    values = np.stack([each.value for each in found])
    weights = np.full_like(values, 1 / len(found))
    if definition.support:
        counts = np.stack([cube.total(support) for support in definition.support])
        total = counts.sum(axis=0)
        weights = np.divide(counts, total, where=total > 0, out=weights)
    silent = {cell: 1.0 for part in definition.parts for cell in part.unanswered}
    plain = cube.total(silent) == 0
    nested = any(part.kind != "share" for part in definition.parts)
    independent = plain & (cube.units == cube.rows) & (not nested)
    # A class without weight cannot make the average unknown.
    known = ~np.isnan(values) | (weights == 0)
    average = _Average(
        definition, cube, parts, weights, np.nan_to_num(values), known, np.asarray(independent)
    )
    return average, plain


def _enough(definition: Definition, cube: Cube, average: _Average) -> NDArray[np.bool_]:
    """Where each class has as many events and others as an interval without exact bounds needs."""
    enough = np.ones(len(cube), dtype=bool)
    for part in definition.parts:
        ratio = ratio_of(cube, part.numerator, part.denominator)
        share = np.where(ratio.n > 0, np.nan_to_num(ratio.value), 0.0)
        trials = np.minimum(ratio.units, ratio.n)
        enough &= (trials * share >= FEW_EVENTS) & (trials * (1 - share) >= FEW_EVENTS)
    return enough & average.known.all(axis=0)


def _variance(definition: Definition, cube: Cube, average: _Average, units: Floats) -> Floats:
    """The variance of the average by the delta method, over units."""
    slopes = _slopes(definition, cube, average)
    names = sorted(slopes)
    gradient = np.stack([slopes[name] for name in names], axis=-1)
    sums = np.stack([cube.total({name: 1.0}) for name in names], axis=-1)
    products = np.zeros((len(cube), len(names), len(names)))
    for i, first in enumerate(names):
        for j, second in enumerate(names[: i + 1]):
            products[:, i, j] = products[:, j, i] = cube.product({first: 1.0}, {second: 1.0})
    return np.asarray(smooth.variance(units, gradient, sums, products))


def _slopes(definition: Definition, cube: Cube, average: _Average) -> dict[str, Floats]:
    """The derivative of the average by each sum; 0 for classes without rows."""
    slopes: dict[str, Floats] = {}

    def add(combination: Mapping[str, float], slope: Floats) -> None:
        for name, weight in combination.items():
            slopes[name] = slopes.get(name, 0.0) + weight * slope

    total = sum((cube.total(support) for support in definition.support), start=np.zeros(len(cube)))
    for at, part in enumerate(definition.parts):
        rows = cube.total(part.denominator)
        share = average.values[at]
        rising = np.ones_like(share)
        if part.kind == "dice":
            share = np.asarray(jaccard_from_dice(share))
            rising = 2 / (1 + share) ** 2
        steep = average.weights[at] * rising * np.divide(1, rows, where=rows > 0, out=np.zeros_like(rows))
        add(part.numerator, steep)
        add(part.denominator, -share * steep)
        if definition.support:
            excess = average.values[at] - average.value
            add(definition.support[at], np.divide(excess, total, where=total > 0, out=np.zeros_like(total)))
    return slopes


def _note(definition: Definition, known: NDArray[np.bool_]) -> str:
    """Which classes have no rows, so that the average may be anything within their reach."""
    without = [str(part.metric) for part, there in zip(definition.parts, known, strict=True) if not there]
    if not without:
        return ""
    more = f" and {len(without) - 3} more" if len(without) > 3 else ""
    return (
        f"no test row counts for {', '.join(without[:3])}{more}, so the average of all classes is not known"
    )
