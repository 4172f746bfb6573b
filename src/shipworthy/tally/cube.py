"""Counts, sums and cross products of row values, by slice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from shipworthy.tally.needs import Grouping

Floats = NDArray[np.float64]
Key = tuple[str, ...]

CELLS = ("tp", "fn", "xp", "fp", "tn", "xn", "up", "un", "xx")
"""The nine outcomes of a row. Label positive: tp, fn, xp (unanswered); negative: fp, tn, xn; unlabelled: up, un, xx."""


def present(column: str) -> str:
    """The name of the row value that is 1 where the column has a value and 0 where it is null."""
    return f"#{column}"


def row_values(columns: Iterable[str]) -> tuple[str, ...]:
    """The names of a row's values: its nine cells, then each column and its presence."""
    return (*CELLS, *(name for column in sorted(columns) for name in (column, present(column))))


@dataclass(frozen=True, eq=False)
class Cube:
    """Tallies of `names` row values on every slice of one grouping.

    Shapes, with S slices and k names: `rows` and `units` (S,), `sums` (S, k), `products` (S, k, k). A product
    is the sum over units of the product of the unit's two sums; NaN marks one that nobody asked for.
    """

    columns: Grouping
    keys: tuple[Key, ...]
    names: tuple[str, ...]
    rows: Floats
    units: Floats
    sums: Floats
    products: Floats

    @classmethod
    def empty(cls, columns: Grouping, names: tuple[str, ...]) -> Cube:
        """The cube of no rows: neutral for `+`. Without columns there is still the one slice of everything."""
        slices, k = (0 if columns else 1), len(names)
        keys = () if columns else ((),)
        return cls(
            columns,
            keys,
            names,
            np.zeros(slices),
            np.zeros(slices),
            np.zeros((slices, k)),
            np.zeros((slices, k, k)),
        )

    def __len__(self) -> int:
        return len(self.keys)

    def __add__(self, other: Cube) -> Cube:
        """The cube of both halves of the data; no unit may be in both."""
        if (self.columns, self.names) != (other.columns, other.names):
            raise ValueError("only cubes of the same columns and row values add")
        return stacked(self.columns, self.names, (*self.keys, *other.keys), *(
            np.concatenate([getattr(self, part), getattr(other, part)]) for part in ("rows", "units", "sums", "products")
        ))  # fmt: skip

    @cached_property
    def _index(self) -> dict[Key, int]:
        return {key: position for position, key in enumerate(self.keys)}

    def position(self, key: Key) -> int | None:
        """Where the slice stands, or None where no row is in it."""
        return self._index.get(key)

    def select(self, positions: Sequence[int]) -> Cube:
        """The cube of these slices only, in this order."""
        at = np.asarray(positions, dtype=int)
        keys = tuple(self.keys[i] for i in at)
        return Cube(
            self.columns, keys, self.names, self.rows[at], self.units[at], self.sums[at], self.products[at]
        )

    def scaled(self, factor: float) -> Cube:
        """The cube of that many times the units, at the same rates."""
        parts = (self.rows * factor, self.units * factor, self.sums * factor, self.products * factor)
        return Cube(self.columns, self.keys, self.names, *parts)

    def weights(self, combination: Mapping[str, float]) -> Floats:
        """A linear combination of row values as a vector over `names` (k,).

        Raises:
            KeyError: a name is not in this cube.
        """
        vector = np.zeros(len(self.names))
        for name, weight in combination.items():
            vector[self.names.index(name) if name in self.names else self._missing(name)] = weight
        return vector

    def _missing(self, name: str) -> int:
        raise KeyError(f"the row value {name!r} was not scanned")

    def total(self, combination: Mapping[str, float]) -> Floats:
        """The sum of the combination on each slice (S,)."""
        total: Floats = self.sums @ self.weights(combination)
        return total

    def product(self, first: Mapping[str, float], second: Mapping[str, float]) -> Floats:
        """The sum over units of the product of two combinations on each slice (S,)."""
        a, b = self.weights(first), self.weights(second)
        block = self.products[:, a != 0][:, :, b != 0]
        return np.asarray(np.einsum("i,sij,j->s", a[a != 0], block, b[b != 0]), dtype=float)

    def mapped(self, moves: Mapping[str, str]) -> Cube:
        """The cube after every row of one cell counts in another (`{"xp": "tp"}`): how unanswered rows could have gone."""
        k = len(self.names)
        matrix = np.eye(k)
        for source, target in moves.items():
            i, j = self.names.index(source), self.names.index(target)
            matrix[i, i], matrix[i, j] = 0.0, 1.0
        cells = len(CELLS)
        sums = self.sums @ matrix
        products = self.products.copy()
        inner = matrix[:cells, :cells]
        products[:, :cells, :] = np.einsum("ij,sjk->sik", inner.T, self.products[:, :cells, :])
        products[:, :, :cells] = np.einsum("sij,jk->sik", products[:, :, :cells], inner)
        return Cube(self.columns, self.keys, self.names, self.rows, self.units, sums, products)


def stacked(
    columns: Grouping,
    names: tuple[str, ...],
    keys: Sequence[Key],
    rows: Floats,
    units: Floats,
    sums: Floats,
    products: Floats,
) -> Cube:
    """A cube from parts that may name a slice more than once: parts of the same slice are added, keys sorted."""
    ordered = tuple(sorted(set(keys)))
    position = {key: i for i, key in enumerate(ordered)}
    at = np.array([position[key] for key in keys], dtype=int)
    parts = []
    for part in (rows, units, sums, products):
        total = np.zeros((len(ordered), *part.shape[1:]))
        np.add.at(total, at, part)
        parts.append(total)
    return Cube(columns, ordered, names, *parts)
