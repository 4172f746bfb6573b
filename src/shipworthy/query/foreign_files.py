"""Results of other tools, written once as a Parquet table that is read like any recorded predictions."""

from __future__ import annotations

import os
from pathlib import Path

from shipworthy.foreign import Sheet


def write_sheet(found: Sheet, path: Path) -> None:
    """Write the columns of a sheet to a Parquet file, which appears only when it is whole."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    columns = {
        **{name: pa.array(values, pa.string()) for name, values in found.texts.items()},
        **{name: pa.array(values, pa.float64()) for name, values in found.numbers.items()},
    }
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        pq.write_table(pa.table(columns), part)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
