"""Labels in Parquet files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from shipworthy.errors import InputError
from shipworthy.label.exchange import COLUMNS, Line, Read, columns_of


def write_parquet(path: Path, lines: Iterable[Mapping[str, Any]]) -> None:
    """Write the lines of a table of labels; an older file stays until the new one is whole."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    kinds = {**dict.fromkeys(COLUMNS, pa.string()), "probability": pa.float64()}
    table = pa.Table.from_pylist([dict(line) for line in lines], pa.schema(list(kinds.items())))
    part = path.with_name(f".{path.name}.part")
    pq.write_table(table, part)
    part.replace(path)


def load_parquet(path: Path) -> Read:
    """The labels of a Parquet file.

    Raises:
        InputError: it is damaged, or has no id or no label.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        table = pq.read_table(path)
    except (pa.ArrowException, OSError) as error:
        message = f"{path} cannot be read: {error}"
        raise InputError("label.import", message, where=str(path), remedy="Write the file again.") from None
    places = columns_of(table.column_names, str(path))
    columns: Sequence[Sequence[Any]] = [
        table.column(places[name]).to_pylist() if name in places else [None] * table.num_rows
        for name in ("id", "label", "labeller", "at")
    ]
    rows = enumerate(zip(*columns, strict=True), start=1)
    lines = (
        Line(_text(item), _text(label), _text(who), _text(at), number)
        for number, (item, label, who, at) in rows
    )
    return Read(tuple(line for line in lines if line.label and line.item), ())


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)
