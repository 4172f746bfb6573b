"""A stretch of a text that looks like personal data."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Span:
    """From `start` to before `end` of a text, `kind` (a name of the coverage) was found.

    `passes` is None where the form speaks for itself. Where only a check digit does, which other numbers pass by chance,
    it says whether the check is passed; a failed one is no personal data, and is counted to tell how chance does.
    """

    kind: str
    start: int
    end: int
    passes: bool | None = None


def apart(spans: Iterable[Span], length: int) -> tuple[Span, ...]:
    """The spans of a text of that length that touch no earlier one of the list, in the order of the text."""
    taken, kept = bytearray(length), []
    for span in spans:
        if taken.find(1, span.start, span.end) < 0:
            taken[span.start : span.end] = b"\1" * (span.end - span.start)
            kept.append(span)
    return tuple(sorted(kept, key=lambda span: span.start))
