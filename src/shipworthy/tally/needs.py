"""What to count, as a value: needs merge with `|`, so that one scan serves every question."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations_with_replacement

Grouping = tuple[str, ...]
"""The columns that a slice is named by, sorted; () is everything."""

OVERALL: Grouping = ()

Pair = tuple[str, str]
"""Two row values, sorted, whose product over units is asked."""


def grouping(columns: Iterable[str]) -> Grouping:
    """The grouping by these columns, each once, in sorted order."""
    return tuple(sorted(set(columns)))


def pair(first: str, second: str) -> Pair:
    """Two row values in the order that products are kept in."""
    return (first, second) if first <= second else (second, first)


def pairs(names: Iterable[str]) -> frozenset[Pair]:
    """Every pair of these row values, each with itself too."""
    return frozenset(combinations_with_replacement(sorted(set(names)), 2))


@dataclass(frozen=True)
class Needs:
    """Numeric columns to sum, pairs of row values to multiply, groupings to do so by, and histograms as (column, grouping).

    `ranked` are the histograms that are counted by random group of units too, where rows are not independent. `figures` are single figures that no sum gives, as (name, grouping).
    """

    columns: frozenset[str] = frozenset()
    groupings: frozenset[Grouping] = frozenset()
    histograms: frozenset[tuple[str, Grouping]] = frozenset()
    products: frozenset[Pair] = frozenset()
    ranked: frozenset[tuple[str, Grouping]] = frozenset()
    figures: frozenset[tuple[str, Grouping]] = frozenset()

    def __or__(self, other: Needs) -> Needs:
        return Needs(
            self.columns | other.columns,
            self.groupings | other.groupings,
            self.histograms | other.histograms,
            self.products | other.products,
            self.ranked | other.ranked,
            self.figures | other.figures,
        )

    @property
    def sliced_by(self) -> Grouping:
        """Every column that some grouping names."""
        by_histogram = (by for _, by in (*self.histograms, *self.figures))
        return grouping(column for by in (*self.groupings, *by_histogram) for column in by)


def merged(needs: Iterable[Needs]) -> Needs:
    """All these needs as one."""
    total = Needs()
    for each in needs:
        total = total | each
    return total
