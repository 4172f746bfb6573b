"""A thousand dots: a share as so many of 1,000, drawn by rows of fifty."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from shipworthy.evidence import Estimate

COLUMNS, ROWS, SIZE = 50, 20, 4


@dataclass(frozen=True)
class Dots:
    """Areas of dots as SVG paths, each with the pattern that fills it: "s" sure, "m" maybe, "" the rest."""

    id: str
    label: str
    areas: tuple[tuple[str, str], ...]


def dots(estimate: Estimate, name: str, label: str) -> Dots | None:
    """The dots of a share in [0, 1]; None where it has no value or interval."""
    if estimate.value is None or estimate.high is None:
        return None
    sure = min(max(round(1_000 * estimate.value), 0), 1_000)
    maybe = min(max(round(1_000 * estimate.high), sure), 1_000)
    edges = ((0, sure, "s"), (sure, maybe, "m"), (maybe, COLUMNS * ROWS, ""))
    return Dots(name, label, tuple((area(start, end), fill) for start, end, fill in edges if end > start))


def area(start: int, end: int) -> str:
    """The SVG path around the dots from `start` up to `end`, counted along rows from the top left."""
    boxes = []
    while start < end:
        row, column = divmod(start, COLUMNS)
        whole = (end - start) // COLUMNS if column == 0 else 0
        count = whole * COLUMNS if whole else min(COLUMNS - column, end - start)
        width, height = (COLUMNS, whole) if whole else (count, 1)
        boxes.append(f"M{SIZE * column} {SIZE * row}h{SIZE * width}v{SIZE * height}h{-SIZE * width}z")
        start += count
    return "".join(boxes)
