"""The outcomes that one row can have under two candidates at once."""

from __future__ import annotations

from shipworthy.metrics.definition import ANSWERS
from shipworthy.metrics.outcomes import NONE, UNANSWERED, cells_of
from shipworthy.spec.task import Task


def joint(first: str, second: str) -> str:
    """The name of a row's two outcomes together."""
    return f"{first} / {second}"


def width(task: Task) -> int:
    """How many outcomes a row of one label can have; outcomes of a task stand label by label."""
    return len(task.classes) + 1 if task.kind == "multiclass" else 3


def joint_pairs(task: Task) -> tuple[tuple[str, str], ...]:
    """Every two outcomes of one row, in the order of their numbers: both have the row's one label."""
    cells, size = cells_of(task), width(task)
    blocks = [cells[at : at + size] for at in range(0, len(cells), size)]
    return tuple((first, second) for block in blocks for first in block for second in block)


def joint_cells(task: Task) -> tuple[str, ...]:
    """The names of all joint outcomes, in the order of their numbers."""
    return tuple(joint(first, second) for first, second in joint_pairs(task))


def answered(cell: str) -> bool:
    """Whether an outcome is that of a row with an answer."""
    return cell not in ANSWERS and cell != UNANSWERED and not cell.endswith(f"as {NONE}")
