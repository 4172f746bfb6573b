"""Counts, sums and products of row values, by slice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from shipworthy.tally.needs import Grouping, Pair, pair

Floats = NDArray[np.float64]
Key = tuple[str, ...]

CELLS = ("tp", "fn", "xp", "fp", "tn", "xn", "up", "un", "xx")
"""The nine outcomes of a yes/no row. Label positive: tp, fn, xp (unanswered); negative: fp, tn, xn; unlabelled: up, un, xx."""


SQUARED = "=square@"


def present(column: str) -> str:
    """The name of the row value that is 1 where the column has a value and 0 where it is null."""
    return f"#{column}"


def squared(name: str) -> str:
    """The name of the square of what a unit holds of a row value: it is multiplied, and not summed."""
    return f"{SQUARED}{name}"


def row_values(columns: Iterable[str], cells: Sequence[str] = CELLS) -> tuple[str, ...]:
    """The names of a row's values: its cells, then each column and its presence."""
    return (*cells, *(name for column in sorted(columns) for name in (column, present(column))))


@dataclass(frozen=True, eq=False)
class Cube:
    """Tallies of `names` row values on every slice of one grouping.

    Shapes, with S slices and k names: `rows` and `units` (S,), `sums` (S, k) weighted and `counts` (S, k)
    unweighted, `products` (S,) each: the sum over units of the product of the unit's two (weighted) sums. A product
    that nobody asked for is absent; `squared` ones are multiplied only. `exclusive` are outcomes of which each unit has one, so that the product of two is 0.
    """

    columns: Grouping
    keys: tuple[Key, ...]
    names: tuple[str, ...]
    rows: Floats
    units: Floats
    sums: Floats
    counts: Floats
    products: Mapping[Pair, Floats]
    exclusive: frozenset[str] = frozenset()

    @classmethod
    def empty(
        cls,
        columns: Grouping,
        names: tuple[str, ...],
        products: Iterable[Pair] = (),
        exclusive: frozenset[str] = frozenset(),
    ) -> Cube:
        """The cube of no rows: neutral for `+`. Without columns there is still the one slice of everything."""
        slices, k = (0 if columns else 1), len(names)
        none, nothing = np.zeros(slices), np.zeros((slices, k))
        blank = dict.fromkeys(products, none)
        return cls(
            columns, () if columns else ((),), names, none, none, nothing, nothing, blank, exclusive
        )  # fmt: skip

    @classmethod
    def beside(cls, columns: Grouping, cubes: Sequence[Cube]) -> Cube:
        """The slices of several cubes of the same row values, one after the other; a key begins with its cube's number."""
        first = cubes[0]
        if any((each.names, each.exclusive) != (first.names, first.exclusive) for each in cubes):
            raise ValueError("only cubes of the same row values stand beside each other")
        return cls(
            columns,
            tuple((str(number), *key) for number, each in enumerate(cubes) for key in each.keys),
            first.names,
            np.concatenate([each.rows for each in cubes]),
            np.concatenate([each.units for each in cubes]),
            np.concatenate([each.sums for each in cubes]),
            np.concatenate([each.counts for each in cubes]),
            {asked: np.concatenate([each.products[asked] for each in cubes]) for asked in first.products},
            first.exclusive,
        )

    def __len__(self) -> int:
        return len(self.keys)

    def __add__(self, other: Cube) -> Cube:
        """The cube of both halves of the data; no unit may be in both."""
        if self._shape != other._shape:
            raise ValueError("only cubes of the same columns and row values add")
        keys = tuple(sorted({*self.keys, *other.keys}))
        at = {key: position for position, key in enumerate(keys)}
        first, second = ([at[key] for key in cube.keys] for cube in (self, other))

        def total(one: Floats, two: Floats) -> Floats:
            found = np.zeros((len(keys), *one.shape[1:]))
            found[first] += one
            found[second] += two
            return found

        return Cube(
            self.columns,
            keys,
            self.names,
            total(self.rows, other.rows),
            total(self.units, other.units),
            total(self.sums, other.sums),
            total(self.counts, other.counts),
            {each: total(product, other.products[each]) for each, product in self.products.items()},
            self.exclusive,
        )

    @property
    def _shape(self) -> tuple[object, ...]:
        return self.columns, self.names, {*self.products}, self.exclusive

    @cached_property
    def _index(self) -> dict[Key, int]:
        return {key: position for position, key in enumerate(self.keys)}

    @cached_property
    def _places(self) -> dict[str, int]:
        return {name: place for place, name in enumerate(self.names)}

    def position(self, key: Key) -> int | None:
        """Where the slice stands, or None where no row is in it."""
        return self._index.get(key)

    def select(self, positions: Sequence[int]) -> Cube:
        """The cube of these slices only, in this order."""
        at = np.asarray(positions, dtype=int)
        parts = (self.rows[at], self.units[at], self.sums[at], self.counts[at])
        products = {each: product[at] for each, product in self.products.items()}
        keys = tuple(self.keys[i] for i in at)
        return Cube(self.columns, keys, self.names, *parts, products, self.exclusive)

    def scaled(self, factor: float) -> Cube:
        """The cube of that many times the units, at the same rates."""
        parts = (self.rows * factor, self.units * factor, self.sums * factor, self.counts * factor)
        products = {each: product * factor for each, product in self.products.items()}
        return Cube(self.columns, self.keys, self.names, *parts, products, self.exclusive)

    def weights(self, combination: Mapping[str, float]) -> Floats:
        """A linear combination of row values as a vector over `names` (k,).

        Raises:
            KeyError: a name is not in this cube.
        """
        vector = np.zeros(len(self.names))
        for name, weight in combination.items():
            if name not in self._places:
                raise KeyError(f"the row value {name!r} was not scanned")
            vector[self._places[name]] = weight
        return vector

    def total(self, combination: Mapping[str, float]) -> Floats:
        """The (weighted) sum of the combination on each slice (S,)."""
        return self._combined(self.sums, combination)

    def count(self, combination: Mapping[str, float]) -> Floats:
        """The sum of the combination over the rows themselves, whatever their weights (S,)."""
        return self._combined(self.counts, combination)

    def _combined(self, values: Floats, combination: Mapping[str, float]) -> Floats:
        """Only the named columns are looked at: 0 times another that is infinite would be NaN."""
        weights = self.weights(combination)
        named = np.flatnonzero(weights)
        total: Floats = values[:, named] @ weights[named]
        return total

    def product(self, first: Mapping[str, float], second: Mapping[str, float]) -> Floats:
        """The sum over units of the product of two combinations on each slice (S,).

        Raises:
            KeyError: a product of two of their row values was not scanned.
        """
        total = np.zeros(len(self))
        shared = {name: weight for name, weight in second.items() if name not in self.exclusive}
        for a, x in first.items():
            own = {a: second[a]} if a in second else {}
            for b, y in ({**shared, **own} if a in self.exclusive else second).items():
                if x and y:
                    total = total + x * y * self._product(pair(a, b))
        return total

    def _product(self, asked: Pair) -> Floats:
        if asked not in self.products:
            raise KeyError(f"the product of the row values {asked[0]!r} and {asked[1]!r} was not scanned")
        return self.products[asked]
