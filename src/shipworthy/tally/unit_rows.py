"""Rows in memory, summed by unit and slice: what a GROUP BY of units would count, where rows may come to us."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from shipworthy.tally.cells import Codes
from shipworthy.tally.cube import Cube, Floats, present, row_values, squared
from shipworthy.tally.meeting import Meetings, sums_at
from shipworthy.tally.needs import Grouping, Needs, Pair
from shipworthy.tally.packing import Numbering, Packing

Records = NDArray[Any]


@dataclass(frozen=True)
class RowLayout:
    """How one row lies in memory: its unit, its outcome, its slices in packs, its weight, its values (NaN for none).

    `totals` are outcomes that are counted together under one name.
    """

    cells: tuple[str, ...]
    packing: Packing
    columns: tuple[str, ...]
    weighted: bool
    totals: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def record(self) -> np.dtype[Any]:
        """The fields: `unit`, `outcome`, `p0` and on for the packs, `weight`, `v0` and on for the columns."""
        outcome = "u1" if len(self.cells) < 256 else "u2"
        values = [*(["weight"] if self.weighted else []), *(f"v{i}" for i in range(len(self.columns)))]
        packs = [(f"p{i}", "u2") for i in range(len(self.packing.packs))]
        return np.dtype([("unit", "u8"), ("outcome", outcome), *packs, *((name, "f8") for name in values)])


@dataclass(frozen=True, eq=False)
class UnitRows:
    """Rows sorted by unit, all rows of a unit among them.

    `unit` (n,) numbers the units from 0, `units` of them. `weight` is None where every row weighs 1. `values` has each
    column with 0 for none, and each presence as 1 or 0; a presence is absent where every row has a value.
    """

    unit: Codes
    units: int
    outcome: Codes
    packed: tuple[Codes, ...]
    weight: Floats | None
    values: Mapping[str, Floats]

    @classmethod
    def of(cls, rows: Records, layout: RowLayout) -> UnitRows:
        """The rows in the order of their units."""
        rows = rows.take(np.argsort(rows["unit"]))
        hashes = rows["unit"]
        unit = np.zeros(len(rows), dtype=np.int64)
        np.cumsum(hashes[1:] != hashes[:-1], out=unit[1:])
        values: dict[str, Floats] = {}
        for i, column in enumerate(layout.columns):
            value = np.ascontiguousarray(rows[f"v{i}"])
            there = ~np.isnan(value)
            values[column] = value if there.all() else np.where(there, value, 0.0)
            if not there.all():
                values[present(column)] = there.astype(np.float64)
        return cls(
            unit,
            int(unit[-1]) + 1 if len(unit) else 0,
            rows["outcome"].astype(np.int64),
            tuple(rows[f"p{i}"].astype(np.int64) for i in range(len(layout.packing.packs))),
            np.ascontiguousarray(rows["weight"]) if layout.weighted else None,
            values,
        )


@dataclass(eq=False)
class Summing:
    """The sums of one grouping, to which rows are added; all by number of the slice (S, …).

    `names` are all row values; `products` are of the asked `pairs`.
    """

    by: Grouping
    layout: RowLayout
    numbering: Numbering
    names: tuple[str, ...]
    pairs: tuple[Pair, ...]
    rows: Floats
    units: Floats
    sums: Floats
    counts: Floats
    products: Floats

    def add(self, found: UnitRows) -> None:
        """Add rows; none of their units may come again."""
        if not found.units:
            return
        slice_ = self.numbering.of_rows(found.packed, len(found.unit))
        met = Meetings.of(slice_, len(self.rows), found.unit, found.units)
        counted = self._by_unit(found, met, None)
        weighed = counted if found.weight is None else self._by_unit(found, met, found.weight)
        rows = counted[""]
        self.rows += met.by_slice(rows)
        self.units += met.by_slice((rows > 0).astype(np.float64))
        for total, by_unit, weight in ((self.counts, counted, None), (self.sums, weighed, found.weight)):
            for i, name in enumerate(self.names):
                if name in by_unit:
                    total[:, i] += met.by_slice(by_unit[name])
            total[:, : len(self.layout.cells)] += self._unmultiplied(found, slice_, weight)
        for i, (first, second) in enumerate(self.pairs):
            if first in weighed and second in weighed:
                self.products[:, i] += met.products(weighed[first], weighed[second])

    def _by_unit(self, found: UnitRows, met: Meetings, weight: Floats | None) -> dict[str, Floats]:
        """Each row value summed by slice and unit, as they meet; the rows themselves under the name of nothing.

        Outcomes that no row has are left out, as all their sums are 0.
        """
        seen = np.bincount(found.outcome, minlength=len(self.layout.cells)) > 0
        cells = [cell for cell in self._multiplied if seen[self.layout.cells.index(cell)]]

        def summed(value: Floats | None) -> Floats:
            part = value if weight is None else weight if value is None else value * weight
            return met.counted(part)

        place = np.full(len(self.layout.cells), len(cells))
        place[[self.layout.cells.index(cell) for cell in cells]] = np.arange(len(cells))
        outcomes = sums_at(place[found.outcome] * met.size + met.of_row, weight, len(cells) * met.size)
        by_unit = dict(zip(cells, outcomes[: len(cells) * met.size].reshape(-1, met.size), strict=True))
        by_unit[""] = summed(None)
        for name, outcomes_of in self.layout.totals.items():
            held = np.isin(self.layout.cells, outcomes_of).astype(np.float64)
            by_unit[name] = summed(held[found.outcome])
        for column in self.layout.columns:
            by_unit[column] = summed(found.values[column])
            there = found.values.get(present(column))
            by_unit[present(column)] = by_unit[""] if there is None else summed(there)
        asked = {name for each in self.pairs for name in each}
        by_unit |= {squared(name): by_unit[name] ** 2 for name in [*by_unit] if squared(name) in asked}
        return by_unit

    @property
    def _multiplied(self) -> tuple[str, ...]:
        """The outcomes of which some product is asked."""
        asked = {name for each in self.pairs for name in each}
        return tuple(cell for cell in self.layout.cells if cell in asked)

    def _unmultiplied(self, found: UnitRows, at: Codes, weight: Floats | None) -> Floats:
        """The sums of the other outcomes by slice (S, cells)."""
        cells = self.layout.cells
        rest = np.flatnonzero(~np.isin(cells, self._multiplied)[found.outcome])
        key = at[rest] * len(cells) + found.outcome[rest]
        part = None if weight is None else weight[rest]
        return sums_at(key, part, len(self.rows) * len(cells)).reshape(-1, len(cells))

    def cube(self) -> Cube:
        """The cube of all rows that were added; numbers of the same name are one slice."""
        seen = np.flatnonzero(self.rows)
        if not len(seen):
            return Cube.empty(self.by, self.names, self.pairs)
        keys = self.layout.packing.keys(self.by, seen)
        ordered = tuple(sorted({*keys}))
        position = {key: i for i, key in enumerate(ordered)}
        at = np.array([position[key] for key in keys])

        def total(part: Floats) -> Floats:
            found = np.zeros((len(ordered), *part.shape[1:]))
            np.add.at(found, at, part[seen])
            return found

        rows, units, sums, counts = (total(part) for part in (self.rows, self.units, self.sums, self.counts))
        products = dict(zip(self.pairs, total(self.products).T, strict=True))
        return Cube(self.by, ordered, self.names, rows, units, sums, counts, products)


def summing(by: Grouping, layout: RowLayout, needs: Needs) -> Summing:
    """The sums of no rows yet, for one grouping of the needs."""
    names = row_values(layout.columns, (*layout.cells, *layout.totals))
    pairs = tuple(sorted(each for each in needs.products if {*each} <= {*names, *map(squared, names)}))
    numbering = layout.packing.numbering(by)
    slices = numbering.slices
    shapes = ((slices,), (slices,), (slices, len(names)), (slices, len(names)), (slices, len(pairs)))
    return Summing(by, layout, numbering, names, pairs, *(np.zeros(shape) for shape in shapes))
