"""What production has that the examples may lack: values, and rows that are newer."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

import ibis

from shipworthy.query.data_rows import missing
from shipworthy.query.engine import Engine

if TYPE_CHECKING:
    from shipworthy.query.data_rows import DataRows

MOST = 10
"""New values of a column that are told, the most frequent first."""


def new_values(
    engine: Engine, production: ibis.Table, known: Mapping[str, Collection[str]]
) -> dict[str, tuple[tuple[str, int], ...]]:
    """The most frequent values of each column that are none of the known ones (as texts), with their rows; one statement."""
    parts = []
    for name, values in sorted(known.items()):
        text = production[name].cast("string")
        unknown = production.filter(~missing(production[name]) & ~text.isin(sorted(values)))
        counted = unknown.group_by(value=unknown[name].cast("string")).aggregate(n=unknown.count())
        first = counted.order_by([ibis.desc(counted.n), counted.value]).limit(MOST)
        parts.append(first.mutate(column=ibis.literal(name)))
    if not parts:
        return {}
    every = ibis.union(*parts) if len(parts) > 1 else parts[0]
    found: dict[str, list[tuple[str, int]]] = {}
    for row in engine.run(every, "looking for values that the examples lack").to_pylist():
        found.setdefault(row["column"], []).append((row["value"], int(row["n"])))
    return {name: tuple(sorted(each, key=lambda pair: (-pair[1], pair[0]))) for name, each in found.items()}


@dataclass(frozen=True)
class Newer:
    """The newest example, the first and last row of production, its rows, and those that are newer than every example."""

    example: datetime
    first: datetime
    last: datetime
    rows: int
    newer: int


def newer(rows: DataRows, engine: Engine, production: ibis.Table, column: str) -> Newer | None:
    """How the times of both tables lie, in one statement each; None where one has none."""
    own = _time(rows.engine, rows.table, rows.source.time or "")
    examples = rows.table.select(time=own).aggregate(last=lambda table: table.time.max())
    last = rows.engine.run(examples, "finding the newest example").to_pylist()[0]["last"]
    if last is None:
        return None
    table = production.select(time=_time(engine, production, column))
    table = table.filter(table.time.notnull())
    end = ibis.literal(last.replace(tzinfo=None)).cast("timestamp")
    found = table.aggregate(
        first=table.time.min(),
        last=table.time.max(),
        rows=table.count(),
        newer=ibis.cases((table.time > end, 1), else_=0).sum(),
    )
    seen = engine.run(found, "comparing times with production").to_pylist()[0]
    if not seen["rows"]:
        return None
    ends = (last, seen["first"], seen["last"])
    example, first, newest = (each.replace(tzinfo=None) for each in ends)
    return Newer(example, first, newest, int(seen["rows"]), int(seen["newer"] or 0))


def _time(engine: Engine, table: ibis.Table, column: str) -> Any:
    """When a row was, in UTC and without a zone."""
    found = table[column]
    if found.type().is_string() and engine.local:
        return found.try_cast("timestamp")
    return (
        found.cast("timestamp('UTC')").cast("timestamp")
        if found.type().is_timestamp()
        else found.cast("timestamp")
    )
