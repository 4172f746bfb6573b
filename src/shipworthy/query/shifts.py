"""How columns of a table fall into categories, all in one statement: rows, and what clustered ones are worth."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import ibis

from shipworthy.query.engine import Engine
from shipworthy.query.parts import found_by_part, keys_of, slices_of
from shipworthy.query.slicing import Slicing
from shipworthy.tally.cube import Key
from shipworthy.tally.needs import Grouping, grouping
from shipworthy.tally.shift import Counts

if TYPE_CHECKING:
    import pyarrow as pa

ALL_ROWS: Mapping[str, Slicing] = {}


@dataclass(frozen=True, eq=False)
class Population:
    """A table with the column of its rows' units (None where each row is its own) and of their weights, and its slices."""

    engine: Engine
    table: ibis.Table
    unit: str | None = None
    weight: str | None = None
    slicings: Mapping[str, Slicing] = field(default_factory=lambda: ALL_ROWS)


Counted = Mapping[tuple[str, Grouping], Mapping[Key, Counts]]


def counts(
    population: Population,
    categories: Mapping[str, Slicing],
    wanted: Collection[tuple[str, Grouping]],
    purpose: str,
) -> Counted:
    """The rows of each category of each column, on every slice of its grouping, in one statement.

    Args:
        population: the table.
        categories: of each column.
        wanted: the columns, and by what they are sliced.
        purpose: of the statement.
    """
    asked = sorted(wanted)
    if not asked:
        return {}
    parts = [(by, _counted(population, categories[name], by)) for name, by in asked]
    every = grouping(column for _, by in asked for column in by)
    found = found_by_part(population.engine, parts, every, purpose)
    return {
        (name, by): _by_slice(part, by, categories[name], population.slicings)
        for (name, by), part in zip(asked, found, strict=True)
    }


def _counted(population: Population, categories: Slicing, by: Grouping) -> ibis.Table:
    """One row for each category and slice."""
    table, slices = population.table, slices_of(by)
    columns = {"category": categories.expression(table).cast("int64")}
    columns |= {f"slice:{name}": population.slicings[name].expression(table) for name in by}
    weight = ibis.literal(1.0) if population.weight is None else table[population.weight].cast("float64")
    if population.unit is None:
        rows = table.select(**columns, weight=ibis.coalesce(weight, 0.0))
        squares = (rows.weight * rows.weight).sum()
        return rows.group_by([*slices, "category"]).aggregate(
            n=rows.weight.sum(), own=squares, squares=squares, crossed=squares
        )
    unit = table[population.unit].cast("string")
    rows = table.select(**columns, unit=unit, weight=ibis.coalesce(weight, 0.0))
    of_unit = rows.group_by([*slices, "unit", "category"]).aggregate(
        n=rows.weight.sum(), own=(rows.weight * rows.weight).sum()
    )
    of_unit = of_unit.mutate(whole=of_unit.n.sum().over(ibis.window(group_by=[*slices, "unit"])))
    return of_unit.group_by([*slices, "category"]).aggregate(
        n=of_unit.n.sum(),
        own=of_unit.own.sum(),
        squares=(of_unit.n * of_unit.n).sum(),
        crossed=(of_unit.n * of_unit.whole).sum(),
    )


def _by_slice(
    found: pa.Table, by: Grouping, categories: Slicing, slicings: Mapping[str, Slicing]
) -> Mapping[Key, Counts]:
    """The counts of each slice by the name of the category."""
    names = ("category", "n", "own", "squares", "crossed")
    columns = [found[name].to_pylist() for name in names]
    slices: dict[Key, dict[str, tuple[float, ...]]] = {}
    for key, category, *sums in zip(keys_of(found, by, slicings), *columns, strict=True):
        slices.setdefault(key, {})[categories.label(category)] = tuple(map(float, sums))
    return {key: _of_equal_weight(each) for key, each in slices.items()}


def _of_equal_weight(side: Mapping[str, tuple[float, ...]]) -> Counts:
    """The counts as if each row weighed 1: all weighted rows count as the number that they are worth (Kish 1965)."""
    total, own = (sum(each[at] for each in side.values()) for at in (0, 1))
    scale = total / own if own else 0.0
    return {
        name: (scale * n, scale**2 * squares, scale**2 * crossed)
        for name, (n, _, squares, crossed) in side.items()
    }
