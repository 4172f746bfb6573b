"""How many more rows would decide a claim."""

from __future__ import annotations

import math
from dataclasses import dataclass

from scipy.special import ndtri

from shipworthy.evidence import Estimate
from shipworthy.judge.comparison import Compared
from shipworthy.judge.labels import labels_that_decide
from shipworthy.judge.ranks import POWER, rows_that_decide
from shipworthy.metrics import Definition, measure
from shipworthy.stats.ratio import jaccard_from_dice
from shipworthy.stats.sample_size import trials_to_decide, trials_with_power
from shipworthy.stats.search import least_multiple
from shipworthy.tally.cube import Key
from shipworthy.tally.needs import Grouping
from shipworthy.tally.scan import Tallies

MOST = 2.0**23
"""Times the present rows; a claim that even this would not decide has no plan."""


@dataclass(frozen=True)
class Plan:
    """Further rows of the metric's denominator: at the present rate (an even chance), and with an 80 % chance."""

    even: int | None
    likely: int | None


NO_PLAN = Plan(None, None)


def plan(compared: Compared, own: Tallies, by: Grouping, key: Key, estimate: Estimate) -> Plan:
    """The plan for one undecided comparison: exact for shares of independent rows and for ranks, by scaling the tallies for the rest."""
    definition, bound = compared.definition, compared.bound
    if estimate.value is None or estimate.value == bound.value:
        return NO_PLAN
    claimed = (estimate.value > bound.value) == bound.at_least
    level = compared.level if claimed else compared.missed_level
    if definition.kind == "judged":
        return _labels(compared, own, by, key, estimate, level)
    independent = not own.clustered or estimate.units >= estimate.n
    if definition.kind in ("share", "rate", "dice") and independent and "worst_case" not in estimate.method:
        return _rows(definition, estimate.value, bound.value, estimate.n, level)
    if definition.kind == "quantile":
        found = rows_that_decide(compared, own.histograms[definition.column, by][key], key, level)
        return NO_PLAN if found is None else Plan(*(_more(rows, estimate.n) for rows in found))
    factor = _factor(compared, own, by, key, level)
    if factor is None:
        return NO_PLAN
    even_more = math.ceil((factor - 1) * estimate.n)
    return Plan(even_more, math.ceil((factor * reserve(level) - 1) * estimate.n))


def _rows(definition: Definition, rate: float, limit: float, n: int, level: float) -> Plan:
    """Further independent rows of a share of them; F1 is planned as the share that it rises with."""
    if definition.kind == "dice":
        rate, limit = float(jaccard_from_dice(rate)), float(jaccard_from_dice(limit))
    even, likely = trials_to_decide(rate, limit, level), trials_with_power(rate, limit, level, POWER)
    return Plan(_more(even, n), _more(likely, n))


def _labels(
    compared: Compared, own: Tallies, by: Grouping, key: Key, estimate: Estimate, level: float
) -> Plan:
    """Further labels, where a judge's verdicts are corrected by them."""
    cube = own.cubes[by]
    found = labels_that_decide(compared, cube, cube.keys.index(key), estimate, level)
    if found is None:
        return NO_PLAN
    even, have = found
    return Plan(_more(even, have), _more(math.ceil(even * reserve(level)), have))


def reserve(level: float) -> float:
    """How many times the rows of an even chance give a chance of POWER, by the normal approximation."""
    z = float(ndtri(level))
    return ((z + float(ndtri(POWER))) / z) ** 2


def _more(needed: int | None, n: int) -> int | None:
    return None if needed is None else max(1, needed - n)


def _factor(compared: Compared, own: Tallies, by: Grouping, key: Key, level: float) -> float | None:
    """The least multiple of the present tallies that decides, to 0.1 %."""

    def decided(factor: float) -> bool:
        measured = measure(compared.definition, own.scaled(factor), by, level)
        at = measured.keys.index(key)
        return bool(measured.lower[at] > compared.bound.value or measured.upper[at] < compared.bound.value)

    return least_multiple(decided, MOST)
