"""Metrics that need the whole distribution of a score by label, on every slice of a grouping."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

import numpy as np

from shipworthy.metrics.calibration import calibration_error
from shipworthy.metrics.definition import Definition
from shipworthy.metrics.measured import Measured
from shipworthy.metrics.points import point_of_curve
from shipworthy.metrics.ranking import Ends, auc, average_precision
from shipworthy.metrics.scored import LABELLED, Scores, note_on, scores_of
from shipworthy.tally.cube import Cube, Key
from shipworthy.tally.histogram import Histogram

Estimator = Callable[[Scores, float], tuple[Ends, str]]
ESTIMATORS: Mapping[str, Estimator] = {
    "auc": auc,
    "average_precision": average_precision,
    "calibration_error": calibration_error,
}
NOTHING: Ends = (np.nan, -np.inf, np.inf, -np.inf, np.inf)


def of_scores(definition: Definition, slices: Mapping[Key, Histogram], cube: Cube, level: float) -> Measured:
    """There are no bounds where labelled rows have no score, as those may lie anywhere."""
    scores = scores_of(slices, cube)
    rows = [_row(_estimator(definition), each, level) for each in scores]
    value, low, high, lower, upper = np.array([ends for ends, _ in rows], dtype=float).reshape(-1, 5).T
    method = tuple(name for _, name in rows)
    notes = tuple(each.note for each in scores)
    n, units = (np.array([getattr(each, name) for each in scores], dtype=float) for name in ("n", "units"))
    return Measured(cube.keys, value, low, high, lower, upper, n, units, method, notes)


def where_scored(definition: Definition, measured: Measured, cube: Cube) -> Measured:
    """A mean over labelled rows with a score, without bounds where others have none."""
    notes = tuple(
        note_on(float(labelled), float(scored)) or own
        for labelled, scored, own in zip(
            cube.count(LABELLED), cube.count(definition.denominator), measured.notes, strict=True
        )
    )
    known = cube.count(LABELLED) <= cube.count(definition.denominator)
    low, lower = (np.where(known, each, -np.inf) for each in (measured.low, measured.lower))
    high, upper = (np.where(known, each, np.inf) for each in (measured.high, measured.upper))
    return replace(measured, low=low, high=high, lower=lower, upper=upper, notes=notes)


def _estimator(definition: Definition) -> Estimator:
    name = definition.metric.name
    if name in ESTIMATORS:
        return ESTIMATORS[name]
    return partial(
        point_of_curve, "recall_at_fpr" if name == "recall_at_fpr" else "fpr_at_recall", definition.p
    )


def _row(estimator: Estimator, scores: Scores, level: float) -> tuple[Ends, str]:
    if not scores.n:
        return NOTHING, "none"
    ends, method = estimator(scores, level)
    return ((ends[0], *NOTHING[1:]) if scores.note else ends), method
