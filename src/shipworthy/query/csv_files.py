"""CSV files: what separates their fields and what their columns hold is found out once, from all lines.

A view of DuckDB that is to find it out does so again with every statement, which takes several times as long as reading (decisions/0031).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import ibis

from shipworthy.query.engine import Engine, stop_if_interrupted

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


def read_csv(engine: Engine, paths: Sequence[Path]) -> ibis.Table:
    """The rows of CSV files as DuckDB reads them by itself, each column in the narrowest type that all its values have.

    Raises:
        Exception: DuckDB's own, where the files cannot be read.
    """
    found = _dialect(engine, paths[0]) if len(paths) == 1 else None
    options = found or {"sample_size": -1}
    return engine.con.read_csv([str(path) for path in paths], header=True, **options)


def _dialect(engine: Engine, path: Path) -> dict[str, Any] | None:
    """How a file is written, as options of a reader; None where DuckDB cannot tell, and reading will say why."""
    statement = "FROM sniff_csv($path, header = true, sample_size = -1)"
    try:
        found = engine.con.con.execute(statement, {"path": str(path)}).to_arrow_table().to_pylist()[0]
    except Exception as error:  # noqa: BLE001 - reading the file fails alike, and is told in a sentence
        stop_if_interrupted(error)
        return None
    options = {option: "" if found[name] == NOTHING else found[name] for name, option in DIALECT.items()}
    formats = {option: found[name] for name, option in FORMATS.items() if found[name]}
    columns = {column["name"]: column["type"] for column in found["Columns"]}
    return options | formats | {"columns": columns}
