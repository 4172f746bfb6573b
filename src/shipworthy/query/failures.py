"""Answers that graders failed: the first of each, with what failed them."""

from __future__ import annotations

from collections.abc import Sequence

import ibis

from shipworthy.query.grades import grade_column, why_column
from shipworthy.query.scan import Log


def scan_failures(log: Log, graders: Sequence[str], most: int) -> tuple[tuple[str, str, str], ...]:
    """The grader, the id and what failed the answer, of at most so many rows of each grader, in the order of ids. One statement."""
    table = log.table
    parts = [
        table.filter(table[grade_column(name)] == 0)
        .select(grader=ibis.literal(name), id=table.id, why=ibis.coalesce(table[why_column(name)], ""))
        .order_by("id")
        .limit(most)
        for name in graders
    ]
    if not parts:
        return ()
    whole = ibis.union(*parts) if len(parts) > 1 else parts[0]
    rows = log.engine.run(whole, "looking at failed answers").to_pylist()
    found = sorted((graders.index(row["grader"]), row["id"], row["why"]) for row in rows)
    return tuple((graders[at], identity, why) for at, identity, why in found)
