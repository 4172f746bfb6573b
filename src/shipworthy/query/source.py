"""Where tables come from: Parquet and CSV files beside product.yaml, and tables behind database URLs."""

from __future__ import annotations

import glob
import hashlib
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import ibis

from shipworthy.errors import InputError, Place, did_you_mean
from shipworthy.query.broken import broken_lines
from shipworthy.query.csv_files import read_csv
from shipworthy.query.encodings import foreign_encoding
from shipworthy.query.engine import Engine, said_by, says_not_utf_8, stop_if_interrupted, without_password
from shipworthy.query.spark import spark_table

PARQUET, CSV = (".parquet", ".pq"), (".csv", ".tsv", ".csv.gz", ".txt")
FINGERPRINT_DIGITS = 16
NAMED = 3
"""Broken lines that a message names."""


def is_url(source: str) -> bool:
    """Whether a source is a database rather than a file."""
    return "://" in source


def files_of(source: str, folder: Path, where: Place | None = None) -> list[Path]:
    """The files that a source names, relative to the product's folder; `*` stands for several.

    Raises:
        InputError: there is none, it is empty, of no known format, or a CSV file of another encoding than UTF-8.
    """
    paths = [folder / source]
    if "*" in source:
        pattern = os.path.join(glob.escape(str(folder)), source)  # noqa: PTH118 - an absolute source stays as it is
        paths = [Path(match) for match in sorted(glob.glob(pattern))] or paths  # noqa: PTH207 - it may be absolute
    for path in paths:
        if not path.is_file():
            raise _no_file(source, path, folder, where)
        _prove_file(path, source, where)
    return paths


def _prove_file(path: Path, source: str, where: Place | None) -> None:
    """Return where a file that is there is of a format and an encoding that are read, and has content."""
    if not path.name.lower().endswith((*PARQUET, *CSV)):
        raise InputError(
            "source.format",
            f"{path.name} is of no format that is read",
            where=where,
            remedy=f"Known endings: {', '.join((*PARQUET, *CSV))}.",
        )
    if path.stat().st_size == 0:
        raise InputError(
            "source.empty", f"{source} is empty", where=where, remedy="It needs a header and rows."
        )
    if path.name.lower().endswith(CSV) and (encoding := foreign_encoding(path)):
        raise InputError(
            "data.encoding",
            f"{path.name} is {encoding}, and CSV files are read as UTF-8",
            where=where,
            remedy=f"Save it again as UTF-8, for example: iconv -f {encoding} -t UTF-8 old.csv > new.csv",
        )


def _no_file(source: str, path: Path, folder: Path, where: Place | None) -> InputError:
    """The error for a file that is not there, with the tables that are."""
    if path.is_dir():
        remedy = f"Name its files: {source.rstrip('/')}/*.parquet."
        return InputError(
            "source.folder", f"{source} is a folder, where a file is needed", where=where, remedy=remedy
        )
    found = [each for each in path.parent.glob("*") if each.name.lower().endswith((*PARQUET, *CSV))]
    tables = [os.path.relpath(each, folder) for each in found]
    advice = did_you_mean(source, tables).replace("Known:", "Tables there:")
    return InputError(
        "source.missing",
        f"there is no file {source}",
        where=where,
        remedy=f"{advice} Paths count from {folder}.".strip(),
    )


def load_table(
    engine: Engine, source: str, folder: Path, table: str | None = None, where: Place | None = None
) -> ibis.Table:
    """The table that a source names; spans of time are texts.

    Raises:
        InputError: it is missing, empty, damaged or of no known format, or has no such table.
    """
    if is_url(source):
        return _spans_as_text(_database_table(engine, source, table, where))
    return _spans_as_text(_file_table(engine, source, folder, where))


def _spans_as_text(table: ibis.Table) -> ibis.Table:
    """The table with spans of time (intervals) as texts: no engine hands them over in a type that all rows fit."""
    kinds = table.schema().items()
    spans = [
        name for name, kind in kinds if kind.is_interval() or (kind.is_nested() and "interval(" in str(kind))
    ]
    return table.mutate(**{name: table[name].cast("string") for name in spans}) if spans else table


def _file_table(engine: Engine, source: str, folder: Path, where: Place | None) -> ibis.Table:
    paths = files_of(source, folder, where)
    try:
        if paths[0].name.lower().endswith(PARQUET):
            return engine.con.read_parquet([str(path) for path in paths])
        found = read_csv(engine, paths)
    except Exception as error:  # noqa: BLE001 - readers fail in many ways, each told in a sentence
        stop_if_interrupted(error)
        text = said_by(error)
        if says_not_utf_8(text):
            raise InputError(
                "data.encoding",
                f"{source} is not UTF-8: {text[:200]}",
                where=where,
                remedy="Save it again as UTF-8, for example: iconv -f LATIN1 -t UTF-8 old.csv > new.csv",
            ) from None
        if paths[0].name.lower().endswith(CSV):
            _prove_lines(engine, source, paths, where)
        raise InputError(
            "source.damaged",
            f"{source} cannot be read: {text[:300]}",
            where=where,
            remedy="Check that the file is complete and of the format that its ending says.",
        ) from None
    if len(found.columns) == 1 and any(mark in found.columns[0] for mark in ",;\t|"):
        # DuckDB takes whole lines for values where fields are not equally many.
        _prove_lines(engine, source, paths, where)
        raise InputError(
            "source.damaged",
            f"the lines of {source} do not have equally many fields",
            where=where,
            remedy="Run shipworthy audit: it reads what can be read.",
        )
    return found


def _prove_lines(engine: Engine, source: str, paths: Sequence[Path], where: Place | None) -> None:
    """Return where no line of a CSV can be named that is broken.

    Raises:
        InputError: some can.
    """
    broken = broken_lines(engine, paths)
    if not broken:
        return
    more = f", and {len(broken) - NAMED:,} more" if len(broken) > NAMED else ""
    raise InputError(
        "source.damaged",
        f"{source} has broken lines: {'; '.join(map(str, broken[:NAMED]))}{more}",
        where=where,
        remedy="Correct them, or remove them. To see what the other lines hold, run shipworthy audit: it reads on.",
    )


def _database_table(engine: Engine, source: str, table: str | None, where: Place | None) -> ibis.Table:
    shown = without_password(source)
    if not table:
        raise InputError(
            "source.table",
            f"{shown} needs the name of a table",
            where=where,
            remedy="Add table: NAME beside source.",
        )
    schema, _, name = table.rpartition(".")
    try:
        if engine.name == "spark":
            return spark_table(engine.con, table)
        return engine.con.table(name, database=schema or None)
    except Exception:  # noqa: BLE001 - every driver has errors of its own
        advice = did_you_mean(name, _tables(engine, schema))
        advice = advice or "Check the name and the schema, and that you may read it."
        raise InputError(
            "source.table", f"{shown} has no table {table!r}", where=where, remedy=advice
        ) from None


def _tables(engine: Engine, schema: str) -> list[str]:
    """The tables of a schema; none where there is no such schema."""
    try:
        return list(engine.con.list_tables(database=schema or None))
    except Exception:  # noqa: BLE001 - every driver has errors of its own
        return []


def fingerprint(engine: Engine, source: str, folder: Path, table: ibis.Table) -> str:
    """A hash of the content: of the bytes of files, or of every row of a database table (one aggregate statement)."""
    if not is_url(source):
        digest = hashlib.sha256()
        for path in files_of(source, folder):
            digest.update(f"{path.stat().st_size} ".encode())
            with path.open("rb") as file:
                while block := file.read(1 << 20):
                    digest.update(block)
        return digest.hexdigest()
    return hashlib.sha256(repr(_content(engine, table)).encode()).hexdigest()


def _content(engine: Engine, table: ibis.Table) -> Any:
    """The columns, the number of rows, and sums over the digits of each row's MD5, in whatever order rows come."""
    # A random column keeps PostgreSQL from working out the digest again for each of its digits.
    hashed = table.select(row=md5(row_text(table, table.columns)), once=ibis.random())
    digits = {
        f"digit {at}": ibis.literal("0123456789abcdef").find(hashed.row.substr(at, 1)).sum()
        for at in range(FINGERPRINT_DIGITS)
    }
    found = engine.run(hashed.aggregate(rows=hashed.count(), **digits), "fingerprinting a table")
    return [str(table.schema()), found.to_pylist()]


def row_text(table: ibis.Table, columns: Sequence[str]) -> Any:
    """These values of a row as one text in which no two rows look alike: each with its length, `-` for none."""
    parts = []
    for name in columns:
        text = table[name].cast("string")
        length = text.length().cast("string")
        parts.append(ibis.coalesce(length.concat(":", text), "-"))
    return parts[0].concat(*parts[1:]) if len(parts) > 1 else parts[0]


@ibis.udf.scalar.builtin(name="md5")
def md5(text: str) -> str:  # noqa: ARG001 - a declaration of the engine's function
    """The hexadecimal MD5 digest; the one hash that every engine computes alike."""
    raise AssertionError("computed by the engine")
