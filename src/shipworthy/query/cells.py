"""Cubes of a log whose rows are its units: group once to base cells, roll up in NumPy."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import prod
from typing import TYPE_CHECKING, Any

import ibis
import numpy as np

from shipworthy.metrics.outcomes import asked_totals, cells_of
from shipworthy.query.parts import floats, found_by_part, slice_values, slices_of
from shipworthy.query.sliced import Sliced
from shipworthy.query.slicing import Slicing
from shipworthy.query.values import ANSWER, LABEL, outcome_number, plain_value, product, row_value, underflows
from shipworthy.tally.cells import BaseCells, Codes
from shipworthy.tally.cube import SQUARED, Cube, present, squared
from shipworthy.tally.needs import Grouping, Needs, Pair, pair

if TYPE_CHECKING:
    import pyarrow as pa

    from shipworthy.spec.task import Task

PRESENCES = (present(""), squared(present("")))
"""How the names begin of whether a column has a value, and of the square of that."""

MOST_BASE_CELLS = 400_000
"""With more combinations of slice values and outcome than this, each finest grouping is counted by itself."""


def cell_cubes(log: Sliced, needs: Needs) -> dict[Grouping, Cube]:
    """The cube of every grouping, in one statement; in one more where a column turns out to hold NaN."""
    finest = finest_groupings(needs, log.slicings, len(cells_of(log.task)))

    def counted(value: Callable[[ibis.Table, str], Any]) -> list[pa.Table]:
        parts = [(by, _counted(log.table, by, needs, value, weighted=log.weighted)) for by in finest]
        return found_by_part(log.engine, parts, needs.sliced_by, "counting cells")

    # To ask of each value whether it is NaN costs a fifth of the statement; one NaN makes the sum NaN.
    found = counted(plain_value)
    if any(_has_nan(rows) for rows in found):
        found = counted(row_value)
    base = [_base_cells(rows, by, log, needs) for by, rows in zip(finest, found, strict=True)]
    return {
        grouping: next(each for by, each in zip(finest, base, strict=True) if {*grouping} <= {*by}).rolled_up(
            grouping
        )
        for grouping in needs.groupings
    }


def finest_groupings(needs: Needs, slicings: Mapping[str, Slicing], cells: int) -> list[Grouping]:
    """What to group by: every column at once where that makes few cells, else the groupings that no other one holds."""
    columns = sorted({column for by in needs.groupings for column in by})
    if prod(max(len(slicings[column].labels), 1) for column in columns) * cells <= MOST_BASE_CELLS:
        return [tuple(columns)]
    wanted = sorted(needs.groupings)
    return [by for by in wanted if not any({*by} < {*other} for other in wanted)]


def _has_nan(found: pa.Table) -> bool:
    return any(
        bool(np.isnan(floats(found[name])).any())
        for name in found.column_names
        if name.startswith(("sum ", "product "))
    )


def _counted(
    table: ibis.Table,
    by: Grouping,
    needs: Needs,
    value_of: Callable[[ibis.Table, str], Any],
    *,
    weighted: bool,
) -> ibis.Table:
    """The statement of one part: rows, sums and products by slice and outcome."""
    sums: dict[str, Any] = {"n": table.count()}
    if weighted:
        sums |= {"w": table.weight.sum(), "ww": (table.weight * table.weight).sum()}
    products = _products(needs, weighted=weighted)
    multiplied = {name for each in products for name in each if not name.startswith(PRESENCES)}
    values = {name: value_of(table, name) for name in needs.columns | multiplied}
    for column in sorted(needs.columns):
        value = values[column]
        sums |= {f"n {column}": value.count(), f"sum {column}": value.sum()}
        if weighted:
            there = value.notnull()
            sums |= {
                f"w {column}": table.weight.sum(where=there),
                f"wsum {column}": (table.weight * value).sum(),
            }
    careful = underflows(table)
    for first, second in products:
        if _named(first, second, weighted=weighted) in sums:
            continue
        x, y = (_filled(values, name) for name in (first, second))
        both = product(x, y, careful=careful)
        powers = (3 if SQUARED in (first + second) else 2) if weighted else 0
        sums[_named(first, second, weighted=weighted)] = _weighed(both, table, powers).sum()
    return table.group_by([*slices_of(by), LABEL, ANSWER]).aggregate(**sums)


def _weighed(value: Any, table: ibis.Table, powers: int) -> Any:
    """A product of weighted values: each of them brings its weight."""
    for _ in range(powers):
        value = value * table.weight
    return value


def _named(first: str, second: str, *, weighted: bool) -> str:
    """The aggregate that is a product: of rows that weigh alike, that of a presence counts or sums the column."""
    if not weighted and first.startswith("#") and second in (first, first[1:]):
        return f"n {first[1:]}" if second == first else f"sum {second}"
    return f"product {first} {second}"


def _filled(values: Mapping[str, Any], name: str) -> Any:
    """A row value that is null in no row that counts: a product with null adds nothing."""
    if not name.startswith(PRESENCES):
        return values[name]
    return ibis.cases((values[name.removeprefix(SQUARED)[1:]].isnull(), 0.0), else_=1.0)


def _products(needs: Needs, *, weighted: bool) -> list[Pair]:
    """The asked products of columns; of rows that weigh alike without those that are others under another name."""
    presences = [*map(present, needs.columns)]
    own = {*needs.columns, *presences, *map(squared, needs.columns)}
    if weighted:
        own |= {*map(squared, presences)}
        same = set()
    else:
        same = {pair(present(column), squared(column)) for column in needs.columns}
    return sorted(each for each in needs.products - same if {*each} <= own)


def _base_cells(found: pa.Table, by: Grouping, log: Sliced, needs: Needs) -> BaseCells:
    task, weighted = log.task, log.weighted
    rows, totals = floats(found["n"]), asked_totals(task, needs.products)
    own, heavy = ("w", "wsum") if weighted else ("n", "sum")

    def values(number: str, total: str) -> dict[str, Any]:
        sums = {column: floats(found[f"{total} {column}"]) for column in needs.columns}
        return sums | {present(column): floats(found[f"{number} {column}"]) for column in needs.columns}

    return BaseCells(
        {column: slice_values(log.slicings[column], found[f"slice:{column}"]) for column in by},
        cells_of(task),
        _outcome_numbers(found, task),
        rows,
        floats(found["w"]) if weighted else rows,
        floats(found["ww"]) if weighted else rows,
        tuple(sorted(needs.columns)),
        values(own, heavy),
        values("n", "sum"),
        {
            pair(*each): floats(found[_named(*each, weighted=weighted)])
            for each in _products(needs, weighted=weighted)
        },
        totals,
        _of_totals(needs, cells_of(task), totals),
    )


def _outcome_numbers(found: pa.Table, task: Task) -> Codes:
    """The number of each row's outcome, told once of each that there is."""
    label, answer = (found[name].combine_chunks().dictionary_encode("encode") for name in (LABEL, ANSWER))
    labels, answers = label.dictionary.to_pylist(), answer.dictionary.to_pylist()
    both = np.asarray(label.indices) * len(answers) + np.asarray(answer.indices)
    seen, place = np.unique(both, return_inverse=True)
    numbers = [
        outcome_number(labels[each // len(answers)], answers[each % len(answers)], task) for each in seen
    ]
    return np.array(numbers, dtype=np.int64)[place]


def _of_totals(needs: Needs, cells: Sequence[str], totals: Mapping[str, Sequence[str]]) -> frozenset[Pair]:
    """The asked products of a total with another or with an outcome."""
    known = {*cells, *totals}
    return frozenset(each for each in needs.products if {*each} <= known and {*each} & {*totals})
