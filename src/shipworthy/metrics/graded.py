"""The share of answers that a grader passes, where some could not be scored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from shipworthy.errors import InputError, did_you_mean
from shipworthy.metrics.definition import Definition, named_arguments, of_column
from shipworthy.metrics.entry import Entry
from shipworthy.metrics.judged import define_judged
from shipworthy.metrics.measured import Measured
from shipworthy.metrics.misused import RATES
from shipworthy.metrics.table import entry_of
from shipworthy.spec.claim import Metric
from shipworthy.spec.task import Task
from shipworthy.tally.cube import Cube

PASS_RATE = "pass_rate"  # noqa: S105 - no password, a metric
PASSED, FAILED, UNSCORED = "=passed", "=failed", "=unscored"
"""The row values of a grader, whose name stands behind an `@`: of each row one is 1."""

BOTH_GRADED = ("both", "first", "second", "neither")
"""Before the name of a grade: who of two candidates passed the row, where both have that grade of it."""

ONE_GRADED: Mapping[str, tuple[bool | None, bool | None]] = {
    "passed_open": (True, None),
    "failed_open": (False, None),
    "open_passed": (None, True),
    "open_failed": (None, False),
    "open_open": (None, None),
}
"""The same where one or both lack the grade: what the first and the second got, None where that is not known."""


def define_text(metric: Metric, task: Task) -> Definition:
    """The definition of a metric of texts other than a pass rate: a mean or quantile of a column.

    Raises:
        InputError: it takes other arguments.
    """
    del task
    entry = entry_of(metric.name, "text")
    (column,) = named_arguments(metric, entry, "text")
    return of_column(metric, entry, column.name)


def define_pass_rate(metric: Metric, entry: Entry, task: Task) -> Definition:
    """The share of passes among the scored rows; unscored ones could each be a pass or a failure.

    Raises:
        InputError: no grader has the name.
    """
    (grader,) = named_arguments(metric, entry, task.kind)
    prove_grader(metric, grader.name, task)
    if grader.name in dict(task.judged):
        return define_judged(metric, entry, grader.name, dict(task.judged)[grader.name])
    passed, failed, unscored = (f"{each}@{grader.name}" for each in (PASSED, FAILED, UNSCORED))
    return Definition(
        metric,
        entry,
        "share",
        {passed: 1.0},
        {passed: 1.0, failed: 1.0},
        passed,
        answers={unscored: (passed, failed)},
    )


def prove_grader(metric: Metric, name: str, task: Task) -> None:
    """Return where a grader has the name.

    Raises:
        InputError: none has.
    """
    if name not in task.grades:
        known = f"Graders: {', '.join(task.grades)}." if task.grades else ""
        raise InputError(
            "metric.grader",
            f"{metric} names no grader of the section grade:",
            remedy=f"{did_you_mean(name, task.grades)} {known}".strip()
            if task.grades
            else f"Add one, for example grade: {{{name}: {{length: {{most_words: 60}}}}}}.",
        )


def leaves_unscored(definition: Definition) -> bool:
    """Whether it is a share of what could be scored, whose bounds reckon with the rest."""
    return is_pass_rate(definition) or definition.metric.name in RATES or definition.subject == "variants"


def is_pass_rate(definition: Definition) -> bool:
    """Whether it is the share of answers that a grader passes."""
    return definition.metric.name == PASS_RATE


def with_unscored(measured: Measured, definition: Definition, cube: Cube) -> Measured:
    """The measured rate with the rows that it leaves out, on every slice."""
    left = cube.count(dict.fromkeys(definition.unanswered, 1.0))
    rows_of = {"attacks": "attacks", "variants": "inputs"}.get(definition.subject, "rows")
    notes = tuple(
        f"none of {round(rows):,} {rows_of} is scored" if rows and not n else note
        for rows, n, note in zip(left.tolist(), measured.n.tolist(), measured.notes, strict=True)
    )
    return replace(measured, unscored=np.asarray(left), notes=notes)
