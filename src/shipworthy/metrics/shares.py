"""Shares of rows: exact bounds on the effective number of trials, Wilson for people; F1 through the Jaccard index."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from shipworthy.metrics.definition import Definition
from shipworthy.metrics.measured import CONFIDENCE, Measured, nothing
from shipworthy.metrics.sums import ratio_of
from shipworthy.stats.proportion import clopper_pearson_lower, clopper_pearson_upper, displayed
from shipworthy.stats.ratio import dice_from_jaccard
from shipworthy.tally.cube import Cube


def share(definition: Definition, cube: Cube, level: float) -> Measured:
    """Clopper-Pearson bounds on the effective number of rows; Wilson for people."""
    ratio = ratio_of(cube, definition.numerator, definition.denominator)
    trials = ratio.trials(level)
    events = np.where(ratio.clustered, np.nan_to_num(ratio.value) * trials, cube.count(definition.numerator))
    low, high, exact = displayed(events, trials, CONFIDENCE)
    lower, upper = clopper_pearson_lower(events, trials, level), clopper_pearson_upper(events, trials, level)
    method = tuple(np.where(exact, "clopper_pearson", "wilson").tolist())
    return Measured(
        cube.keys, ratio.value, low, high, lower, upper, ratio.n, ratio.units, method, ("",) * len(cube)
    )


def rate(definition: Definition, cube: Cube, level: float) -> Measured:
    """A share where the column holds only 0 and 1, else no value.

    Zeros and ones are their own squares. Of units with several rows only sums are known: there a unit's sum lies
    between 0 and its rows, so squares are at most the products with them.
    """
    column = {definition.column: 1.0}
    total, squares = cube.total(column), cube.product(column, column)
    most, rows = cube.product(column, definition.denominator), cube.total(definition.denominator)
    single = np.isclose(squares, most) | (cube.units < cube.rows)
    if (single & (total >= 0) & (total <= rows) & (squares <= most * (1 + 1e-9))).all():
        return share(definition, cube, level)
    return nothing(
        cube, f"{definition.column} holds other values than 0 and 1; use mean({definition.column})"
    )


def dice(definition: Definition, cube: Cube, level: float) -> Measured:
    """F1 = 2J / (1 + J), with J = TP / (TP + FP + FN) bounded as a share."""
    jaccard = share(definition, cube, level)
    value, low, high, lower, upper = (
        dice_from_jaccard(each)
        for each in (jaccard.value, jaccard.low, jaccard.high, jaccard.lower, jaccard.upper)
    )
    return replace(jaccard, value=value, low=low, high=high, lower=lower, upper=upper)
