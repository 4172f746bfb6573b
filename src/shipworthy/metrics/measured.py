"""A metric on every slice of a grouping: what estimators give and judgement takes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from shipworthy.tally.cube import Cube, Floats, Key

CONFIDENCE = 0.95
"""Of the two-sided intervals that people see."""


@dataclass(frozen=True, eq=False)
class Measured:
    """A metric on S slices: all arrays (S,). A value that does not exist is NaN, a bound that does not exist infinite.

    `n` counts the rows of the denominator and `units` what they are worth as independent units. `notes` say of a
    slice why it has no value or no bounds ("" where there is nothing to say). `unscored` counts the rows that a grader could
    not score; None where nothing is graded. `least` and `greatest` are the values where rows without an answer or a grade count
    so as to lower or to raise them; None where there are none.
    """

    keys: tuple[Key, ...]
    value: Floats
    low: Floats
    high: Floats
    lower: Floats
    upper: Floats
    n: Floats
    units: Floats
    method: tuple[str, ...]
    notes: tuple[str, ...]
    unscored: Floats | None = None
    least: Floats | None = None
    greatest: Floats | None = None

    def position(self, key: Key) -> int | None:
        """Where a slice stands, or None where no row is in it."""
        return self._places.get(key)

    @cached_property
    def _places(self) -> dict[Key, int]:
        return {key: place for place, key in enumerate(self.keys)}


def nothing(cube: Cube, note: str) -> Measured:
    """No value anywhere, with the reason."""
    slices = len(cube)
    unknown, least, greatest = (np.full(slices, each) for each in (np.nan, -np.inf, np.inf))
    none = np.zeros(slices)
    return Measured(
        cube.keys,
        unknown,
        least,
        greatest,
        least,
        greatest,
        none,
        none,
        ("none",) * slices,
        (note,) * slices,
    )
