"""What to count, as a value: needs merge with `|`, so that one scan serves every question."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

Grouping = tuple[str, ...]
"""The columns that a slice is named by, sorted; () is everything."""

OVERALL: Grouping = ()


def grouping(columns: Iterable[str]) -> Grouping:
    """The grouping by these columns, each once, in sorted order."""
    return tuple(sorted(set(columns)))


@dataclass(frozen=True)
class Needs:
    """Numeric columns to sum, groupings to sum them by, and histograms as (column, grouping)."""

    columns: frozenset[str] = frozenset()
    groupings: frozenset[Grouping] = frozenset()
    histograms: frozenset[tuple[str, Grouping]] = frozenset()

    def __or__(self, other: Needs) -> Needs:
        return Needs(
            self.columns | other.columns, self.groupings | other.groupings, self.histograms | other.histograms
        )

    @property
    def sliced_by(self) -> Grouping:
        """Every column that some grouping names."""
        by_histogram = (by for _, by in self.histograms)
        return grouping(column for by in (*self.groupings, *by_histogram) for column in by)


def merged(needs: Iterable[Needs]) -> Needs:
    """All these needs as one."""
    total = Needs()
    for each in needs:
        total = total | each
    return total
