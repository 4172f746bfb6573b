"""Answers and labels in the form that the log keeps: yes or no, the name of a class, or a number."""

from __future__ import annotations

from typing import Any

import ibis

from shipworthy.query.frequent import present
from shipworthy.query.slicing import number
from shipworthy.spec.task import Task

LARGEST_WHOLE = 2.0**53
"""Up to here floats hold every whole number."""


def answer_of(column: Any, task: Task, value: Any) -> Any:
    """Each value as an answer of the task, null where there is none; `value` is the positive one of a yes/no task."""
    if task.kind == "multiclass":
        return class_of(column)
    if task.kind == "text":
        return column.cast("string")
    if task.kind == "ranking" and column.type().is_boolean():
        return ibis.cases((column.isnull(), ibis.null("int64")), (column, 1), else_=0).cast("float64")
    return number(column) if task.kind in ("regression", "ranking") else positive(column, value)


def without_labels(table: ibis.Table, label: str) -> ibis.Table:
    """The rows with an empty column of labels."""
    return table.mutate(**{label: ibis.null("string")})


def class_of(column: Any) -> Any:
    """Each value as the name of its class, the same on every engine: whole numbers without a fraction."""
    kind = column.type()
    if kind.is_boolean():
        return ibis.cases((column.isnull(), ibis.null("string")), (column, "true"), else_="false")
    if not kind.is_floating() and not kind.is_decimal():
        return column.cast("string")
    value = number(column)
    small = value.abs() < LARGEST_WHOLE
    # The inner cases keep engines from casting what does not fit; Ibis casts what it rounds down.
    near = ibis.cases((small, value), else_=0.0)
    whole = small & (near == near.floor())
    safe = ibis.cases((whole, value), else_=0.0).cast("int64").cast("string")
    return ibis.cases((value.isnull(), ibis.null("string")), (whole, safe), else_=value.cast("string"))


def positive(column: Any, value: Any) -> Any:
    """Whether each value is the positive one: a boolean, null where the value is null or not a number."""
    if column.type().is_boolean():
        wanted = truth(value)
        never = ibis.cases((column.notnull(), False), else_=ibis.null("boolean"))
        return column == ibis.literal(wanted) if wanted is not None else never
    if column.type().is_numeric() and not isinstance(value, str):
        return number(column) == float(value)
    return present(column).cast("string") == ibis.literal(_text(value))


def truth(value: Any) -> bool | None:
    """The truth that a positive value means in a boolean column: `true`, `yes` and 1 are true; None for other words."""
    words = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}
    return words.get(str(value).lower())


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
