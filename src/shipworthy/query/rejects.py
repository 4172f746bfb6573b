"""CSV files that are not whole: the lines that can be read are kept, the others are named."""

from __future__ import annotations

import os
import weakref
from dataclasses import dataclass
from pathlib import Path

import ibis

from shipworthy.errors import InputError, OutsideError, Place, ShipworthyError
from shipworthy.query.broken import BrokenLine, noted, readable
from shipworthy.query.engine import Engine, local_engine, stop_if_interrupted
from shipworthy.query.source import CSV, files_of, is_url, load_table

MOST_LINES = 100
"""Broken lines that are named; of more, that there are more is said."""

MOSTLY = 0.05
"""Where more than this share of the lines is not UTF-8, the whole file is taken to be of another encoding."""

OTHER = "latin-1"

READER_MEMORY = "1GB"
"""What reading a CSV may take."""


@dataclass(frozen=True, eq=False)
class Read:
    """A table, the lines that are not in it (the first of them), and the encoding that was taken where it is not UTF-8."""

    table: ibis.Table
    broken: tuple[BrokenLine, ...] = ()
    encoding: str = ""


def load_what_can_be_read(
    engine: Engine, source: str, folder: Path, table: str | None = None, where: Place | None = None
) -> Read:
    """The table that a source names; of CSV files a copy, without the lines that cannot be read.

    To read a CSV is dear, and an audit looks at its table some twenty times.

    Raises:
        InputError: it is missing, empty or of no known format, or no line of it can be read.
    """
    if is_url(source) or not files_of(source, folder, where)[0].name.lower().endswith(CSV):
        return Read(load_table(engine, source, folder, table, where))
    files, temporary = files_of(source, folder, where), engine.temporary or folder
    # An engine of its own, which is closed before anything is counted: what reading took is free again.
    reader = local_engine(files, temporary, READER_MEMORY)
    try:
        whole = load_table(reader, source, folder, table, where)
        return Read(_copy(engine, reader, whole, "reading every line"))
    except (InputError, OutsideError) as error:
        return _mended(engine, reader, files, error)
    finally:
        reader.con.disconnect()


def _mended(engine: Engine, reader: Engine, files: list[Path], error: ShipworthyError) -> Read:
    """The lines that can be read, copied, so that each statement sees the same ones."""
    for encoding in ("", OTHER):
        try:
            found = readable(reader, files, encoding)
            table = _copy(engine, reader, found, "reading the lines that can be read")
            broken = noted(reader)
        except Exception as again:  # noqa: BLE001 - whatever it is, the first reading told it better
            stop_if_interrupted(again)
            raise error from None
        rows = int(engine.run(table.aggregate(rows=table.count()), "counting lines")["rows"][0].as_py())
        foreign = sum("UTF-8" in each.why for each in broken)
        if encoding or foreign <= MOSTLY * (rows + foreign):
            break
    return Read(table, broken[:MOST_LINES], encoding)


def _copy(engine: Engine, reader: Engine, table: ibis.Table, purpose: str) -> ibis.Table:
    """What one engine reads as a table of the other; the copy is gone with it."""
    name = f"copy-{os.getpid()}-{id(engine)}-{len(engine.statements)}.parquet"
    path = reader.copied(table, name, purpose)
    weakref.finalize(engine, path.unlink, missing_ok=True)
    engine.statements.append(reader.statements[-1])
    return engine.con.read_parquet(str(path))
