"""What each threshold would have been worth on the validation rows, how sure that is, and which may be the best."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from shipworthy.evaluate.options import Options, goal, money_of, part_of
from shipworthy.evidence import CurvePoint, Regret
from shipworthy.metrics import define, measure
from shipworthy.spec.claim import Metric
from shipworthy.stats.best import against_best
from shipworthy.tally.cube import CELLS, Cube, Floats
from shipworthy.tally.histogram import Histogram
from shipworthy.tally.needs import pair
from shipworthy.tally.scan import Tallies

if TYPE_CHECKING:
    from shipworthy.spec.model import Value

CURVE_POINTS = 60
LEVEL = 0.95
_BY = ("threshold",)


def curve(
    options: Options, value: Value | None, threshold: float, *, clustered: bool = False
) -> tuple[CurvePoint, ...]:
    """At most CURVE_POINTS thresholds, spread evenly over their ranks, the frozen one (or its neighbour) among them.

    The interval of a point is that of its net value alone, as if it were the only threshold that is looked at.
    """
    shown = options.select(_picked(options, threshold))
    net = None if value is None else goal(shown, money_of(value))
    low, high = (None, None) if value is None or clustered else _interval(shown, value)
    cells = shown.cells
    recall, false_positive_rate = part_of(cells["tp"], cells["fn"]), part_of(cells["fp"], cells["tn"])
    return tuple(
        CurvePoint(
            float(shown.thresholds[i]),
            None if net is None else float(net[i]),
            float(recall[i]),
            float(false_positive_rate[i]),
            None if low is None else float(low[i]),
            None if high is None else float(high[i]),
        )
        for i in range(len(shown))
    )


def _picked(options: Options, threshold: float) -> list[int]:
    """The ends, and between them thresholds of evenly spread ranks; the one next to the frozen one gives way to it."""
    count = len(options)
    picked = np.unique(np.round(np.linspace(0, count - 1, min(count, CURVE_POINTS))).astype(int))
    frozen = _at(options, threshold)
    if frozen not in picked:
        inner = 1 + int(np.argmin(np.abs(picked[1:-1] - frozen)))
        picked[inner] = frozen
    return [int(at) for at in picked]


def _at(options: Options, threshold: float) -> int:
    """The choice that flags the same rows as a threshold."""
    return min(int(np.searchsorted(options.thresholds, threshold)), len(options) - 1)


def _interval(options: Options, value: Value) -> tuple[Floats, Floats]:
    """The two-sided 95 % interval of the net value at each threshold (O,), as `net_value` has it everywhere."""
    sums, counts, squares = (
        np.column_stack([cells.get(cell, np.zeros(len(options))) for cell in CELLS])
        for cells in (options.cells, options.rows, options.squares)
    )
    rows = counts.sum(axis=1)
    keys = tuple((str(at),) for at in range(len(options)))
    products = {pair(cell, cell): squares[:, at] for at, cell in enumerate(CELLS)}
    cube = Cube(_BY, keys, CELLS, rows, rows, sums, counts, products, frozenset(CELLS))
    found = measure(define(Metric("net_value"), value), Tallies({_BY: cube}, {}), _BY, LEVEL)
    return found.low, found.high


def regret(options: Options, value: Value, missing: Floats, threshold: float) -> Regret | None:
    """How far the frozen threshold may fall short of the best one, among those of the curve that keep the `at` bounds.

    Between two thresholds only the rows that score between them change what they bring; the variance of their summed
    change, as of counts (Poisson; of weighted rows the sum of squared weights and changes), is the clock of
    `against_best`. One row more of each label (its squared weight the mean one) is allowed for between any two, against
    the false certainty of a rare label that did not turn up there.
    """
    frozen = _at(options, threshold)
    if missing[frozen] > 0:
        return None
    picked = [at for at in _picked(options, threshold) if missing[at] <= 0]
    shown, money = options.select(picked), money_of(value)
    changes = (money["tp"] - money["fn"]) ** 2, (money["fp"] - money["tn"]) ** 2
    weight, rows, squares = (
        float(sum(cells[name][0] for name in money)) for cells in (shown.cells, shown.rows, shown.squares)
    )
    clock = -(changes[0] * shown.squares["tp"] + changes[1] * shown.squares["fp"]) / weight**2
    found = against_best(goal(shown, money), clock, sum(changes) * squares / rows / weight**2, LEVEL)
    perhaps = shown.thresholds[found.perhaps_best]
    return Regret(float(found.upper[picked.index(frozen)]), float(perhaps.min()), float(perhaps.max()), LEVEL)


def regret_words(found: Regret | None, value: Value | None) -> str:
    """The regret in one clause."""
    if found is None or value is None:
        return ""
    among = (
        f"the best of the curve lies from {found.low:.3g} to {found.high:.3g}"
        if found.low < found.high
        else f"the best of the curve is {found.low:.3g}"
    )
    most = f"this one falls at most {value.currency} {found.upper:.2g} per decision short of it"
    return f"{among}, and {most} ({100 * found.level:.4g} % sure of both)"


def in_theory(histogram: Histogram, value: Value | None) -> str:
    """Where the threshold would be if scores were calibrated probabilities: C_FP / (C_FP + C_FN).

    C_FP is what a false alarm loses against leaving a negative alone, C_FN what a miss loses against a find (Elkan
    2001). Empty where scores are no probabilities, or where one answer is the better one whatever is true.
    """
    if value is None or not histogram.weight or histogram.least[0] < 0 or histogram.greatest[-1] > 1:
        return ""
    alarm = value.true_negative - value.false_positive
    miss = value.true_positive - value.false_negative
    if alarm <= 0 or miss <= 0:
        return ""
    return f"by the stated money alone it would be {alarm / (alarm + miss):.3g}, if scores were calibrated probabilities"
