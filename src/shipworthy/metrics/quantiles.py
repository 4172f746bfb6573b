"""Quantiles of a column from its histogram, with bounds by order statistics."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from shipworthy.metrics.measured import CONFIDENCE, Measured
from shipworthy.metrics.sums import ratio_of
from shipworthy.stats.quantile import rank_lower, rank_upper, ranks
from shipworthy.tally.cube import Cube, Key, present
from shipworthy.tally.histogram import Histogram


def quantile(
    column: str, p: float, slices: Mapping[Key, Histogram], cube: Cube | None, level: float
) -> Measured:
    """Order statistics, rounded outward to the ends of their buckets.

    Args:
        column: whose quantile.
        p: the share of rows at or under it.
        slices: the column's histogram on each slice.
        cube: of the same slices, where rows are clustered: ranks are then taken among what its units are worth.
        level: one-sided.
    """
    keys = tuple(sorted(slices))
    worth = [float(slices[key].rows) if cube is None else _worth(column, cube, key) for key in keys]
    rows = [_row(slices[key], units, p, level) for key, units in zip(keys, worth, strict=True)]
    value, low, high, lower, upper, n = np.array(rows, dtype=float).reshape(-1, 6).T
    method = ("order_statistic",) * len(keys)
    return Measured(keys, value, low, high, lower, upper, n, np.array(worth), method, ("",) * len(keys))


def _worth(column: str, cube: Cube, key: Key) -> float:
    """What the clustered rows of a slice are worth, if all rows of a unit were alike."""
    at = cube.position(key)
    rows = {present(column): 1.0}
    return 0.0 if at is None else float(ratio_of(cube.select([at]), rows, rows).units[0])


def _row(histogram: Histogram, units: float, p: float, level: float) -> tuple[float, ...]:
    m = int(units + 1e-9)
    low, high = ranks(m, p, CONFIDENCE)
    return (
        histogram.quantile(p),
        _least(histogram, int(low), m),
        _greatest(histogram, int(high), m),
        _least(histogram, int(rank_lower(m, p, level)), m),
        _greatest(histogram, int(rank_upper(m, p, level)), m),
        histogram.rows,
    )


def _least(histogram: Histogram, rank: int, of: int) -> float:
    """The least value that the unit of this rank can have."""
    return -np.inf if rank < 1 else histogram.at_rank((rank - 1) * histogram.rows // of + 1)[0]


def _greatest(histogram: Histogram, rank: int, of: int) -> float:
    """The greatest value that the unit of this rank can have."""
    return np.inf if rank > of else histogram.at_rank(-(-rank * histogram.rows // of))[1]
