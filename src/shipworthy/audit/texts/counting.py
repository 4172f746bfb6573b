"""What is counted of texts, one by one, on a bounded sample.

Each gives 1 where a text has the fault, 0 where it has not, and None where it says nothing. Its name is that of an entry
of `metrics.data`, `sampled`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

from shipworthy.audit.fault import places_of
from shipworthy.audit.texts.column import TextColumn, has_text
from shipworthy.audit.texts.near_duplicates import also_elsewhere

TEST = "test"

TextValue = Callable[[TextColumn], Sequence[float | None]]


def _marked(texts: Sequence[str | None], places: Collection[int]) -> list[float | None]:
    """1 at these places, 0 at those of other texts."""
    faulty = {*places}
    return [float(at in faulty) if has_text(text) else None for at, text in enumerate(texts)]


def _personal(column: TextColumn) -> Sequence[float | None]:
    return _marked(column.read, column.personal.places)


def _damaged(column: TextColumn) -> Sequence[float | None]:
    return _marked(column.read, places_of(column.damage))


def _near_duplicates(column: TextColumn) -> Sequence[float | None]:
    return _marked(column.compared, column.alike.places)


def _leaked_texts(column: TextColumn) -> Sequence[float | None]:
    """Of test rows alone."""
    if not column.parts:
        return [None] * len(column.texts)
    marked = _marked(column.compared, also_elsewhere(column.alike, column.parts, TEST))
    return [each if part == TEST else None for each, part in zip(marked, column.parts, strict=True)]


TEXT_VALUES: Mapping[str, TextValue] = {
    "personal": _personal,
    "damaged": _damaged,
    "near_duplicates": _near_duplicates,
    "leaked_texts": _leaked_texts,
}
"""By the name of the metric."""

TEXT_DEFAULTS: Mapping[str, str] = {
    "near_duplicates": "<= 5 %",
    "damaged": "<= 1 %",
    "leaked_texts": "<= 2 %",
}
"""What is claimed of every column of free text without being asked, by the name of the metric."""

PAIRED = ("near_duplicates", "leaked_texts")
"""What is seen of a text only where another one was drawn, too."""


def share_compared(column: TextColumn, present: int) -> float:
    """The share of all rows with a text that are compared with each other.

    Args:
        column: of the sample.
        present: how many rows of all have a text.
    """
    compared = sum(has_text(text) for text in column.compared)
    return min(1.0, compared / present) if present else 1.0
