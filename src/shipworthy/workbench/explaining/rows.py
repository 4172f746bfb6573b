"""The rows that an explanation rests on: some test rows, the row that is asked about, and that row with other values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from shipworthy.errors import InputError, did_you_mean
from shipworthy.explain.reasons import shown_value
from shipworthy.query.log import originals
from shipworthy.query.one_row import WRITTEN, found_row, near_ids, value_of, with_value
from shipworthy.query.source import md5
from shipworthy.query.split import TEST
from shipworthy.workbench.probing.expecting import expected, words_of

if TYPE_CHECKING:
    import pyarrow as pa

    from shipworthy.workbench.session import Session

MOST_ROWS = 2_000
"""Test rows that are read at most, by the digest of their ids."""


@dataclass(frozen=True, eq=False)
class Rows:
    """One pool of rows under the names of the examples: test rows first, then the row, then the row with other values.

    `ids`, `labels`, `weights` and `units` are of the `sample` test rows, of which there are `of` in all; `row` and `changed`
    are places in the pool. `changes` are the values that were given, as text; `part` is the part of the split that the
    row is in.
    """

    pool: pa.Table
    ids: tuple[str, ...]
    labels: Any
    weights: Any
    units: Any
    of: int
    row_id: str | None = None
    label: str | None = None
    changes: Mapping[str, str] | None = None
    part: str | None = None

    @property
    def sample(self) -> int:
        """How many test rows there are."""
        return len(self.weights)

    @property
    def row(self) -> int | None:
        """The place of the row."""
        return None if self.row_id is None else self.sample

    @property
    def changed(self) -> int | None:
        """The place of the row with other values."""
        return self.sample + 1 if self.changes else None

    def value(self, column: str, place: int | None) -> str | None:
        """One value of the pool as text."""
        return None if place is None else shown_value(self.pool[column][place].as_py())


def rows_of(session: Session, row_id: str | None, changes: Mapping[str, str]) -> Rows:
    """The rows, in at most three statements.

    Raises:
        InputError: there is no such row or column, or a value is not of its column's kind.
    """
    row = None if row_id is None else _row(session, row_id)
    table = _test_rows(session)
    keys = {name: table[f"key:{name}"] for name in ("label", "weight")}
    whose = table["key:unit"].to_pylist() if session.frame.clustered else table["key:id"].to_pylist()
    units = np.unique([str(each) for each in whose], return_inverse=True)[1]
    label = row["key:label"][0].as_py() if row is not None else None
    return Rows(
        _pooled(table, row, changes),
        tuple(table["key:id"].to_pylist()),
        keys["label"].to_numpy(zero_copy_only=False),
        np.asarray(keys["weight"].to_numpy(zero_copy_only=False), dtype=np.float64),
        units,
        session.part(TEST).labelled or session.part(TEST).rows,
        row_id,
        expected(session.task.kind, words_of(session), None, label),
        changes if row is not None else None,
        None if row is None else row["key:split"][0].as_py(),
    )


def _test_rows(session: Session) -> pa.Table:
    """The labelled test rows, or all where none is labelled; a bounded number, in the order of the digest of their ids."""
    found = session.frame.rows(TEST)
    if session.part(TEST).labelled:
        found = found.filter(found.label.notnull())
    few = found.mutate(digest=md5(found.id)).order_by(["digest", "id"]).limit(MOST_ROWS)
    return session.home.run(
        originals(replace(session.frame, table=few)).order_by(["key:digest", "key:id"]), "reading test rows"
    )


def _row(session: Session, row_id: str) -> pa.Table:
    found = found_row(session.frame, row_id)
    if found is None:
        message = f"no row of the examples has the id {row_id!r}"
        raise InputError("explain.row", message, remedy=near_ids(session.frame, row_id))
    return found


def _pooled(table: pa.Table, row: pa.Table | None, changes: Mapping[str, str]) -> pa.Table:
    """The rows under one another, without the keys of the log."""
    import pyarrow as pa

    names = [name for name in table.column_names if not name.startswith("key:")]
    parts = [table.select(names)]
    if row is not None:
        own = row.select(names).cast(parts[0].schema)
        parts += [own, _with(own, changes)] if changes else [own]
    return pa.concat_tables(parts).combine_chunks()


def _with(row: pa.Table, changes: Mapping[str, str]) -> pa.Table:
    for name, text in changes.items():
        if name not in row.column_names:
            known = did_you_mean(name, row.column_names)
            raise InputError(
                "explain.column", f"--what-if {name}: the examples have no such column", remedy=known
            )
        kind = row.schema.field(name).type
        value = value_of(text, kind)
        if value is None:
            message = f"--what-if {name}={text}: the column {name} holds {kind}, and {text!r} is none"
            raise InputError("explain.value", message, remedy=WRITTEN)
        row = with_value(row, name, value)
    return row
