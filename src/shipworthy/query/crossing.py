"""What crosses of each row into this process, and how it lies in memory here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import ibis
import ibis.expr.datatypes as dt
import numpy as np

from shipworthy.metrics.outcomes import cells_of
from shipworthy.query.arrow_numbers import numbers
from shipworthy.query.random_groups import random_group
from shipworthy.query.slicing import Slicing
from shipworthy.query.values import ANSWER, LABEL, plain_value
from shipworthy.spec.task import Task
from shipworthy.tally.bucketing import UNLABELLED, ValueRows
from shipworthy.tally.cells import Codes
from shipworthy.tally.packing import Packing
from shipworthy.tally.unit_rows import Records, RowLayout

if TYPE_CHECKING:
    import pyarrow as pa


@ibis.udf.scalar.builtin(name="list_position", signature=((dt.Array(dt.string), dt.string), dt.int64))
def position(values: list[str], value: str) -> int:  # noqa: ARG001 - a declaration of the engine's function
    """Where a value stands in a list, from 1; null where it does not."""
    raise AssertionError("computed by the engine")


@ibis.udf.scalar.builtin(name="hash")
def unit_hash(unit: str) -> dt.uint64:  # noqa: ARG001 - a declaration of the engine's function
    """DuckDB's 64-bit hash."""
    raise AssertionError("computed by the engine")


@dataclass(frozen=True)
class Crossing:
    """What crosses of each row: its outcome, its slices in packs, and what is asked of its unit, weight and values.

    `summed` are the columns that are summed over units, none where rows are not summed; `bucketed` those of which
    histograms are counted. `group` says whose random group crosses: the unit's, the row's, or nobody's.
    """

    task: Task
    slicings: Mapping[str, Slicing]
    by: tuple[str, ...]
    summed: tuple[str, ...] | None
    bucketed: tuple[str, ...]
    weighted: bool
    totals: Mapping[str, tuple[str, ...]]
    group: str | None = None

    @cached_property
    def packing(self) -> Packing:
        """How slices are packed."""
        return Packing.of({column: tuple(_labels(self.slicings[column])) for column in self.by})

    @cached_property
    def row(self) -> RowLayout:
        """How a row that is summed lies in memory."""
        return RowLayout(cells_of(self.task), self.packing, self.summed or (), self.weighted, self.totals)

    @cached_property
    def _values(self) -> tuple[str, ...]:
        """All columns: first those that are summed, in their order."""
        summed = self.summed or ()
        return (*summed, *(column for column in self.bucketed if column not in summed))

    def rows(self, table: ibis.Table) -> ibis.Table:
        """The expression with exactly these columns."""
        packs = {f"p{i}": self._packed(table, pack) for i, pack in enumerate(self.packing.packs)}
        unit = {} if self.summed is None else {"unit": unit_hash(table.unit)}
        group = {"group": random_group(table[self.group]).cast("uint8")} if self.group else {}
        weight = {"weight": table.weight} if self.weighted else {}
        values = {f"v{i}": plain_value(table, column) for i, column in enumerate(self._values)}
        return table.select(outcome=_outcome(table, self.task), **unit, **packs, **group, **weight, **values)

    def _packed(self, table: ibis.Table, pack: tuple[str, ...]) -> Any:
        steps = self.packing.weights(pack)
        digits = [_number(table, c, self.slicings[c]).cast("uint16") * steps[c] for c in pack]
        return sum(digits[1:], digits[0]).cast("uint16")

    def records(self, batch: pa.RecordBatch) -> Records:
        """A batch as records that can be sorted by unit."""
        found = np.empty(batch.num_rows, self.row.record)
        for name in found.dtype.names or ():
            found[name] = _column(batch, name)
        return found

    def valued(self, batch: pa.RecordBatch) -> dict[str, ValueRows]:
        """A batch as the values of each column that is bucketed."""
        packed = tuple(_column(batch, f"p{i}").astype(np.intp) for i in range(len(self.packing.packs)))
        truth = self._truths.take(_column(batch, "outcome"))
        weight = _column(batch, "weight") if self.weighted else None
        group = _column(batch, "group").astype(np.intp) if self.group else None
        return {
            column: ValueRows(packed, _column(batch, f"v{self._values.index(column)}"), truth, weight, group)
            for column in self.bucketed
        }

    @property
    def _truths(self) -> Codes:
        """0 for a negative, 1 for a positive, 2 for no label, by the number of the outcome of a yes/no row."""
        if self.task.kind == "binary" and not self.task.paired:
            return np.repeat([1, 0, UNLABELLED], 3)
        return np.full(len(cells_of(self.task)), UNLABELLED)


def _column(batch: pa.RecordBatch, name: str) -> Any:
    return numbers(batch.column(batch.schema.get_field_index(name)))


def _number(table: ibis.Table, column: str, slicing: Slicing) -> Any:
    """The number of a row's slice: of its range, or of its value among the known ones; one more for no value."""
    expression = table[f"slice:{column}"]
    if slicing.numbers:
        return ibis.coalesce(expression, slicing.numbers).cast("uint8")
    values = [value for value in slicing.found if value is not None]
    if not values:
        return ibis.literal(0, "uint8")
    listed = ibis.array([ibis.literal(value).cast(expression.type()) for value in values])
    at = position(listed, expression) - 1 if expression.type().is_string() else listed.index(expression)
    return ibis.coalesce(at, len(values)).cast("uint8")


def _labels(slicing: Slicing) -> list[str]:
    """The names of the slices that the numbers stand for."""
    if slicing.numbers:
        return [*map(slicing.label, range(slicing.numbers)), slicing.label(None)]
    return [slicing.label(value) for value in slicing.found if value is not None] + [slicing.label(None)]


def _outcome(table: ibis.Table, task: Task) -> Any:
    """The number of the outcome; casts of yes and no to numbers cost nothing in this engine."""
    label, answer = table[LABEL], table[ANSWER]
    if task.paired:
        return answer.cast("uint16")
    if task.kind == "multiclass":
        classes = len(task.classes)
        at = [
            ibis.coalesce(ibis.array(list(task.classes)).index(key), classes).cast("uint16")
            for key in (label, answer)
        ]
        return (at[0] * (classes + 1) + at[1]).cast("uint16")
    yes, no = (key.cast("uint8") for key in (label, answer))
    if task.kind != "binary":
        return ibis.cases((~label, 2), (answer, 0), else_=1).cast("uint16")
    return (ibis.coalesce(1 - yes, 2) * 3 + ibis.coalesce(1 - no, 2)).cast("uint16")
