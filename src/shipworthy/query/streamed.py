"""Sums over units in the embedded engine: rows cross once, in no order, and are summed by unit in NumPy.

A GROUP BY of unit and slice makes nearly as many groups as there are rows, once per grouping. Here each row crosses
with the hash of its unit, the numbers of its slices and its values; rows are dealt to partitions by hash, so that
all rows of a unit meet, and every grouping is summed from them. Two units whose 64-bit hashes agree would count as
one: among a million units that happens once in 37 million logs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import ibis
import ibis.expr.datatypes as dt
import numpy as np

from shipworthy.metrics.outcomes import asked_totals, cells_of
from shipworthy.query.engine import Engine
from shipworthy.query.slicing import Slicing
from shipworthy.query.values import ANSWER, LABEL, plain_value
from shipworthy.spec.task import Task
from shipworthy.tally.cube import Cube
from shipworthy.tally.needs import Grouping, Needs
from shipworthy.tally.unit_rows import Records, RowLayout, UnitRows, summing

if TYPE_CHECKING:
    import pyarrow as pa

MOST_ROWS = 16_000_000
"""Rows that are held at once; a longer log is read several times, each time some of its units."""

SUMMED_ROWS = 40_000
"""At least so many rows, and not many more, are summed at a time, so that they stay in the processor's cache."""

PARTITIONS = 256
MOST_SLICES = 250
BATCH_ROWS = 250_000


@ibis.udf.scalar.builtin(name="list_position", signature=((dt.Array(dt.string), dt.string), dt.int64))
def position(values: list[str], value: str) -> int:  # noqa: ARG001 - a declaration of the engine's function
    """Where a value stands in a list, from 1; null where it does not."""
    raise AssertionError("computed by the engine")


@ibis.udf.scalar.builtin(name="hash")
def unit_hash(unit: str) -> dt.uint64:  # noqa: ARG001 - a declaration of the engine's function
    """DuckDB's 64-bit hash."""
    raise AssertionError("computed by the engine")


def known(columns: Iterable[str], slicings: Mapping[str, Slicing]) -> bool:
    """Whether the slices of all these columns are known beforehand and few, so that rows can cross with their numbers."""
    return all(0 < len(slicings[column].labels) < MOST_SLICES for column in columns)


@dataclass(frozen=True)
class _Layout:
    """What crosses of each row: the hash of its unit, its outcome, its slices as numbers, its weight and its values."""

    task: Task
    slicings: Mapping[str, Slicing]
    by: tuple[str, ...]
    columns: tuple[str, ...]
    weighted: bool
    totals: Mapping[str, tuple[str, ...]]

    @property
    def row(self) -> RowLayout:
        """How a row lies in memory."""
        slices = {column: tuple(_labels(self.slicings[column])) for column in self.by}
        return RowLayout(cells_of(self.task), slices, self.columns, self.weighted, self.totals)

    def rows(self, table: ibis.Table) -> ibis.Table:
        """The expression with exactly these columns."""
        slices = {f"s{i}": _number(table, column, self.slicings[column]) for i, column in enumerate(self.by)}
        weight = {"weight": table.weight} if self.weighted else {}
        values = {f"v{i}": plain_value(table, column) for i, column in enumerate(self.columns)}
        return table.select(
            unit=unit_hash(table.unit), outcome=_outcome(table, self.task), **slices, **weight, **values
        )

    def read(self, batch: pa.RecordBatch) -> Records:
        """A batch as records."""
        found = np.empty(batch.num_rows, self.row.record)
        for name in found.dtype.names or ():
            column = batch.column(batch.schema.get_field_index(name))
            found[name] = column.to_numpy(zero_copy_only=False)
        return found


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


def streamed_cubes(
    engine: Engine,
    table: ibis.Table,
    slicings: Mapping[str, Slicing],
    needs: Needs,
    task: Task,
    *,
    weighted: bool,
    most_rows: int = MOST_ROWS,
) -> dict[Grouping, Cube]:
    """The cube of every grouping. Memory stays under some 30 bytes for each of `most_rows` rows."""
    by = tuple(sorted({column for grouping in needs.groupings for column in grouping}))
    layout = _Layout(
        task, slicings, by, tuple(sorted(needs.columns)), weighted, asked_totals(task, needs.products)
    )
    summed = [summing(grouping, layout.row, needs) for grouping in sorted(needs.groupings)]
    for rows in _partitions(engine, layout.rows(table), layout, most_rows):
        units = UnitRows.of(rows, layout.row)
        for each in summed:
            each.add(units)
    return {each.by: each.cube() for each in summed}


def _partitions(engine: Engine, rows: ibis.Table, layout: _Layout, most_rows: int) -> Iterator[Records]:
    """All rows, each time those of some units; a log too long for memory is read again for the units left out."""
    waiting = [(0, PARTITIONS)]
    while waiting:
        first, end = waiting.pop()
        held, held_end = _held(engine, rows, layout, most_rows, (first, end))
        if held_end < end:
            waiting.append((held_end, end))
        some: list[Records] = []
        for part in held:
            some += part
            if sum(map(len, some)) >= SUMMED_ROWS:
                yield np.concatenate(some)
                some = []
        if some:
            yield np.concatenate(some)


def _held(
    engine: Engine, rows: ibis.Table, layout: _Layout, most_rows: int, wanted: tuple[int, int]
) -> tuple[list[list[Records]], int]:
    """The rows of the partitions from `first`, and before which partition memory ended.

    `take` moves whole records and is thirty times as fast as an index.
    """
    first, end = wanted
    held: list[list[Records]] = [[] for _ in range(end - first)]
    for batch in engine.stream(rows, "summing over units", BATCH_ROWS):
        found = layout.read(batch)
        partition = (found["unit"] >> np.uint64(56)).astype(np.uint8)
        order = np.argsort(partition, kind="stable")
        found, ends = found.take(order), np.cumsum(np.bincount(partition, minlength=PARTITIONS))
        for at in range(first, first + len(held)):
            held[at - first].append(found[ends[at - 1] if at else 0 : ends[at]])
        count = sum(len(each) for part in held for each in part)
        while count > most_rows and len(held) > 1:
            held = held[: len(held) // 2]
            count = sum(len(each) for part in held for each in part)
    return held, first + len(held)
