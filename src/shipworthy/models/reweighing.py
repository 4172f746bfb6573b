"""Training weights that make group and label independent of each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class Groups:
    """The group of each training row by one column: row i is in `labels[codes[i]]`."""

    column: str
    labels: Sequence[str]
    codes: NDArray[np.int64]


def weights(groups: Groups, answers: NDArray[Any]) -> NDArray[np.float64]:
    """A weight per row: n_g n_y / (n n_gy), with its group's, its label's and both together's rows.

    The weighted share of positives is then the same in every group, and each group and each label weighs as much in all
    as before (Kamiran and Calders 2012, "Data preprocessing techniques for classification without discrimination").
    """
    cells = _cells(groups, answers)
    expected = cells.sum(axis=1, keepdims=True) * cells.sum(axis=0, keepdims=True) / cells.sum()
    factors = np.divide(expected, cells, where=cells > 0, out=np.zeros_like(expected))
    return np.asarray(factors[groups.codes, answers])


def reweighed(groups: Groups, answers: NDArray[Any], classes: Sequence[str] = ()) -> tuple[str, ...]:
    """What reweighing did, and where it could not, as sentences."""
    found, kinds = weights(groups, answers), classes or ("negative", "positive")
    note = f"reweighed by {groups.column}: training rows weigh {found.min():.3g} to {found.max():.3g}, so that label and group are independent"
    lacking = [
        f"{groups.column} = {label} has no {kind} training row, so its weights cannot balance it"
        for label, cells in zip(groups.labels, _cells(groups, answers), strict=True)
        for kind, rows in zip(kinds, cells, strict=False)
        if not rows and cells.any()
    ]
    return (note, *lacking)


def _cells(groups: Groups, answers: NDArray[Any]) -> NDArray[np.float64]:
    """Rows by group (first axis) and number of the label's class (second axis)."""
    cells = np.zeros((len(groups.labels), int(answers.max()) + 1))
    np.add.at(cells, (groups.codes, answers), 1.0)
    return cells
