"""What columns look like: kinds, nulls, distinct values, and the values of the label."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Literal

import ibis

from shipworthy.errors import InputError, Place
from shipworthy.query.answer import class_of
from shipworthy.query.engine import Engine
from shipworthy.query.slicing import number
from shipworthy.spec.task import MOST_CLASSES

ColumnType = Literal["number", "boolean", "time", "text"]
ORDINARY_VALUES = 20


@dataclass(frozen=True)
class Column:
    """One column: `kind` is number, boolean, time or text; `values` are its most frequent ones with their counts.

    `least` and `greatest` are those of numbers.
    """

    name: str
    kind: ColumnType
    rows: int
    nulls: int
    distinct: int
    least: Any = None
    greatest: Any = None
    mean_length: float | None = None
    values: tuple[tuple[Any, int], ...] = ()


def kind_of(dtype: Any) -> ColumnType:
    """The kind of a column from its Ibis type."""
    if dtype.is_boolean():
        return "boolean"
    if dtype.is_numeric():
        return "number"
    if dtype.is_temporal():
        return "time"
    return "text"


def column_facts(
    engine: Engine, table: ibis.Table, names: Collection[str] | None = None
) -> dict[str, Column]:
    """The facts of these columns (all of them where none are named), in two statements."""
    columns = [name for name in table.columns if names is None or name in names]
    if not columns:
        return {}
    found = engine.run(table.aggregate(**_aggregates(table, columns)), "looking at columns").to_pylist()[0]
    rows = int(found["rows"])
    few = [name for name in columns if 0 < found[f"distinct {name}"] <= ORDINARY_VALUES]
    values = _values(engine, table, few)
    return {
        name: Column(
            name,
            kind_of(table[name].type()),
            rows,
            rows - int(found[f"present {name}"]),
            int(found[f"distinct {name}"]),
            found.get(f"least {name}"),
            found.get(f"greatest {name}"),
            found.get(f"length {name}"),
            values.get(name, ()),
        )
        for name in columns
    }


def classes_of(engine: Engine, column: Any, where: Place | None = None) -> tuple[str, ...]:
    """The classes that a label has, in ascending order: of numbers by size, of words by letter.

    Raises:
        InputError: there are too many, fewer than two, or two that cannot be told apart from a confusion of others.
    """
    named = class_of(column).name("value")
    listed = named.as_table().distinct().filter(lambda table: table.value.notnull()).limit(MOST_CLASSES + 1)
    found = engine.run(listed, "listing the classes")["value"].to_pylist()
    if not 2 <= len(found) <= MOST_CLASSES:
        some = f"more than {MOST_CLASSES}" if len(found) > MOST_CLASSES else str(len(found))
        raise InputError(
            "data.classes",
            f"the target has {some} different values in the examples; a multiclass product has 2 to {MOST_CLASSES}",
            where=where,
            remedy="Name the classes with predicts.classes, join rare ones, or say kind: regression for a number.",
        )
    return tuple(sorted(found, key=_by_size))


def _by_size(name: str) -> tuple[bool, float, str]:
    try:
        return False, float(name), name
    except ValueError:
        return True, 0.0, name


def _aggregates(table: ibis.Table, columns: list[str]) -> dict[str, Any]:
    aggregates: dict[str, Any] = {"rows": table.count()}
    for name in columns:
        column = table[name]
        aggregates[f"present {name}"] = column.count()
        aggregates[f"distinct {name}"] = column.nunique()
        if kind_of(column.type()) == "number":
            valued = number(column) if column.type().is_floating() else column
            aggregates[f"least {name}"], aggregates[f"greatest {name}"] = valued.min(), valued.max()
        if column.type().is_string():
            aggregates[f"length {name}"] = column.length().mean()
    return aggregates


def _values(engine: Engine, table: ibis.Table, names: list[str]) -> dict[str, tuple[tuple[Any, int], ...]]:
    """The values of columns with few of them, as their own types, most frequent first."""
    if not names:
        return {}
    parts = [
        table.group_by(value=table[name].cast("string"))
        .aggregate(n=lambda t: t.count())
        .mutate(column=ibis.literal(name))
        for name in names
    ]
    counted = engine.run(ibis.union(*parts) if len(parts) > 1 else parts[0], "counting values").to_pylist()
    found: dict[str, list[tuple[Any, int]]] = {name: [] for name in names}
    for row in counted:
        if row["value"] is not None:
            found[row["column"]].append((row["value"], int(row["n"])))
    return {name: tuple(sorted(pairs, key=lambda pair: (-pair[1], pair[0]))) for name, pairs in found.items()}
