"""How far the examples are from production in one column, on every slice."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import numpy as np

from shipworthy.metrics.measured import CONFIDENCE, Measured
from shipworthy.stats import drift
from shipworthy.stats.drift import TwoSamples, design_effect, two_samples
from shipworthy.stats.floats import Floats
from shipworthy.tally.cube import Key
from shipworthy.tally.shift import Counts, Shift

METHOD = "total_variation"


def shift(slices: Mapping[Key, Shift], level: float) -> Measured:
    """The distance with its bounds; none where one of the tables has no rows of the slice."""
    keys = tuple(sorted(slices))
    rows = [_row(slices[key], level) for key in keys]
    value, low, high, lower, upper, n, units = np.array(rows, dtype=float).reshape(-1, 7).T
    notes = tuple("" if samples_of(slices[key]).known else _empty(slices[key]) for key in keys)
    return Measured(keys, value, low, high, lower, upper, n, units, (METHOD,) * len(keys), notes)


def _row(found: Shift, level: float) -> tuple[float, ...]:
    samples = samples_of(found)
    ends = drift.interval(samples, CONFIDENCE)
    bounds = drift.lower(samples, level), drift.upper(samples, level)
    return samples.distance, *ends, *bounds, float(found.rows[0]), samples.sizes[0]


def _empty(found: Shift) -> str:
    where = "examples" if not found.rows[0] else "rows of data.production"
    return f"there are no {where} to compare"


@lru_cache(maxsize=512)
def samples_of(shift: Shift) -> TwoSamples:
    """Both sides as independent rows: counts, divided by their design effect. Kept, as every level asks for them."""
    return two_samples(_worth(shift.here, shift.categories), _worth(shift.there, shift.categories))


def _worth(side: Counts, categories: tuple[str, ...]) -> Floats:
    """The rows of each category that are worth as much as independent ones."""
    found = np.array([side.get(name, (0.0, 0.0, 0.0)) for name in categories]).reshape(-1, 3)
    return np.asarray(found[:, 0] / design_effect(found[:, 0], found[:, 1], found[:, 2]))
