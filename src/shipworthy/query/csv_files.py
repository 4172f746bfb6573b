"""CSV files: what separates their fields and what their columns hold is found out once, from all lines.

A view of DuckDB that is to find it out does so again with every statement, which takes several times as long as reading (decisions/0031).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import ibis

from shipworthy.query.engine import Engine, stop_if_interrupted

Options = Mapping[str, Any]
"""How DuckDB is to read a CSV, by its own names."""

NOTHING = "(empty)"
"""How DuckDB says that a file has no quotes, escapes or comments."""

DIALECT = {
    "Delimiter": "delim",
    "Quote": "quote",
    "Escape": "escape",
    "Comment": "comment",
    "SkipRows": "skip",
}
FORMATS = {"DateFormat": "dateformat", "TimestampFormat": "timestampformat"}

LONG = 2.0**63
"""The least size of a whole number that 64 bits do not hold, for which DuckDB takes a floating number."""

WHOLE = r"^\s*[+-]?\d+\s*$"


def read_csv(engine: Engine, paths: Sequence[Path]) -> ibis.Table:
    """The rows of CSV files as DuckDB reads them by itself, each column in the narrowest type that all its values have.

    But columns of whole numbers of which some are beyond 64 bits are texts: as floating numbers neighbours would be one.

    Raises:
        Exception: DuckDB's own, where the files cannot be read.
    """

    def read(options: Options) -> ibis.Table:
        return engine.con.read_csv([str(path) for path in paths], header=True, **options)

    dialect = _dialect(engine, paths[0]) if len(paths) == 1 else None
    return exactly_read(engine, read, dialect or {"sample_size": -1})


def exactly_read(engine: Engine, read: Callable[[Options], ibis.Table], options: Options) -> ibis.Table:
    """What is read with these options; columns of whole numbers of which some are beyond 64 bits as texts."""
    found = read(options)
    try:
        long = _beyond_64_bits(engine, read, options, found)
    except Exception as error:  # noqa: BLE001 - counting the rows fails alike, and is told in a sentence
        stop_if_interrupted(error)
        return found
    return read(_with_texts(options, long)) if long else found


def _beyond_64_bits(
    engine: Engine, read: Callable[[Options], ibis.Table], options: Options, found: ibis.Table
) -> list[str]:
    """The columns of whole numbers that were taken for floating ones, as some are too long."""
    floating = [name for name, kind in found.schema().items() if kind.is_floating()]
    greatest = _aggregated(engine, found, {name: found[name].abs().max() for name in floating})
    # NaN, which is no less than anything, may stand beside numbers of any length.
    large = [name for name, most in greatest.items() if most is not None and not most < LONG]
    if not large:
        return []
    texts = read(_with_texts(options, large))
    whole = _aggregated(engine, texts, {name: texts[name].re_search(WHOLE).all() for name in large})
    return [name for name in large if whole[name]]


def _aggregated(engine: Engine, table: ibis.Table, asked: Mapping[str, Any]) -> dict[str, Any]:
    """One value for each column, in one statement; columns may be called as they like."""
    if not asked:
        return {}
    found = engine.con.to_pyarrow(table.aggregate(list(asked.values())))
    return dict(zip(asked, (column[0].as_py() for column in found.columns), strict=True))


def _with_texts(options: Options, names: Sequence[str]) -> Options:
    """The options of a reader that takes these columns as texts."""
    texts = dict.fromkeys(names, "VARCHAR")
    known = options.get("columns")
    return {**options, "columns": {**known, **texts}} if known else {**options, "types": texts}


def _dialect(engine: Engine, path: Path) -> dict[str, Any] | None:
    """How a file is written, as options of a reader; None where DuckDB cannot tell, and reading will say why."""
    statement = "FROM sniff_csv($path, header = true, sample_size = -1)"
    try:
        told = engine.con.con.execute(statement, {"path": str(path)})
        found = dict(zip([column[0] for column in told.description], told.fetchone(), strict=True))
    except Exception as error:  # noqa: BLE001 - reading the file fails alike, and is told in a sentence
        stop_if_interrupted(error)
        return None
    options = {option: "" if found[name] == NOTHING else found[name] for name, option in DIALECT.items()}
    formats = {option: found[name] for name, option in FORMATS.items() if found[name]}
    columns = {column["name"]: column["type"] for column in found["Columns"]}
    return options | formats | {"columns": columns}
