"""Which of the slices that are worse than the rest say something that no other one says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from shipworthy.evaluate.contrast import Sought, p_worse
from shipworthy.evaluate.lattice import DEEPEST, Ints, Lattice
from shipworthy.metrics.sums import Sums, stacked_sums
from shipworthy.stats.multiplicity import benjamini_hochberg
from shipworthy.tally.cube import Floats

Bools = NDArray[np.bool_]

MOST_PAIRED = 100
"""Slices, those with the least p-values, that are held against one another."""


@dataclass(frozen=True, eq=False)
class Ground:
    """One metric on the S slices of a lattice: its sums there (S,) and over everything (1,).

    `first` gives for each slice the first one of the same rows (S,).
    """

    sought: Sought
    lattice: Lattice
    first: Ints
    sums: Sums
    whole: Sums


def unexplained(ground: Ground, at: Ints, p: Floats, worse: Bools, error: float) -> Ints:
    """The worse slices that stay after those that another one explains are left out.

    Args:
        ground: the metric on all slices.
        at: the T slices that were tested.
        p: their p-values against the rest (T,).
        worse: which of them are worse beyond chance after correction (T,).
        error: of each comparison that keeps one.
    """
    listed = _beyond_their_ancestors(ground, at, worse, error)
    by_p = listed[np.lexsort((listed, p[np.searchsorted(at, listed)]))][:MOST_PAIRED]
    return _beyond_the_stronger(ground, by_p, error)


def _beyond_their_ancestors(ground: Ground, at: Ints, worse: Bools, error: float) -> Ints:
    """Worse slices, coarse ones first; inside listed ones, only those worse than the rest of each of them.

    All tested slices inside are corrected for together, as those that look worse were picked by the same rows.
    """
    listed = np.zeros(len(ground.first), dtype=bool)
    for depth in range(1, DEEPEST + 1):
        level = ground.lattice.depth[at] == depth
        here = at[level]
        ancestors = ground.lattice.ancestors(here)
        ancestors = np.where(ancestors >= 0, ground.first[ancestors], -1)
        child, column = np.nonzero((ancestors >= 0) & listed[ancestors])
        inner, outer = ground.sums[here[child]], ground.sums[ancestors[child, column]]
        greatest = np.zeros(len(here))
        np.maximum.at(greatest, child, p_worse(ground.sought, inner, outer - inner))
        within = np.unique(child)
        greatest[within] = benjamini_hochberg(greatest[within])
        listed[here[worse[level] & (greatest <= error)]] = True
    return np.flatnonzero(listed)


def _beyond_the_stronger(ground: Ground, by_p: Ints, error: float) -> Ints:
    """Slices that are still worse without the rows that they share with stronger ones: those inside, and those of less p."""
    lattice, kept = ground.lattice, list[int]()
    for weak in by_p.tolist():
        ancestors = set(lattice.ancestors(np.array([weak]))[0].tolist())
        inside = [each for each in by_p.tolist() if each != weak and lattice.overlap(weak, each) == each]
        stronger = [each for each in dict.fromkeys((*inside, *kept)) if each not in ancestors]
        if not _explained(ground, weak, stronger, error):
            kept.append(weak)
    return np.array(sorted(kept), dtype=np.int64)


def _explained(ground: Ground, weak: int, stronger: Sequence[int], error: float) -> bool:
    """Whether a slice is no worse than the rest once one stronger slice, or all that share no row, are out of both."""
    lattice = ground.lattice
    families = [[each] for each in stronger if lattice.overlap(weak, each) != -1]
    if not families:
        return False
    together: list[int] = []
    for each in stronger:
        known = lattice.overlap(weak, each) != -1 or lattice.apart(weak, each)
        if known and all(lattice.apart(each, other) for other in together):
            together.append(each)
    left, rest = zip(*(_without(ground, weak, each) for each in (*families, together) if each), strict=True)
    return bool((p_worse(ground.sought, stacked_sums(left), stacked_sums(rest)) > error).any())


def _without(ground: Ground, weak: int, out: Sequence[int]) -> tuple[Sums, Sums]:
    """A slice and the rest of the data without the rows of others, which share none among themselves."""
    shared = [place for each in out if (place := ground.lattice.overlap(weak, each)) != -1]
    left = ground.sums[np.array([weak])] - ground.sums[np.array(shared, dtype=np.int64)].total
    return left, ground.whole - ground.sums[np.array(out)].total - left
