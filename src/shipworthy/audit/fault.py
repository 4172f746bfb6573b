"""What a detector hands up: a fault of some values, how many rows have it, and what it looks like."""

from __future__ import annotations

from dataclasses import dataclass

from shipworthy.stats.proportion import clopper_pearson

SHOWN = 3
"""Examples that a fault shows."""


@dataclass(frozen=True)
class RowShare:
    """How many `rows` of those that were looked at (`of`): a share with its exact 95 % interval."""

    rows: int
    of: int

    @property
    def value(self) -> float | None:
        """The share in [0, 1]; None where no row was looked at."""
        return self.rows / self.of if self.of else None

    @property
    def interval(self) -> tuple[float, float]:
        """Low and high end of the exact two-sided interval (Clopper and Pearson 1934)."""
        low, high = clopper_pearson(self.rows, self.of)
        return float(low), float(high)


@dataclass(frozen=True)
class Fault:
    """One fault of the values of a column.

    Attributes:
        sort: which detector found it: personal, damaged, inconsistent, mixed_types, date_formats, number_formats.
        kind: what of that sort, such as email or mojibake.
        what: the fault in words.
        share: how many of the rows with a value have it.
        places: the positions of these rows in what was looked at; empty where values were looked at with their counts.
        examples: a few, masked.
    """

    sort: str
    kind: str
    what: str
    share: RowShare
    places: tuple[int, ...] = ()
    examples: tuple[str, ...] = ()


def places_of(faults: tuple[Fault, ...]) -> tuple[int, ...]:
    """The positions of all rows that have any of these faults, in order."""
    return tuple(sorted({place for fault in faults for place in fault.places}))
