"""Slices of several columns as one small number, and the slices of any grouping from these numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import prod

import numpy as np

from shipworthy.tally.cells import Codes
from shipworthy.tally.cube import Key
from shipworthy.tally.needs import Grouping

MOST_NUMBERS = 2**16
"""A pack stands for fewer combinations than this, so that two bytes hold its number."""


@dataclass(frozen=True)
class Packing:
    """Columns in packs. A pack's number has one digit per column: the place of the column's slice among its `labels`.

    Two places of a column may have the same label.
    """

    labels: Mapping[str, tuple[str, ...]]
    packs: tuple[Grouping, ...]

    @classmethod
    def of(cls, labels: Mapping[str, tuple[str, ...]]) -> Packing:
        """As few packs as the order of the columns allows."""
        packs: list[Grouping] = []
        for column in labels:
            wider = (*packs[-1], column) if packs else (column,)
            if packs and prod(len(labels[each]) for each in wider) < MOST_NUMBERS:
                packs[-1] = wider
            else:
                packs.append((column,))
        return cls(labels, tuple(packs))

    def weights(self, columns: Grouping) -> dict[str, int]:
        """What one step of each column's digit adds to the number of these columns; the last column's digit steps by one."""
        sizes = [len(self.labels[column]) for column in columns]
        return {column: prod(sizes[at + 1 :]) for at, column in enumerate(columns)}

    def size(self, columns: Grouping) -> int:
        """How many combinations these columns have."""
        return prod(len(self.labels[column]) for column in columns)

    def numbering(self, by: Grouping) -> Numbering:
        """How the numbers of packs become that of the slice by these columns."""
        step = self.weights(by)
        tables = []
        for pack in self.packs:
            digits = np.unravel_index(np.arange(self.size(pack)), [len(self.labels[c]) for c in pack])
            parts = [step[c] * digit for c, digit in zip(pack, digits, strict=True) if c in step]
            tables.append(np.asarray(np.sum(parts, axis=0), dtype=np.int64) if parts else None)
        return Numbering(self.size(by), tuple(tables))

    def keys(self, by: Grouping, numbers: Codes) -> list[Key]:
        """The labels of the slices by these columns that have these numbers."""
        if not by:
            return [()] * len(numbers)
        places = np.unravel_index(numbers, [len(self.labels[column]) for column in by])
        named = [[self.labels[c][i] for i in place.tolist()] for c, place in zip(by, places, strict=True)]
        return [*zip(*named, strict=True)]


@dataclass(frozen=True, eq=False)
class Numbering:
    """For each pack what its number adds to the number of the slice, None for nothing; there are `slices` of them."""

    slices: int
    tables: tuple[Codes | None, ...]

    def of_rows(self, packed: Sequence[Codes], rows: int) -> Codes:
        """The number of each row's slice (n,), from each pack's numbers (n,)."""
        parts = [
            table.take(numbers)
            for table, numbers in zip(self.tables, packed, strict=True)
            if table is not None
        ]
        if not parts:
            return np.zeros(rows, dtype=np.int64)
        return parts[0] if len(parts) == 1 else np.sum(parts, axis=0)
