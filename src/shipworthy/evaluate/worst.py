"""The slices on which a candidate does worse than on the rest of the data, beyond chance and beyond what others explain."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from shipworthy.evaluate.contrast import Contrast, Sought, contrast, p_worse, row_spread
from shipworthy.evaluate.lattice import Ints, Lattice, lattice_of
from shipworthy.evaluate.redundancy import Bools, Ground, unexplained
from shipworthy.evidence import SliceSearch, WorstSlice
from shipworthy.metrics.sums import stacked_sums, sums_of
from shipworthy.stats.multiplicity import benjamini_hochberg
from shipworthy.stats.shrinkage import shrunken
from shipworthy.tally.cube import Cube, Floats
from shipworthy.tally.needs import OVERALL, Grouping

LEAST_ROWS = 20
"""Rows of the metric's denominator that a slice and the rest must have to be compared."""

ERROR = 0.05
"""The expected share of wrong finds among all that are found worse."""

MOST_LISTED = 20
"""Slices of one candidate that are listed."""


@dataclass(frozen=True)
class Found:
    """The worst slices of one candidate, the worst first, and what was looked at to find them."""

    worst: tuple[WorstSlice, ...]
    search: SliceSearch


def worst_slices(
    sought: Sequence[Sought],
    cubes: Mapping[Grouping, Cube],
    candidate: str,
    *,
    least_rows: int = LEAST_ROWS,
    error: float = ERROR,
) -> tuple[WorstSlice, ...]:
    """The slices that are worse than the rest of the data, the worst first.

    Each slice is compared with all rows outside it: sums subtract. P-values are corrected over all slices and
    metrics (Benjamini and Hochberg 1995), with only the listed ones counted as finds (Katsevich, Sabatti and
    Bogomolov 2023). Slices of the same rows are one. A slice inside a listed one is listed
    only where it is still worse than what else is in there; one that is no worse without the rows it shares with a
    stronger one is left out. The order is by the shrunken difference in units of the spread of single rows, so that
    neither a tiny slice nor a metric with great numbers tops the list.

    Args:
        sought: the metrics, each with its better direction.
        cubes: of all rows, `()`, and of any groupings by one to three columns; others are not looked at.
        candidate: whose log it is.
        least_rows: what a slice and the rest must have of the metric's denominator to be compared.
        error: the expected share of wrong finds.
    """
    return slice_search(sought, cubes, candidate, least_rows=least_rows, error=error).worst


def slice_search(
    sought: Sequence[Sought],
    cubes: Mapping[Grouping, Cube],
    candidate: str,
    *,
    least_rows: int = LEAST_ROWS,
    error: float = ERROR,
) -> Found:
    """`worst_slices` with the counts of what was looked at."""
    lattice = lattice_of(cubes)
    first = lattice.same_rows(_rows(lattice, cubes))
    own = np.flatnonzero(first == np.arange(len(first)))
    compared = [_compared(_ground(each, lattice, first, cubes), own, least_rows) for each in sought]
    worse = [q <= error for q in _corrected([each.p for each in compared])]
    pairs = zip(compared, worse, strict=True)
    found = [pair for each, which in pairs for pair in _listed(each, which, candidate, error)]
    found = _filtered(found, sum(len(each.at) for each in compared), error)
    found.sort(key=lambda pair: (-pair[0], pair[1].q, pair[1].metric, *pair[1].slice.items()))
    search = SliceSearch(
        candidate,
        tuple(str(each.definition.metric) for each in sought),
        slices=len(own),
        looked_at=sum(len(each.at) for each in compared),
        too_small=sum(each.too_small for each in compared),
        same_rows=len(first) - len(own),
        worse=sum(int(which.sum()) for which in worse),
        least_rows=least_rows,
        error=error,
    )
    return Found(tuple(worst for _, worst in found[:MOST_LISTED]), search)


@dataclass(frozen=True, eq=False)
class _Compared:
    """One metric: what came out on the T slices `at` that were tested."""

    ground: Ground
    at: Ints
    too_small: int
    p: Floats
    contrast: Contrast
    shrunken: Floats


def _ground(sought: Sought, lattice: Lattice, first: Ints, cubes: Mapping[Grouping, Cube]) -> Ground:
    ratio = sought.definition.numerator, sought.definition.denominator
    whole = sums_of(cubes[OVERALL], *ratio)
    parts = [sums_of(cubes[by], *ratio)[order] for by, order in lattice.order.items()]
    return Ground(sought, lattice, first, stacked_sums(parts or [whole[np.zeros(0, dtype=np.int64)]]), whole)


def _compared(ground: Ground, own: Ints, least_rows: int) -> _Compared:
    """One metric on every slice of its own rows, where it and the rest have rows enough, and rows differ at all."""
    rows, every = ground.sums.n[own], ground.whole.n
    enough = (rows >= least_rows) & (every - rows >= least_rows)
    at = own[enough & (row_spread(ground.sought, ground.whole) > 0)]
    one = ground.sums[at]
    rest = ground.whole - one
    found = contrast(ground.sought, one, rest)
    p = p_worse(ground.sought, one, rest)
    small = int((~enough).sum())
    return _Compared(ground, at, small, p, found, np.asarray(shrunken(found.difference, found.variance)))


def _rows(lattice: Lattice, cubes: Mapping[Grouping, Cube]) -> Floats:
    return np.concatenate([np.zeros(0), *(cubes[by].rows[order] for by, order in lattice.order.items())])


def _corrected(p_values: Sequence[Floats]) -> list[Floats]:
    """The p-values of all metrics corrected together."""
    if not p_values:
        return []
    q = np.asarray(benjamini_hochberg(np.concatenate(p_values)))
    return np.split(q, np.cumsum([len(p) for p in p_values])[:-1])


def _listed(
    compared: _Compared, worse: Bools, candidate: str, error: float
) -> list[tuple[float, WorstSlice]]:
    """The slices of one metric that stay, each with its size in units of the spread of single rows."""
    ground = compared.ground
    kept = unexplained(ground, compared.at, compared.p, worse, error)
    spread = row_spread(ground.sought, ground.whole)
    found = []
    for place in np.flatnonzero(np.isin(compared.at, kept)).tolist():
        size = abs(float(compared.shrunken[place])) / spread if spread > 0 else 0.0
        found.append((size, _worst(compared, place, candidate)))
    return found


def _worst(compared: _Compared, place: int, candidate: str) -> WorstSlice:
    by, key = compared.ground.lattice.slices[compared.at[place]]
    found = compared.contrast
    return WorstSlice(
        candidate,
        str(compared.ground.sought.definition.metric),
        dict(zip(by, key, strict=True)),
        float(found.value[place]),
        float(found.rest[place]),
        float(found.difference[place]),
        _finite(found.low[place]),
        _finite(found.high[place]),
        int(compared.ground.sums.n[compared.at[place]]),
        float(compared.p[place]),
        1.0,
        float(compared.shrunken[place]),
        "fisher" if compared.ground.sought.counted else "welch",
    )


def _filtered(
    found: list[tuple[float, WorstSlice]], looked_at: int, error: float
) -> list[tuple[float, WorstSlice]]:
    """The finds that hold among themselves: corrected with all that was looked at, but only the listed ones as finds.

    Else the many slices that one bad slice makes bad, and that were left out, would let chance finds in.
    """
    if not found:
        return []
    rest = np.ones(looked_at - len(found))
    q = np.asarray(benjamini_hochberg(np.concatenate([[worst.p for _, worst in found], rest])))
    pairs = zip(found, q.tolist(), strict=False)
    return [(size, replace(worst, q=each)) for (size, worst), each in pairs if each <= error]


def _finite(bound: float) -> float | None:
    return float(bound) if np.isfinite(bound) else None
