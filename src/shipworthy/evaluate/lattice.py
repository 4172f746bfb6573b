"""Slices by one, two and three columns, and which lie inside which."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from shipworthy.tally.cube import Cube, Key
from shipworthy.tally.needs import Grouping, grouping

Ints = NDArray[np.int64]

DEEPEST = 3
"""The greatest number of columns that a slice is named by."""


@dataclass(frozen=True, eq=False)
class Lattice:
    """S slices, coarse before fine, then by column and value.

    `items` (S, 3) numbers the `column = value` pairs that name a slice, rising, 0 where it has fewer than three.
    `order` gives, for each grouping, where its slices stand in its cube.
    """

    slices: tuple[tuple[Grouping, Key], ...]
    items: Ints
    order: Mapping[Grouping, Ints]

    @property
    def depth(self) -> Ints:
        """By how many columns each slice is named (S,)."""
        return np.asarray((self.items > 0).sum(axis=1), dtype=np.int64)

    @cached_property
    def _base(self) -> int:
        return int(self.items.max(initial=0)) + 1

    def _numbers(self, items: Ints) -> Ints:
        """One number for each combination of items, which are in rising order with zeros first."""
        total = np.zeros(len(items), dtype=np.int64)
        for column in items.T:
            total = total * self._base + column
        return total

    @cached_property
    def _sorted(self) -> tuple[Ints, Ints]:
        numbers = self._numbers(self.items)
        by_number = np.argsort(numbers)
        return numbers[by_number], by_number

    def found(self, items: Ints) -> Ints:
        """Where slices stand, by their items (S, any): -1 where there is none."""
        known, places = self._sorted
        if not len(known):
            return np.full(len(items), -1)
        wanted = self._numbers(items)
        at = np.minimum(np.searchsorted(known, wanted), len(known) - 1)
        return np.where(known[at] == wanted, places[at], -1)

    def ancestors(self, at: Ints) -> Ints:
        """The slices that each of these lies in by leaving out columns (A, 6), -1 where there is none."""
        picks = [pick for size in (1, 2) for pick in combinations(range(DEEPEST), size)]
        found = np.stack([self.found(self.items[at][:, pick]) for pick in picks], axis=1)
        return np.where(found == at[:, np.newaxis], -1, found)

    def same_rows(self, rows: NDArray[np.float64]) -> Ints:
        """For each slice the first of those that hold the very same rows.

        A slice lies inside each of its ancestors, so an equal number of rows means equal rows: this is exact.
        """
        first = np.arange(len(rows))
        ancestors = self.ancestors(first)
        child, column = np.nonzero((ancestors >= 0) & (rows[ancestors] == rows[:, np.newaxis]))
        parent = ancestors[child, column]
        before = None
        while before is None or (before != first).any():
            before, least = first.copy(), np.minimum(first[child], first[parent])
            np.minimum.at(first, child, least)
            np.minimum.at(first, parent, least)
        return first

    def apart(self, one: int, other: int) -> bool:
        """Whether two slices are known to share no row."""
        mine, theirs = (dict(zip(*self.slices[at], strict=True)) for at in (one, other))
        if any(theirs.get(column, label) != label for column, label in mine.items()):
            return True
        return grouping((*mine, *theirs)) in self.order and self.overlap(one, other) == -1

    def overlap(self, one: int, other: int) -> int:
        """Where the slice of the rows that two slices share stands, -1 where it is none of the lattice's or has no row."""
        items = sorted({*self.items[one].tolist(), *self.items[other].tolist()} - {0})
        if len(items) > DEEPEST:
            return -1
        return int(self.found(np.array([[0] * (DEEPEST - len(items)) + items]))[0])


def lattice_of(cubes: Mapping[Grouping, Cube]) -> Lattice:
    """The lattice of all slices by one to three columns, in an order that the order of rows does not change."""
    groupings = sorted((by for by in cubes if 1 <= len(by) <= DEEPEST), key=lambda by: (len(by), by))
    labels = {by: tuple(zip(*cubes[by].keys, strict=True)) for by in groupings}
    seen: dict[str, set[str]] = {}
    for by in groupings:
        for column, found in zip(by, labels[by], strict=False):
            seen.setdefault(column, set()).update(found)
    named = {item: number for number, item in enumerate(_sorted_pairs(seen), start=1)}
    items = {by: _items(by, labels[by], named, len(cubes[by])) for by in groupings}
    order = {by: np.lexsort(found.T[::-1]) for by, found in items.items()}
    slices = tuple((by, cubes[by].keys[at]) for by in groupings for at in order[by].tolist())
    ordered = [items[by][order[by]] for by in groupings]
    return Lattice(slices, np.concatenate([np.zeros((0, DEEPEST), dtype=np.int64), *ordered]), order)


def _sorted_pairs(seen: Mapping[str, set[str]]) -> list[tuple[str, str]]:
    return [(column, label) for column in sorted(seen) for label in sorted(seen[column])]


def _items(
    by: Grouping, labels: tuple[tuple[str, ...], ...], named: Mapping[tuple[str, str], int], slices: int
) -> Ints:
    """The items of the slices of one grouping, in the order of its cube."""
    items = np.zeros((slices, DEEPEST), dtype=np.int64)
    for place, (column, found) in enumerate(zip(by, labels, strict=False), start=DEEPEST - len(by)):
        numbers = {label: named[column, label] for label in set(found)}
        items[:, place] = [numbers[label] for label in found]
    return items
