"""Base cells: one row per combination of slice values and outcome, and the cubes that roll up from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from shipworthy.tally.cube import CELLS, Cube, Floats, Key, row_values, stacked
from shipworthy.tally.needs import Grouping

Codes = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class SliceValues:
    """The slice of each base cell by one column: the one of cell i is `labels[codes[i]]`."""

    codes: Codes
    labels: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class ColumnSums:
    """Per base cell (B,): how many rows have a value, the sum of the values, and of their squares."""

    n: Floats
    total: Floats
    squares: Floats


@dataclass(frozen=True, eq=False)
class BaseCells:
    """The finest summary of a log whose rows are its units: B cells of rows with the same slice values and outcome."""

    slices: Mapping[str, SliceValues]
    outcome: Codes
    n: Floats
    columns: Mapping[str, ColumnSums]

    def rolled_up(self, by: Grouping) -> Cube:
        """The cube of one grouping. Cross products of two different columns are not known from cells (NaN).

        Memory grows with the base cells and, apart from them, with the slices: not with their product.
        """
        names = row_values(self.columns)
        if not len(self.n):
            return Cube.empty(by, names)
        keys, at = self._slices(by)
        cells = _by_outcome(at, self.outcome, self.n, len(keys))
        sums, products = np.zeros((len(keys), len(names))), np.zeros((len(keys), len(names), len(names)))
        diagonal = np.arange(len(CELLS))
        sums[:, diagonal] = products[:, diagonal, diagonal] = cells
        if len(self.columns) > 1:
            products[:, len(CELLS) :, len(CELLS) :] = np.nan
        for position, column in enumerate(sorted(self.columns)):
            self._add_column(column, len(CELLS) + 2 * position, at, sums, products)
        rows = cells.sum(axis=1)
        return stacked(by, names, keys, rows, rows, sums, products)

    def _slices(self, by: Grouping) -> tuple[list[Key], Codes]:
        """The keys of the slices that have rows, and which of them each base cell is in."""
        if not by:
            return [()], np.zeros(len(self.n), dtype=np.int64)
        columns = [self.slices[column] for column in by]
        sizes = tuple(len(column.labels) for column in columns)
        found, at = np.unique(np.ravel_multi_index([c.codes for c in columns], sizes), return_inverse=True)
        places = zip(*np.unravel_index(found, sizes), strict=True)
        keys = [tuple(column.labels[i] for column, i in zip(columns, place, strict=True)) for place in places]
        return keys, np.asarray(at, dtype=np.int64)

    def _add_column(self, column: str, position: int, at: Codes, sums: Floats, products: Floats) -> None:
        """Fill in a column's sum and presence: with each cell, with themselves and with each other."""
        found, slices, cells = self.columns[column], len(sums), np.arange(len(CELLS))
        for offset, part in ((position, found.total), (position + 1, found.n)):
            each = _by_outcome(at, self.outcome, part, slices)
            products[:, cells, offset] = products[:, offset, cells] = each
            sums[:, offset] = each.sum(axis=1)
        products[:, position, position] = np.bincount(at, found.squares, minlength=slices)
        products[:, position, position + 1] = products[:, position + 1, position] = sums[:, position]
        products[:, position + 1, position + 1] = sums[:, position + 1]


def _by_outcome(at: Codes, outcome: Codes, part: Floats, slices: int) -> Floats:
    """A sum by slice and outcome (S, cells)."""
    cells = len(CELLS)
    totals = np.bincount(at * cells + outcome, part, minlength=slices * cells)
    return np.asarray(totals, dtype=np.float64).reshape(slices, cells)
