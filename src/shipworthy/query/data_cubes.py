"""Cubes of row values that are counted, where rows are their own units: two plain sums of each, in one statement."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import ibis
import numpy as np

from shipworthy.query.cells import finest_groupings
from shipworthy.query.data_rows import DataRows
from shipworthy.query.data_values import is_counted, truth_of
from shipworthy.query.parts import floats, found_by_part, slice_values, slices_of
from shipworthy.tally.cells import BaseCells
from shipworthy.tally.cube import Cube, present
from shipworthy.tally.needs import Grouping, Needs, pair

if TYPE_CHECKING:
    import pyarrow as pa

ROW = "row"
"""The one outcome of a row that is not judged."""


def counted_cubes(rows: DataRows, sliced: ibis.Table, needs: Needs) -> dict[Grouping, Cube]:
    """The cube of every grouping.

    Zeros and ones are their own squares, so no product is summed. A row that is the repetition of others counts as a
    share of one; rows being their own units, nothing is made of its square.

    Args:
        rows: with the keys that row values compare them by.
        sliced: the same rows with their slices.
        needs: which row values, by what.
    """
    names = sorted(name for name in needs.columns if is_counted(name))
    sums = {name: truth_of(rows, name).sums for name in names}
    finest = finest_groupings(needs, rows.slicings, 1)
    parts = [(by, _counted(sliced, by, [sums[name] for name in names])) for by in finest]
    found = found_by_part(rows.engine, parts, needs.sliced_by, "counting rows")
    base = {by: _cells(part, by, names, rows) for by, part in zip(finest, found, strict=True)}
    return {
        by: next(cells for finer, cells in base.items() if {*by} <= {*finer}).rolled_up(by)
        for by in needs.groupings
    }


def _counted(sliced: ibis.Table, by: Grouping, sums: Sequence[tuple[Any, Any]]) -> ibis.Table:
    aggregates: dict[str, Any] = {"n": sliced.count()}
    for at, (holds, known) in enumerate(sums):
        aggregates |= {f"holds {at}": holds} | ({} if known is None else {f"known {at}": known})
    return sliced.group_by(slices_of(by)).aggregate(**aggregates) if by else sliced.aggregate(**aggregates)


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
