"""How a column falls into categories in two tables: additive counts, by unit where units hold several rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from shipworthy.stats.drift import TwoSamples, design_effect, two_samples

Counts = Mapping[str, tuple[float, float, float]]
"""By category: its rows, the sum over units of their square, and of their product with all rows of the unit."""


@dataclass(frozen=True)
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

    @cached_property
    def samples(self) -> TwoSamples:
        """Both as independent rows: counts, divided by their design effect."""
        return two_samples(_worth(self.here, self.categories), _worth(self.there, self.categories))

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


def _worth(side: Counts, categories: tuple[str, ...]) -> np.ndarray:
    """The rows of each category that are worth as much as independent ones."""
    found = np.array([side.get(name, (0.0, 0.0, 0.0)) for name in categories]).reshape(-1, 3)
    return np.asarray(found[:, 0] / design_effect(found[:, 0], found[:, 1], found[:, 2]))
