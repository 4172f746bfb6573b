"""Where tables come from: Parquet and CSV files beside product.yaml, and tables behind database URLs."""

from __future__ import annotations

import glob
import hashlib
from pathlib import Path
from typing import Any

import ibis

from shipworthy.errors import InputError, Place, did_you_mean
from shipworthy.query.engine import Engine, without_password

PARQUET, CSV = (".parquet", ".pq"), (".csv", ".tsv", ".csv.gz", ".txt")


def is_url(source: str) -> bool:
    """Whether a source is a database rather than a file."""
    return "://" in source


def files_of(source: str, folder: Path, where: Place | None = None) -> list[Path]:
    """The files that a source names, relative to the product's folder; `*` stands for several.

    Raises:
        InputError: there is none, it is empty, or it is of no known format.
    """
    pattern = str(folder / source)
    paths = [Path(match) for match in sorted(glob.glob(pattern))] if "*" in source else [Path(pattern)]
    known = (*PARQUET, *CSV)
    for path in paths or [Path(pattern)]:
        if not path.is_file():
            siblings = (
                [str(each.relative_to(folder)) for each in path.parent.glob("*")]
                if path.parent.is_dir()
                else []
            )
            raise InputError(
                "source.missing",
                f"there is no file {source}",
                where=where,
                remedy=did_you_mean(source, siblings) or f"Paths count from {folder}.",
            )
        if not path.name.lower().endswith(known):
            raise InputError(
                "source.format",
                f"{path.name} is of no format that is read",
                where=where,
                remedy=f"Known endings: {', '.join(known)}.",
            )
        if path.stat().st_size == 0:
            raise InputError(
                "source.empty", f"{source} is empty", where=where, remedy="It needs a header and rows."
            )
    return paths


def load_table(
    engine: Engine, source: str, folder: Path, table: str | None = None, where: Place | None = None
) -> ibis.Table:
    """The table that a source names.

    Raises:
        InputError: it is missing, empty, damaged or of no known format, or has no such table.
    """
    if is_url(source):
        return _database_table(engine, source, table, where)
    paths = files_of(source, folder, where)
    try:
        if paths[0].name.lower().endswith(PARQUET):
            return engine.con.read_parquet([str(path) for path in paths])
        return engine.con.read_csv([str(path) for path in paths], header=True, sample_size=-1)
    except Exception as error:
        text = " ".join(str(error).split())
        if "utf" in text.lower():
            raise InputError(
                "data.encoding",
                f"{source} is not UTF-8: {text[:200]}",
                where=where,
                remedy="Save it again as UTF-8, for example: iconv -f LATIN1 -t UTF-8 old.csv > new.csv",
            ) from None
        raise InputError(
            "source.damaged",
            f"{source} cannot be read: {text[:300]}",
            where=where,
            remedy="Check that the file is complete and of the format that its ending says.",
        ) from None


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
        return engine.con.table(name, database=schema or None)
    except Exception:
        tables = engine.con.list_tables(database=schema or None)
        raise InputError(
            "source.table", f"{shown} has no table {table!r}", where=where, remedy=did_you_mean(name, tables)
        ) from None


def fingerprint(engine: Engine, source: str, folder: Path, table: ibis.Table) -> str:
    """A hash of the content: of the bytes of files, or of every value of a database table (one aggregate statement)."""
    if not is_url(source):
        digest = hashlib.sha256()
        for path in files_of(source, folder):
            with path.open("rb") as file:
                while block := file.read(1 << 20):
                    digest.update(block)
        return digest.hexdigest()
    return hashlib.sha256(repr(_content(engine, table)).encode()).hexdigest()


def _content(engine: Engine, table: ibis.Table) -> Any:
    hashes = {}
    for column in table.columns:
        text = table[column].cast("string").fill_null("")
        first = md5(text).substr(0, 4)
        for digit in range(4):
            place = ibis.literal("0123456789abcdef").find(first.substr(digit, 1))
            hashes[f"{column}.{digit}"] = (place * (text.length() + 1)).sum()
    rows = table.aggregate(rows=table.count(), **hashes)
    return engine.run(rows, "fingerprinting a table").to_pylist()


@ibis.udf.scalar.builtin(name="md5")
def md5(text: str) -> str:
    """The hexadecimal MD5 digest; the one hash that every engine computes alike."""
    raise AssertionError("computed by the engine")
