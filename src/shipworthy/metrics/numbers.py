"""Metrics of predicted numbers: means of losses, the error's direction, and what predictions explain."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from shipworthy.metrics.definition import Definition, Kind, named_arguments, of_column, wrong_arguments
from shipworthy.metrics.entry import Entry
from shipworthy.metrics.outcomes import ANSWERED, UNANSWERED
from shipworthy.metrics.table import entry_of
from shipworthy.spec.claim import Metric
from shipworthy.spec.task import Task
from shipworthy.tally.cube import present

MEANS: Mapping[str, tuple[Kind, str]] = {
    "mae": ("loss", "=absolute_error"),
    "rmse": ("root", "=squared_error"),
    "bias": ("mean", "=error"),
    "interval_coverage": ("share", "=covered"),
}
"""Means of a value that follows from the answer and the label."""

COLUMNS = {"abs_error": "=absolute_error"}
"""Columns that no log holds, by the names that requirements use."""

R2 = ("=squared_error", "=label_squared", "=label", present("=squared_error"))
"""The sums that r2 is a function of: squared errors, squared labels, labels, rows."""


def define_regression(metric: Metric, task: Task) -> Definition:
    """The definition of a metric of predicted numbers.

    Raises:
        InputError: it takes other arguments.
    """
    del task
    entry = entry_of(metric.name, "regression")
    if entry.takes == ("column",):
        (column,) = named_arguments(metric, entry, "regression")
        found = of_column(metric, entry, COLUMNS.get(column.name, column.name))
        return replace(found, boundless=UNANSWERED) if column.name in COLUMNS else found
    if metric.name == "quantile_loss":
        return _mean(metric, entry, "loss", f"=pinball@{_share(metric, entry)!r}")
    if metric.args:
        raise wrong_arguments(metric, entry, "regression")
    if metric.name == "coverage":
        rows = {ANSWERED: 1.0, UNANSWERED: 1.0}
        return Definition(metric, entry, "share", {ANSWERED: 1.0}, rows, answers={})
    if metric.name == "r2":
        sums = dict.fromkeys(R2, 1.0)
        return Definition(metric, entry, "r2", sums, {R2[-1]: 1.0}, answers={}, boundless=UNANSWERED)
    return _mean(metric, entry, *MEANS[metric.name])


def _mean(metric: Metric, entry: Entry, kind: Kind, name: str) -> Definition:
    return Definition(
        metric, entry, kind, {name: 1.0}, {present(name): 1.0}, name, answers={}, boundless=UNANSWERED
    )


def _share(metric: Metric, entry: Entry) -> float:
    """The share at which a quantile was predicted."""
    found = metric.args[0] if len(metric.args) == 1 else None
    if found is None or isinstance(found, Metric) or not 0 < found.value < 1:
        raise wrong_arguments(metric, entry, "regression")
    return found.value
