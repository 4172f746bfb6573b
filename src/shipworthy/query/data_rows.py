"""The examples as rows to audit: what each row says about the data, as row values that one scan can sum.

A row value of data is named `=NAME` or `=NAME@COLUMN`, like the metric that counts it. It is 1 or 0 (a row that repeats
another one counts as its share of the repetitions), and null in rows that it does not speak of.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

import ibis

from shipworthy.query.answer import positive
from shipworthy.query.digests import conflicts, digest, joined, repeats
from shipworthy.query.engine import Engine
from shipworthy.query.slicing import Slicing
from shipworthy.spec.scalars import Scalar
from shipworthy.spec.sections import Kind, Source

ROW, INPUTS, ID, LABEL = "audit:row", "audit:inputs", "audit:id", "audit:label"
"""What tells rows apart: all but the id, the inputs, the id; and what they are labelled with."""

REPEATED = {ROW: "audit:rows alike", ID: "audit:rows of the id"}
TORN = "audit:labels differ"


@dataclass(frozen=True)
class DataRows:
    """The rows of the examples under their own names, and what their columns are for.

    `slicings` are by column; `clustered` says that units hold several rows.
    """

    engine: Engine
    table: ibis.Table
    source: Source
    label: str
    positive: Scalar
    kind: Kind
    slicings: Mapping[str, Slicing]

    @property
    def clustered(self) -> bool:
        """Whether units hold several rows."""
        return self.source.whose is not None and self.source.whose in self.table.columns

    @property
    def identity(self) -> tuple[str, ...]:
        """The columns that name a row."""
        named = (self.source.id, self.source.repeats)
        return tuple(column for column in named if column and column in self.table.columns)

    @property
    def inputs(self) -> tuple[str, ...]:
        """The columns that a model could read: no role but that of being known beforehand."""
        roles = {self.label, *self.identity, self.source.time, self.source.unit, self.source.weight}
        return tuple(name for name in self.table.columns if name not in roles)


def missing(column: Any) -> Any:
    """Whether a value is missing: null, not a number, or a text of blanks; never null."""
    if column.type().is_floating():
        return column.isnull() | ibis.coalesce(column.isnan(), False)
    if column.type().is_string():
        return column.isnull() | ibis.coalesce(column.strip() == "", False)
    return column.isnull()


def _one(truth: Any) -> Any:
    return ibis.cases((ibis.coalesce(truth, False), 1.0), else_=0.0)


def _where(known: Any, value: Any) -> Any:
    """The value in rows that it speaks of."""
    return ibis.cases((known, value), else_=ibis.null("float64"))


def _repetition(rows: DataRows, key: str) -> Any:
    """Of n rows that are alike, n - 1 are too many: each counts as that share of one."""
    alike = rows.table[REPEATED[key]].cast("float64")
    return ibis.coalesce((alike - 1.0) / alike, 0.0)


def _row(rows: DataRows, _: str) -> Any:  # noqa: ARG001 - as every row value
    return _one(ibis.literal(value=True))


def _labelled(rows: DataRows, column: str) -> Any:
    return _one(~missing(rows.table[column or rows.label]))


def _positive(rows: DataRows, _: str) -> Any:
    return _one(positive(rows.table[rows.label], rows.positive))


def _missing(rows: DataRows, column: str) -> Any:
    return _one(missing(rows.table[column]))


def _duplicate_id(rows: DataRows, _: str) -> Any:
    return _where(rows.table[ID].notnull(), _repetition(rows, ID))


def _conflicting(rows: DataRows, _: str) -> Any:
    return _where(rows.table[LABEL].notnull(), _one(rows.table[TORN]))


ROW_VALUES: Mapping[str, Callable[[DataRows, str], Any]] = {
    "rows": _row,
    "positives": _positive,
    "labelled": _labelled,
    "missing": _missing,
    "duplicates": lambda rows, _: _repetition(rows, ROW),
    "duplicate_ids": _duplicate_id,
    "conflicting_labels": _conflicting,
}
"""What a row says about the data, by the name behind the `=`; what follows an `@` is the column."""


def with_keys(rows: DataRows, names: Collection[str]) -> DataRows:
    """The rows beside what these row values compare them by."""
    wanted = {name[1:].partition("@")[0] for name in names}
    keyed = rows.table.mutate(**_keys(rows, wanted))
    table = keyed
    for value, key in (("duplicates", ROW), ("duplicate_ids", ID)):
        if value in wanted:
            table = joined(table, key, repeats(keyed, key, REPEATED[key]))
    if "conflicting_labels" in wanted:
        table = joined(table, INPUTS, conflicts(keyed, INPUTS, LABEL, TORN))
    return replace(rows, table=table)


def _keys(rows: DataRows, wanted: Collection[str]) -> dict[str, Any]:
    """What these row values compare rows by, as columns."""
    table, keys = rows.table, dict[str, Any]()
    if "duplicates" in wanted:
        content = tuple(column for column in table.columns if column not in rows.identity)
        keys[ROW] = digest(table, content)
    if "duplicate_ids" in wanted:
        named = digest(table, rows.identity)
        unnamed = missing(table[rows.identity[0]]) if rows.identity else ibis.literal(value=True)
        keys[ID] = ibis.cases((unnamed, ibis.null(named.type())), else_=named)
    if "conflicting_labels" in wanted:
        label = table[rows.label]
        keys[INPUTS] = digest(table, rows.inputs)
        keys[LABEL] = ibis.cases((missing(label), ibis.null(label.type())), else_=label)
    return keys


def row_value_of(rows: DataRows, name: str) -> Any:
    """One row value of rows `with_keys`."""
    kind, _, column = name[1:].partition("@")
    return ROW_VALUES[kind](rows, column)
