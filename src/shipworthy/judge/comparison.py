"""One comparison of a metric with a threshold, on every slice at once: met, missed or undecided."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from shipworthy.evidence import Estimate
from shipworthy.evidence.values import Answer
from shipworthy.metrics import Definition, Measured, measure
from shipworthy.metrics.measured import CONFIDENCE
from shipworthy.spec.language import Bound
from shipworthy.stats.proportion import clopper_pearson_p_value
from shipworthy.tally.cube import Floats, Key
from shipworthy.tally.needs import Grouping
from shipworthy.tally.scan import Tallies

LEAST_P = 1e-9
ROUNDING = 1e-12
PRECISION = 1e-4
"""To this share of itself a p-value is searched for, from above."""


@dataclass(frozen=True, eq=False)
class Compared:
    """A bound held against a metric: what was measured at `level`, and where the claim is met and missed (S,)."""

    definition: Definition
    bound: Bound
    measured: Measured
    level: float
    missed_level: float
    met: NDArray[np.bool_]
    missed: NDArray[np.bool_]

    def answer(self, at: int) -> Answer:
        """The answer on one slice."""
        return "met" if self.met[at] else "missed" if self.missed[at] else "undecided"


def compared(
    definition: Definition, bound: Bound, tallies: Tallies, by: Grouping, level: float, *, both: bool
) -> Compared:
    """Met where the bound on the side of the claim clears the threshold, missed where the opposite one fails it.

    With `both`, the comparison is one of two that must hold: as there are two ways to miss, each may be wrong
    with half the error.
    """
    measured = measure(definition, tallies, by, level)
    missed_level = (1 + level) / 2 if both else level
    strict = measure(definition, tallies, by, missed_level) if both else measured
    known = (measured.n > 0) & ~np.isnan(measured.value)
    met, missed = known & _holds(bound, measured), known & _fails(bound, strict)
    return Compared(definition, bound, measured, level, missed_level, met, missed & ~met)


def clears(spare: Floats, bound: Bound, *, claimed: bool) -> NDArray[np.bool_]:
    """Whether so much room to the threshold decides: more than none; to meet a claim, a price may be equal to it but for rounding."""
    slack = ROUNDING * abs(bound.value)
    return np.asarray(spare >= -slack if claimed and bound.comparator in (">=", "<=") else spare > slack)


def _holds(bound: Bound, measured: Measured) -> NDArray[np.bool_]:
    """Whether the bound on the side of the claim clears the threshold."""
    spare = measured.lower - bound.value if bound.at_least else bound.value - measured.upper
    return clears(spare, bound, claimed=True)


def _fails(bound: Bound, measured: Measured) -> NDArray[np.bool_]:
    """Whether the opposite bound lies beyond the threshold."""
    beyond = bound.value - measured.upper if bound.at_least else measured.lower - bound.value
    return clears(beyond, bound, claimed=False)


def p_missed(
    definition: Definition, bound: Bound, own: Tallies, by: Grouping, key: Key, estimate: Estimate
) -> float:
    """The smallest error with which the opposite one-sided bound fails the threshold, on the slice `key` of `own`.

    Exact for shares of independent rows; else the least error is searched for, and given to four digits from above.
    """
    value = estimate.value
    if value is None or not (value < bound.value if bound.at_least else value > bound.value):
        return 1.0
    if definition.kind == "share" and not own.clustered and "worst_case" not in estimate.method:
        events = round(value * estimate.n)
        p = clopper_pearson_p_value(events, estimate.n, bound.value, above=not bound.at_least)
        return max(float(p), LEAST_P)

    def fails(alpha: float) -> bool:
        measured = measure(definition, own, by, 1 - alpha)
        return bool(_fails(bound, measured)[measured.keys.index(key)])

    return _least_error(fails)


def _least_error(fails: Callable[[float], bool]) -> float:
    """The smallest error from LEAST_P with which something fails that fails the more, the greater the error."""
    if not fails(0.5):
        return 1.0
    if fails(LEAST_P):
        return LEAST_P
    low, high = math.log(LEAST_P), math.log(0.5)
    while high - low > PRECISION:
        middle = (low + high) / 2
        low, high = (low, middle) if fails(math.exp(middle)) else (middle, high)
    return math.exp(high)


def estimate_of(
    definition: Definition,
    measured: Measured,
    at: int | None,
    candidate: str,
    slice_: Mapping[str, str],
    level: float,
) -> Estimate:
    """The estimate at one position of what was measured; empty where there is no such slice."""
    name = str(definition.metric)
    unscored = None if measured.unscored is None or at is None else round(float(measured.unscored[at]))
    if at is None or measured.n[at] == 0:
        return Estimate(
            candidate, name, slice_, None, None, None, CONFIDENCE, None, None, level, 0, 0, "none", unscored
        )
    bounds = (measured.value, measured.low, measured.high, measured.lower, measured.upper)
    ends = (float(each[at]) if math.isfinite(each[at]) else None for each in bounds)
    value, low, high, lower, upper = ends
    n, units = round(float(measured.n[at])), round(float(measured.units[at]))
    method = measured.method[at]
    return Estimate(
        candidate, name, slice_, value, low, high, CONFIDENCE, lower, upper, level, n, units, method, unscored
    )
