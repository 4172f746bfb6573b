"""The rate that people would give, from a judge's answers and some labels: which method fits how the labels were drawn.

- `random`: the labelled rows are a random part of the judged ones. Prediction-powered, never refused: a judge that knows
  nothing adds nothing.
- `answer`: they were drawn at random among the rows that the judge lets pass, and among those that it does not. Sensitivity
  and specificity among such labels are not the judge's (verification bias, Begg and Greenes 1983); the share of passes
  on each side is right, and each side counts by its size.
- `elsewhere`: of other rows, or more of one class than there is. Corrected by the judge's errors, and refused where it may
  answer by chance.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from shipworthy.stats import judge_correction, post_stratified, prediction_powered
from shipworthy.stats.judge_errors import JudgeTable, Share, informedness, sensitivity, share, specificity
from shipworthy.stats.judged import JudgedRows, judged_counts

Drawn = Literal["random", "answer", "elsewhere"]
Method = Literal["ppi", "post_stratified", "lee", "labels", "none"]


@dataclass(frozen=True)
class CorrectedRate:
    """A rate with what it rests on; NaN, 0 and 1 where it is refused, and `refusal` says why.

    Attributes:
        value: the rate that people would give, in [0, 1].
        low: of the two-sided interval that people see.
        high: of the same.
        lower: one-sided lower bound, for claims.
        upper: one-sided upper bound.
        method: how it was found; `labels` where the judge answered nothing that has no label.
        human: the share among the labelled rows, without the judge.
        human_applies: whether that is an estimate of the same rate; not where labels were drawn otherwise than at random.
        judge: the judge's raw share of all rows that it answered of those asked about; not the rate.
        sensitivity: of the judge, among the labelled rows.
        specificity: of the judge, among the labelled rows.
        refusal: why there is no value, or nothing.
    """

    value: float
    low: float
    high: float
    lower: float
    upper: float
    method: Method
    human: Share
    human_applies: bool
    judge: Share
    sensitivity: Share
    specificity: Share
    refusal: str = ""


Bounds = tuple[float, float, float, float, float]
"""Value, low, high, lower, upper."""
NOTHING: Bounds = (float("nan"), 0.0, 1.0, 0.0, 1.0)


def corrected_rate(
    passed: float,
    judged: float,
    table: JudgeTable,
    drawn: Drawn,
    confidence: float = 0.95,
    level: float = 0.95,
) -> CorrectedRate:
    """The corrected rate by the method that fits, for independent rows (`corrected_by_unit` is for others).

    Args:
        passed: rows without a label that the judge lets pass.
        judged: all rows without a label that it answered.
        table: the labelled rows.
        drawn: how they were drawn.
        confidence: of the two-sided interval.
        level: of the one-sided bounds.
    """
    find = {"random": _random, "answer": _by_answer, "elsewhere": _elsewhere}[drawn]
    method, refusal, bounds = find(passed, judged, table, confidence, level)
    inside = (0.0, 0.0) if drawn == "elsewhere" else (table.both + table.judge_only, table.rows)
    return CorrectedRate(
        *bounds,
        method,
        human=share(table.passed, table.rows, confidence, level),
        human_applies=drawn == "random",
        judge=share(passed + inside[0], judged + inside[1], confidence, level),
        sensitivity=sensitivity(table, confidence, level),
        specificity=specificity(table, confidence, level),
        refusal=refusal,
    )


def corrected_by_unit(
    rows: JudgedRows, table: JudgeTable, confidence: float = 0.95, level: float = 0.95
) -> CorrectedRate:
    """The corrected rate of rows that come in units, such as several tries of one prompt, with labels drawn at random.

    People's own share is that of the labels with its variance over units; of the judge's shares each unit counts as one.

    Args:
        rows: sums by unit (`judged.judged_rows`).
        table: the labelled rows, as counts of rows.
        confidence: of the two-sided interval.
        level: of the one-sided bounds.
    """
    method, refusal, bounds = _prediction_powered(rows, None, confidence, level)
    _, _, of_people = _prediction_powered(rows, 0.0, confidence, level)
    _, judge, labelled, judge_only, others = map(float, rows.sums)
    all_rows, units = labelled + others, float(rows.units_of_all)
    worth = float(rows.units[0]) / labelled if labelled else 0.0
    one_each = JudgeTable(
        *(worth * each for each in (table.both, table.human_only, table.judge_only, table.neither))
    )
    return CorrectedRate(
        *bounds,
        method,
        human=Share(*of_people, labelled),
        human_applies=True,
        judge=share((judge + judge_only) / all_rows * units if all_rows else 0.0, units, confidence, level),
        sensitivity=sensitivity(one_each, confidence, level),
        specificity=specificity(one_each, confidence, level),
        refusal=refusal,
    )


def _random(
    passed: float, judged: float, table: JudgeTable, confidence: float, level: float
) -> tuple[Method, str, Bounds]:
    counts = (table.both, table.human_only, table.judge_only, table.neither)
    return _prediction_powered(judged_counts(*counts, passed, judged), None, confidence, level)


def _prediction_powered(
    rows: JudgedRows, weight: float | None, confidence: float, level: float
) -> tuple[Method, str, Bounds]:
    found = prediction_powered.prediction_powered(rows, weight)
    if not np.isfinite(found.variance):
        units = float(rows.units[0])
        return "none", f"{units:g} labelled rows say nothing of the judge: label at least two", NOTHING
    low, high = prediction_powered.interval(found, confidence)
    lower, upper = prediction_powered.lower(found, level), prediction_powered.upper(found, level)
    value = float(np.clip(found.value, 0, 1))
    method: Method = "ppi" if rows.sums[..., 4] else "labels"
    return method, "", (value, float(low), float(high), float(lower), float(upper))


def _by_answer(
    passed: float, judged: float, table: JudgeTable, confidence: float, level: float
) -> tuple[Method, str, Bounds]:
    """Passes among the judge's passes and among its fails, each side by its size."""
    lets_pass, lets_fail = table.both + table.judge_only, table.human_only + table.neither
    if not (lets_pass and lets_fail):
        side = "fail" if lets_pass else "pass"
        return "none", f"no row that the judge lets {side} has a label: label some of both kinds", NOTHING
    sides = post_stratified.sides(passed, judged, table, level)
    shown = post_stratified.interval(passed, judged, table, confidence)
    return "post_stratified", "", (sides.value, *shown, *post_stratified.bounds(sides))


def _elsewhere(
    passed: float, judged: float, table: JudgeTable, confidence: float, level: float
) -> tuple[Method, str, Bounds]:
    refusal = _refusal(judged, table, confidence)
    if refusal:
        return "none", refusal, NOTHING
    value = judge_correction.rogan_gladen(passed, judged, table)
    low, high = judge_correction.lee_interval(passed, judged, table, confidence)
    lower = judge_correction.lower(passed, judged, table, level)
    upper = judge_correction.upper(passed, judged, table, level)
    return "lee", "", (value, min(low, value), max(high, value), lower, upper)


def _refusal(judged: float, table: JudgeTable, confidence: float) -> str:
    if not judged:
        return "the judge answered no row: there is nothing to correct"
    if not (table.passed and table.failed):
        kind, of = ("pass", "sensitivity") if not table.passed else ("fail", "specificity")
        return (
            f"people let none of the labelled rows {kind}, so that the judge's {of} is not known: label some"
        )
    value, low, high = informedness(table, confidence)
    if low > 0:
        return ""
    return (
        f"the judge may answer by chance: sensitivity + specificity - 1 is {value:.2f}, and may lie from {low:.2f} to {high:.2f};"
        " label more rows, mend the judge, or draw the labels at random from the judged rows"
    )
