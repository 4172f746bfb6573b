"""The one door to a database: every statement goes through `Engine.run` and is kept."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import ibis

from shipworthy.errors import InputError, OutsideError, ShipworthyError

if TYPE_CHECKING:
    import pyarrow as pa

MEMORY_LIMIT = "2GB"
BATCH_ROWS = 65_536


@dataclass(frozen=True)
class Engine:
    """A connection with the statements that it has run, oldest first, as (purpose, SQL)."""

    name: str
    con: Any
    statements: list[tuple[str, str]] = field(default_factory=list)

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

        try:
            schema, batches = self._read(expression, purpose)
            return pa.Table.from_batches(batches, schema)
        except Exception as error:
            raise _failure(error, self.name, purpose) from error

    def _read(self, expression: Any, purpose: str) -> tuple[pa.Schema, Iterator[pa.RecordBatch]]:
        """The columns of an expression and its rows, batch by batch; the statement is kept."""
        sql = str(self.con.compile(expression))
        self.statements.append((purpose, sql))
        if self.name == "postgres":
            schema = arrow_schema(expression)
            return schema, arrow_batches(self.con, sql, schema, BATCH_ROWS)
        batches = self.con.to_pyarrow_batches(expression, chunk_size=BATCH_ROWS)
        return batches.schema, batches

    def write(
        self, expression: Any, path: Path, purpose: str, complete: Callable[[pa.Table], pa.Table]
    ) -> None:
        """Write the rows of an expression, completed batch by batch, to a Parquet file that appears only when whole.

        Raises:
            OutsideError: the engine failed half-way; nothing is left behind.
        """
        import pyarrow as pa
        import pyarrow.parquet as pq

        partial = path.with_name(f".{path.name}.{os.getpid()}.part")
        try:
            schema, batches = self._read(expression, purpose)
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


def _failure(error: Exception, engine: str, purpose: str) -> Exception:
    text = " ".join(str(error).split())
    if "utf" in text.lower() and ("invalid" in text.lower() or "unicode" in text.lower()):
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
    return OutsideError(
        "engine.failed",
        f"{engine} failed while {purpose}: {text[:400]}",
        remedy="Check that the database is reachable and that the table was not changed meanwhile.",
    )


def local_engine(readable: Iterable[Path], temporary: Path) -> Engine:
    """An embedded DuckDB that may read these files and folders, spill to `temporary`, and reach nothing else."""
    con = ibis.duckdb.connect()
    allowed = [str(path.absolute()) for path in readable]
    folders = sorted({f"{path}/" for path in allowed if Path(path).is_dir()})
    files = sorted({path for path in allowed if not Path(path).is_dir()})
    temporary.mkdir(parents=True, exist_ok=True)
    settings = {
        "memory_limit": _literal(MEMORY_LIMIT),
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
    return Engine("duckdb", con)


def remote_engine(url: str) -> Engine:
    """A connection to the database behind a URL.

    Raises:
        InputError: no installed engine speaks the URL.
        OutsideError: the database does not answer.
    """
    scheme = url.split("://", 1)[0]
    shown = without_password(url)
    try:
        con = ibis.connect(url)
    except (ValueError, NotImplementedError) as error:
        raise InputError(
            "source.url",
            f"no engine speaks {shown}: {error}",
            remedy="Use a Parquet or CSV file, or a URL such as postgresql://user@host/database.",
        ) from None
    except ImportError as error:
        name = "postgres" if scheme.startswith("postgres") else scheme
        raise InputError(
            "source.driver",
            f"{shown} needs a driver that is not installed ({error})",
            remedy=f"pip install 'shipworthy[{name}]'",
        ) from None
    except Exception as error:
        reason = " ".join(str(error).split()).replace(url, shown)
        raise OutsideError(
            "engine.unreachable",
            f"{shown} does not answer: {reason[:300]}",
            remedy="Check the address, the name and the password, and that the server runs.",
        ) from None
    return Engine(con.name, con)


def without_password(url: str) -> str:
    """The URL with its password hidden, fit for messages and records."""
    return re.sub(r"(://[^:/@]+):[^@/]*@", r"\1:***@", url)


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
