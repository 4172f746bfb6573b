"""Tallies -> values with bounds, on every slice of a grouping at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import reduce
from itertools import product

import numpy as np

from shipworthy.metrics.definition import ANSWERS, Definition
from shipworthy.metrics.groups import between_groups
from shipworthy.metrics.means import cells, mean
from shipworthy.metrics.measured import Measured
from shipworthy.metrics.quantiles import quantile
from shipworthy.metrics.ranking import auc
from shipworthy.metrics.shares import dice, rate, share
from shipworthy.tally.cube import Cube
from shipworthy.tally.needs import Grouping, grouping
from shipworthy.tally.scan import Tallies

ESTIMATORS: Mapping[str, Callable[[Definition, Cube, float], Measured]] = {
    "share": share, "rate": rate, "dice": dice, "cells": cells, "mean": mean,
}  # fmt: skip


def measure(definition: Definition, tallies: Tallies, by: Grouping, level: float) -> Measured:
    """The metric on every slice of a grouping, with one-sided bounds at `level` each."""
    if definition.inner is not None:
        finer = grouping((*by, *definition.grouped))
        return between_groups(definition, by, lambda inner, at: measure(inner, tallies, finer, at), level)
    if definition.kind == "quantile":
        cube = tallies.cubes[by] if tallies.clustered else None
        slices = tallies.histograms[definition.column, by]
        return quantile(definition.column, definition.p, slices, cube, level)
    if definition.kind == "auc":
        return auc(tallies.histograms["score", by], tallies.cubes[by], level)
    estimator, cube = ESTIMATORS[definition.kind], tallies.cubes[by]
    if tallies.reviewed is not None:
        return estimator(_with_reviewed(definition, tallies.reviewed), cube, level)
    measured = estimator(definition, cube, level)
    unanswered = [cell for cell in definition.unanswered if cube.total({cell: 1.0}).any()]
    if not unanswered:
        return measured
    completed = [estimator(definition.completed(moves), cube, level) for moves in completions(unanswered)]
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


def completions(unanswered: Sequence[str]) -> list[dict[str, str]]:
    """The extreme ways in which these cells could have been answered: all rows of each with yes, or all with no."""
    answers = product(*(ANSWERS[cell] for cell in unanswered))
    return [dict(zip(unanswered, each, strict=True)) for each in answers]


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
    return replace(measured, **ends, method=tuple(method))
