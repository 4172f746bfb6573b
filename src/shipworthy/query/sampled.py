"""A bounded sample of the examples, the same whenever it is taken: for what no aggregate statement can count."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from shipworthy.query.data_rows import DataRows
from shipworthy.query.digests import digest
from shipworthy.query.engine import Engine
from shipworthy.query.source import md5

if TYPE_CHECKING:
    import pyarrow as pa

MOST_ROWS = 50_000
NAME = "audit_sample"
BUCKETS = 16**6
"""Into so many parts rows are dealt by their digest."""


@dataclass(frozen=True, eq=False)
class Sample:
    """Rows that were drawn by the digest of what names them (or of all they hold) and a seed; all rows where they are few."""

    rows: pa.Table
    seed: int
    of: int

    @property
    def whole(self) -> bool:
        """Whether it is all rows."""
        return bool(self.rows.num_rows == self.of)

    def __str__(self) -> str:
        return f"a sample of {self.rows.num_rows:,} of {self.of:,} rows (by digest, seed {self.seed})"


def sample(rows: DataRows, columns: Collection[str], total: int, *, seed: int = 0) -> Sample:
    """At most about 50,000 rows with these columns, in one statement.

    Args:
        rows: the examples.
        columns: what is needed of each row.
        total: how many rows there are.
        seed: another one draws other rows.
    """
    table = rows.table
    wanted = [name for name in table.columns if name in columns]
    if total > MOST_ROWS:
        key = md5(digest(table, rows.identity or table.columns).cast("string").concat(f"|{seed}"))
        table = table.filter(key.substr(0, 6) < f"{round(BUCKETS * MOST_ROWS / total):06x}")
    found = rows.engine.run(table.select(wanted), "taking a sample")
    return Sample(found, seed, total)


def rows_of(found: Sample, rows: DataRows, engine: Engine, values: dict[str, Any]) -> DataRows:
    """A sample as rows to scan in the embedded engine, beside row values that were worked out elsewhere (by name)."""
    import pyarrow as pa

    table = found.rows
    for name, value in values.items():
        table = table.append_column(name, pa.array(value, type=pa.float64(), from_pandas=True))
    return replace(rows, engine=engine, table=engine.lent(table, NAME))
