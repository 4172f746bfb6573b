"""A metric compared between the groups of a column: the greatest difference, or the smallest ratio."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

import numpy as np

from shipworthy.metrics.definition import Definition
from shipworthy.metrics.measured import CONFIDENCE, Measured
from shipworthy.stats.difference import gap_lower, gap_upper, studentised_level
from shipworthy.tally.cube import Floats, Key
from shipworthy.tally.needs import Grouping, grouping

Limits = tuple[Floats, Floats, Floats]
"""The value, the lower and the upper bound of each group."""


def between_groups(
    definition: Definition, by: Grouping, inner: Callable[[float], Measured], level: float
) -> Measured:
    """The gap (or ratio) between the groups of `definition.column`, on every slice of `by`.

    `inner` measures the compared metric at a level, on every group of every slice.
    """
    at_level = lru_cache(inner)
    finer = grouping((*by, definition.column))
    found = at_level(level)
    slices: dict[Key, list[int]] = {}
    for position, key in enumerate(found.keys):
        own = tuple(value for column, value in zip(finer, key, strict=True) if column in by)
        slices.setdefault(own, []).append(position)
    row = _ratio_row if definition.kind == "ratio" else _gap_row
    rows = [row(at_level, slices[key], level) for key in sorted(slices)]
    value, low, high, lower, upper = np.array(rows, dtype=float).reshape(-1, 5).T
    n, units = (
        np.array([part[slices[key]].sum() for key in sorted(slices)]) for part in (found.n, found.units)
    )
    names = [key[finer.index(definition.column)] for key in found.keys]
    notes = tuple(_note(definition.column, names, found, slices[key]) for key in sorted(slices))
    method = ("simultaneous",) * len(slices)
    return Measured(tuple(sorted(slices)), value, low, high, lower, upper, n, units, method, notes)


def _note(column: str, names: Sequence[str], found: Measured, own: Sequence[int]) -> str:
    """Why there is nothing to compare."""
    counted = [names[i] for i in own if not np.isnan(found.value[i])]
    if len(counted) > 1:
        return ""
    only = f"only the group {counted[0]}" if counted else "no group"
    return f"{only} of {column} has rows that count: there is nothing to compare"


def _gap_row(at_level: Callable[[float], Measured], own: Sequence[int], level: float) -> tuple[float, ...]:
    """One slice: the greatest difference and its bounds. A group without rows counts with the widest limits."""

    def limits(each: float) -> Limits:
        found = at_level(each)
        return found.value[own], found.lower[own], found.upper[own]

    values = limits(level)[0]
    known = ~np.isnan(values)
    if known.sum() < 2:
        return np.nan, 0.0, np.inf, 0.0, np.inf
    return float(np.ptp(values[known])), *_bounds(limits, known, level)


def _ratio_row(at_level: Callable[[float], Measured], own: Sequence[int], level: float) -> tuple[float, ...]:
    """One slice: the smallest ratio and its bounds, from the gap on the logarithmic scale.

    A group with a share of 0 has no logarithm and counts with its limits alone.
    """

    def limits(each: float) -> Limits:
        found = at_level(each)
        with np.errstate(divide="ignore", invalid="ignore"):
            logs = [np.log(part[own]) for part in (found.value, found.lower, found.upper)]
        return np.where(np.isinf(logs[0]), np.nan, logs[0]), logs[1], logs[2]

    values = at_level(level).value[own]
    known = ~np.isnan(values)
    if known.sum() < 2:
        return np.nan, 0.0, 1.0, 0.0, 1.0
    greatest = values[known].max()
    low, high, lower, upper = (float(np.exp(-each)) for each in _bounds(limits, known, level))
    return float(values[known].min() / greatest) if greatest > 0 else 1.0, high, low, upper, lower


def _bounds(
    limits: Callable[[float], Limits], known: np.ndarray[tuple[int], np.dtype[np.bool_]], level: float
) -> tuple[float, float, float, float]:
    """Low, high, lower and upper of the gap: lower ends by studentised range, upper ends by intersection-union."""
    two_sided, groups = (1 + CONFIDENCE) / 2, int(known.sum())
    low, lower = (
        float(gap_lower(*(part[known] for part in limits(studentised_level(groups, each)))))
        for each in (two_sided, level)
    )
    high, upper = (float(gap_upper(*limits(each))) for each in (two_sided, level))
    return low, high, lower, upper
