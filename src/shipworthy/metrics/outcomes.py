"""The outcomes that a row can have, by the kind of answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from shipworthy.spec.task import Task
from shipworthy.tally.cube import CELLS

ANSWERED, UNANSWERED, UNLABELLED = "answered", "unanswered", "unlabelled"
VALUES = (ANSWERED, UNANSWERED, UNLABELLED)
"""The outcomes of a row whose answer is a number, a rank or a text: how good it is stands in row values of its own.

A text needs no label to be judged, so that of its rows none is unlabelled.
"""

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


RIGHT, WRONG, SILENT = "right", "wrong", "silent"
"""Labelled rows whose answer is their class, is another, or is missing."""


def against_rest(cell: str, name: str) -> str:
    """The outcome of a yes/no row where one class counts as positive and all others as negative."""
    return f"{cell} of {name}"


def totals_of(task: Task) -> Mapping[str, tuple[str, ...]]:
    """Outcomes of several classes that are counted together, by the name of their sum."""
    if task.kind != "multiclass" or task.paired:
        return {}
    labels = task.classes
    totals = {
        RIGHT: tuple(confusion(name, name) for name in labels),
        WRONG: tuple(confusion(a, b) for a in labels for b in labels if a != b),
        SILENT: tuple(confusion(name, NONE) for name in labels),
    }
    for name in labels:
        others = [each for each in labels if each != name]
        for at, truths in enumerate(([name], others, [NONE])):
            for cell, given in zip(CELLS[3 * at : 3 * at + 3], ([name], others, [NONE]), strict=True):
                totals[against_rest(cell, name)] = tuple(confusion(a, b) for a in truths for b in given)
    return totals


def asked_totals(task: Task, products: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """The totals of which some product is asked."""
    named = {name for each in products for name in each}
    return {name: counted for name, counted in totals_of(task).items() if name in named}


def labelled_cells(task: Task) -> tuple[str, ...]:
    """The outcomes of rows whose true answer is known."""
    if task.kind == "binary":
        return CELLS[:6]
    if task.kind != "multiclass":
        return (ANSWERED, UNANSWERED)
    return tuple(confusion(label, answer) for label in task.classes for answer in (*task.classes, NONE))


def silent_cells(task: Task) -> tuple[str, ...]:
    """The outcomes of rows without an answer."""
    if task.kind == "binary":
        return CELLS[2::3]
    if task.kind != "multiclass":
        return (UNANSWERED,)
    return tuple(confusion(label, NONE) for label in (*task.classes, NONE))


def joint(first: str, second: str) -> str:
    """The name of a row's two outcomes together."""
    return f"{first} / {second}"


def joint_blocks(task: Task) -> tuple[tuple[str, ...], ...]:
    """The outcomes of one candidate that are told apart where two are compared, those of one label in a block."""
    if task.kind == "binary":
        return CELLS[:3], CELLS[3:6], CELLS[6:]
    labelled = (RIGHT, WRONG, SILENT) if task.kind == "multiclass" else (ANSWERED, UNANSWERED)
    return labelled, (UNLABELLED,)


def joint_pairs(task: Task) -> tuple[tuple[str, str], ...]:
    """Every two outcomes that a row can have under two candidates, in the order of their numbers: both have its one label."""
    return tuple((first, second) for block in joint_blocks(task) for first in block for second in block)
