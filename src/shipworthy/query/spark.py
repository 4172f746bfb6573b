"""Spark: a session on a standalone master or behind Spark Connect, its tables, and its rows as Arrow batches."""

from __future__ import annotations

import atexit
import hashlib
import os
import re
import shutil
import socket
import warnings
from collections.abc import Collection, Iterator
from contextlib import closing
from importlib.util import find_spec
from itertools import islice
from typing import TYPE_CHECKING, Any

import ibis

from shipworthy.errors import InputError, OutsideError
from shipworthy.query.postgres import arrow_schema, read_columns

if TYPE_CHECKING:
    import pyarrow as pa

SPARK = ("spark", "sc")
MODULES = ("pyspark", "grpc", "py4j")
"""A standalone master, which this process drives with a Java of its own; a Spark Connect server, which needs none."""

PORTS = {"spark": 7077, "sc": 15002}
CONNECT_TIMEOUT_S = 10
TRIES, LONGEST_WAIT_MS = 7, 8_000
"""Half a minute for a Connect server that goes away, or is none; the client's own patience is ten minutes."""

SESSION = {
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.ansi.enabled": "true",  # a value that does not fit is an error, as on the other engines
    "spark.sql.caseSensitive": "true",  # as on the other engines: `Label` and `label` are two columns
}
"""What the session is told whatever the cluster's own settings are; the numbers rest on it."""

DRIVER = {
    "spark.app.name": "shipworthy",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "ERROR",
}


def spark_connection(url: str, shown: str) -> Any:
    """A session of one's own: its settings and temporary views are seen by nobody else.

    Where this process has a Spark driver already, as in a notebook of the cluster, the session is another one of it.

    Raises:
        InputError: a driver or Java is not installed, or this process drives another master already.
        OutsideError: nobody listens at the address.
    """
    scheme = url.split("://", 1)[0]
    _prove_installed(scheme, shown)
    _prove_listening(url, shown)
    with warnings.catch_warnings():
        # Spark says that it does not know the newest pandas; all that is used of it here is Arrow.
        warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas", FutureWarning)
        # The error that follows says it again.
        warnings.filterwarnings("ignore", r"\[RETRIES_EXCEEDED", UserWarning)
        session = _driver_session(url, shown) if scheme == "spark" else _connect_session(url)
        return ibis.pyspark.connect(session, **SESSION)


def missing_extra(scheme: str, installed: Collection[str]) -> str:
    """The extra to install where these modules do not reach such an address; "" where they do."""
    if {"pyspark", "grpc" if scheme == "sc" else "py4j"} <= {*installed}:
        return ""
    return "spark-local" if "py4j" in installed or scheme == "spark" else "spark"


def _prove_installed(scheme: str, shown: str) -> None:
    if extra := missing_extra(scheme, [name for name in MODULES if find_spec(name)]):
        message = f"{shown} needs a driver that is not installed"
        raise InputError("source.driver", message, remedy=f"pip install 'shipworthy[{extra}]'")
    if scheme == "spark" and not (os.environ.get("JAVA_HOME") or shutil.which("java")):
        raise InputError(
            "source.driver",
            f"{shown} is driven from here with Java, and there is none",
            remedy="Install Java 17 (apt-get install openjdk-17-jre-headless), or use Spark Connect, which needs none: sc://host.",
        )


def _prove_listening(url: str, shown: str) -> None:
    """Return where somebody listens; the drivers themselves would try again for minutes."""
    scheme, _, rest = url.partition("://")
    said = "it names no host"
    for host, port in re.findall(r"([^,:/;]+)(?::(\d+))?", re.split(r"[/;]", rest)[0]):
        try:
            with closing(socket.create_connection((host, int(port or PORTS[scheme])), CONNECT_TIMEOUT_S)):
                return
        except OSError as error:
            said = str(error)
    raise OutsideError(
        "engine.unreachable",
        f"{shown} does not answer: {said}",
        remedy="Check the host and the port, and that the Spark master or the Spark Connect server runs.",
    )


def _driver_session(url: str, shown: str) -> Any:
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master(url)
    for name, value in DRIVER.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    master = str(session.sparkContext.master)
    if master != url:
        raise InputError(
            "source.url",
            f"this process works with the Spark master {master} already, and can have one only; {shown} is another",
            remedy="Name one master everywhere, or use Spark Connect: sc://host.",
        )
    return session.newSession()


def _connect_session(url: str) -> Any:
    from pyspark.sql.connect.client.retries import DefaultPolicy
    from pyspark.sql.connect.session import SparkSession

    session = SparkSession.builder.remote(url).create()
    session.client.set_retry_policies([DefaultPolicy(max_retries=TRIES, max_backoff=LONGEST_WAIT_MS)])
    # On leaving, the client would ask the server for leave, and for minutes where that has gone.
    atexit.unregister(getattr(session.client, "_on_exit", print))
    return session


def spark_table(con: Any, table: str) -> ibis.Table:
    """A table of the catalog, or, where the name has a slash, the Parquet files that the cluster finds there."""
    if "/" not in table:
        database, _, name = table.rpartition(".")
        return con.table(name, database=database or None)
    digest = hashlib.sha256(table.encode()).hexdigest()[:8]
    view = f"parquet_{re.sub(r'[^0-9A-Za-z]+', '_', table).strip('_')[-40:]}_{digest}"
    con._session.read.parquet(table).createOrReplaceTempView(view)  # noqa: SLF001 - Ibis reads local paths only
    return con.table(view)


def lent_to_spark(con: Any, rows: pa.Table, name: str) -> ibis.Table:
    """A few rows of ours as a temporary view of the session."""
    con._session.createDataFrame(rows).createOrReplaceTempView(name)  # noqa: SLF001 - Ibis goes through pandas
    return con.table(name)


def spark_rows(con: Any, expression: Any, sql: str) -> pa.Table:
    """The rows of a statement that are few enough to be held, in the types that the expression promises."""
    schema = arrow_schema(expression)
    return con.raw_sql(sql).selectExpr(*_plain(expression, as_number=False)).toArrow().cast(schema)


def spark_batches(con: Any, expression: Any, sql: str, rows: int) -> Iterator[pa.RecordBatch]:
    """The rows of a statement, so many at a time: partition after partition bounds memory."""
    import pyarrow as pa

    schema = arrow_schema(expression)
    numbers = pa.schema([(f.name, pa.int64() if pa.types.is_timestamp(f.type) else f.type) for f in schema])
    found = iter(con.raw_sql(sql).selectExpr(*_plain(expression, as_number=True)).toLocalIterator())
    while some := [tuple(row) for row in islice(found, rows)]:
        yield from pa.Table.from_batches([read_columns(some, numbers)]).cast(schema).to_batches()


def _plain(expression: Any, *, as_number: bool) -> Iterator[str]:
    """Each column in a type that Arrow and the expression agree on; instants as microseconds where rows pass through Python."""
    for name, dtype in expression.as_table().schema().fields.items():
        column = f"`{name.replace('`', '``')}`"
        if dtype.is_decimal():
            yield f"CAST({column} AS DOUBLE) AS {column}"
        elif dtype.is_timestamp() and as_number:
            yield f"unix_micros(CAST({column} AS TIMESTAMP)) AS {column}"
        elif dtype.is_array() or dtype.is_map() or dtype.is_struct():
            yield f"to_json({column}) AS {column}"
        elif dtype.is_boolean() or dtype.is_numeric() or dtype.is_temporal() or dtype.is_binary():
            yield column
        else:
            yield f"CAST({column} AS STRING) AS {column}"
