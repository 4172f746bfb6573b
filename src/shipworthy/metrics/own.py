"""Metrics that a product brings along: ratios of two expressions over the columns of its log."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from shipworthy.errors import InputError
from shipworthy.metrics.bounded import bounded_mean
from shipworthy.metrics.definition import Definition
from shipworthy.metrics.entry import Entry
from shipworthy.metrics.means import mean
from shipworthy.metrics.measured import Measured, nothing
from shipworthy.spec.claim import Metric
from shipworthy.spec.task import Task
from shipworthy.tally.cube import Cube, Floats, present

if TYPE_CHECKING:
    from shipworthy.spec.own_metric import OwnMetric

NUMERATOR, DENOMINATOR = "=numerator", "=denominator"
"""The row values of both expressions; behind an `@` stands the place of the metric in product.yaml."""

ROUNDING = 1e-9


def own_entry(name: str, own: OwnMetric, task: Task) -> Entry:
    """The entry of such a metric, as those of the table."""
    return Entry(
        name,
        f"({own.numerator}) / ({own.denominator}), summed over rows",
        own.direction,
        unit=own.unit,
        estimator="beta distribution with one adverse unit more"
        if own.unit == "share"
        else "linearised variance, Student t, farther out towards a long tail",
        cannot="says what its expressions say",
        kinds=(task.kind,),
    )


def define_own(metric: Metric, task: Task) -> Definition:
    """The definition of a metric that the product brings along.

    Raises:
        InputError: it takes no arguments.
    """
    if metric.args:
        raise InputError(
            "metric.arguments", f"{metric} takes no arguments", remedy=f"Write it as {metric.name}."
        )
    at = [name for name, _ in task.own].index(metric.name)
    above, below = f"{NUMERATOR}@{at}", f"{DENOMINATOR}@{at}"
    entry = own_entry(metric.name, task.own[at][1], task)
    return Definition(metric, entry, "own", {above: 1.0}, {below: 1.0}, above, answers={})


def own_ratio(definition: Definition, cube: Cube, level: float) -> Measured:
    """Student t on the units; of a share, bounds that stay in [0, 1].

    In a share, no row may hold more above the line than below. Then a unit's squares are at most the products.
    """
    (above,), (below,) = definition.numerator, definition.denominator
    rows = cube.count({present(above): 1.0})
    if definition.entry.unit == "share":
        if not _is_share(cube, above, below):
            return nothing(
                cube,
                f"{definition.metric} is no share: above the line stands more than below, or less than 0; "
                "take unit: share away",
            )
        found = bounded_mean(definition, cube, level)
    else:
        found = mean(replace(definition, column=str(definition.metric)), cube, level)
    notes = _unfounded(definition, rows, cube.total({below: 1.0}), found.notes)
    return replace(found, n=rows, units=np.minimum(found.units, rows), notes=notes)


def _unfounded(definition: Definition, rows: Floats, whole: Floats, notes: Sequence[str]) -> tuple[str, ...]:
    """The notes, with the reason on each slice that has rows and no ratio: what stands below the line is 0 or less."""
    return tuple(
        f"the denominator of {definition.metric} sums to {total:g} over {int(n):,} rows, and a ratio needs a sum above 0"
        if n > 0 and total <= 0
        else note
        for n, total, note in zip(rows, whole, notes, strict=True)
    )


def _is_share(cube: Cube, above: str, below: str) -> bool:
    a, b = {above: 1.0}, {below: 1.0}
    total, whole, squares, most = cube.total(a), cube.total(b), cube.product(a, a), cube.product(a, b)
    return bool(((total >= 0) & (total <= whole * (1 + ROUNDING)) & (squares <= most * (1 + ROUNDING))).all())
