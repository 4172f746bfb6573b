"""Metrics of several classes: one class against the rest, averages over the classes, and confusions of two."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from shipworthy.errors import InputError, did_you_mean
from shipworthy.metrics.definition import ANSWERS, Definition, of_column, wrong_arguments
from shipworthy.metrics.entry import CLASS, Entry
from shipworthy.metrics.outcomes import (
    NONE,
    RIGHT,
    SILENT,
    WRONG,
    against_rest,
    confusion,
)
from shipworthy.metrics.table import entry_of
from shipworthy.spec.claim import Metric
from shipworthy.spec.task import Task

OF_ALL: Mapping[str, Mapping[str, float]] = {
    "accuracy": {RIGHT: 1.0},
    "error_rate": {WRONG: 1.0},
}
ROWS = {RIGHT: 1.0, WRONG: 1.0}
"""All labelled rows with an answer."""

MACRO = {"macro_recall": "recall", "macro_precision": "precision", "macro_f1": "f1", "weighted_f1": "f1"}
"""The metric of one class behind each average."""


def define_multiclass(metric: Metric, task: Task) -> Definition:
    """The definition of a metric of several classes; where the classes are not known yet, any class is accepted.

    Raises:
        InputError: it takes other arguments, or names a class that there is not.
    """
    entry = entry_of(metric.name, "multiclass")
    given = _classes(metric, entry, task)
    if entry.arguments("multiclass") == ("column",):
        return of_column(metric, entry, given[0])
    if metric.name in OF_ALL:
        answers = {SILENT: (RIGHT, WRONG)}
        return Definition(metric, entry, "share", OF_ALL[metric.name], ROWS, answers=answers)
    if metric.name == "coverage":
        return _coverage(metric, entry, task)
    if metric.name in MACRO:
        return _macro(metric, entry, task)
    if metric.name == "confusion":
        return _confusion(metric, entry, (given[0], given[1]), task)
    return _against_rest(metric, entry, given[0])


def _classes(metric: Metric, entry: Entry, task: Task) -> tuple[str, ...]:
    """The arguments of a metric as text, those that are classes proved to be some."""
    takes = entry.arguments("multiclass")
    found = tuple(arg.name if isinstance(arg, Metric) else str(arg) for arg in metric.args)
    plain = all(not arg.args for arg in metric.args if isinstance(arg, Metric))
    if len(found) != len(takes) or not plain:
        raise wrong_arguments(metric, entry, "multiclass")
    for kind, name in zip(takes, found, strict=True):
        if kind == CLASS and task.classes and name not in task.classes:
            known = ", ".join(task.classes[:12]) + (", …" if len(task.classes) > 12 else "")
            raise InputError(
                "metric.class",
                f"{metric} names {name!r}, which is none of the classes",
                remedy=f"{did_you_mean(name, task.classes)} Classes: {known}.",
            )
    return found


def _against_rest(metric: Metric, entry: Entry, name: str) -> Definition:
    """A metric of yes/no answers where one class counts as positive."""
    cell = partial(against_rest, name=name)
    answers = {cell(empty): tuple(map(cell, given)) for empty, given in ANSWERS.items()}
    if entry.name == "f1":
        events, trials = ["tp"], ["tp", "fp", "fn"]
    else:
        events, trials = [*entry.events], [*entry.trials]
    return Definition(
        metric,
        entry,
        "dice" if entry.name == "f1" else "share",
        dict.fromkeys(map(cell, events), 1.0),
        dict.fromkeys(map(cell, trials), 1.0),
        answers=answers,
    )


def _macro(metric: Metric, entry: Entry, task: Task) -> Definition:
    """An average over the classes. Its own numerator and denominator count rows, and are no part of its value."""
    name = MACRO[metric.name]
    parts = tuple(
        _against_rest(Metric(name, (Metric(each),)), entry_of(name, "multiclass"), each)
        for each in task.classes
    )
    support = tuple({against_rest("tp", each): 1.0, against_rest("fn", each): 1.0} for each in task.classes)
    own = support if metric.name == "weighted_f1" else ()
    answers = {SILENT: (RIGHT, WRONG)}
    return Definition(metric, entry, "macro", ROWS, ROWS, parts=parts, support=own, answers=answers)


def _confusion(metric: Metric, entry: Entry, pair: tuple[str, str], task: Task) -> Definition:
    """Unanswered rows of the class could be answered with the other one, or with any else."""
    label, answer = pair
    if label == answer:
        raise InputError(
            "metric.arguments",
            f"{metric} names one class twice",
            remedy=f"The share of {label} that is answered rightly is recall({label}).",
        )
    cell = confusion(label, answer)
    others = {confusion(label, each): 1.0 for each in task.classes if each != answer}
    answers = {confusion(label, NONE): (cell, confusion(label, label))}
    return Definition(metric, entry, "share", {cell: 1.0}, {cell: 1.0, **others}, answers=answers)


def _coverage(metric: Metric, entry: Entry, task: Task) -> Definition:
    names = (*task.classes, NONE)
    given = {confusion(label, answer): 1.0 for label in names for answer in task.classes}
    silent = {confusion(label, NONE): 1.0 for label in names}
    return Definition(metric, entry, "share", given, {**given, **silent}, answers={})
