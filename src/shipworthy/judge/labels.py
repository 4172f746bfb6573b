"""How many further labels decide a claim about a judge's pass rate, the judge's verdicts staying what they are."""

from __future__ import annotations

import math

from shipworthy.evidence import Estimate
from shipworthy.judge.comparison import Compared
from shipworthy.metrics.judged import ALONE, JudgedCounts, corrected, in_units, judged_counts_of
from shipworthy.stats.judge_errors import JudgeTable
from shipworthy.stats.sample_size import trials_to_decide
from shipworthy.tally.cube import Cube


def labels_that_decide(
    compared: Compared, cube: Cube, at: int, estimate: Estimate, level: float
) -> tuple[int, int] | None:
    """Labels in all that decide at the present rates, and labels there are; None where no number of labels is known to.

    Where labels of all judged answers would not do, it is the number of labels without a judge, of further answers too.
    """
    if (
        estimate.value is None
        or estimate.method == ALONE
        or estimate.unscored
        or in_units(compared.definition, cube, at)
    ):
        return None
    counts, bound = judged_counts_of(compared.definition, cube, at), compared.bound.value
    have, most = math.ceil(counts.table.rows), math.floor(counts.table.rows + counts.judged)

    def decided(labels: int) -> bool:
        found = corrected(compared.definition, relabelled(counts, labels), level)
        return not found.refusal and (found.lower > bound or found.upper < bound)

    if not decided(most):
        alone = trials_to_decide(estimate.value, bound, level)
        return None if alone is None else (max(alone, most + 1), have)
    low, high = have, most
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if decided(middle) else (middle, high)
    return high, have


def relabelled(counts: JudgedCounts, labels: int) -> JudgedCounts:
    """The same judged rows, so many of them labelled, at the present rates."""
    table, factor = counts.table, labels / counts.table.rows
    left = max(counts.judged + table.rows - labels, 0.0)
    raw = counts.passed / counts.judged if counts.judged else 0.0
    cells = (table.both, table.human_only, table.judge_only, table.neither)
    return JudgedCounts(JudgeTable(*(factor * each for each in cells)), left * raw, left, counts.unscored)
