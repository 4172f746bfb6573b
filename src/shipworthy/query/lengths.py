"""Whether a grader's verdict goes along with the length of what it graded."""

from __future__ import annotations

import math
from collections.abc import Sequence

from shipworthy.query.grades import answer_text, grade_column
from shipworthy.query.scan import Log


def scan_lengths(log: Log, graders: Sequence[str]) -> dict[str, float | None]:
    """The correlation of each grader's verdict with the characters of the answer; None where one never varies. One statement."""
    if not graders:
        return {}
    table, words = log.table, answer_text(log.table, log.task).length().cast("float64")
    found = {
        str(at): table[grade_column(name)].cast("float64").corr(words, how="pop")
        for at, name in enumerate(graders)
    }
    [row] = log.engine.run(table.aggregate(**found), "lengths of judged answers").to_pylist()
    return {name: _finite(row[str(at)]) for at, name in enumerate(graders)}


def _finite(value: float | None) -> float | None:
    return value if value is not None and math.isfinite(value) else None
