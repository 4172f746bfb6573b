"""Quantiles of a column from its histogram, with bounds by order statistics."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from shipworthy.metrics.measured import CONFIDENCE, Measured
from shipworthy.metrics.sums import ratio_of
from shipworthy.stats import jackknife
from shipworthy.stats.proportion import ROUNDING
from shipworthy.stats.quantile import displayed, rank_lower, rank_upper
from shipworthy.tally.cube import Cube, Key, present
from shipworthy.tally.histogram import ROUNDING as OF_RANKS
from shipworthy.tally.histogram import Histogram

NOTHING = (np.nan, -np.inf, np.inf, -np.inf, np.inf)
"""Value, low, high, lower and upper where there are none."""


def quantile(
    column: str, p: float, slices: Mapping[Key, Histogram], cube: Cube | None, level: float
) -> Measured:
    """Order statistics, rounded outward to the ends of their buckets.

    Args:
        column: whose quantile.
        p: the share of the rows at or under it, of their weight where the log has weights.
        slices: the column's histogram on each slice.
        cube: of the same slices, where rows are clustered or weighed: ranks are then taken among what its units are
            worth at the quantile by the spread of the share under it between random groups of units, and rank r of m
            is the part of the weight from (r - 1) / m to r / m.
        level: one-sided.
    """
    keys = tuple(sorted(slices))
    counted = [_counted(column, slices[key], cube, key) for key in keys]
    rows = [_row(slices[key], n, units, p, level) for key, (n, units) in zip(keys, counted, strict=True)]
    value, low, high, lower, upper = np.array(rows, dtype=float).reshape(-1, 5).T
    n, units = np.array(counted, dtype=float).reshape(-1, 2).T
    method = tuple("order_statistic" if slices[key].weight else "none" for key in keys)
    return Measured(keys, value, low, high, lower, upper, n, units, method, ("",) * len(keys))


def worth(
    histogram: Histogram,
    rows: float,
    units: float,
    p: float,
    sure: float,
    trials: Callable[..., float] = jackknife.trials,
) -> int:
    """How many independent rows so many rows are worth for a bound of their quantile.

    Fewer than rows where they come from fewer units, which are as many where nobody asked for their groups.
    """
    found = rows
    if units < rows * (1 - ROUNDING):
        groups = histogram.groups.sum(axis=2)
        under = groups[: histogram.bucket_at(p) + 1].sum(axis=0)
        found = trials(under, groups.sum(axis=0), rows, units, sure)
    return int(found * (1 + OF_RANKS) + ROUNDING)


def _counted(column: str, histogram: Histogram, cube: Cube | None, key: Key) -> tuple[float, float]:
    """The rows of a slice that have a value, and what they are worth if all rows of a unit were alike."""
    if cube is None:
        return histogram.weight, histogram.weight
    at = cube.position(key)
    if at is None:
        return 0.0, 0.0
    rows = {present(column): 1.0}
    found = ratio_of(cube.select([at]), rows, rows)
    return float(found.n[0]), float(found.units[0])


def _row(histogram: Histogram, rows: float, units: float, p: float, level: float) -> tuple[float, ...]:
    """Value, low, high, lower and upper; nothing where no row counts."""
    if not histogram.weight:
        return NOTHING
    ranked = histogram.in_rows(rows)
    shown = worth(histogram, rows, units, p, CONFIDENCE, jackknife.displayed_trials)
    judged = worth(histogram, rows, units, p, level)
    low, high = displayed(shown, p, CONFIDENCE)
    return (
        ranked.quantile(p),
        _least(ranked, int(low), rows, shown),
        _greatest(ranked, int(high), rows, shown),
        _least(ranked, int(rank_lower(judged, p, level)), rows, judged),
        _greatest(ranked, int(rank_upper(judged, p, level)), rows, judged),
    )


def _least(ranked: Histogram, rank: int, rows: float, of: int) -> float:
    """The least value that the unit of this rank can have."""
    return -np.inf if rank < 1 else ranked.after((rank - 1) * rows / of)


def _greatest(ranked: Histogram, rank: int, rows: float, of: int) -> float:
    """The greatest value that the unit of this rank can have."""
    return np.inf if rank > of else ranked.up_to(rank * rows / of)
