"""The examples as rows to audit: what each row says about the data, as row values that one scan can sum.

A row value of data is named `=NAME` or `=NAME@COLUMN`, like the metric that counts it. It is 1 or 0 (a row that repeats
another one counts as its share of the repetitions), and null in rows that it does not speak of.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import ibis

from shipworthy.query.answer import class_of, positive
from shipworthy.query.digests import conflicts, digest, joined, repeats, seen
from shipworthy.query.engine import Engine
from shipworthy.query.frame import row_key
from shipworthy.query.slicing import Slicing, number
from shipworthy.query.split import TEST, SplitPlan, split_column, split_table
from shipworthy.spec.contract import ColumnTerms
from shipworthy.spec.scalars import Scalar
from shipworthy.spec.sections import Kind, Source

ROW, INPUTS, ID, LABEL = "audit:row", "audit:inputs", "audit:id", "audit:label"
"""What tells rows apart: all but the id, the inputs, the id; and what they are labelled with."""

PART, UNIT, SEEN = "audit:part", "audit:unit", "audit:trained on "
"""Which part of the split a row is in, whose it is, and whether training rows have the same key."""

REPEATED = {ROW: "audit:rows alike", ID: "audit:rows of the id"}
TORN = "audit:labels differ"


NO_SPLIT = SplitPlan("none", 1.0, 0.0, stated=False)


@dataclass(frozen=True)
class DataRows:
    """The rows of the examples under their own names, and what their columns are for.

    `slicings` are by column, `plan` says how rows are divided, `terms` what the data contract says of each
    column; `rates` has the share of positives by value of columns of text.
    """

    engine: Engine
    table: ibis.Table
    source: Source
    label: str
    positive: Scalar
    kind: Kind
    slicings: Mapping[str, Slicing]
    plan: SplitPlan = NO_SPLIT
    terms: Mapping[str, ColumnTerms] = field(default_factory=dict)
    rates: Mapping[str, Mapping[str, float]] = field(default_factory=dict)

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
    def part_column(self) -> str | None:
        """The column that says which row is in which part, where one does."""
        return None if self.plan.by in ("none", "time", "unit", "random") else self.plan.by

    @property
    def inputs(self) -> tuple[str, ...]:
        """The columns that a model could read: no role but that of being known beforehand."""
        source = self.source
        roles = {
            self.label,
            *self.identity,
            source.time,
            source.unit,
            source.weight,
            source.label_time,
            self.part_column,
        }
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


def _leaked(rows: DataRows, key: str) -> Any:
    """Of test rows, whether a training row has the same key."""
    return _where(rows.table[PART] == TEST, _one(rows.table[SEEN + key]))


def _out_of_range(rows: DataRows, column: str) -> Any:
    """Whether a value is one that the contract does not allow; all are allowed of a column that it does not bound."""
    found, terms = rows.table[column], rows.terms.get(column, ColumnTerms("text"))
    outside = ibis.literal(value=False)
    if terms.values:
        outside = ~class_of(found).isin(terms.values)
    elif found.type().is_numeric():
        for end, beyond in (
            (terms.least, number(found) < terms.least),
            (terms.greatest, number(found) > terms.greatest),
        ):
            outside = outside | beyond if end is not None else outside
    return _where(~missing(found), _one(outside))


def _informative(rows: DataRows, column: str) -> Any:
    """A column as a number that could tell answers apart: itself, or how often its value is positive; -1 for none."""
    found = rows.table[column]
    if column in rows.rates:
        known = [(found == value, rate) for value, rate in rows.rates[column].items()]
        return ibis.cases(*known, else_=-1.0)
    if found.type().is_boolean():
        return ibis.cases((found.isnull(), -1.0), (found, 1.0), else_=0.0)
    return number(found)


def _label_lag(rows: DataRows, _: str) -> Any:
    """Milliseconds from a row to its label; null where either instant is unknown."""
    source = rows.source
    ends = (instant(rows, source.label_time or ""), instant(rows, source.time or ""))
    known, happened = (end.epoch_seconds().cast("float64") for end in ends)
    return (known - happened) * 1000.0


ROW_VALUES: Mapping[str, Callable[[DataRows, str], Any]] = {
    "rows": _row,
    "positives": _positive,
    "labelled": _labelled,
    "missing": _missing,
    "duplicates": lambda rows, _: _repetition(rows, ROW),
    "duplicate_ids": _duplicate_id,
    "conflicting_labels": _conflicting,
    "out_of_range": _out_of_range,
    "leaked_rows": lambda rows, _: _leaked(rows, ROW),
    "leaked_units": lambda rows, _: _leaked(rows, UNIT),
    "label_lag": _label_lag,
    "leak_auc": _informative,
}
"""What a row says about the data, by the name behind the `=`; what follows an `@` is the column."""


def instant(rows: DataRows, column: str) -> Any:
    """When each row was; null where a text says no time."""
    found = rows.table[column]
    if found.type().is_string() and rows.engine.local:
        return found.try_cast("timestamp")
    return found.cast("timestamp")


def with_part(rows: DataRows) -> DataRows:
    """The rows with the part of the split that each is in."""
    table = split_table(rows.table, rows.plan, rows.source)
    key = row_key(table, rows.source.id, rows.source.repeats)
    return replace(rows, table=table.mutate(**{PART: split_column(table, rows.plan, rows.source, key)}))


def with_keys(rows: DataRows, names: Collection[str]) -> DataRows:
    """The rows beside what these row values compare them by."""
    wanted = {name[1:].partition("@")[0] for name in names}
    parted = with_part(rows) if wanted & {"leaked_rows", "leaked_units"} else rows
    keyed = parted.table.mutate(**_keys(rows, wanted))
    table = keyed
    for value, key in (("duplicates", ROW), ("duplicate_ids", ID)):
        if value in wanted:
            table = joined(table, key, repeats(keyed, key, REPEATED[key]))
    if "conflicting_labels" in wanted:
        table = joined(table, INPUTS, conflicts(keyed, INPUTS, LABEL, TORN))
    for value, key in (("leaked_rows", ROW), ("leaked_units", UNIT)):
        if value in wanted:
            trained = keyed.filter(keyed[PART] != TEST)
            table = joined(table, key, seen(trained, key, SEEN + key))
    return replace(rows, table=table)


def _keys(rows: DataRows, wanted: set[str]) -> dict[str, Any]:
    """What these row values compare rows by, as columns."""
    table, keys = rows.table, dict[str, Any]()
    if "leaked_units" in wanted:
        keys[UNIT] = table[rows.source.whose].cast("string")
    if wanted & {"duplicates", "leaked_rows"}:
        content = tuple(name for name in table.columns if name not in (*rows.identity, rows.part_column))
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
