"""Lines of CSV files that cannot be read: DuckDB leaves them out and keeps a note of each, which is read here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import ibis

from shipworthy.query.csv_files import Options, exactly_read
from shipworthy.query.engine import Engine

REJECTS = ("reject_errors", "reject_scans")
"""The tables that hold DuckDB's notes."""


@dataclass(frozen=True)
class BrokenLine:
    """One line of a file that could not be read, and why."""

    file: str
    line: int
    why: str

    def __str__(self) -> str:
        return f"{self.file}, line {self.line:,}: {self.why}"


def readable(engine: Engine, files: Sequence[Path], encoding: str = "") -> ibis.Table:
    """The lines of these files that can be read; what is not is noted whenever the table is."""
    paths = [str(file) for file in files]

    def read(options: Options) -> ibis.Table:
        for name in REJECTS:
            engine.con.raw_sql(f"DROP TABLE IF EXISTS {name}")
        return engine.con.read_csv(
            paths, header=True, sample_size=-1, ignore_errors=True, store_rejects=True, **options
        )

    return exactly_read(engine, read, {"encoding": encoding} if encoding else {})


def noted(engine: Engine) -> tuple[BrokenLine, ...]:
    """The lines that could not be read, each once with the first thing that is wrong."""
    statement = """
        SELECT DISTINCT ON (file_path, line) file_path, line, error_type, error_message
        FROM reject_errors JOIN reject_scans USING (scan_id, file_id)
        ORDER BY file_path, line, error_type <> 'INVALID ENCODING', error_type = 'CAST'
    """
    found = engine.con.con.sql(statement).fetchall()
    return tuple(BrokenLine(Path(file).name, int(line), _why(kind, said)) for file, line, kind, said in found)


def broken_lines(engine: Engine, files: Sequence[Path]) -> tuple[BrokenLine, ...]:
    """The lines that cannot be read, by reading all of them; none where the files cannot be read at all."""
    try:
        table = readable(engine, files)
        engine.run(
            table.aggregate(**{name: table[name].count() for name in table.columns}), "finding broken lines"
        )
        return noted(engine)
    except Exception:  # noqa: BLE001 - whatever it is, the first reading told it better
        return ()


def _why(kind: str, said: str) -> str:
    """What is wrong with a line, in words."""
    if kind == "INVALID ENCODING":
        return "it is not UTF-8"
    known = {
        "MISSING COLUMNS": "it has too few fields",
        "TOO MANY COLUMNS": "it has too many fields",
        "UNQUOTED VALUE": "a quote in it does not close",
        "LINE SIZE OVER MAXIMUM": "it is longer than any line can be",
    }
    return known.get(kind, " ".join(said.split())[:100])
