"""Digests of rows, and the few of them that several rows share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import ibis
import ibis.expr.datatypes as dt

from shipworthy.query.source import md5, row_text


def digest(table: ibis.Table, columns: Sequence[str], *, seed: int | None = None) -> Any:
    """One value for the content of each row in these columns; another one with another seed.

    In DuckDB it is the 64-bit hash of the row: among ten million different rows, two share one in three of a million
    tables. Elsewhere it is the MD5 of the row's text, as the hashes of other engines have 32 bits.
    """
    if not columns:
        return ibis.literal("")
    if table.get_backend().name != "duckdb":
        text = row_text(table, columns)
        return md5(text if seed is None else text.concat(f"|{seed}"))
    row = {f"c{at}": table[name] for at, name in enumerate(columns)}
    return _hash(ibis.struct(row if seed is None else {**row, "seed": ibis.literal(seed)}))


def _hash(row: Any) -> Any:
    function = ibis.udf.scalar.builtin(_declared, name="hash", signature=((row.type(),), dt.uint64))
    return function(row)


def _declared(row: Any) -> Any:  # noqa: ARG001 - a declaration of the engine's function
    raise AssertionError("computed by the engine")


def repeats(table: ibis.Table, key: str, name: str) -> ibis.Table:
    """The keys that several rows share, as `key`, and how many rows do, under a name."""
    known = table.filter(table[key].notnull())
    counted = known.group_by(key=known[key]).aggregate(rows=known.count())
    return counted.filter(counted.rows > 1).select("key", **{name: "rows"})


def conflicts(table: ibis.Table, key: str, answer: str, name: str) -> ibis.Table:
    """The keys whose rows have different answers, as `key`, with `name` true."""
    known = table.filter(table[answer].notnull())
    ends = {"least": known[answer].min(), "greatest": known[answer].max()}
    seen = known.group_by(key=known[key]).aggregate(**ends)
    torn = seen.filter(seen.least != seen.greatest)
    return torn.select("key", **{name: ibis.literal(value=True)})


def seen(table: ibis.Table, key: str, name: str) -> ibis.Table:
    """Every key that some row has, as `key`, with `name` true."""
    found = table.filter(table[key].notnull()).select(key=key).distinct()
    return found.mutate(**{name: ibis.literal(value=True)})


def joined(table: ibis.Table, key: str, found: ibis.Table) -> ibis.Table:
    """The table beside what was found of its keys; null where nothing was."""
    named = found.rename({f"{key}:found": "key"})
    return table.left_join(named, table[key] == named[f"{key}:found"]).drop(f"{key}:found")
