"""What a row says about the data, as row values that one scan can sum.

A row value of data is named `=NAME` or `=NAME@COLUMN`, like the metric that counts it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import ibis

from shipworthy.query.answer import class_of, positive
from shipworthy.query.data_rows import (
    ID,
    LABEL,
    PART,
    REPEATED,
    ROW,
    SEEN,
    TORN,
    UNIT,
    DataRows,
    instant,
)
from shipworthy.query.slicing import number
from shipworthy.query.split import TEST
from shipworthy.spec.contract import ColumnTerms


@dataclass(frozen=True)
class Truth:
    """Whether something holds of each row: a boolean that is never null, or the share of a row that it holds of.

    `known` says of which rows it speaks; None: of all.
    """

    holds: Any
    known: Any = None

    @property
    def number(self) -> Any:
        """1 or 0, and null in rows that it does not speak of."""
        holds = self.holds
        value = ibis.cases((holds, 1.0), else_=0.0) if holds.type().is_boolean() else holds
        return value if self.known is None else ibis.cases((self.known, value), else_=ibis.null("float64"))

    @property
    def sums(self) -> tuple[Any, Any]:
        """In how many rows it holds, and of how many it speaks (None: of all), as aggregates."""
        holds = (
            self.holds
            if self.known is None
            else self.holds & self.known
            if self.holds.type().is_boolean()
            else self.number
        )
        return holds.sum(), None if self.known is None else self.known.sum()


def _true(found: Any) -> Any:
    """A boolean that is false where it is not known."""
    return ibis.coalesce(found, False)


def _repeated(rows: DataRows, key: str) -> Any:
    """Of n rows that are alike, n - 1 are too many: each counts as that share of one."""
    alike = rows.table[REPEATED[key]].cast("float64")
    return ibis.coalesce((alike - 1.0) / alike, 0.0)


def _row(rows: DataRows, _: str) -> Truth:
    return Truth(~rows.never)


def _label_noise(rows: DataRows, _: str) -> Truth:
    """Of rows that were labelled again, whether the label differs; of no row where none was."""
    if rows.source.second_label is None:
        return Truth(rows.never, rows.never)
    again = rows.source.second_label
    known = ~rows.missing(again) & ~rows.missing(rows.label)
    return Truth(_true(class_of(rows.table[rows.label]) != class_of(rows.table[again])) & known, known)


def _labelled(rows: DataRows, column: str) -> Truth:
    return Truth(~rows.missing(column or rows.label))


def _positive(rows: DataRows, _: str) -> Truth:
    return Truth(_true(positive(rows.table[rows.label], rows.positive)))


def _missing(rows: DataRows, column: str) -> Truth:
    return Truth(rows.missing(column))


def _duplicate(rows: DataRows, _: str) -> Truth:
    return Truth(_repeated(rows, ROW))


def _duplicate_id(rows: DataRows, _: str) -> Truth:
    return Truth(_repeated(rows, ID), rows.table[ID].notnull())


def _conflicting(rows: DataRows, _: str) -> Truth:
    return Truth(_true(rows.table[TORN]), rows.table[LABEL].notnull())


def _leaked_row(rows: DataRows, _: str) -> Truth:
    return Truth(_true(rows.table[SEEN + ROW]), rows.table[PART] == TEST)


def _leaked_unit(rows: DataRows, _: str) -> Truth:
    return Truth(_true(rows.table[SEEN + UNIT]), rows.table[PART] == TEST)


def _out_of_range(rows: DataRows, column: str) -> Truth:
    """Whether a value is one that the contract does not allow; all are allowed of a column that it does not bound."""
    found, terms = rows.table[column], rows.terms.get(column, ColumnTerms("text"))
    known = None if column in rows.full else ~rows.missing(column)
    outside = rows.never
    if column in rows.allowed:
        return Truth(outside, known)
    if terms.values:
        outside = ~class_of(found).isin(terms.values)
    elif found.type().is_numeric():
        value = found if column in rows.plain else number(found)
        ends = ((terms.least, value < terms.least), (terms.greatest, value > terms.greatest))
        for end, beyond in ends:
            outside = outside | beyond if end is not None else outside
    return Truth(_true(outside), known)


TRUTHS: Mapping[str, Callable[[DataRows, str], Truth]] = {
    "rows": _row,
    "positives": _positive,
    "labelled": _labelled,
    "missing": _missing,
    "duplicates": _duplicate,
    "duplicate_ids": _duplicate_id,
    "conflicting_labels": _conflicting,
    "out_of_range": _out_of_range,
    "leaked_rows": _leaked_row,
    "leaked_units": _leaked_unit,
    "label_noise": _label_noise,
}
"""What is counted, by the name behind the `=`; what follows an `@` is the column."""

COMPARED = frozenset({"duplicates", "duplicate_ids", "conflicting_labels", "leaked_rows", "leaked_units"})
"""Those of them that compare rows."""


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


NUMBERS: Mapping[str, Callable[[DataRows, str], Any]] = {"label_lag": _label_lag, "leak_auc": _informative}
"""What is ranked rather than counted."""


def is_compared(name: str) -> bool:
    """Whether a row value compares rows with others, and needs their keys."""
    return name[1:].partition("@")[0] in COMPARED


def is_counted(name: str) -> bool:
    """Whether a row value is counted rather than ranked."""
    return name[1:].partition("@")[0] not in NUMBERS


def truth_of(rows: DataRows, name: str) -> Truth:
    """A row value that is counted, of rows `with_keys`; one that a sample brings along stands in its table."""
    if name in rows.table.columns:
        found = rows.table[name]
        return Truth(ibis.coalesce(found, 0.0), found.notnull())
    kind, _, column = name[1:].partition("@")
    return TRUTHS[kind](rows, column)


def number_of(rows: DataRows, name: str) -> Any:
    """A row value as a number that is null where it says nothing, of rows `with_keys`."""
    kind, _, column = name[1:].partition("@")
    return NUMBERS[kind](rows, column) if kind in NUMBERS else truth_of(rows, name).number
