"""What each column of the examples looks like, in two statements however many there are."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import ibis

from shipworthy.evidence import ColumnProfile
from shipworthy.query.data_rows import DataRows, missing
from shipworthy.query.facts import kind_of
from shipworthy.query.slicing import number

FEW = 50
"""Columns with at most so many values have them counted."""


def profiles(rows: DataRows) -> tuple[ColumnProfile, ...]:
    """Every column; the number of different values is approximate where the engine can do it so (within a few percent)."""
    table = rows.table
    aggregates: dict[str, Any] = {"rows": table.count()}
    for at, name in enumerate(table.columns):
        aggregates |= _aggregates(table[name], at, approximate=rows.engine.name != "postgres")
    found = rows.engine.run(table.aggregate(**aggregates), "profiling columns").to_pylist()[0]
    few = [name for at, name in enumerate(table.columns) if 0 < found[f"distinct {at}"] <= FEW]
    values = _values(rows, few)
    return tuple(
        ColumnProfile(
            name,
            kind_of(table[name].type()),
            int(found["rows"]),
            int(found[f"missing {at}"] or 0),
            int(found[f"distinct {at}"]),
            _plain(found.get(f"least {at}")),
            _plain(found.get(f"greatest {at}")),
            values.get(name, ()),
        )
        for at, name in enumerate(table.columns)
    )


def _aggregates(column: Any, at: int, *, approximate: bool) -> dict[str, Any]:
    found = {
        f"missing {at}": ibis.cases((missing(column), 1), else_=0).sum(),
        f"distinct {at}": column.approx_nunique() if approximate else column.nunique(),
    }
    if kind_of(column.type()) in ("number", "time"):
        valued = number(column) if column.type().is_floating() else column
        found |= {f"least {at}": valued.min(), f"greatest {at}": valued.max()}
    return found


def _plain(value: Any) -> float | str | None:
    """An end as JSON knows it."""
    if isinstance(value, date):
        return value.isoformat()
    if value is None or isinstance(value, int | float | Decimal):
        return None if value is None or not math.isfinite(value) else float(value)
    return str(value)


def _values(rows: DataRows, names: Sequence[str]) -> dict[str, tuple[tuple[str, int], ...]]:
    """The values of columns with few of them, the most frequent first; blanks count as missing."""
    if not names:
        return {}
    parts = []
    for name in names:
        there = rows.table.filter(~missing(rows.table[name]))
        parts.append(
            there.group_by(value=there[name].cast("string"))
            .aggregate(n=there.count())
            .mutate(column=ibis.literal(name))
        )
    every = ibis.union(*parts) if len(parts) > 1 else parts[0]
    found: dict[str, list[tuple[str, int]]] = {name: [] for name in names}
    for row in rows.engine.run(every, "counting values").to_pylist():
        found[row["column"]].append((row["value"], int(row["n"])))
    return {name: tuple(sorted(each, key=lambda pair: (-pair[1], pair[0]))) for name, each in found.items()}
