"""How well a score ranks: the area under the ROC curve, from the histogram of the score by label."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from shipworthy.metrics.measured import CONFIDENCE, Measured
from shipworthy.stats import ranking
from shipworthy.tally.cube import CELLS, Cube, Key
from shipworthy.tally.histogram import Histogram

LABELLED = dict.fromkeys(CELLS[:6], 1.0)


def auc(slices: Mapping[Key, Histogram], cube: Cube, level: float) -> Measured:
    """The value with DeLong's interval; claims are bounded by one adverse row more.

    There are no bounds where labelled rows have no score, as those may rank anywhere, nor where units have several
    rows, as pairs of rows are not independent then.
    """
    keys = cube.keys
    rows = [_row(slices.get(key, Histogram.empty()), level) for key in keys]
    value, low, high, lower, upper, n = np.array(rows, dtype=float).reshape(-1, 6).T
    notes = tuple(_note(cube, at, float(scored)) for at, scored in enumerate(n))
    known = np.array([not note for note in notes], dtype=bool)
    ends = ((low, -np.inf), (high, np.inf), (lower, -np.inf), (upper, np.inf))
    low, high, lower, upper = (np.where(known, bound, end) for bound, end in ends)
    return Measured(keys, value, low, high, lower, upper, n, n, ("delong",) * len(keys), notes)


def _row(histogram: Histogram, level: float) -> tuple[float, ...]:
    negatives, positives = histogram.n[:, 0], histogram.n[:, 1]
    found = ranking.auc(histogram.least, histogram.greatest, positives, negatives)
    low, high, _ = ranking.interval(found, CONFIDENCE)
    lower, upper = ranking.lower(found, level), ranking.upper(found, level)
    return tuple(float(each) for each in (found.value, low, high, lower, upper, histogram.n[:, :2].sum()))


def _note(cube: Cube, at: int, scored: float) -> str:
    """Why a slice has no bounds."""
    labelled = float(cube.count(LABELLED)[at])
    if not scored:
        return "no labelled row has a score to rank by"
    if scored < labelled:
        return f"{round(labelled - scored):,} labelled rows have no score and could rank anywhere"
    return (
        ""
        if cube.units[at] == cube.rows[at]
        else "units have several rows, for which there are no bounds of the auc"
    )
