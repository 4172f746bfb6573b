"""The share of rows that people would let pass, from a judge's share and the errors that it is known to make.

Rogan and Gladen (1978): value = (p + specificity - 1) / (sensitivity + specificity - 1), p being the judge's share. It needs
no labels of the judged rows themselves, only that the judge errs there as it did where it was measured.
"""

from __future__ import annotations

from collections.abc import Callable
from math import sqrt

from scipy.special import ndtri

from shipworthy.stats.judge_errors import JudgeTable
from shipworthy.stats.level import one_sided
from shipworthy.stats.proportion import clopper_pearson_lower, clopper_pearson_upper

HALVINGS = 50
"""Halvings of [0, 1] that leave no more than rounding."""


def rogan_gladen(passed: float, judged: float, table: JudgeTable) -> float:
    """The corrected share, cut to [0, 1]; NaN where the judge is no better than chance or was not measured."""
    if not (judged and table.passed and table.failed):
        return float("nan")
    hits, alarms = table.both / table.passed, table.judge_only / table.failed
    if hits <= alarms:
        return float("nan")
    return min(max((passed / judged - alarms) / (hits - alarms), 0.0), 1.0)


def lee_interval(
    passed: float, judged: float, table: JudgeTable, confidence: float = 0.95
) -> tuple[float, float]:
    """Two-sided interval of the corrected share (Lee et al. 2025, arXiv 2511.21140), cut to [0, 1].

    A normal interval around an adjusted estimate: z^2 judged rows and two labelled rows of each kind are added, half of
    them passes (Agresti and Coull 1998). Its ends alone are no bounds: of a judge that is hardly better than chance they
    are wrong in up to 15 % instead of 5 %. `lower` and `upper` are.

    Returns:
        low and high; 0 and 1 where the judge may be no better than chance.
    """
    z = float(ndtri(one_sided(confidence)))
    rows, passes, fails = judged + z * z, table.passed + 2, table.failed + 2
    p, hits, spared = (passed + z * z / 2) / rows, (table.both + 1) / passes, (table.neither + 1) / fails
    better = hits + spared - 1
    if better <= 0:
        return 0.0, 1.0
    value = (p + spared - 1) / better
    of_fails, of_passes = spared * (1 - spared) / fails, hits * (1 - hits) / passes
    shift = 2 * z * z * (value * of_passes - (1 - value) * of_fails)
    half = z * sqrt(p * (1 - p) / rows + (1 - value) ** 2 * of_fails + value**2 * of_passes) / better
    low, high = (min(max(value + shift + sign * half, 0.0), 1.0) for sign in (-1, 1))
    return low, high


def lower(passed: float, judged: float, table: JudgeTable, level: float = 0.95) -> float:
    """One-sided lower bound of the corrected share, for claims.

    A share t is refuted where the judge lets pass more than it would then: p - t * sensitivity - (1 - t) * (1 - specificity)
    lies above 0, by its lower bound from the exact limits of all three shares (MOVER). Nothing is divided by
    sensitivity + specificity - 1, as in Fieller's method (1954), so it holds for a judge of chance, too: simulated with 20
    to 100 labels of each kind and rates from 2 to 98 %, at most 5 % are wrong. 0 where nothing is known.
    """
    if not (judged and table.passed and table.failed):
        return 0.0
    share, hits, alarms = passed / judged, table.both / table.passed, table.judge_only / table.failed
    down = share - float(clopper_pearson_lower(passed, judged, level))
    up = float(clopper_pearson_upper(table.both, table.passed, level)) - hits
    more = float(clopper_pearson_upper(table.judge_only, table.failed, level)) - alarms

    def refuted(t: float) -> bool:
        beyond = share - t * hits - (1 - t) * alarms
        return beyond > sqrt(down**2 + (t * up) ** 2 + ((1 - t) * more) ** 2)

    return _last(refuted)


def upper(passed: float, judged: float, table: JudgeTable, level: float = 0.95) -> float:
    """One-sided upper bound of the corrected share: `lower` of the share that people would let fail."""
    turned = JudgeTable(table.neither, table.judge_only, table.human_only, table.both)
    return 1 - lower(judged - passed, judged, turned, level)


def _last(refuted: Callable[[float], bool]) -> float:
    """The end of the refuted shares that begin at 0; they are one stretch, as the margin is concave in the share."""
    if not refuted(0.0):
        return 0.0
    low, high = 0.0, 1.0
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if refuted(middle) else (low, middle)
    return low
