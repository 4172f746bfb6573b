"""Tallies -> values with bounds, on every slice of a grouping at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import reduce
from itertools import product

import numpy as np

from shipworthy.metrics.bounded import bounded_mean
from shipworthy.metrics.definition import ANSWERS, Definition
from shipworthy.metrics.drawn import of_drawn
from shipworthy.metrics.explained import r2
from shipworthy.metrics.graded import leaves_unscored, with_unscored
from shipworthy.metrics.groups import between_groups
from shipworthy.metrics.judged import grader_of, judged_rate
from shipworthy.metrics.losses import loss, root
from shipworthy.metrics.macro import macro
from shipworthy.metrics.means import cells, mean
from shipworthy.metrics.measured import Measured
from shipworthy.metrics.on_data import count, figure, leak
from shipworthy.metrics.on_scores import of_scores, where_scored
from shipworthy.metrics.ordering import coverage
from shipworthy.metrics.own import own_ratio
from shipworthy.metrics.quantiles import quantile
from shipworthy.metrics.shares import dice, rate, share
from shipworthy.metrics.shifts import shift
from shipworthy.tally.cube import Cube
from shipworthy.tally.needs import Grouping, grouping
from shipworthy.tally.scan import Tallies

ESTIMATORS: Mapping[str, Callable[[Definition, Cube, float], Measured]] = {
    "share": share, "rate": rate, "dice": dice, "cells": cells, "mean": mean, "loss": loss, "root": root, "r2": r2,
    "bounded": bounded_mean, "own": own_ratio, "count": count,
}  # fmt: skip


def measure(definition: Definition, tallies: Tallies, by: Grouping, level: float) -> Measured:
    """The metric on every slice of a grouping, with one-sided bounds at `level` each."""
    if definition.inner is not None:
        finer = grouping((*by, *definition.grouped))
        return between_groups(definition, by, lambda inner, at: measure(inner, tallies, finer, at), level)
    if definition.kind == "score":
        return of_scores(definition, tallies.histograms["score", by], tallies.cubes[by], level)
    if definition.kind == "figure":
        return figure(tallies.figures[definition.column, by], level)
    if definition.kind == "shift":
        return shift(tallies.shifts[definition.column, by], level)
    if definition.kind == "leak":
        return leak(tallies.histograms[definition.column, by], level)
    if definition.kind == "coverage":
        return coverage(tallies.histograms[definition.column, by], tallies.cubes[by])
    if definition.kind == "judged":
        cube, expired = tallies.cubes[by], tallies.uncalibrated.get(grader_of(definition), "")
        return with_unscored(judged_rate(definition, cube, level, expired), definition, cube)
    found = _on_outcomes(definition, tallies, by, level)
    if leaves_unscored(definition):
        return with_unscored(found, definition, tallies.cubes[by])
    if definition.entry.paired:
        found = of_drawn(found, tallies.drawn.get(next(iter(definition.numerator)), 1.0))
    return _without_bounds(found, definition, tallies.cubes[by]) if definition.boundless else found


def _on_outcomes(definition: Definition, tallies: Tallies, by: Grouping, level: float) -> Measured:
    """The metric on every slice; rows without an answer count as whatever they could have been answered with."""
    if definition.kind == "quantile":
        ranked = tallies.cubes[by] if tallies.clustered else None
        return quantile(
            definition.column, definition.p, tallies.histograms[definition.column, by], ranked, level
        )
    cube = tallies.cubes[by]
    if definition.parts:
        return macro(definition, cube, lambda part, at: _answered(part, cube, at), level)
    return _answered(definition, cube, level, tallies.reviewed)


def _answered(
    definition: Definition, cube: Cube, level: float, reviewed: Mapping[str, float] | None = None
) -> Measured:
    """Measured on the outcomes, with bounds that hold however rows without an answer would have been answered."""
    estimator = ESTIMATORS[definition.kind]
    if definition.of_probabilities:
        return where_scored(definition, estimator(definition, cube, level), cube)
    if reviewed is not None:
        return estimator(_with_reviewed(definition, reviewed), cube, level)
    measured = estimator(definition, cube, level)
    unanswered = [cell for cell in definition.unanswered if cube.total({cell: 1.0}).any()]
    if not unanswered:
        return measured
    ways = completions(unanswered, definition.answers)
    completed = [estimator(definition.completed(moves), cube, level) for moves in ways]
    return _widened(measured, completed, cube.total(dict.fromkeys(unanswered, 1.0)) > 0)


def _with_reviewed(definition: Definition, money: Mapping[str, float]) -> Definition:
    """The definition where a person decides rows: money counts theirs too, the other metrics leave them out."""
    if definition.kind != "cells" or not money:
        return definition
    return replace(
        definition,
        numerator={**definition.numerator, **money},
        denominator={**definition.denominator, **dict.fromkeys(money, 1.0)},
    )


def completions(
    unanswered: Sequence[str], answers: Mapping[str, Sequence[str]] = ANSWERS
) -> list[dict[str, str]]:
    """The extreme ways in which these cells could have been answered: all rows of each with yes, or all with no."""
    ways = product(*(answers[cell] for cell in unanswered))
    return [dict(zip(unanswered, each, strict=True)) for each in ways]


def _without_bounds(measured: Measured, definition: Definition, cube: Cube) -> Measured:
    """No bounds on slices where labelled rows have no answer, as their errors could be of any size."""
    rows = cube.count({definition.boundless: 1.0})
    at = [cube.position(key) for key in measured.keys]
    missing = np.array([0.0 if place is None else rows[place] for place in at])
    low, lower = (np.where(missing > 0, -np.inf, each) for each in (measured.low, measured.lower))
    high, upper = (np.where(missing > 0, np.inf, each) for each in (measured.high, measured.upper))
    notes = tuple(
        f"{round(count):,} labelled rows have no answer, and their error could be of any size"
        if count
        else note
        for count, note in zip(missing, measured.notes, strict=True)
    )
    return replace(measured, low=low, high=high, lower=lower, upper=upper, notes=notes)


def _widened(measured: Measured, completed: Sequence[Measured], where: np.ndarray) -> Measured:
    """Bounds that hold however the unanswered rows would have been answered, or if they are left out as for the value."""
    ends = {
        name: reduce(pick, (getattr(each, name) for each in (measured, *completed)))
        for pick, names in ((np.minimum, ("low", "lower")), (np.maximum, ("high", "upper")))
        for name in names
    }
    method = (
        f"{method}+worst_case" if some else method
        for method, some in zip(measured.method, where, strict=True)
    )
    values = [each.value for each in (measured, *completed)]
    ends |= {"least": reduce(np.fmin, values), "greatest": reduce(np.fmax, values)}
    return replace(measured, method=tuple(method), **ends)
