"""Columns of Arrow as NumPy arrays."""

from __future__ import annotations

from typing import Any

import numpy as np


def numbers(column: Any, null: float = np.nan) -> Any:
    """A column of numbers as an array that may not be written to: as it is where no value is null, else as floats.

    Arrow's own way, `to_numpy`, loads pandas wherever that is installed, which takes longer than a scan.
    """
    import pyarrow as pa

    whole = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    if pa.types.is_decimal(whole.type):
        whole = whole.cast("float64")  # an engine may give sums of ones and zeros so
    if not whole.null_count:
        return np.from_dlpack(whole)
    found = np.full(len(whole), null)
    there = np.from_dlpack(whole.is_valid().cast("uint8")).astype(bool)
    found[there] = np.from_dlpack(whole.drop_null())
    return found
