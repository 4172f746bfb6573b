"""Row values as expressions: the outcome of a row, its numbers, and numbers that follow from its answer and its label."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import ibis

from shipworthy.query.slicing import number
from shipworthy.spec.task import Task

EDGE = 2.0**-52
"""A score of 0 or 1 counts as this far from it where its logarithm is taken, as in scikit-learn."""


def outcome(table: ibis.Table, threshold: float | None, task: Task) -> Any:
    """The number of each row's outcome in `metrics.outcomes.cells_of`."""
    if task.kind == "multiclass":
        label, answer = (_class(table[name], task.classes) for name in ("label", "prediction"))
        return (label * (len(task.classes) + 1) + answer).cast("int64")
    if task.kind != "binary":
        labelled, answered = table.label.notnull(), table.prediction.notnull()
        return ibis.cases((labelled & answered, 0), (labelled, 1), else_=2).cast("int64")
    answer = table.prediction
    if threshold is not None:
        answer = ibis.coalesce(answer, table.score >= threshold)
    return (3 * _ternary(table.label) + _answered(answer)).cast("int64")


def _class(found: Any, classes: Sequence[str]) -> Any:
    """The number of a class; that of none for null."""
    return ibis.cases(*((found == name, at) for at, name in enumerate(classes)), else_=len(classes))


def _ternary(label: Any) -> Any:
    return ibis.cases((label.isnull(), 2), (label, 0), else_=1)


def _answered(answer: Any) -> Any:
    """tp, fn, xp are 0, 1, 2; fp, tn, xn are 3, 4, 5; up, un, xx are 6, 7, 8: positive, negative, none."""
    return ibis.cases((answer.isnull(), 2), (answer, 0), else_=1)


def row_value(table: ibis.Table, name: str) -> Any:
    """A row value as floats: a numeric column, or a derived one, whose name begins with `=`. NaN counts as no value."""
    if not name.startswith("="):
        return _as_floats(table[name])
    kind, _, argument = name[1:].partition("@")
    return DERIVED[kind](table, argument)


def _as_floats(found: Any) -> Any:
    if found.type().is_boolean():
        return ibis.cases((found.isnull(), ibis.null("float64")), (found, 1.0), else_=0.0)
    return number(found)


def _error(table: ibis.Table, _: str) -> Any:
    return number(table.prediction) - number(table.label)


def _absolute(table: ibis.Table, _: str) -> Any:
    return _error(table, "").abs()


def _squared(table: ibis.Table, _: str) -> Any:
    return _error(table, "") * _error(table, "")


def _cubed(table: ibis.Table, _: str) -> Any:
    return _squared(table, "") * _absolute(table, "")


def _judged_label(table: ibis.Table, _: str) -> Any:
    """The label of rows with an answer."""
    return ibis.cases((table.prediction.isnull(), ibis.null("float64")), else_=number(table.label))


def _judged_label_squared(table: ibis.Table, _: str) -> Any:
    return _judged_label(table, "") * _judged_label(table, "")


def _pinball(table: ibis.Table, share: str) -> Any:
    """The quantile loss of a prediction of the quantile at this share."""
    short = -_error(table, "")
    return ibis.greatest(float(share) * short, (float(share) - 1.0) * short)


def _covered(table: ibis.Table, _: str) -> Any:
    """Whether the label lies in the predicted interval."""
    label, low, high = (number(table[name]) for name in ("label", "low", "high"))
    inside = (label >= low) & (label <= high)
    return ibis.cases((inside.isnull(), ibis.null("float64")), (inside, 1.0), else_=0.0)


def _brier(table: ibis.Table, _: str) -> Any:
    short = number(table.score) - _as_floats(table.label)
    return short * short


def _log_loss(table: ibis.Table, _: str) -> Any:
    score = ibis.least(ibis.greatest(number(table.score), EDGE), 1.0 - EDGE)
    return ibis.cases(
        (table.label.isnull() | table.score.isnull(), ibis.null("float64")),
        (table.label, -score.ln()),
        else_=-(1.0 - score).ln(),
    )


def _log_loss_squared(table: ibis.Table, _: str) -> Any:
    return _log_loss(table, "") * _log_loss(table, "")


DERIVED: Mapping[str, Callable[[ibis.Table, str], Any]] = {
    "error": _error, "absolute_error": _absolute, "squared_error": _squared, "cubed_error": _cubed, "label": _judged_label,
    "label_squared": _judged_label_squared, "pinball": _pinball, "covered": _covered,
    "brier": _brier, "log_loss": _log_loss, "log_loss_squared": _log_loss_squared,
}  # fmt: skip
"""Values that follow from a row's answer and label, by the name behind the `=`; what follows an `@` is an argument."""
