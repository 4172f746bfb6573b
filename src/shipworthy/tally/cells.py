"""Base cells: one row per combination of slice values and outcome, and the cubes that roll up from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from shipworthy.tally.cube import CELLS, Cube, Floats, Key, row_values, stacked
from shipworthy.tally.needs import Grouping


@dataclass(frozen=True, eq=False)
class ColumnSums:
    """Per base cell (B,): how many rows have a value, the sum of the values, and of their squares."""

    n: Floats
    total: Floats
    squares: Floats


@dataclass(frozen=True, eq=False)
class BaseCells:
    """The finest summary of a log whose rows are its units: B cells of rows with the same slice values and outcome."""

    slices: Mapping[str, tuple[str, ...]]
    outcome: NDArray[np.int64]
    n: Floats
    columns: Mapping[str, ColumnSums]

    def rolled_up(self, by: Grouping) -> Cube:
        """The cube of one grouping. Cross products of two different columns are not known from cells (NaN)."""
        names = row_values(self.columns)
        if not len(self.n):
            return Cube.empty(by, names)
        keys: list[Key] = (
            list(zip(*(self.slices[column] for column in by), strict=True)) if by else [()] * len(self.n)
        )
        return stacked(by, names, keys, self.n, self.n, self._sums(names), self._products(names))

    def _sums(self, names: tuple[str, ...]) -> Floats:
        sums = np.zeros((len(self.n), len(names)))
        sums[np.arange(len(self.n)), self.outcome] = self.n
        for position, column in enumerate(sorted(self.columns)):
            at = len(CELLS) + 2 * position
            sums[:, at], sums[:, at + 1] = self.columns[column].total, self.columns[column].n
        return sums

    def _products(self, names: tuple[str, ...]) -> Floats:
        b, k = len(self.n), len(names)
        products = np.zeros((b, k, k))
        row = np.arange(b)
        products[row, self.outcome, self.outcome] = self.n
        if len(self.columns) > 1:
            products[:, len(CELLS) :, len(CELLS) :] = np.nan
        for position, column in enumerate(sorted(self.columns)):
            at, sums = len(CELLS) + 2 * position, self.columns[column]
            for offset, value in ((at, sums.total), (at + 1, sums.n)):
                products[row, self.outcome, offset] = value
                products[row, offset, self.outcome] = value
            products[:, at, at] = sums.squares
            products[:, at, at + 1] = products[:, at + 1, at] = sums.total
            products[:, at + 1, at + 1] = sums.n
        return products
