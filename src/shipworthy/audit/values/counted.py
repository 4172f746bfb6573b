"""Values of a column with their rows: what the detectors of inconsistent columns look at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from shipworthy.audit.fault import SHOWN
from shipworthy.personal import masked

Counted = Sequence[tuple[str, int]]
"""Values of a column, each once, with their rows."""


def rows_in(values: Counted) -> int:
    """How many rows these values have."""
    return sum(rows for _, rows in values)


def grouped(values: Counted, names: Sequence[str]) -> dict[str, list[tuple[str, int]]]:
    """The values by name, of which there is one for each value."""
    groups: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for each, name in zip(values, names, strict=True):
        groups[name].append(each)
    return dict(groups)


def in_words(groups: dict[str, list[tuple[str, int]]]) -> str:
    """The names of groups with their rows: words (12), number (3)."""
    return ", ".join(f"{name} ({rows_in(each):,})" for name, each in sorted(groups.items()))


def examples_of(values: Counted) -> tuple[str, ...]:
    """The most frequent values, masked."""
    return tuple(masked(value) for value, _ in sorted(values, key=lambda each: -each[1])[:SHOWN])


def of_column(column: str) -> str:
    """How a column is named in a sentence: nothing where it has no name."""
    return f" of {column}" if column else ""
