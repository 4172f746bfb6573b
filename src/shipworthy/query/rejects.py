"""CSV files that are not whole: the lines that can be read are kept, the others are named."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import ibis

from shipworthy.errors import InputError, OutsideError, Place, ShipworthyError
from shipworthy.query.broken import BrokenLine, noted, readable
from shipworthy.query.engine import Engine, stop_if_interrupted
from shipworthy.query.source import CSV, files_of, is_url, load_table

MOST_LINES = 100
"""Broken lines that are named; of more, that there are more is said."""

MOSTLY = 0.05
"""Where more than this share of the lines is not UTF-8, the whole file is taken to be of another encoding."""

OTHER = "latin-1"


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
    try:
        whole = load_table(engine, source, folder, table, where)
        return Read(engine.copied(whole, "reading every line"))
    except (InputError, OutsideError) as error:
        return _mended(engine, source, folder, where, error)


def _mended(engine: Engine, source: str, folder: Path, where: Place | None, error: ShipworthyError) -> Read:
    """The lines that can be read, copied, so that each statement sees the same ones."""
    files = files_of(source, folder, where)
    for encoding in ("", OTHER):
        table = _copy(engine, files, encoding, error)
        broken = noted(engine)
        rows = int(engine.run(table.aggregate(rows=table.count()), "counting lines")["rows"][0].as_py())
        foreign = sum("UTF-8" in each.why for each in broken)
        if encoding or foreign <= MOSTLY * (rows + foreign):
            break
    return Read(table, broken[:MOST_LINES], encoding)


def _copy(engine: Engine, files: list[Path], encoding: str, error: ShipworthyError) -> ibis.Table:
    """The lines that can be read."""
    try:
        return engine.copied(readable(engine, files, encoding), "reading the lines that can be read")
    except Exception as again:  # noqa: BLE001 - whatever it is, the first reading told it better
        stop_if_interrupted(again)
        raise error from None
