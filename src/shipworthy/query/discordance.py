"""How often two candidates answer differently on the rows that a metric counts."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import ibis

from shipworthy.metrics.outcomes import cells_of
from shipworthy.query.scan import Log
from shipworthy.query.values import ANSWER, LABEL, outcome_keys, outcome_number


@dataclass(frozen=True)
class Pairs:
    """Rows that both candidates answered, and those on which the metric counts only one of them."""

    rows: int
    discordant: int


def pairs(first: Log, second: Log, events: Collection[str], trials: Collection[str]) -> Pairs:
    """The pairs of two logs of the same rows, joined by id, in one statement.

    Args:
        first: a log, each id once.
        second: another in the same engine.
        events: the cells that the metric counts above.
        trials: the cells that it counts below.
    """
    other = _keys(second).select("id", other=ANSWER)
    joined = _keys(first).inner_join(other, "id")
    found = first.engine.run(
        joined.group_by([LABEL, ANSWER, "other"]).aggregate(rows=joined.count()), "pairing answers"
    ).to_pylist()
    cells, rows, discordant = cells_of(first.task), 0, 0
    for each in found:
        one, two = (cells[outcome_number(each[LABEL], each[key], first.task)] for key in (ANSWER, "other"))
        if one in trials and two in trials:
            rows += each["rows"]
            discordant += each["rows"] * ((one in events) != (two in events))
    return Pairs(rows, discordant)


def _keys(log: Log) -> ibis.Table:
    return log.table.select("id", **outcome_keys(log.table, log.threshold, log.task, log.slicings))
