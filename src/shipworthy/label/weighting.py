"""How much a labelled row counts, so that rows drawn with different chances stand for all rows of their part.

Rows are drawn at random within cells: the slices of the columns that the draws went by, crossed. Within a cell every
row that could be drawn had the same chance, so each labelled one stands for as many rows as the cell has for each of
them: the inverse of the share that was drawn (Horvitz and Thompson 1952), cell by cell (post-stratified).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Cell:
    """One cell of a part of the split: all its rows, those with a label of the source, and those with a drawn label.

    All three are sums of the rows' own weights, which are counts where rows have none.
    """

    rows: float
    source: float
    drawn: float

    @property
    def labelled(self) -> float:
        """Those with any label."""
        return self.source + self.drawn


@dataclass(frozen=True)
class Factor:
    """What the labelled rows of a cell are multiplied by: those of the source, and those that were drawn."""

    source: float
    drawn: float


def factors(cells: Sequence[Cell], given: Literal["random", "chosen"]) -> tuple[Factor, ...]:
    """The factors of each cell; they average 1 over labelled rows, so that sums stay as large as counts.

    Args:
        cells: the cells of one part of the split.
        given: how the source's labels came about. If at random, they stand for their cell together with the drawn
            ones. If chosen by somebody, they stand for themselves, and the drawn ones for all other rows: then
            estimates are unbiased whatever was chosen.

    Returns:
        Factors of 1 where nothing is labelled.
    """
    found = [_together(cell) if given == "random" else _apart(cell) for cell in cells]
    weighed = sum(
        cell.source * by.source + cell.drawn * by.drawn for cell, by in zip(cells, found, strict=True)
    )
    scale = sum(cell.labelled for cell in cells) / weighed if weighed > 0 else 1.0
    return tuple(Factor(by.source * scale, by.drawn * scale) for by in found)


def alike(cells: Sequence[Cell], found: Sequence[Factor], tolerance: float = 1e-9) -> bool:
    """Whether every labelled row counts the same."""
    used = [by.source for cell, by in zip(cells, found, strict=True) if cell.source > 0]
    used += [by.drawn for cell, by in zip(cells, found, strict=True) if cell.drawn > 0]
    return not used or max(used) - min(used) <= tolerance * max(used)


def unreached(cells: Sequence[Cell], given: Literal["random", "chosen"]) -> float:
    """The share of rows for which no label stands: of cells without one, or of chosen cells beside what was chosen."""
    total = sum(cell.rows for cell in cells)
    left = sum(
        cell.rows - (cell.source if given == "chosen" else 0.0)
        for cell in cells
        if (cell.drawn if given == "chosen" else cell.labelled) <= 0
    )
    return left / total if total > 0 else 0.0


def _together(cell: Cell) -> Factor:
    by = cell.rows / cell.labelled if cell.labelled > 0 else 1.0
    return Factor(by, by)


def _apart(cell: Cell) -> Factor:
    return Factor(1.0, (cell.rows - cell.source) / cell.drawn if cell.drawn > 0 else 1.0)
