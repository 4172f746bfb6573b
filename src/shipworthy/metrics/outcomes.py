"""The outcomes that a row can have, by the kind of answer."""

from __future__ import annotations

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
    if task.kind == "binary":
        return CELLS
    if task.kind != "multiclass":
        return VALUES
    names = (*task.classes, NONE)
    return tuple(confusion(label, prediction) for label in names for prediction in names)
