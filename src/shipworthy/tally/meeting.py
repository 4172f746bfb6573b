"""Where slices and units meet, and sums over the units of each slice."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from shipworthy.tally.cells import Codes
from shipworthy.tally.cube import Floats

ROOM = 4
"""Places for each row, up to which every slice has one for every unit; beyond that only where they meet."""


@dataclass(frozen=True, eq=False)
class Meetings:
    """Pairs of a slice and a unit, in the order of slices: `size` of them.

    `of_row` (n,) is the pair of each row. `slice_of` (size,) is the slice of each pair, or None where each of the
    `slices` has one for each unit.
    """

    of_row: Codes
    size: int
    slices: int
    slice_of: Codes | None

    @classmethod
    def of(cls, slice_: Codes, slices: int, unit: Codes, units: int) -> Meetings:
        """The pairs of rows with these numbers (n,) of slices and units."""
        key = slice_ * units + unit
        if slices * units <= ROOM * len(key):
            return cls(key, slices * units, slices, None)
        met, of_row = np.unique(key, return_inverse=True)
        return cls(of_row, len(met), slices, met // units)

    def counted(self, part: Floats | None) -> Floats:
        """The sum of a value of rows (n,), or their number, for each pair (size,)."""
        return sums_at(self.of_row, part, self.size)

    def by_slice(self, value: Floats) -> Floats:
        """The sum of a value of pairs (size,) for each slice (slices,)."""
        if self.slice_of is None:
            return np.asarray(value.reshape(self.slices, -1).sum(axis=1), dtype=np.float64)
        return sums_at(self.slice_of, value, self.slices)

    def products(self, first: Floats, second: Floats) -> Floats:
        """The sum of the product of two values of pairs (size,) for each slice (slices,)."""
        if self.slice_of is None:
            shape = (self.slices, -1)
            return np.asarray(np.einsum("su,su->s", first.reshape(shape), second.reshape(shape)))
        return self.by_slice(first * second)


def sums_at(key: Codes, part: Floats | None, size: int) -> Floats:
    """The sum of a value, or the number, at each place (size,)."""
    return np.asarray(np.bincount(key, part, minlength=size), dtype=np.float64)
