"""What graders said, as columns of a log."""

from __future__ import annotations

from typing import Any

import ibis

from shipworthy.spec.task import Task

GRADE = "grade."
"""Before the name of a grader: the column that is 1 where it passed, 0 where it failed, and null where it is unscored."""


def grade_column(name: str) -> str:
    """The column of what a grader said."""
    return f"{GRADE}{name}"


def reason_column(name: str) -> str:
    """The column of why a row is unscored; null where it is scored."""
    return f"{GRADE}{name}.unscored"


def why_column(name: str) -> str:
    """The column of what failed an answer; null where nothing did."""
    return f"{GRADE}{name}.why"


def people_column(name: str) -> str:
    """The column of what people said of an answer that a judge judged: 1, 0, or null where nobody did."""
    return f"{GRADE}{name}.people"


def recorded_grades(task: Task) -> tuple[str, ...]:
    """The columns of grades that a recorded log may bring."""
    return tuple(column for name in task.grades for column in (grade_column(name), reason_column(name)))


def typed_grade(column: Any, name: str) -> Any:
    """A recorded column of grades in the type of the log."""
    if name.endswith(".unscored"):
        return column.cast("string")
    if column.type().is_boolean():
        return ibis.cases((column.isnull(), ibis.null("float64")), (column, 1.0), else_=0.0)
    return column.cast("float64")


def with_grades(log: ibis.Table, task: Task) -> ibis.Table:
    """The log with every column of grades, null where it has none, in the order of ids."""
    columns = [grade_column(name) for name in task.grades] + [people_column(name) for name, _ in task.judged]
    numbers = dict.fromkeys(columns, ibis.null("float64"))
    texts = {
        column(name): ibis.null("string") for name in task.grades for column in (reason_column, why_column)
    }
    new = {name: value for name, value in {**numbers, **texts}.items() if name not in log.columns}
    return log.mutate(**new).order_by("id")


def answer_text(log: ibis.Table, task: Task) -> Any:
    """The text that is graded: the output, or where answers are classes and nothing else was said the class."""
    return ibis.coalesce(log.output, log.prediction) if task.kind == "multiclass" else log.output
