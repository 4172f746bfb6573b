"""What each column of the examples looks like: counted on all rows, but for how many different values it has.

To count the different values of every column would cost several times all the rest; the sample says which columns have
few, and only those are counted in full.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import ibis

from shipworthy.evidence import ColumnProfile
from shipworthy.query.data_rows import DataRows, missing
from shipworthy.query.facts import kind_of
from shipworthy.query.sampled import Sample
from shipworthy.query.slicing import number
from shipworthy.spec.contract import ColumnTerms

FEW = 50
"""Columns with at most so many values have them counted."""


def ends(rows: DataRows) -> Mapping[str, Any]:
    """The number of rows, and by place of a column its values, least and greatest, in one statement."""
    table = rows.table
    aggregates: dict[str, Any] = {"rows": table.count()}
    for at, name in enumerate(table.columns):
        column = table[name]
        aggregates[f"present {at}"] = column.count()
        if column.type().is_string():
            aggregates[f"least {at}"] = column.min()
        elif kind_of(column.type()) in ("number", "time"):
            aggregates |= {f"least {at}": column.min(), f"greatest {at}": column.max()}
    return dict(rows.engine.run(table.aggregate(**aggregates), "looking at columns").to_pylist()[0])


def plain_columns(rows: DataRows, found: Mapping[str, Any]) -> frozenset[str]:
    """The columns in which only null is no value: no number that is none, no text of blanks.

    DuckDB takes NaN for the greatest number, and a text of blanks comes before all others; elsewhere nobody knows.
    """
    plain = set()
    for at, name in enumerate(rows.table.columns):
        kind, least, greatest = rows.table[name].type(), found.get(f"least {at}"), found.get(f"greatest {at}")
        if kind.is_floating():
            known = rows.engine.local and not (isinstance(greatest, float) and math.isnan(greatest))
        elif kind.is_string():
            known = rows.engine.local and (least is None or bool(least[:1].strip()))
        else:
            known = True
        if known:
            plain.add(name)
    return frozenset(plain)


def profiles(rows: DataRows, found: Mapping[str, Any], taken: Sample) -> tuple[ColumnProfile, ...]:
    """Every column.

    Args:
        rows: the examples, with their plain columns known.
        found: their `ends`.
        taken: a sample with all their columns.
    """
    total, columns, blank = int(found["rows"]), rows.table.columns, _blank(rows)
    own: dict[str, dict[str, Any]] = {
        name: {key: found.get(f"{key} {at}") for key in ("present", "least", "greatest")}
        for at, name in enumerate(columns)
    }
    gone = {
        name: int(blank[name]["missing"] or 0) if name in blank else total - int(own[name]["present"])
        for name in columns
    }
    distinct = {name: taken.distinct(name) if gone[name] < total else 0 for name in columns}
    values = _values(rows, [name for name in columns if 0 < distinct[name] <= FEW])
    profiled = []
    for name in columns:
        kind, counted, edges = (
            kind_of(rows.table[name].type()),
            values.get(name, ()),
            {**own[name], **blank.get(name, {})},
        )
        ranged = kind in ("number", "time")
        least, greatest = (_plain(edges[end]) if ranged else None for end in ("least", "greatest"))
        many = len(counted) if name in values else _scaled(distinct[name], taken)
        shown = counted if len(counted) <= FEW else ()
        profiled.append(ColumnProfile(name, kind, total, gone[name], many, least, greatest, shown))
    return tuple(profiled)


def known(rows: DataRows, columns: Sequence[ColumnProfile]) -> DataRows:
    """The rows with what their profile, which is of all rows, tells: what need not be counted again, on no slice."""
    full = frozenset(each.name for each in columns if each.rows and not each.missing)
    terms = rows.terms
    allowed = frozenset(
        each.name for each in columns if each.name in terms and _allowed(each, terms[each.name])
    )
    return replace(rows, full=full, allowed=allowed)


def _allowed(column: ColumnProfile, terms: ColumnTerms) -> bool:
    """Whether the values that a column has, all of them, are as its terms say."""
    if terms.values:
        seen = {value for value, _ in column.values}
        return column.kind == "text" and bool(seen) and seen <= {*terms.values}
    if not isinstance(column.least, float) or not isinstance(column.greatest, float):
        return False
    ends = (terms.least, column.least, column.greatest, terms.greatest)
    inside = [float(end) for end in ends if isinstance(end, int | float)]
    return column.kind == "number" and inside == sorted(inside)


def _scaled(distinct: int, taken: Sample) -> int:
    """About how many different values all rows have: as many more where nearly every row has its own, else at least these."""
    rows = taken.rows.num_rows
    return distinct if taken.whole or distinct < 0.99 * rows else round(distinct * taken.of / rows)


def _blank(rows: DataRows) -> dict[str, Mapping[str, Any]]:
    """Of columns in which null is not the only missing value: the rows without a value, and the ends of the others."""
    wanted = [name for name in rows.table.columns if name not in rows.plain]
    if not wanted:
        return {}
    counts: dict[str, Any] = {}
    for at, name in enumerate(wanted):
        column = rows.table[name]
        valued = number(column) if column.type().is_floating() else column
        counts[f"missing {at}"] = missing(column).sum()
        counts |= {f"least {at}": valued.min(), f"greatest {at}": valued.max()}
    found = rows.engine.run(rows.table.aggregate(**counts), "counting blanks").to_pylist()[0]
    keys = ("missing", "least", "greatest")
    return {name: {key: found[f"{key} {at}"] for key in keys} for at, name in enumerate(wanted)}


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
        there = rows.table.filter(~rows.missing(name))
        counted = there.group_by(value=there[name].cast("string")).aggregate(n=there.count())
        parts.append(counted.mutate(column=ibis.literal(name)))
    every = ibis.union(*parts) if len(parts) > 1 else parts[0]
    found: dict[str, list[tuple[str, int]]] = {name: [] for name in names}
    for row in rows.engine.run(every, "counting values").to_pylist():
        found[row["column"]].append((row["value"], int(row["n"])))
    return {name: tuple(sorted(each, key=lambda pair: (-pair[1], pair[0]))) for name, each in found.items()}
