"""Metrics of data: bound to the row values that they count, and how counts and single figures are measured."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from shipworthy.errors import InputError
from shipworthy.metrics.definition import Definition
from shipworthy.metrics.entry import Entry
from shipworthy.metrics.measured import CONFIDENCE, Measured
from shipworthy.metrics.table import METRICS
from shipworthy.spec.claim import Metric
from shipworthy.stats import ranking
from shipworthy.stats.ratio import t_interval, t_lower, t_upper
from shipworthy.tally.cube import Cube, Key, present
from shipworthy.tally.figure import Figure
from shipworthy.tally.histogram import Histogram

COUNTED, EXACT = "counted", "exact"
"""The methods of numbers that are no sample."""


LAG = 0.95
"""The share of labels whose delay is told."""


def define_data(metric: Metric, entry: Entry) -> Definition:
    """The definition of a metric of data: it counts the row value `=NAME`, or `=NAME@COLUMN`.

    Raises:
        InputError: it takes another argument.
    """
    column = _argument(metric, entry)
    value = f"={metric.name}@{column}" if column else f"={metric.name}"
    if metric.name == "label_lag":
        return Definition(metric, entry, "quantile", column=value, p=LAG, answers={}, reads=_reads(column))
    if metric.name == "leak_auc":
        return Definition(metric, entry, "leak", column=value, answers={}, reads=_reads(column))
    if metric.name == "shift":
        return Definition(metric, entry, "shift", column=value, answers={}, reads=_reads(column))
    if entry.unit == "time":
        return Definition(metric, entry, "figure", column=value, answers={}, reads=_reads(column))
    one = {value: 1.0}
    if entry.unit == "number":
        return Definition(metric, entry, "count", one, answers={}, reads=_reads(column))
    return Definition(metric, entry, "share", one, {present(value): 1.0}, answers={}, reads=_reads(column))


def is_of_data(metric: Metric) -> bool:
    """Whether a metric is of the data rather than of what candidates answer; a comparison of groups is what it compares."""
    entry = METRICS.get(metric.name)
    if entry is None or not entry.comparison or entry.of:
        return entry is not None and entry.subject == "data"
    inner = metric.args[0] if metric.args else None
    return isinstance(inner, Metric) and is_of_data(inner)


def count(definition: Definition, cube: Cube, level: float) -> Measured:  # noqa: ARG001 - as every estimator
    """How many rows of a slice have the value: a fact, whatever the level."""
    found = cube.count(definition.numerator)
    notes = ("",) * len(cube)
    return Measured(
        cube.keys, found, found, found, found, found, cube.rows, cube.units, (COUNTED,) * len(cube), notes
    )


def figure(slices: Mapping[Key, Figure], level: float) -> Measured:
    """Single figures as they were found, with Student t bounds where they have an error."""
    keys = tuple(sorted(slices))
    value, variance, n = (
        np.array([getattr(slices[key], name) for key in keys], dtype=float)
        for name in ("value", "variance", "n")
    )
    exact = variance == 0
    low, high = t_interval(value, variance, n, CONFIDENCE)
    ends = (low, high, t_lower(value, variance, n, level), t_upper(value, variance, n, level))
    low, high, lower, upper = (np.where(exact, value, end) for end in ends)
    method = tuple(slices[key].method for key in keys)
    return Measured(
        keys, value, low, high, lower, upper, n, n, method, tuple(slices[key].note for key in keys)
    )


def leak(slices: Mapping[Key, Histogram], level: float) -> Measured:
    """The AUC of a column's values, in the direction that is better: bounded by the farther end of either direction."""
    keys = tuple(sorted(slices))
    rows = [_leak_row(slices[key], level) for key in keys]
    value, low, high, lower, upper, n = np.array(rows, dtype=float).reshape(-1, 6).T
    notes = ("",) * len(keys)
    return Measured(keys, value, low, high, lower, upper, n, n, ("delong",) * len(keys), notes)


def _leak_row(histogram: Histogram, level: float) -> tuple[float, ...]:
    negatives, positives = histogram.n[:, 0], histogram.n[:, 1]
    found = ranking.auc(histogram.least, histogram.greatest, positives, negatives)
    value = float(found.value)
    low, high, _ = ranking.interval(found, CONFIDENCE)
    ends = (low, high), (ranking.lower(found, level), ranking.upper(found, level))
    bounds = [end for least, greatest in ends for end in _either(float(least), float(greatest))]
    return (max(value, 1 - value), *bounds, float(negatives.sum() + positives.sum()))


def _either(low: float, high: float) -> tuple[float, float]:
    """The ends of max(a, 1 - a) for a from low to high."""
    return max(0.5, low, 1 - high), max(high, 1 - low)


def _argument(metric: Metric, entry: Entry) -> str:
    """The column that it names; nothing where it takes none, or where the label is meant."""
    names = [arg.name for arg in metric.args if isinstance(arg, Metric) and not arg.args]
    fits = len(names) == len(metric.args) and len(names) <= len(entry.takes)
    if not fits or (len(names) < len(entry.takes) and not entry.optional):
        shape = f"{entry.name}(COLUMN)" if entry.takes else entry.name
        raise InputError(
            "metric.arguments",
            f"{metric} does not have the arguments of {entry.name}",
            remedy=f"Write it as {shape}.",
        )
    return names[0] if names else ""


def _reads(column: str) -> tuple[str, ...]:
    return (column,) if column else ()
