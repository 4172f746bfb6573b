"""Rows of a PostgreSQL statement as Arrow batches, in the types that the expression promises.

PostgreSQL answers some arithmetic (sums of integers, decimal constants) with exact decimals where the expression says
integer or float, and holds types that Arrow has none for; both are settled here, value by value.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyarrow as pa

CURSOR = "shipworthy_rows"


def arrow_schema(expression: Any) -> pa.Schema:
    """The columns as Arrow types: decimals as floats, and what Arrow does not know as text."""
    import pyarrow as pa

    return pa.schema(
        [(name, _arrow_type(dtype)) for name, dtype in expression.as_table().schema().fields.items()]
    )


def arrow_batches(con: Any, sql: str, schema: pa.Schema, rows: int) -> Iterator[pa.RecordBatch]:
    """The rows of a statement, so many at a time: a server-side cursor bounds memory."""
    with con.con.transaction(), con.con.cursor(name=CURSOR) as cursor:
        cursor.execute(sql)
        while found := cursor.fetchmany(rows):
            yield read_columns(found, schema)


def read_columns(rows: Sequence[Sequence[Any]], schema: pa.Schema) -> pa.RecordBatch:
    """Rows as a batch of columns in these types."""
    import pyarrow as pa

    readers = [_reader(field.type) for field in schema]
    columns = zip(readers, zip(*rows, strict=True), schema.types, strict=True)
    arrays = [
        pa.array([None if value is None else reader(value) for value in values], dtype)
        for reader, values, dtype in columns
    ]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def _arrow_type(dtype: Any) -> Any:
    import pyarrow as pa

    if dtype.is_decimal():
        return pa.float64()
    if dtype.is_boolean() or dtype.is_numeric() or dtype.is_date() or dtype.is_time() or dtype.is_binary():
        return dtype.to_pyarrow()
    return pa.timestamp("us", dtype.timezone) if dtype.is_timestamp() else pa.string()


def _reader(dtype: Any) -> Callable[[Any], Any]:
    """How a value becomes one of this type."""
    import pyarrow as pa

    if pa.types.is_floating(dtype):
        return float
    if pa.types.is_integer(dtype):
        return int
    return _text if pa.types.is_string(dtype) else lambda value: value


def _text(value: Any) -> str:
    return json.dumps(value, sort_keys=True) if isinstance(value, dict | list) else str(value)
