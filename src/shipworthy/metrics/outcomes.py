"""The outcomes that a row can have, by the kind of answer."""

from __future__ import annotations

from dataclasses import replace

from shipworthy.spec.task import Task
from shipworthy.tally.cube import CELLS

ANSWERED, UNANSWERED, UNLABELLED = "answered", "unanswered", "unlabelled"
VALUES = (ANSWERED, UNANSWERED, UNLABELLED)
"""The outcomes of a row whose answer is a number or a rank: how good it is stands in row values of its own."""

NONE = "?"
"""In place of a class: the row has no label, or no answer."""


def confusion(label: str, prediction: str) -> str:
    """The outcome of a row of this class that was answered with that one."""
    return f"{label} as {prediction}"


def cells_of(task: Task) -> tuple[str, ...]:
    """The outcomes of a task, in the order of their numbers."""
    if task.paired:
        return tuple(joint(*each) for each in joint_pairs(task))
    if task.kind == "binary":
        return CELLS
    if task.kind != "multiclass":
        return VALUES
    names = (*task.classes, NONE)
    return tuple(confusion(label, prediction) for label in names for prediction in names)


def joint(first: str, second: str) -> str:
    """The name of a row's two outcomes together."""
    return f"{first} / {second}"


def width(task: Task) -> int:
    """How many outcomes a row of one label can have; outcomes of a task stand label by label."""
    return len(task.classes) + 1 if task.kind == "multiclass" else 3


def joint_pairs(task: Task) -> tuple[tuple[str, str], ...]:
    """Every two outcomes that a row can have under two candidates, in the order of their numbers: both have its one label."""
    cells, size = cells_of(replace(task, paired=False)), width(task)
    blocks = [cells[at : at + size] for at in range(0, len(cells), size)]
    return tuple((first, second) for block in blocks for first in block for second in block)
