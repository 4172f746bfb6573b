"""How often a judge is wrong, from rows that people labelled too: its sensitivity and specificity.

A judge that lets pass or fail is a diagnostic test of what people would say. What it errs in belongs to the rows that it
was measured on: pass and fail may be mixed otherwise elsewhere, but a pass must look alike there.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import atanh, sqrt, tanh

from scipy.special import ndtri

from shipworthy.stats.difference import mover_lower, mover_upper
from shipworthy.stats.level import one_sided
from shipworthy.stats.proportion import (
    clopper_pearson,
    clopper_pearson_lower,
    clopper_pearson_upper,
    displayed,
)


@dataclass(frozen=True)
class Share:
    """A share of `n` rows: two-sided low/high at `confidence`, one-sided lower/upper at `level`; NaN, 0 and 1 without rows."""

    value: float
    low: float
    high: float
    lower: float
    upper: float
    n: float


@dataclass(frozen=True)
class JudgeTable:
    """Labelled rows by what people and the judge said; effective counts will do.

    Attributes:
        both: rows that both let pass.
        human_only: rows that people let pass and the judge does not.
        judge_only: rows that the judge lets pass and people do not.
        neither: rows that both let fail.

    Raises:
        ValueError: a count is below 0.
    """

    both: float
    human_only: float
    judge_only: float
    neither: float

    def __post_init__(self) -> None:
        if min(self.both, self.human_only, self.judge_only, self.neither) < 0:
            raise ValueError(
                "labelled rows by what people and the judge said are counts: none can be below 0"
            )

    @property
    def passed(self) -> float:
        """Rows that people let pass."""
        return self.both + self.human_only

    @property
    def failed(self) -> float:
        """Rows that people let fail."""
        return self.judge_only + self.neither

    @property
    def rows(self) -> float:
        """All labelled rows."""
        return self.passed + self.failed


def share(events: float, trials: float, confidence: float = 0.95, level: float = 0.95) -> Share:
    """A share as it is shown everywhere: Wilson's interval, exact where events are few, and exact one-sided bounds."""
    low, high, _ = displayed(events, trials, confidence)
    return Share(
        events / trials if trials else float("nan"),
        float(low),
        float(high),
        float(clopper_pearson_lower(events, trials, level)),
        float(clopper_pearson_upper(events, trials, level)),
        trials,
    )


def sensitivity(table: JudgeTable, confidence: float = 0.95, level: float = 0.95) -> Share:
    """The share of rows that people let pass which the judge lets pass, with exact bounds (Clopper and Pearson 1934)."""
    return _exact(table.both, table.passed, confidence, level)


def specificity(table: JudgeTable, confidence: float = 0.95, level: float = 0.95) -> Share:
    """The share of rows that people let fail which the judge lets fail, with exact bounds."""
    return _exact(table.neither, table.failed, confidence, level)


def informedness(table: JudgeTable, confidence: float = 0.95) -> tuple[float, float, float]:
    """Sensitivity + specificity - 1 (Youden 1950) with its two-sided interval: 0 for a judge that answers by chance.

    It is a difference of two independent shares, bounded from their exact limits (MOVER, Zou and Donner 2008).

    Returns:
        value, low, high; NaN, -1 and 1 where people let no row pass, or none fail.
    """
    hits, alarms = sensitivity(table, confidence), _exact(table.judge_only, table.failed, confidence, 0.95)
    if not (table.passed and table.failed):
        return float("nan"), -1.0, 1.0
    both = (hits.value, hits.low, hits.high, alarms.value, alarms.low, alarms.high)
    return hits.value - alarms.value, float(mover_lower(*both)), float(mover_upper(*both))


def correlation(table: JudgeTable) -> float:
    """Of what people and the judge say of one row: the phi coefficient (Pearson's, of zeros and ones); 0 where one never varies."""
    lets_pass, lets_fail = table.both + table.judge_only, table.human_only + table.neither
    spread = sqrt(table.passed * table.failed * lets_pass * lets_fail)
    return (table.both * table.neither - table.human_only * table.judge_only) / spread if spread else 0.0


def correlation_interval(table: JudgeTable, confidence: float = 0.95) -> tuple[float, float]:
    """Two-sided interval of the correlation: its delta-method error (Bishop, Fienberg and Holland 1975) on Fisher's scale.

    Fisher's own error, 1 / sqrt(n - 3), is that of normal values: of zeros and ones it is wrong in up to 22 % at 95 %. Half a
    row is added to each kind, so that rows which all agree are not taken for a judge that never errs. The upper end of a
    nearly perfect judge is short (11 % beyond it with 30 rows), the lower one is not.

    Returns:
        low and high; -1 and 1 with fewer than four rows or where people's labels never vary.
    """
    if table.rows <= 3 or not (table.passed and table.failed):
        return -1.0, 1.0
    of = JudgeTable(*(each + 0.5 for each in (table.both, table.human_only, table.judge_only, table.neither)))
    r, n = correlation(of), of.rows
    human, judge = of.passed / n, (of.both + of.judge_only) / n
    of_human, of_judge = human * (1 - human), judge * (1 - judge)
    leaning = (2 * human - 1) * (2 * judge - 1) / sqrt(of_human * of_judge)
    apart = (2 * human - 1) ** 2 / of_human + (2 * judge - 1) ** 2 / of_judge
    variance = max(1 - r**2 + r * (1 + r**2 / 2) * leaning - 0.75 * r**2 * apart, 0.0) / n
    half = float(ndtri(one_sided(confidence))) * sqrt(variance) / (1 - r**2)
    value = correlation(table)
    # Half a row more hides how good a nearly perfect judge may be; rounding may take its correlation to 1.
    most = 1.0 if value > 1 - 1e-12 else tanh(atanh(max(r, value)) + half)
    return min(tanh(atanh(r) - half), value), max(most, value)


def calibration_split(
    labels: int, passed: float, specificity: float, sensitivity: float, pilot: int
) -> tuple[int, int]:
    """How many rows that fail and that pass people should label, so that the corrected rate is surest.

    passes = labels / (1 + (1 / p - 1) sqrt(k)), k = (pilot (1 - q0) + 1) / (pilot (1 - q1) + 1), p being the share that
    the judge lets pass (Lee et al. 2025, "How to correctly report LLM-as-a-judge evaluations").

    Args:
        labels: how many in all.
        passed: the share that the judge lets pass, strictly between 0 and 1.
        specificity: q0 of a pilot.
        sensitivity: q1 of a pilot.
        pilot: how many rows of each kind the pilot had.

    Returns:
        Rows that fail, rows that pass; together `labels`.
    """
    if not 0 < passed < 1:
        raise ValueError(f"the share that the judge lets pass lies between 0 and 1, found {passed:g}")
    odds = (pilot * (1 - specificity) + 1) / (pilot * (1 - sensitivity) + 1)
    passes = round(labels / (1 + (1 / passed - 1) * sqrt(odds)))
    return labels - passes, passes


def _exact(events: float, trials: float, confidence: float, level: float) -> Share:
    one_way = share(events, trials, confidence, level)
    low, high = clopper_pearson(events, trials, confidence)
    return Share(one_way.value, float(low), float(high), one_way.lower, one_way.upper, trials)
