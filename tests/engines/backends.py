"""The engines that the contract suite runs on, and one way to put the same table into each."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import psycopg
import pyarrow as pa
import pytest

from shipworthy.query.engine import Engine, local_engine, remote_engine

NAMES = ("duckdb", "postgres", "spark")


def url_of(name: str, request: pytest.FixtureRequest) -> str:
    """The address of a server, which is started where it does not run yet."""
    return str(
        request.getfixturevalue("spark_cluster").connect
        if name == "spark"
        else request.getfixturevalue("postgres_url")
    )


def engine_of(name: str, request: pytest.FixtureRequest, temporary: Path) -> Engine:
    """A connection to one of the engines."""
    return local_engine([], temporary) if name == "duckdb" else remote_engine(url_of(name, request))


def put(engine: Engine, name: str, types: Mapping[str, str], rows: Sequence[Mapping[str, Any]]) -> Any:
    """The rows as a table of the engine; types are SQL that every engine knows, and so are the values."""
    if engine.name == "spark":
        spark_frame(engine, types, rows).createOrReplaceTempView(name)
        return engine.con.table(name)
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


def put_in_spark(
    url: str, name: str, types: Mapping[str, str], rows: Sequence[Mapping[str, Any]], path: Path
) -> None:
    """The rows as Parquet files at a path, and as a table of the catalog that lies there."""
    frame = spark_frame(remote_engine(url), types, rows)
    frame.write.saveAsTable(name, format="parquet", mode="overwrite", path=str(path))


def spark_frame(engine: Engine, types: Mapping[str, str], rows: Sequence[Mapping[str, Any]]) -> Any:
    """The rows in two parts, so that both workers have some."""
    columns = {
        name: pa.array([_plain(row[name], kind) for row in rows], _arrow_type(kind))
        for name, kind in types.items()
    }
    return engine.con._session.createDataFrame(pa.table(columns)).repartition(2)


def _arrow_type(kind: str) -> Any:
    """The Arrow type of an SQL type."""
    if kind.startswith("DECIMAL"):
        return pa.decimal128(*map(int, re.findall(r"\d+", kind)))
    return {
        "TEXT": pa.string(),
        "BIGINT": pa.int64(),
        "DOUBLE PRECISION": pa.float64(),
        "BOOLEAN": pa.bool_(),
        "TIMESTAMP": pa.timestamp("us"),
        "TIMESTAMPTZ": pa.timestamp("us", "UTC"),
    }[kind]


def _plain(value: Any, kind: str) -> Any:
    """The value as Arrow takes it for this type."""
    if kind == "TIMESTAMP" and isinstance(value, str):
        return datetime.fromisoformat(value)
    return Decimal(str(value)) if kind.startswith("DECIMAL") and value is not None else value


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
