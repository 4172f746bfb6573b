"""Why rows of a log are unscored: how many for each reason."""

from __future__ import annotations

from collections.abc import Sequence

import ibis

from shipworthy.query.grades import grade_column, reason_column
from shipworthy.query.scan import Log

UNKNOWN = "for a reason that is not recorded"


def scan_unscored(log: Log, graders: Sequence[str]) -> dict[str, tuple[tuple[str, int], ...]]:
    """Of each grader the reasons and rows, the most frequent first; none of a grader that scored every row. One statement."""
    table = log.table
    parts = [
        table.filter(table[grade_column(name)].isnull())
        .group_by(reason=ibis.coalesce(table[reason_column(name)], UNKNOWN))
        .aggregate(rows=lambda part: part.count())
        .mutate(grader=ibis.literal(name))
        .select("grader", "reason", "rows")
        for name in graders
    ]
    if not parts:
        return {}
    found = log.engine.run(
        ibis.union(*parts) if len(parts) > 1 else parts[0], "counting unscored rows"
    ).to_pylist()
    ordered = sorted(found, key=lambda row: (-row["rows"], row["reason"]))
    return {
        name: tuple((row["reason"], int(row["rows"])) for row in ordered if row["grader"] == name)
        for name in graders
        if any(row["grader"] == name for row in ordered)
    }
