"""A bounded sample of the examples, the same whenever it is taken: for what no aggregate statement can count."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import ibis

from shipworthy.query.data_rows import PART, DataRows, with_part
from shipworthy.query.digests import digest
from shipworthy.query.engine import Engine

if TYPE_CHECKING:
    import pyarrow as pa

MOST_ROWS = 50_000
NAME, KEY = "audit_sample", "audit:sampled by"
BUCKETS = 16**4
"""Into so many parts rows are dealt by their digest."""


@dataclass(frozen=True, eq=False)
class Sample:
    """Rows that were drawn by the digest of what names them (or of all they hold) and a seed; all rows where they are few.

    `parts` says which part of the split each row is in, where there is one and texts to compare across it.
    """

    rows: pa.Table
    seed: int
    of: int
    parts: tuple[str | None, ...] = ()

    def texts(self, column: str) -> list[str | None]:
        """A column as texts; None where a row has none."""
        found: list[str | None] = self.rows[column].cast("string").to_pylist()
        return found

    def counted(self, column: str) -> list[tuple[str, int]]:
        """The values of a column as texts with their rows, without blanks."""
        import pyarrow.compute as pc

        found = pc.value_counts(self.rows[column].cast("string")).to_pylist()
        return [
            (each["values"], each["counts"]) for each in found if each["values"] and each["values"].strip()
        ]

    @property
    def whole(self) -> bool:
        """Whether it is all rows."""
        return bool(self.rows.num_rows == self.of)

    def distinct(self, column: str) -> int:
        """How many different values a column has in it, blanks and NaN among them."""
        import pyarrow.compute as pc

        return int(pc.count_distinct(self.rows[column]).as_py())

    def __str__(self) -> str:
        return f"a sample of {self.rows.num_rows:,} of {self.of:,} rows (by digest, seed {self.seed})"


def _as_texts(table: ibis.Table) -> dict[str, Any]:
    """Lists, groups of fields and bytes as texts, which can be compared and looked through."""
    kinds = table.schema().items()
    inner = [name for name, kind in kinds if kind.is_nested() or kind.is_binary() or kind.is_json()]
    return {name: table[name].cast("string") for name in inner}


def sample(rows: DataRows, total: int, *, seed: int = 0) -> Sample:
    """At most about 50,000 rows, in one statement; and in one more their parts of the split, if texts can be compared across it.

    Args:
        rows: the examples.
        total: how many rows there are.
        seed: another one draws other rows.
    """
    key = digest(rows.table, rows.identity or rows.table.columns, seed=seed)
    keyed = replace(rows, table=rows.table.mutate(**{KEY: key}, **_as_texts(rows.table)))
    found = rows.engine.run(_drawn(keyed, keyed.table, total), "taking a sample")
    texts = any(rows.table[name].type().is_string() for name in rows.inputs)
    parts = _parts(keyed, total, found[KEY].to_pylist()) if texts and rows.plan.by != "none" else ()
    return Sample(found.drop_columns([KEY]), seed, total, parts)


def _drawn(rows: DataRows, table: ibis.Table, total: int) -> ibis.Table:
    """The rows of a table that are dealt to the sample."""
    if total <= MOST_ROWS:
        return table
    return table.filter(_dealt(rows, table[KEY]) < round(BUCKETS * MOST_ROWS / total))


def _parts(rows: DataRows, total: int, keys: Sequence[Any]) -> tuple[str | None, ...]:
    """The part of each row by its key, apart from the rows: engines would carry all columns through the order of times."""
    table = with_part(rows).table.select(KEY, PART)
    found = rows.engine.run(_drawn(rows, table, total).distinct(), "finding the parts of a sample")
    parts = dict(zip(found[KEY].to_pylist(), found[PART].to_pylist(), strict=True))
    return tuple(parts[key] for key in keys)


def _dealt(rows: DataRows, key: Any) -> Any:
    """The number of the part that a row is dealt to, by the digest of what names it, or else of all it holds."""
    if rows.engine.local:
        return key % BUCKETS
    hexadecimal = key.substr(0, 4)
    digits = [ibis.literal("0123456789abcdef").find(hexadecimal.substr(at, 1)) for at in range(4)]
    return digits[0] * 4096 + digits[1] * 256 + digits[2] * 16 + digits[3]


def rows_of(found: Sample, rows: DataRows, engine: Engine, values: Mapping[str, Any]) -> DataRows:
    """A sample as rows to scan in the embedded engine, beside row values that were worked out elsewhere (by name)."""
    import pyarrow as pa

    table = found.rows
    for name, value in values.items():
        table = table.append_column(name, pa.array(value, type=pa.float64(), from_pandas=True))
    return replace(rows, engine=engine, table=engine.lent(table, NAME))
