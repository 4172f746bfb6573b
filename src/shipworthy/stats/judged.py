"""Rows that a judge answered and of which people labelled some, as the sums that their statistics start from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from shipworthy.stats.floats import Floats, floats, quotient

ROW_VALUES = ("human", "judge", "labelled", "judge_only", "judged_only")
"""What a row counts for: a labelled one its label, the judge's answer and 1, another one the judge's answer and 1."""

ROUNDING = 1e-12
"""Sums of answers may leave [0, rows] by this share of the rows."""


@dataclass(frozen=True, eq=False)
class JudgedRows:
    """Sums that everything starts from; they add over rows, and slices stand before the last axes.

    Attributes:
        sums: of the row values over rows (..., 5), in the order of `ROW_VALUES`.
        products: of the units' totals of two row values over units (..., 5, 5); a row of its own is a unit.
        cells: where all rows are independent and pass or fail: the labelled ones that both let pass, people alone,
            the judge alone, nobody (..., 4).
    """

    sums: Floats
    products: Floats
    cells: Floats | None = None

    def __post_init__(self) -> None:
        human, judge, labelled, judge_only, others = np.moveaxis(self.sums, -1, 0)
        parts = ((human, labelled), (judge, labelled), (judge_only, others))
        slack = [ROUNDING * np.maximum(rows, 1) for _, rows in parts]
        if not all(
            np.all((part >= -off) & (part <= rows + off))
            for (part, rows), off in zip(parts, slack, strict=True)
        ):
            raise ValueError("answers of people and judges lie from 0 to 1: bring them there first")

    @property
    def units(self) -> tuple[Floats, Floats]:
        """How many units of one size the labelled rows and the others are worth: (sum n)^2 / sum n^2."""
        sizes = np.stack([self.products[..., at, at] for at in (2, 4)])
        labelled, others = quotient(np.moveaxis(self.sums[..., (2, 4)], -1, 0) ** 2, sizes, empty=0.0)
        return labelled, others

    @property
    def units_of_all(self) -> Floats:
        """How many units of one size all rows are worth together."""
        squares = self.products[..., 2, 2] + 2 * self.products[..., 2, 4] + self.products[..., 4, 4]
        return quotient((self.sums[..., 2] + self.sums[..., 4]) ** 2, squares, empty=0.0)


def judged_rows(
    human: ArrayLike,
    judge: ArrayLike,
    judge_only: ArrayLike,
    units: ArrayLike | None = None,
    units_only: ArrayLike | None = None,
) -> JudgedRows:
    """The sums of single rows.

    Args:
        human: labels in [0, 1] of the labelled rows (n).
        judge: the judge's answers to them (n).
        judge_only: its answers to rows without a label (N).
        units: what the labelled rows belong to, such as the prompt that was tried several times (n); rows of one
            unit may depend on each other. Rows are units of their own if not given.
        units_only: the same of the others (N); a unit may have rows of both kinds.

    Raises:
        ValueError: an answer lies outside [0, 1], or only one of both lists of units is given.
    """
    said, thought, others = (np.asarray(each, np.float64) for each in (human, judge, judge_only))
    if (units is None) != (units_only is None):
        raise ValueError("name the units of labelled and of other rows, or of neither")
    found = np.zeros((len(said) + len(others), len(ROW_VALUES)))
    found[: len(said), :3] = np.column_stack([said, thought, np.ones_like(said)])
    found[len(said) :, 3:] = np.column_stack([others, np.ones_like(others)])
    if units is None or units_only is None:
        cells = _cells(said, thought) if np.isin(found, (0, 1)).all() else None
        return JudgedRows(found.sum(axis=0), found.T @ found, cells)
    names, places = np.unique(
        np.concatenate([np.asarray(units), np.asarray(units_only)]), return_inverse=True
    )
    totals = np.zeros((len(names), len(ROW_VALUES)))
    np.add.at(totals, places, found)
    return JudgedRows(found.sum(axis=0), totals.T @ totals)


def judged_counts(
    both: ArrayLike,
    human_only: ArrayLike,
    judge_only: ArrayLike,
    neither: ArrayLike,
    passed: ArrayLike,
    judged: ArrayLike,
) -> JudgedRows:
    """The sums of independent rows that pass or fail, from counts.

    Args:
        both: labelled rows that people and the judge let pass.
        human_only: those that people alone let pass.
        judge_only: those that the judge alone lets pass.
        neither: those that fail with both.
        passed: rows without a label that the judge lets pass.
        judged: all rows without a label.
    """
    yes, missed, wrong, no, only, others = floats(both, human_only, judge_only, neither, passed, judged)
    human, judge, labelled = yes + missed, yes + wrong, yes + missed + wrong + no
    sums = np.stack([human, judge, labelled, only, others], axis=-1)
    products = np.zeros((*sums.shape, len(ROW_VALUES)))
    pairs = {(0, 0): human, (0, 1): yes, (0, 2): human, (1, 1): judge, (1, 2): judge, (2, 2): labelled}
    pairs |= {(3, 3): only, (3, 4): only, (4, 4): others}
    for (one, other), count in pairs.items():
        products[..., one, other] = products[..., other, one] = count
    return JudgedRows(sums, products, np.stack([yes, missed, wrong, no], axis=-1))


def _cells(human: Floats, judge: Floats) -> Floats:
    return np.array(
        [
            np.sum(human * judge),
            np.sum(human * (1 - judge)),
            np.sum((1 - human) * judge),
            np.sum((1 - human) * (1 - judge)),
        ]
    )
