"""How a column falls into categories in two tables: additive counts, by unit where units hold several rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

Counts = Mapping[str, tuple[float, float, float]]
"""By category: its rows, the sum over units of their square, and of their product with all rows of the unit."""


@dataclass(frozen=True, eq=False)
class Shift:
    """The rows of each category here and elsewhere. Shifts of tables that share no unit add."""

    here: Counts = field(default_factory=dict)
    there: Counts = field(default_factory=dict)

    def __add__(self, other: Shift) -> Shift:
        return Shift(_sum(self.here, other.here), _sum(self.there, other.there))

    @cached_property
    def categories(self) -> tuple[str, ...]:
        """Every category that has a row in one of them, in the order of their names."""
        return tuple(sorted({*self.here, *self.there}))

    @property
    def rows(self) -> tuple[int, int]:
        """The rows here and elsewhere."""
        here, there = (round(sum(n for n, _, _ in side.values())) for side in (self.here, self.there))
        return here, there

    def scaled(self, factor: float) -> Shift:
        """What it would be with that many times the rows here: rows elsewhere are as they are."""
        here = {
            name: (factor * n, factor * nn, factor * crossed) for name, (n, nn, crossed) in self.here.items()
        }
        return Shift(here, self.there)


def _sum(one: Counts, other: Counts) -> Counts:
    none = (0.0, 0.0, 0.0)
    names = sorted({*one, *other})
    columns = ((one.get(name, none), other.get(name, none)) for name in names)
    return {
        name: (a[0] + b[0], a[1] + b[1], a[2] + b[2]) for name, (a, b) in zip(names, columns, strict=True)
    }
