"""How often two candidates answer differently on the rows that a metric counts."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import ibis

from shipworthy.metrics.outcomes import cells_of
from shipworthy.query.scan import Log
from shipworthy.query.values import outcome
from shipworthy.spec.task import Task


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
    other = _cells(second).rename(other="cell")
    joined = _cells(first).inner_join(other, "id")
    counted, happened = _numbers(trials, first.task), _numbers(events, first.task)
    both = joined.filter(joined.cell.isin(counted), joined.other.isin(counted))
    differs = both.cell.isin(happened) != both.other.isin(happened)
    found = first.engine.run(
        both.aggregate(rows=both.count(), discordant=differs.cast("int64").sum()), "pairing answers"
    ).to_pylist()[0]
    return Pairs(int(found["rows"]), int(found["discordant"] or 0))


def _cells(log: Log) -> ibis.Table:
    return log.table.select(id=log.table.id, cell=outcome(log.table, log.threshold, log.task))


def _numbers(cells: Collection[str], task: Task) -> list[int]:
    known = cells_of(task)
    return [known.index(cell) for cell in cells]
