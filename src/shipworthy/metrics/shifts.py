"""How far the examples are from production in one column, on every slice."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from shipworthy.metrics.measured import CONFIDENCE, Measured
from shipworthy.stats import drift
from shipworthy.tally.cube import Key
from shipworthy.tally.shift import Shift

METHOD = "total_variation"


def shift(slices: Mapping[Key, Shift], level: float) -> Measured:
    """The distance with its bounds; none where one of the tables has no rows of the slice."""
    keys = tuple(sorted(slices))
    rows = [_row(slices[key], level) for key in keys]
    value, low, high, lower, upper, n, units = np.array(rows, dtype=float).reshape(-1, 7).T
    notes = tuple("" if slices[key].samples.known else _empty(slices[key]) for key in keys)
    return Measured(keys, value, low, high, lower, upper, n, units, (METHOD,) * len(keys), notes)


def _row(found: Shift, level: float) -> tuple[float, ...]:
    samples = found.samples
    ends = drift.interval(samples, CONFIDENCE)
    bounds = drift.lower(samples, level), drift.upper(samples, level)
    return samples.distance, *ends, *bounds, float(found.rows[0]), samples.sizes[0]


def _empty(found: Shift) -> str:
    where = "examples" if not found.rows[0] else "rows of data.production"
    return f"there are no {where} to compare"
