"""Row values as expressions: the outcome of a row, its numbers, and numbers that follow from its answer and its label."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import ibis

from shipworthy.evidence import OperatingPoint
from shipworthy.query.deciding import decided
from shipworthy.query.grades import grade_column, people_column
from shipworthy.query.slicing import Slicing, number
from shipworthy.spec.task import Task
from shipworthy.tally.cube import SQUARED

EDGE = 2.0**-52
"""A score of 0 or 1 counts as this far from it where its logarithm is taken, as in scikit-learn."""

TINY = 1e-150
"""A factor smaller than this counts as 0 where products may be too small for a double."""

LABEL, ANSWER = "outcome:label", "outcome:answer"
"""What decides the outcome of a row, as columns of a sliced log."""

_YES_NO_NONE = (True, False, None)
_THERE = ((True, True), (True, False), (False, None))
"""Whether a numeric row has a label and an answer, by its outcome; without a label the answer does not matter."""


def outcome_keys(
    table: ibis.Table, threshold: float | OperatingPoint | None, task: Task, slicings: Mapping[str, Slicing]
) -> dict[str, Any]:
    """The label and the answer of each row; of a number only whether it is there.

    They cost an engine less than the number of the outcome would, which follows from them.
    """
    label, answer = table.label, table.prediction
    if task.kind == "binary" and threshold is not None:
        point = threshold if isinstance(threshold, OperatingPoint) else OperatingPoint(threshold)
        answer = ibis.coalesce(answer, decided(table, point, slicings))
    if task.kind == "text":  # judged with a reference and without one
        label, answer = ibis.literal(True), table.output.notnull()  # noqa: FBT003 - a value, not a switch
    elif task.kind not in ("binary", "multiclass"):
        label, answer = label.notnull(), answer.notnull()
    return {LABEL: label, ANSWER: answer}


def outcome_number(label: Any, answer: Any, task: Task) -> int:
    """Where the outcome of these keys stands in `metrics.outcomes.cells_of`; of two candidates the answer is the number."""
    if task.paired:
        return int(answer)
    if task.kind not in ("binary", "multiclass"):
        return 2 if not label else 0 if answer else 1
    values = _values(task)
    return len(values) * values.index(label) + values.index(answer)


def has_outcome(table: ibis.Table, at: int, task: Task) -> Any:
    """Whether each row of a sliced log has the outcome of this number."""
    if task.paired:
        return table[ANSWER] == at
    if task.kind in ("binary", "multiclass"):
        values = _values(task)
        label, answer = (values[place] for place in divmod(at, len(values)))
        return _is(table[LABEL], label) & _is(table[ANSWER], answer)
    labelled, answered = _THERE[at]
    known = _is(table[LABEL], labelled)
    return known if answered is None else known & _is(table[ANSWER], answered)


def _values(task: Task) -> tuple[Any, ...]:
    """What a label and an answer can be, in the order of the outcomes."""
    return _YES_NO_NONE if task.kind == "binary" else (*task.classes, None)


def _is(found: Any, value: Any) -> Any:
    """Whether a key has a value, never null."""
    if value is None:
        return found.isnull()
    if value is True or value is False:
        return ibis.coalesce(found if value else ~found, False)
    return ibis.coalesce(found == value, False)


def underflows(table: ibis.Table) -> bool:
    """Whether the engine refuses a product that is too small for a double, instead of taking it for 0."""
    return str(table.get_backend().name) == "postgres"


def product(first: Any, second: Any, *, careful: bool) -> Any:
    """The product of two numbers; where one must be careful, of none that is tiny."""
    if not careful:
        return first * second
    one, other = (ibis.cases((factor.abs() < TINY, 0.0), else_=factor) for factor in (first, second))
    return one * other


def row_value(table: ibis.Table, name: str) -> Any:
    """A row value as floats: a numeric column, or a derived one, whose name begins with `=`. NaN counts as no value."""
    if not name.startswith("=") or name in table.columns:
        return _as_floats(table[name])
    kind, _, argument = name[1:].partition("@")
    return DERIVED[kind](table, argument)


def plain_value(table: ibis.Table, name: str) -> Any:
    """A row value of which NaN may count as itself: a column of floats as it is."""
    if name.startswith(SQUARED) and name not in table.columns:
        value = plain_value(table, name.removeprefix(SQUARED))
        return product(value, value, careful=underflows(table))
    plain = not name.startswith("=") and table[name].type().is_floating()
    return table[name].cast("float64") if plain else row_value(table, name)


def _as_floats(found: Any) -> Any:
    if found.type().is_boolean():
        return ibis.cases((found.isnull(), ibis.null("float64")), (found, 1.0), else_=0.0)
    return number(found)


def _error(table: ibis.Table, _: str) -> Any:
    return number(table.prediction) - number(table.label)


def _absolute(table: ibis.Table, _: str) -> Any:
    return _error(table, "").abs()


def _squared(table: ibis.Table, _: str) -> Any:
    return product(_error(table, ""), _error(table, ""), careful=underflows(table))


def _square(table: ibis.Table, name: str) -> Any:
    value = row_value(table, name)
    return product(value, value, careful=underflows(table))


def _judged_label(table: ibis.Table, _: str) -> Any:
    """The label of rows with an answer."""
    return ibis.cases((table.prediction.isnull(), ibis.null("float64")), else_=number(table.label))


def _judged_label_squared(table: ibis.Table, _: str) -> Any:
    return product(_judged_label(table, ""), _judged_label(table, ""), careful=underflows(table))


def _pinball(table: ibis.Table, share: str) -> Any:
    """The quantile loss of a prediction of the quantile at this share."""
    short = -_error(table, "")
    return ibis.greatest(float(share) * short, (float(share) - 1.0) * short)


def _covered(table: ibis.Table, _: str) -> Any:
    """Whether the label lies in the predicted interval; half an interval is none, even where the label lies beyond its end."""
    label, low, high = (number(table[name]) for name in ("label", "low", "high"))
    known = label.notnull() & low.notnull() & high.notnull()
    return ibis.cases((~known, ibis.null("float64")), ((label >= low) & (label <= high), 1.0), else_=0.0)


def _brier(table: ibis.Table, _: str) -> Any:
    short = number(table.score) - _as_floats(table.label)
    return product(short, short, careful=underflows(table))


def _log_loss(table: ibis.Table, _: str) -> Any:
    score = ibis.least(ibis.greatest(number(table.score), EDGE), 1.0 - EDGE)
    return ibis.cases(
        (table.label.isnull() | table.score.isnull(), ibis.null("float64")),
        (table.label, -score.ln()),
        else_=-(1.0 - score).ln(),
    )


def _passed(table: ibis.Table, name: str) -> Any:
    """Whether the row passed, null where it is unscored."""
    return table[grade_column(name)].cast("float64")


def _failed(table: ibis.Table, name: str) -> Any:
    return 1.0 - _passed(table, name)


def _unscored(table: ibis.Table, name: str) -> Any:
    return ibis.cases((table[grade_column(name)].isnull(), 1), else_=0).cast("float64")


def _judged(human: float | None, judge: float) -> Callable[[ibis.Table, str], Any]:
    """Whether people (None: nobody) and the judge said this of the row."""

    def value(table: ibis.Table, name: str) -> Any:
        said, people = table[grade_column(name)], table[people_column(name)]
        same = people.isnull() if human is None else ibis.coalesce(people == human, ibis.literal(False))  # noqa: FBT003 - a value of the engine
        return ibis.cases((same & ibis.coalesce(said == judge, ibis.literal(False)), 1.0), else_=0.0)  # noqa: FBT003 - a value of the engine

    return value


def _judge_and_people(table: ibis.Table, name: str) -> Any:
    """Three times what the judge said, and what people said: 0 is a fail, 1 a pass, and 2 that nobody said anything."""
    said, people = (
        ibis.coalesce(table[column(name)].cast("float64"), 2.0) for column in (grade_column, people_column)
    )
    return 3.0 * said + people


DERIVED: Mapping[str, Callable[[ibis.Table, str], Any]] = {
    "error": _error, "absolute_error": _absolute, "squared_error": _squared, "square": _square, "label": _judged_label,
    "label_squared": _judged_label_squared, "pinball": _pinball, "covered": _covered,
    "brier": _brier, "log_loss": _log_loss, "passed": _passed, "failed": _failed, "unscored": _unscored,
    "judged_both": _judged(1, 1), "judged_human_only": _judged(1, 0), "judged_judge_only": _judged(0, 1),
    "judged_neither": _judged(0, 0), "judged_pass": _judged(None, 1), "judged_fail": _judged(None, 0),
    "judge_and_people": _judge_and_people,
}  # fmt: skip
"""Values that follow from a row's answer and label, by the name behind the `=`; what follows an `@` is an argument."""
