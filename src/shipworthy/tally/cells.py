"""Base cells: one row per combination of slice values and outcome, and the cubes that roll up from them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from shipworthy.tally.cube import Cube, Floats, Key, present, row_values
from shipworthy.tally.needs import Grouping, Pair

Codes = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class SliceValues:
    """The slice of each base cell by one column: the one of cell i is `labels[codes[i]]`."""

    codes: Codes
    labels: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class BaseCells:
    """The finest summary of a log whose rows are its units: B cells of rows with the same slice values and outcome.

    `outcome` numbers the cell in `cells`; `rows` counts its rows, `weight` and `squared_weight` (all (B,)) sum their
    weights and the squares of these. `sums` has the weighted sum of each column and presence, `counts` the unweighted
    one, `products` the sum of each asked product of two of them, weighted by the squared weight. `totals` are outcomes
    that are counted together under one name; `asked` are the products of these.
    """

    slices: Mapping[str, SliceValues]
    cells: tuple[str, ...]
    outcome: Codes
    rows: Floats
    weight: Floats
    squared_weight: Floats
    columns: tuple[str, ...]
    sums: Mapping[str, Floats]
    counts: Mapping[str, Floats]
    products: Mapping[Pair, Floats]
    totals: Mapping[str, Sequence[str]] = field(default_factory=dict)
    asked: frozenset[Pair] = frozenset()

    def rolled_up(self, by: Grouping) -> Cube:
        """The cube of one grouping. Memory grows with the base cells and, apart from them, with the slices."""
        names, exclusive = row_values(self.columns, (*self.cells, *self.totals)), frozenset(self.cells)
        pairs = (*((cell, cell) for cell in self.cells), *self.products, *self.asked)
        if not len(self.rows):
            return Cube.empty(by, names, pairs, exclusive)
        keys, at = self._slices(by)

        def total(part: Floats) -> Floats:
            return np.asarray(np.bincount(at, part, minlength=len(keys)), dtype=np.float64)

        def by_outcome(part: Floats) -> Floats:
            size = len(keys) * len(self.cells)
            found = np.bincount(at * len(self.cells) + self.outcome, part, minlength=size)
            return np.asarray(found, dtype=np.float64).reshape(len(keys), len(self.cells))

        held = self._held
        members = np.array([held[name] for name in self.totals]).reshape(len(self.totals), len(self.cells)).T
        own = [name for column in sorted(self.columns) for name in (column, present(column))]
        sums, counts = (
            np.column_stack(
                [_with_totals(by_outcome(cells), members), *(total(values[name]) for name in own)]
            )
            for cells, values in ((self.weight, self.sums), (self.rows, self.counts))
        )
        squares = by_outcome(self.squared_weight)
        products = {(cell, cell): squares[:, i] for i, cell in enumerate(self.cells)}
        products |= {each: total(product) for each, product in self.products.items()}
        products |= {each: squares @ (held[each[0]] * held[each[1]]) for each in self.asked}
        rows = total(self.rows)
        return _sorted(Cube(by, tuple(keys), names, rows, rows, sums, counts, products, exclusive))

    @property
    def _held(self) -> dict[str, Floats]:
        """Which outcomes each outcome and each total counts, as 0 and 1 (cells,)."""
        place = {cell: at for at, cell in enumerate(self.cells)}
        held = {cell: np.eye(1, len(place), at)[0] for cell, at in place.items()}
        for name, cells in self.totals.items():
            held[name] = np.zeros(len(place))
            held[name][[place[cell] for cell in cells]] = 1.0
        return held

    def _slices(self, by: Grouping) -> tuple[list[Key], Codes]:
        """The keys of the slices that have rows, and which of them each base cell is in."""
        if not by:
            return [()], np.zeros(len(self.rows), dtype=np.int64)
        columns = [self.slices[column] for column in by]
        sizes = tuple(len(column.labels) for column in columns)
        found, at = np.unique(np.ravel_multi_index([c.codes for c in columns], sizes), return_inverse=True)
        places = zip(*(place.tolist() for place in np.unravel_index(found, sizes)), strict=True)
        keys = [tuple(column.labels[i] for column, i in zip(columns, place, strict=True)) for place in places]
        return keys, np.asarray(at, dtype=np.int64)


def _with_totals(cells: Floats, members: Floats) -> Floats:
    """Counts by outcome (S, cells), and beside them the totals of the outcomes that are members (cells, totals)."""
    return np.column_stack([cells, cells @ members]) if members.shape[1] else cells


def _sorted(cube: Cube) -> Cube:
    return cube.select(sorted(range(len(cube)), key=cube.keys.__getitem__))
