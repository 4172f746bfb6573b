"""The most frequent values of a column, counted in the engine however many there are."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import ibis

from shipworthy.query.engine import Engine
from shipworthy.query.source import md5


@dataclass(frozen=True)
class Values:
    """The most frequent values of a column, the most frequent first, how many there are, and whether some are missing."""

    values: tuple[Any, ...]
    distinct: int
    missing: bool


def absent(column: Any) -> Any:
    """Whether a row has no value: null, or not a number."""
    return column.isnull() | column.isnan() if column.type().is_floating() else column.isnull()


def present(column: Any) -> Any:
    """The column, null where it is not a number."""
    if not column.type().is_floating():
        return column
    return ibis.cases((absent(column), ibis.null(column.type())), else_=column)


def frequent_values(engine: Engine, table: ibis.Table, name: str, most: int) -> Values:
    """At most so many values: in one statement, and a second one where there are more.

    Of equally frequent ones the least are taken; of texts, which engines order differently, those of the least
    MD5, so that every engine takes the same ones.
    """
    counted = _present(table, name).group_by("value").aggregate(n=lambda rows: rows.count())
    tied = md5(counted.value) if counted.value.type().is_string() else counted.value
    first = counted.order_by(ibis.desc(counted.n), tied).limit(most + 2)
    listed = engine.run(first.select("value"), f"listing the values of {name}")["value"].to_pylist()
    values = [value for value in listed if value is not None]
    if len(listed) < most + 2 and len(values) <= most:
        return Values(tuple(values), len(values), len(values) < len(listed))
    column = _present(table, name)
    totals = column.aggregate(distinct=column.value.nunique(), missing=column.value.isnull().any())
    found = engine.run(totals, f"counting the values of {name}").to_pylist()[0]
    return Values(tuple(values[:most]), int(found["distinct"]), bool(found["missing"]))


def values_labelled(engine: Engine, table: ibis.Table, name: str, labels: Collection[str]) -> tuple[Any, ...]:
    """The values of a column that may have one of these labels, in no order."""
    rows = _present(table, name)
    if rows.value.type().is_numeric():
        wanted = rows.value.cast("float64").isin(
            [number for label in labels if (number := _number(label)) is not None]
        )
    else:
        wanted = rows.value.cast("string").isin(sorted(labels))
    found = engine.run(rows.filter(wanted).distinct(), f"looking for named values of {name}")
    return tuple(found["value"].to_pylist())


def _present(table: ibis.Table, name: str) -> ibis.Table:
    """The column under the name `value`, null where it is not a number."""
    return table.select(value=present(table[name]))


def _number(label: str) -> float | None:
    try:
        return float(label)
    except ValueError:
        return None
