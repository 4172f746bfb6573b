"""The columns of some rows, and rows that take each column from another of them, for rules."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray


def column_values(
    rows: pa.Table, names: Sequence[str]
) -> tuple[NDArray[np.float64] | tuple[str | None, ...] | None, ...]:
    """Each column as numbers (NaN where unknown), the days of its dates, or its words; None for other kinds."""
    return tuple(_values(rows[name]) for name in names)


def _values(column: Any) -> NDArray[np.float64] | tuple[str | None, ...] | None:
    kind = column.type
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        return tuple(column.to_pylist())
    if pa.types.is_date(kind) or pa.types.is_timestamp(kind):
        column = column.cast(pa.timestamp("us", tz=getattr(kind, "tz", None)), safe=False).cast(pa.int64())
    elif not (
        pa.types.is_boolean(kind)
        or pa.types.is_integer(kind)
        or pa.types.is_floating(kind)
        or pa.types.is_decimal(kind)
    ):
        return None
    numbers = column.cast(pa.float64(), safe=False).to_numpy(zero_copy_only=False)
    return np.asarray(numbers, dtype=np.float64)


def mixed(rows: pa.Table, names: Sequence[str], origin: NDArray[np.int64]) -> pa.Table:
    """Rows of which column j of `names` comes from row `origin[r, j]`."""
    return pa.table({name: rows[name].take(origin[:, at]) for at, name in enumerate(names)})
