"""The groups of one slice that are compared, and which of them have rows enough for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from shipworthy.metrics.measured import Measured
from shipworthy.tally.cube import Floats
from shipworthy.tally.needs import Grouping

LEAST_ROWS = 20
"""Rows of the metric's denominator (of clustered rows, what they are worth as units) that a group must have to be compared."""

ROUNDING = 1e-9

Limits = tuple[Floats, Floats, Floats]
"""The value, the lower and the upper bound of each group."""

Extremes = tuple[Floats, Floats, Floats, Floats]
"""The least and the greatest value of each group, and its lower and upper bound."""

Row = tuple[float, float, float, float, float]
"""Of one slice the value, low, high, lower and upper."""

NOTHING: Row = (np.nan, 0.0, np.inf, 0.0, np.inf)
"""A gap of which nothing is known."""


@dataclass(frozen=True, eq=False)
class Part:
    """The groups of one slice: at `positions` of what is measured at a level, on the grouping `by`.

    `share` is the part of the error that the bound against a claim may spend here.
    """

    at_level: Callable[[float], Measured]
    positions: tuple[int, ...]
    by: Grouping
    groups: tuple[str, ...]
    control: str
    share: float

    def measured(self, level: float) -> Limits:
        """Value and bounds of each group at a level, however few its rows."""
        found, own = self.at_level(level), list(self.positions)
        return found.value[own], found.lower[own], found.upper[own]

    def limits(self, level: float) -> Limits:
        """The same, but without a value where a group has too few rows: it counts with its limits alone."""
        value, lower, upper = self.measured(level)
        return np.where(enough(self.at_level(level), self.positions), value, np.nan), lower, upper

    def extremes(self, level: float) -> Extremes:
        """The same as `limits`, with the value as low and as high as rows without an answer or a grade can make it."""
        found, own = self.at_level(level), list(self.positions)
        value, lower, upper = self.limits(level)
        ends = (
            value if end is None else np.where(np.isnan(value), np.nan, end[own])
            for end in (found.least, found.greatest)
        )
        return *ends, lower, upper  # type: ignore[return-value]  # two ends, and the two limits

    def keys(self, columns: Sequence[str]) -> list[tuple[str, ...]]:
        """What each group is in these columns."""
        at = [self.by.index(column) for column in columns]
        keys = self.at_level(0.95).keys
        return [tuple(keys[position][place] for place in at) for position in self.positions]


def enough(found: Measured, positions: Sequence[int]) -> NDArray[np.bool_]:
    """Which of these groups have rows enough to be compared."""
    return np.asarray(found.units[list(positions)] >= LEAST_ROWS * (1 - ROUNDING))


def note_of(part: Part, found: Measured, *, alone: bool = False) -> str:
    """Why there is nothing to compare, or which groups stay undecided; `alone` where one group is enough."""
    names = [" and ".join(key) for key in part.keys(part.groups)]
    of, rows = " x ".join(part.groups), [round(float(found.n[at])) for at in part.positions]
    counted = [name for name, n in zip(names, rows, strict=True) if n]
    if len(counted) < (1 if alone else 2):
        only = f"only the group {counted[0]}" if counted else "no group"
        return f"{only} of {of} has rows that count: there is nothing to compare"
    few = [
        f"{name} ({_counted(found, at)})"
        for name, at, has in zip(names, part.positions, enough(found, part.positions), strict=True)
        if not has
    ]
    if not few:
        return ""
    listed = f"{', '.join(few[:5])}{f' and {len(few) - 5} more' if len(few) > 5 else ''}"
    return f"groups of {of} with fewer than {LEAST_ROWS} rows that count are undecided: {listed}"


def _counted(found: Measured, at: int) -> str:
    """The rows of a group, and what they are worth where that is less."""
    rows, units = round(float(found.n[at])), round(float(found.units[at]))
    return f"{rows:,}" if units >= rows else f"{rows:,}, worth {units:,}"
