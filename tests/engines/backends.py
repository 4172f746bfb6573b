"""The engines that the contract suite runs on, and one way to put the same table into each."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import psycopg

from shipworthy.query.engine import Engine, local_engine, remote_engine

NAMES = ("duckdb", "postgres")


def engine_of(name: str, postgres_url: str, temporary: Path) -> Engine:
    """A connection to one of the engines."""
    return local_engine([], temporary) if name == "duckdb" else remote_engine(postgres_url)


def put(engine: Engine, name: str, types: Mapping[str, str], rows: Sequence[Mapping[str, Any]]) -> Any:
    """The rows as a table of the engine; types are SQL that every engine knows, and so are the values."""
    execute(engine, f'DROP TABLE IF EXISTS "{name}"')
    execute(engine, f'CREATE TABLE "{name}" ({columns_of(types)})')
    if rows:
        execute(engine, f'INSERT INTO "{name}" VALUES {values_of(types, rows)}')
    return engine.con.table(name)


def put_at(url: str, name: str, types: Mapping[str, str], rows: Sequence[Mapping[str, Any]]) -> None:
    """The rows as a table of a PostgreSQL database."""
    with psycopg.connect(url) as connection:
        connection.execute(f'DROP TABLE IF EXISTS "{name}"'.encode())
        connection.execute(f'CREATE TABLE "{name}" ({columns_of(types)})'.encode())
        connection.execute(f'INSERT INTO "{name}" VALUES {values_of(types, rows)}'.encode())


def columns_of(types: Mapping[str, str]) -> str:
    return ", ".join(f'"{column}" {kind}' for column, kind in types.items())


def values_of(types: Mapping[str, str], rows: Sequence[Mapping[str, Any]]) -> str:
    return ", ".join(
        f"({', '.join(written(row[column], types[column]) for column in types)})" for row in rows
    )


def execute(engine: Engine, statement: str) -> None:
    """Run a statement of the test's own."""
    engine.con.con.execute(statement)
    with suppress(Exception):  # DuckDB commits by itself, and says so
        engine.con.con.commit()


def written(value: Any, kind: str) -> str:
    """The value as an SQL literal."""
    if value is None:
        return f"CAST(NULL AS {kind})"
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        text = repr(value) if math.isfinite(value) else str(value)
        return f"CAST('{text}' AS {kind})"
    if isinstance(value, int | Decimal):
        return f"CAST('{value}' AS {kind})"
    text = value.isoformat() if isinstance(value, date | datetime) else str(value)
    return f"CAST('{text.replace(chr(39), chr(39) * 2)}' AS {kind})"
