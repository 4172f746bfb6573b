"""The difference of two candidates that a judge graded, corrected by what people said of both answers to the same rows.

The judge may be kinder to one of the two, so that the difference of its verdicts is biased however many there are. Of each row the
difference of people's verdicts and that of the judge's lie in -1, 0 and 1, and prediction-powered inference takes the one from the
other. A row that people labelled for one candidate alone counts as not labelled.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import ArrayLike

from shipworthy.metrics import Definition
from shipworthy.metrics.judged import grader_of
from shipworthy.metrics.measured import CONFIDENCE
from shipworthy.metrics.sums import Ratio, ratio_of
from shipworthy.stats import prediction_powered as ppi
from shipworthy.stats.floats import Floats
from shipworthy.stats.judged import JudgedRows
from shipworthy.stats.level import one_sided
from shipworthy.stats.proportion import clopper_pearson_upper
from shipworthy.tally.cube import Cube
from shipworthy.tally.needs import Grouping, Needs, pairs

COLUMN = "=judge_and_people"
"""The derived column that says of a row what the judge and what people said; the name of the grader stands behind an `@`."""

PARTS = ("h", "j", "l", "o", "n")
"""Before the column: of a row labelled for both, people's difference and the judge's (both from 0 to 1) and 1; of another one the judge's, and 1."""

LEFT = "u"
"""Before the column: 1 for a row that the judge could not judge for both."""

FEW = "fewer than two rows have people's verdicts on the answers of both: label the same rows for both"


def judged_column(definition: Definition) -> str:
    """The column of both logs that the comparison goes by."""
    return f"{COLUMN}@{grader_of(definition)}"


def judged_needs(definition: Definition, by: Grouping) -> Needs:
    """What to scan on every slice of a grouping."""
    names = [f"{part}:{judged_column(definition)}" for part in (*PARTS, LEFT)]
    return Needs(frozenset(names), frozenset({by}), products=pairs(names))


def judged_bounds(definition: Definition, cube: Cube, level: ArrayLike) -> tuple[Floats, Floats]:
    """One-sided bounds of the difference on every slice (S,), whatever people would say of rows that are not judged.

    Half of the error is for how many those are, where there are some.
    """
    found, levels = ppi.prediction_powered(_rows(definition, cube)), np.broadcast_to(level, (len(cube),))
    share, half = _left(definition, cube), 1 - (1 - levels) / 2
    left = np.where(share.value > 0, _left_upper(share, half), 0.0)
    at = np.where(share.value > 0, half, levels)
    lower, upper = 2 * ppi.lower(found, at) - 1, 2 * ppi.upper(found, at) - 1
    known = np.isfinite(found.variance)
    lower, upper = lower * (1 - left) - left, upper * (1 - left) + left
    return np.where(known, lower, -np.inf), np.where(known, upper, np.inf)


def judged_values(definition: Definition, cube: Cube) -> Mapping[str, Floats]:
    """The difference, its interval for people, the labelled rows and the units that they are worth (all (S,))."""
    rows = _rows(definition, cube)
    found, left = ppi.prediction_powered(rows), np.nan_to_num(_left(definition, cube).value)
    low, high = (2 * end - 1 for end in ppi.interval(found, CONFIDENCE))
    worst = judged_bounds(definition, cube, one_sided(CONFIDENCE))
    known = np.isfinite(found.variance)
    ends = [np.where(known & (left == 0), own, end) for own, end in zip((low, high), worst, strict=True)]
    n = cube.count({f"l:{judged_column(definition)}": 1.0})
    value = np.where(known, np.clip(2 * found.value - 1, -1, 1), np.nan)
    return {"value": value, "low": ends[0], "high": ends[1], "n": n, "units": rows.units[0], "left": left}


def _rows(definition: Definition, cube: Cube) -> JudgedRows:
    names = [f"{part}:{judged_column(definition)}" for part in PARTS]
    sums = np.stack([cube.total({name: 1.0}) for name in names], axis=-1)
    products = np.stack(
        [np.stack([cube.product({one: 1.0}, {other: 1.0}) for other in names], axis=-1) for one in names],
        axis=-2,
    )
    return JudgedRows(sums, products)


def _left(definition: Definition, cube: Cube) -> Ratio:
    """The share of rows that the judge could not judge for both (S,)."""
    left, *others = (f"{part}:{judged_column(definition)}" for part in (LEFT, "l", "n"))
    return ratio_of(cube, {left: 1.0}, dict.fromkeys((left, *others), 1.0))


def _left_upper(share: Ratio, level: Floats) -> Floats:
    trials = share.trials(level)
    return np.asarray(clopper_pearson_upper(np.nan_to_num(share.value) * trials, trials, level))
