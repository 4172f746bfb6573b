"""How many more paired rows would decide a comparison."""

from __future__ import annotations

import math

from shipworthy.compare.asking import Question
from shipworthy.compare.contrast import Joined, better
from shipworthy.compare.difference import Difference, difference
from shipworthy.judge.planning import MOST, reserve
from shipworthy.stats.search import least_multiple


def plan(
    question: Question, found: Difference, joined: Joined, level: float
) -> tuple[int | None, int | None]:
    """Further rows that count for the metric: with an even chance to decide, and with one of 80 %.

    The tallies are scaled until a bound at `level` clears the margin, or 0 on either side; rows that nobody answered
    grow along. None where that does not happen.
    """
    up, margin = better(question.definition) > 0, question.margin or 0.0

    def decided(factor: float) -> bool:
        cube = joined.tallies.of(question.definition.subject).overall.scaled(factor)
        scaled = difference(question.definition, cube, joined.task, joined.reviewed)
        lower, upper = (float(each[0]) for each in scaled.bounds(level))
        least, greatest = (lower, upper) if up else (-upper, -lower)
        return least > -margin or greatest < 0

    factor = least_multiple(decided, MOST)
    if factor is None:
        return None, None
    n = float(found.n[0])
    return math.ceil((factor - 1) * n), math.ceil((factor * reserve(level) - 1) * n)
