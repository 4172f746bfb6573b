"""The one door to a database: every statement goes through `Engine.run` and is kept."""

from __future__ import annotations

import os
import re
import weakref
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import ibis

from shipworthy.errors import InputError, OutsideError, ShipworthyError
from shipworthy.query.postgres import arrow_batches, arrow_schema
from shipworthy.query.spark import SPARK, lent_to_spark, spark_batches, spark_connection, spark_rows

if TYPE_CHECKING:
    import pyarrow as pa

MEMORY_LIMIT = "2GB"
BATCH_ROWS = 65_536
POSTGRES = ("postgresql", "postgres")
NOT_DATABASES = ("file", "parquet", "csv", "http", "https")
CONNECT_TIMEOUT_S = 10
SECRET = re.compile(r"(?i)((?:password|passwd|token)=)([^&#]*)")


@dataclass(frozen=True)
class Engine:
    """A connection with the statements that it has run, oldest first, as (purpose, SQL).

    `temporary` is the folder for what does not fit into memory; None for a database elsewhere.
    """

    name: str
    con: Any
    temporary: Path | None = None
    statements: list[tuple[str, str]] = field(default_factory=list, repr=False)

    @property
    def local(self) -> bool:
        """Whether it is the embedded DuckDB, which reads files."""
        return self.name == "duckdb"

    def run(self, expression: Any, purpose: str) -> pa.Table:
        """The rows of an expression.

        Raises:
            OutsideError: the engine refused or failed.
        """
        import pyarrow as pa

        sql = self._kept(expression, purpose)
        try:
            if self.local:
                # Rows that are streamed out of a union of three can wait for one another for ever (DuckDB 1.5).
                whole = _beside(self.con, lambda: self.con.con.sql(sql).to_arrow_table())
                return whole.cast(expression.as_table().schema().to_pyarrow())
            if self.name == "spark":
                return spark_rows(self.con, expression, sql)
            schema, batches = self._batches(expression, sql)
            found = [*batches]
            return pa.Table.from_batches(found).cast(schema) if found else pa.Table.from_batches([], schema)
        except Exception as error:
            raise _failure(error, self.name, purpose) from error

    def stream(self, expression: Any, purpose: str, rows: int) -> Iterator[pa.RecordBatch]:
        """The rows of an expression, at most so many at a time, in types near those that it promises.

        Raises:
            OutsideError: the engine refused or failed.
        """
        sql = self._kept(expression, purpose)
        try:
            yield from self._batches(expression, sql, rows)[1]
        except Exception as error:
            raise _failure(error, self.name, purpose) from error

    def lent(self, rows: pa.Table, name: str) -> ibis.Table:
        """A few rows of ours as a temporary table beside the engine's own, gone with the connection.

        Raises:
            OutsideError: the engine takes none.
        """
        try:
            if self.name == "spark":
                return lent_to_spark(self.con, rows, name)
            return self.con.create_table(name, rows, temp=True, overwrite=True)
        except Exception as error:
            raise _failure(error, self.name, "lending it a few rows") from error

    def kept(self, expression: Any, name: str, purpose: str) -> ibis.Table:
        """The rows of an expression as a temporary table of the embedded engine, which puts what does not fit on the disk.

        Raises:
            OutsideError: the engine refused or failed.
        """
        sql = self._kept(expression, purpose)
        try:
            _beside(self.con, lambda: self.con.raw_sql(f'CREATE OR REPLACE TEMP TABLE "{name}" AS {sql}'))
            return self.con.table(name, database=("temp", "main"))
        except Exception as error:
            raise _failure(error, self.name, purpose) from error

    def copied(self, expression: Any, name: str, purpose: str) -> Path:
        """The rows of an expression of the embedded engine as a Parquet file of this name among its temporary ones.

        Raises:
            InputError: a value could not be read.
            OutsideError: the engine failed.
        """
        if self.temporary is None:
            raise ValueError("only the embedded engine has a folder of its own")
        sql, path = self._kept(expression, purpose), self.temporary.absolute() / name
        try:
            _beside(
                self.con,
                lambda: self.con.raw_sql(f"COPY ({sql}) TO {_literal(str(path))} (FORMAT parquet)"),
            )
        except Exception as error:
            path.unlink(missing_ok=True)
            raise _failure(error, self.name, purpose) from error
        return path

    def _kept(self, expression: Any, purpose: str) -> str:
        """The statement that an expression means, after it is kept."""
        sql = _read_again(str(self.con.compile(expression)), self.name)
        self.statements.append((purpose, sql))
        return sql

    def write(
        self, expression: Any, path: Path, purpose: str, complete: Callable[[pa.Table], pa.Table]
    ) -> None:
        """Write the rows of an expression, completed batch by batch, to a Parquet file that appears only when whole.

        Raises:
            OutsideError: the engine failed half-way; nothing is left behind.
        """
        import pyarrow as pa
        import pyarrow.parquet as pq

        sql = self._kept(expression, purpose)
        partial = path.with_name(f".{path.name}.{os.getpid()}.part")
        try:
            schema, batches = self._batches(expression, sql)
            empty = complete(pa.Table.from_batches([], schema))
            with pq.ParquetWriter(partial, empty.schema, compression="zstd") as writer:
                for batch in batches:
                    writer.write_table(
                        complete(pa.Table.from_batches([batch]).cast(schema)).cast(empty.schema)
                    )
            partial.replace(path)
        except ShipworthyError:
            raise
        except Exception as error:
            raise _failure(error, self.name, purpose) from error
        finally:
            partial.unlink(missing_ok=True)

    def _batches(
        self, expression: Any, sql: str, rows: int = BATCH_ROWS
    ) -> tuple[pa.Schema, Iterable[pa.RecordBatch]]:
        """The columns that an expression promises, and its rows batch by batch, perhaps in nearby types.

        Compiling takes longer than running, so the statement is compiled once and handed to the driver as it is.
        """
        if self.name == "postgres":
            schema = arrow_schema(expression)
            return schema, arrow_batches(self.con, sql, schema, rows)
        if self.name == "spark":
            return arrow_schema(expression), spark_batches(self.con, expression, sql, rows)
        if self.name != "duckdb":
            elsewhere = self.con.to_pyarrow_batches(expression, chunk_size=rows)
            return elsewhere.schema, elsewhere
        found = _beside(self.con, lambda: self.con.raw_sql(sql))
        # DuckDB renamed it; Ibis still calls the old name, which warns and is gone in DuckDB 2.
        reader = getattr(found, "to_arrow_reader", None) or found.fetch_record_batch
        return expression.as_table().schema().to_pyarrow(), reader(rows)


def _read_again(sql: str, engine: str) -> str:
    """The statement with each shared part computed where it is used: DuckDB and PostgreSQL would keep all its rows."""
    if engine not in ("duckdb", "postgres") or not sql.startswith("WITH"):
        return sql
    import sqlglot
    from sqlglot import expressions

    statement = sqlglot.parse_one(sql, dialect=engine)
    for shared in statement.find_all(expressions.CTE):
        shared.args["materialized"] = False
    return statement.sql(dialect=engine)


def _beside(con: Any, work: Callable[[], Any]) -> Any:
    """What a statement of DuckDB gives. It runs in a thread beside, as DuckDB may wait without hearing Ctrl-C."""
    with ThreadPoolExecutor(1) as beside:
        running = beside.submit(work)
        try:
            return running.result()
        except KeyboardInterrupt:
            while not running.done():  # one that has yet to begin would not hear it
                con.con.interrupt()
                wait([running], timeout=0.1)
            raise


def said_by(error: Exception) -> str:
    """What an engine says, on one line, without the piece of generated SQL that it points at."""
    return " ".join(re.split(r"\n\s*\n?LINE \d+:|\s*== SQL|\n\s*JVM stacktrace:", str(error))[0].split())


def says_not_utf_8(text: str) -> bool:
    """Whether DuckDB says that a file is of another encoding; its advice names UTF-8 on other occasions, too."""
    return re.search(r"(?i)not (?:valid )?utf-?8|invalid unicode|invalid utf", text) is not None


def stop_if_interrupted(error: Exception) -> None:
    """Ctrl-C inside a statement, which DuckDB reports as an error of its own, stops as anywhere else.

    Raises:
        KeyboardInterrupt: the error is such a one.
    """
    if str(error).lower().startswith(("query interrupted", "interrupt error")):
        raise KeyboardInterrupt from error


def _failure(error: Exception, engine: str, purpose: str) -> Exception:
    stop_if_interrupted(error)
    text = said_by(error)
    if engine == "duckdb" and says_not_utf_8(text):
        return InputError(
            "data.encoding",
            f"a CSV file is not UTF-8: {text[:200]}",
            remedy="Save the file again as UTF-8, for example: iconv -f LATIN1 -t UTF-8 old.csv > new.csv",
        )
    if engine == "duckdb" and "Conversion Error" in text:
        return InputError(
            "data.type",
            f"a value does not fit its column while {purpose}: {text[:300]}",
            remedy="Correct the row that is named, then run again.",
        )
    remedy = (
        "Check that the files were not changed meanwhile, and that the disk has room."
        if engine == "duckdb"
        else "Check that the database is reachable and that the table was not changed meanwhile."
    )
    return OutsideError("engine.failed", f"{engine} failed while {purpose}: {text[:400]}", remedy=remedy)


def local_engine(readable: Iterable[Path], temporary: Path, memory: str = MEMORY_LIMIT) -> Engine:
    """An embedded DuckDB that may read these files and folders, spill to `temporary`, and reach nothing else."""
    con = ibis.duckdb.connect()
    temporary.mkdir(parents=True, exist_ok=True)
    allowed = [str(path.absolute()) for path in (*readable, temporary)]
    folders = sorted({f"{path}/" for path in allowed if Path(path).is_dir()})
    files = sorted({path for path in allowed if not Path(path).is_dir()})
    settings = {
        "memory_limit": _literal(memory),
        "temp_directory": _literal(str(temporary)),
        "TimeZone": _literal("UTC"),
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
        "allowed_paths": f"[{', '.join(map(_literal, files))}]",
        "allowed_directories": f"[{', '.join(map(_literal, folders))}]",
        "enable_external_access": "false",
        "lock_configuration": "true",
    }
    for name, value in settings.items():
        con.raw_sql(f"SET {name} = {value}")
    return Engine("duckdb", con, temporary)


def remote_engine(url: str) -> Engine:
    """A connection to the database behind a URL.

    Raises:
        InputError: no engine speaks the URL, or its driver is not installed.
        OutsideError: the database does not answer.
    """
    shown, scheme = without_password(url), url.split("://", 1)[0]
    waiting = (
        {"connect_timeout": CONNECT_TIMEOUT_S} if scheme in POSTGRES and "connect_timeout" not in url else {}
    )
    known = "Use a Parquet or CSV file, or a URL such as postgresql://user@host/database."
    if scheme in NOT_DATABASES:
        raise InputError("source.url", f"{shown} is no database", remedy=known)
    if scheme in SPARK:
        return _spark_engine(url)
    try:
        con = ibis.connect(url, **waiting)
    except ImportError as error:
        package = "shipworthy[postgres]" if scheme in POSTGRES else f"ibis-framework[{scheme}]"
        said = str(error).splitlines()[0]
        message = f"{shown} needs a driver that is not installed ({said})"
        raise InputError("source.driver", message, remedy=f"pip install '{package}'") from None
    except (ValueError, KeyError, AttributeError) as error:
        message = f"no engine speaks {scheme}: {shown} ({_reason(error, url)})"
        raise InputError("source.url", message, remedy=known) from None
    except Exception as error:  # noqa: BLE001 - every driver has errors of its own
        message = f"{shown} does not answer: {_reason(error, url)}"
        remedy = "Check the address, the name and the password, and that the server runs."
        raise OutsideError("engine.unreachable", message, remedy=remedy) from None
    engine = Engine(con.name, con)
    weakref.finalize(engine, con.disconnect)
    return engine


def _spark_engine(url: str) -> Engine:
    """A session on Spark. It is not closed: the driver goes with this process, and a Connect server forgets idle sessions."""
    shown = without_password(url)
    try:
        return Engine("spark", spark_connection(url, shown))
    except ShipworthyError:
        raise
    except Exception as error:  # noqa: BLE001 - Spark's errors are of several families
        message = f"{shown} does not answer: {_reason(error, url)}"
        remedy = "Check that it is Spark 4.0 or newer, that the versions here and there fit, and what its log says."
        raise OutsideError("engine.unreachable", message, remedy=remedy) from None


def without_password(url: str) -> str:
    """The URL with its password hidden, fit for messages and records."""
    hidden = re.sub(r"(://[^:/@?]*):[^/?#]*@", r"\1:***@", url)
    return SECRET.sub(r"\1***", hidden)


def _reason(error: Exception, url: str) -> str:
    """What a driver says, on one line, without the password even where it repeats a part of the URL."""
    # Only the details of gRPC, whose text holds its whole state; the oldest Spark clients have it as the cause of theirs.
    told = (getattr(each, "details", None) for each in (error, error.__cause__))
    details = next((each() for each in told if callable(each)), None)
    text = " ".join(str(details or error).split())
    secrets = re.findall(r"://[^:/@?]*:([^/?#]*)@", url)
    secrets += [secret for _, secret in SECRET.findall(url)]
    for secret in filter(None, secrets):
        text = text.replace(secret, "***").replace(unquote(secret), "***")
    return text[:300]


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
