"""The examples as rows to audit: what their columns are for, and what rows are told apart and compared by."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import ibis

from shipworthy.query.digests import conflicts, digest, joined, repeats, seen
from shipworthy.query.engine import Engine
from shipworthy.query.frame import row_key
from shipworthy.query.slicing import Slicing
from shipworthy.query.split import TEST, SplitPlan, split_column, split_table
from shipworthy.spec.contract import ColumnTerms
from shipworthy.spec.kinds import Kind

if TYPE_CHECKING:
    from shipworthy.spec.scalars import Scalar
    from shipworthy.spec.sections import Source

ROW, INPUTS, ID, LABEL = "audit:row", "audit:inputs", "audit:id", "audit:label"
"""What tells rows apart: all but the id, the inputs, the id; and what they are labelled with."""

PART, UNIT, SEEN = "audit:part", "audit:unit", "audit:trained on "
"""Which part of the split a row is in, whose it is, and whether training rows have the same key."""

REPEATED = {ROW: "audit:rows alike", ID: "audit:rows of the id"}
TORN = "audit:labels differ"
KEYS = "audit_keys"


NO_SPLIT = SplitPlan("none", 1.0, 0.0, stated=False)


@dataclass(frozen=True)
class DataRows:
    """The rows of the examples under their own names, and what their columns are for.

    `slicings` are by column, `plan` says how rows are divided, `terms` what the data contract says of each
    column; `rates` has the share of positives by value of columns of text. In `plain` columns only null is no value;
    of `full` ones every row is known to have a value, and of `allowed` ones every value to be as the contract says, so
    that neither is counted again.
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
    plain: frozenset[str] = frozenset()
    full: frozenset[str] = frozenset()
    allowed: frozenset[str] = frozenset()

    @property
    def never(self) -> Any:
        """What holds of no row, as a boolean of the table that is never null."""
        column = self.table[self.table.columns[0]]
        return column.isnull() & column.notnull()

    def missing(self, column: str) -> Any:
        """Whether a row has no value: null, not a number, or a text of blanks; never null itself."""
        if column in self.full:
            return self.never
        found = self.table[column]
        return found.isnull() if column in self.plain else missing(found)

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
        roles = {self.label, *self.source.about_rows, self.plan.column}
        return tuple(name for name in self.table.columns if name not in roles)


def missing(column: Any) -> Any:
    """Whether a value is missing: null, not a number, or a text of blanks; never null."""
    if column.type().is_floating():
        return column.isnull() | ibis.coalesce(column.isnan(), False)
    if column.type().is_string():
        return column.isnull() | ibis.coalesce(column.strip() == "", False)
    return column.isnull()


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
    return replace(rows, table=_compared(keyed, wanted))


def keys_alone(rows: DataRows, names: Collection[str], beside: Mapping[str, Any]) -> DataRows:
    """The same without the columns, but with these beside: narrow enough to be kept, so that rows are read once.

    Only for the embedded engine. What is compared is looked at three times and more, and reading is what costs.
    """
    wanted = {name[1:].partition("@")[0] for name in names}
    parted = with_part(rows) if wanted & {"leaked_rows", "leaked_units"} else rows
    part = {PART: parted.table[PART]} if PART in parted.table.columns else {}
    keyed = parted.table.select(**_keys(rows, wanted), **part, **beside)
    kept = rows.engine.kept(keyed, KEYS, "writing down what rows are compared by")
    return replace(rows, table=_compared(kept, wanted))


def _compared(keyed: ibis.Table, wanted: set[str]) -> ibis.Table:
    """Rows with their keys beside what others have the same."""
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
    return table


def _keys(rows: DataRows, wanted: set[str]) -> dict[str, Any]:
    """What these row values compare rows by, as columns."""
    table, keys = rows.table, dict[str, Any]()
    if "leaked_units" in wanted:
        keys[UNIT] = table[rows.source.whose].cast("string")
    if wanted & {"duplicates", "leaked_rows"}:
        apart = (*rows.identity, rows.plan.column, rows.source.second_label)
        content = tuple(name for name in table.columns if name not in apart)
        keys[ROW] = digest(table, content)
    if "duplicate_ids" in wanted:
        named = digest(table, rows.identity)
        unnamed = rows.missing(rows.identity[0]) if rows.identity else ibis.literal(value=True)
        keys[ID] = ibis.cases((unnamed, ibis.null(named.type())), else_=named)
    if "conflicting_labels" in wanted:
        label = table[rows.label]
        keys[INPUTS] = digest(table, rows.inputs)
        keys[LABEL] = ibis.cases((rows.missing(rows.label), ibis.null(label.type())), else_=label)
    return keys
