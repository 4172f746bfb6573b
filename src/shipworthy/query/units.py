"""Cubes of a log whose units hold several rows: sum by unit and slice, then multiply."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import ibis
import numpy as np

from shipworthy.metrics.outcomes import asked_totals, cells_of
from shipworthy.query.parts import floats, found_by_part, keys_of, slices_of
from shipworthy.query.sliced import Sliced
from shipworthy.query.values import has_outcome, product, row_value, underflows
from shipworthy.spec.task import Task
from shipworthy.tally.cube import Cube, Floats, Key, row_values, squared
from shipworthy.tally.needs import Grouping, Needs

if TYPE_CHECKING:
    import pyarrow as pa


def unit_cubes(log: Sliced, needs: Needs) -> dict[Grouping, Cube]:
    """The cube of every grouping, all in one statement."""
    groupings, names = sorted(needs.groupings), row_values(needs.columns, cells_of(log.task))
    parts = [(by, _moments(log, by, needs, names)) for by in groupings]
    found = found_by_part(log.engine, parts, needs.sliced_by, "summing over units")
    return {by: _cube(rows, by, log, needs, names) for by, rows in zip(groupings, found, strict=True)}


def _moments(log: Sliced, by: Grouping, needs: Needs, names: Sequence[str]) -> ibis.Table:
    """The statement of one part: sums by unit and slice, then sums and products of these by slice."""
    table, weighted = log.table, log.weighted
    per_row = _row_values(table, needs, log.task)
    sums = {f"c{i}": _total(per_row[name], None) for i, name in enumerate(names)}
    if weighted:
        sums |= {f"v{i}": _total(per_row[name], table.weight) for i, name in enumerate(names)}
    per_unit = table.group_by([*slices_of(by), "unit"]).aggregate(rows=table.count(), **sums)
    own = "v" if weighted else "c"
    place = {name: per_unit[f"{own}{i}"] for i, name in enumerate(names)}
    totals = asked_totals(log.task, needs.products)
    place |= {
        name: sum((place[cell] for cell in counted), ibis.literal(0.0)) for name, counted in totals.items()
    }
    place |= {squared(name): product(sum_, sum_, careful=underflows(table)) for name, sum_ in place.items()}
    moments: dict[str, Any] = {"rows": per_unit.rows.sum(), "units": per_unit.count()}
    moments |= {name: per_unit[name].sum() for name in sums}
    careful = underflows(table)
    moments |= {
        f"p{i}": product(place[a], place[b], careful=careful).sum()
        for i, (a, b) in enumerate(_products(needs, place))
    }
    total = per_unit.group_by(slices_of(by)).aggregate(**moments) if by else per_unit.aggregate(**moments)
    numbers = {name: total[name].cast("float64") for name in moments}
    return total.select(*slices_of(by), **numbers)


def _row_values(table: ibis.Table, needs: Needs, task: Task) -> dict[str, Any]:
    """Each row value as a condition, or as a number that may be null."""
    values: dict[str, Any] = {cell: has_outcome(table, at, task) for at, cell in enumerate(cells_of(task))}
    for column in needs.columns:
        value = row_value(table, column)
        values |= {column: value, f"#{column}": value.notnull()}
    return values


def _total(value: Any, weight: Any) -> Any:
    if value.type().is_boolean():
        counted = value.sum() if weight is None else weight.sum(where=value)
        return ibis.coalesce(counted.cast("float64"), 0.0)
    return ibis.coalesce((value if weight is None else value * weight).sum(), 0.0)


def _products(needs: Needs, names: Iterable[str]) -> list[tuple[str, str]]:
    return sorted(each for each in needs.products if {*each} <= {*names})


def _cube(found: pa.Table, by: Grouping, log: Sliced, needs: Needs, names: tuple[str, ...]) -> Cube:
    totals = asked_totals(log.task, needs.products)
    every = (*names, *totals)
    products = _products(needs, (*every, *map(squared, every)))
    found = found.filter(_some(found))
    if not found.num_rows:
        return Cube.empty(by, every, products)
    keys = keys_of(found, by, log.slicings)
    counts = np.column_stack([floats(found[f"c{i}"]) for i in range(len(names))])
    sums = np.column_stack([floats(found[f"v{i}"]) for i in range(len(names))]) if log.weighted else counts
    counts, sums = (_with_totals(part, names, totals) for part in (counts, sums))
    parts = [floats(found["rows"]), floats(found["units"]), sums, counts]
    multiplied = [floats(found[f"p{i}"]) for i in range(len(products))]
    return _added(by, keys, every, parts, dict(zip(products, multiplied, strict=True)))


def _with_totals(values: Floats, names: Sequence[str], totals: Mapping[str, Sequence[str]]) -> Floats:
    """Sums by row value (S, k), and beside them those of outcomes that are counted together."""
    place = {name: at for at, name in enumerate(names)}
    summed = (values[:, [place[cell] for cell in counted]].sum(axis=1) for counted in totals.values())
    return np.column_stack([values, *summed])


def _some(found: pa.Table) -> Any:
    """Without columns to group by, there is one row even where there are no units."""
    import pyarrow.compute as pc

    return pc.greater(pc.fill_null(found["rows"], 0.0), 0.0)


def _added(
    by: Grouping,
    keys: Sequence[Key],
    names: tuple[str, ...],
    parts: Sequence[Floats],
    products: Mapping[tuple[str, str], Floats],
) -> Cube:
    """The cube with sorted keys; values of the same name are one slice."""
    ordered = tuple(sorted({*keys}))
    position = {key: i for i, key in enumerate(ordered)}
    at = np.array([position[key] for key in keys], dtype=int)

    def total(part: Floats) -> Floats:
        found = np.zeros((len(ordered), *part.shape[1:]))
        np.add.at(found, at, part)
        return found

    rows, units, sums, counts = (total(part) for part in parts)
    multiplied = {each: total(product) for each, product in products.items()}
    return Cube(by, ordered, names, rows, units, sums, counts, multiplied)
