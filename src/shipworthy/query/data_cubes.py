"""Cubes of row values that are counted, where rows are their own units: two plain sums of each, in one statement."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import ibis
import numpy as np

from shipworthy.query.cells import finest_groupings
from shipworthy.query.data_rows import DataRows, keys_alone, with_keys
from shipworthy.query.data_values import is_compared, is_counted, truth_of
from shipworthy.query.parts import floats, found_by_part, slice_values, slices_of
from shipworthy.tally.cells import BaseCells
from shipworthy.tally.cube import Cube, present
from shipworthy.tally.needs import Grouping, Needs, pair

if TYPE_CHECKING:
    import pyarrow as pa

ROW = "row"
"""The one outcome of a row that is not judged."""


def counted_cubes(rows: DataRows, needs: Needs) -> dict[Grouping, Cube]:
    """The cube of every grouping.

    Zeros and ones are their own squares, so no product is summed. A row that is the repetition of others counts as a
    share of one; rows being their own units, nothing is made of its square.

    Args:
        rows: the rows.
        needs: which row values, by what.
    """
    names = sorted(name for name in needs.columns if is_counted(name))
    tables = [
        (table, {names.index(name): truth_of(table, name).sums for name in own})
        for table, own in _tables(rows, names, needs.sliced_by)
    ]
    finest = finest_groupings(needs, rows.slicings, 1)
    parts = [(by, _counted(tables, by)) for by in finest]
    found = found_by_part(rows.engine, parts, needs.sliced_by, "counting rows")
    base = {by: _cells(part, by, names, rows) for by, part in zip(finest, found, strict=True)}
    return {
        by: next(cells for finer, cells in base.items() if {*by} <= {*finer}).rolled_up(by)
        for by in needs.groupings
    }


def with_slices(rows: DataRows, by: Grouping) -> DataRows:
    """The rows with the slices that they are in."""
    return replace(rows, table=rows.table.mutate(**_slices(rows, by))) if by else rows


def _slices(rows: DataRows, by: Grouping) -> dict[str, Any]:
    return {f"slice:{name}": rows.slicings[name].expression(rows.table) for name in by}


def _tables(rows: DataRows, names: Sequence[str], by: Grouping) -> list[tuple[DataRows, list[str]]]:
    """The rows with their slices, and which row values are counted on them.

    What compares rows is counted on keys that are written down first where the engine is the embedded one.
    """
    compared = [name for name in names if is_compared(name) and name not in rows.table.columns]
    if not compared or not rows.engine.local:
        return [(with_slices(with_keys(rows, names), by), [*names])]
    others = [name for name in names if name not in compared]
    keys = keys_alone(rows, compared, _slices(rows, by))
    return [(with_slices(rows, by), others), (keys, compared)]


Sums = Mapping[int, tuple[Any, Any]]


def _counted(tables: Sequence[tuple[DataRows, Sums]], by: Grouping) -> ibis.Table:
    """The rows of the first table, and the sums of all, by slice."""
    found = [_aggregated(rows.table, by, sums, first=not at) for at, (rows, sums) in enumerate(tables)]
    if len(found) == 1:
        return found[0]
    types = {name: kind for each in found for name, kind in each.schema().items()}
    wide = [
        each.mutate(
            **{name: ibis.literal(0, kind) for name, kind in types.items() if name not in each.columns}
        )
        for each in found
    ]
    every = ibis.union(*[each.select(*types) for each in wide])
    sums = {name: every[name].sum() for name in types if name not in slices_of(by)}
    return every.group_by(slices_of(by)).aggregate(**sums) if by else every.aggregate(**sums)


def _aggregated(table: ibis.Table, by: Grouping, sums: Sums, *, first: bool) -> ibis.Table:
    aggregates: dict[str, Any] = {"n": table.count()} if first else {}
    for at, (holds, known) in sums.items():
        aggregates |= {f"holds {at}": holds} | ({} if known is None else {f"known {at}": known})
    return table.group_by(slices_of(by)).aggregate(**aggregates) if by else table.aggregate(**aggregates)


def _cells(found: pa.Table, by: Grouping, names: Sequence[str], rows: DataRows) -> BaseCells:
    n, values = floats(found["n"]), dict[str, Any]()
    for at, name in enumerate(names):
        values[name] = floats(found[f"holds {at}"])
        values[present(name)] = floats(found[f"known {at}"]) if f"known {at}" in found.column_names else n
    products: Mapping[tuple[str, str], Any] = {
        pair(first, second): values[name] if name in (first, second) else values[present(name)]
        for name in names
        for first, second in ((name, name), (name, present(name)), (present(name), present(name)))
    }
    slices = {column: slice_values(rows.slicings[column], found[f"slice:{column}"]) for column in by}
    outcome = np.zeros(len(n), dtype=np.int64)
    return BaseCells(slices, (ROW,), outcome, n, n, n, tuple(names), values, values, products)
