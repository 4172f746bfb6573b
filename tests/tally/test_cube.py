"""Cubes: counts, sums and cross products that add, roll up and relabel as the rows themselves do."""

from __future__ import annotations

from math import prod

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shipworthy.tally import CELLS, Cube
from shipworthy.tally.cells import BaseCells, SliceValues
from shipworthy.tally.cube import row_values
from shipworthy.tally.needs import pairs
from tests.tally.counting import Rows, cube_of, names_of
from tests.tally.same import assert_same_cube
from tests.tally.strategies import halves, logs, together

GROUPINGS = st.sampled_from([(), ("colour",), ("size",), ("colour", "size")])
COLUMNS = st.sampled_from([(), ("ms",), ("cost_usd", "ms")])


def test_row_values_are_the_nine_outcomes_then_each_column_with_its_presence():
    assert (*CELLS, "a", "#a", "b", "#b") == row_values(["b", "a"])
    assert row_values(["b", "a"]) == names_of(["b", "a"])


@given(halves(), GROUPINGS, COLUMNS)
def test_the_sum_of_two_cubes_is_the_cube_of_both_logs(pair, by, columns):
    first, second = pair
    expected = cube_of(together(first, second), by, columns)
    assert_same_cube(expected, cube_of(first, by, columns) + cube_of(second, by, columns))


@given(logs(clustered=True), logs(clustered=True), logs(clustered=True), GROUPINGS)
def test_adding_is_associative_and_commutative(a, b, c, by):
    x, y, z = (cube_of(log, by, ("ms",)) for log in (a, b, c))
    assert_same_cube((x + y) + z, x + (y + z))
    assert_same_cube(x + y, y + x)


@given(logs(), GROUPINGS, COLUMNS)
def test_the_empty_cube_is_neutral(log, by, columns):
    cube = cube_of(log, by, columns)
    empty = Cube.empty(by, names_of(columns), cube.products, cube.exclusive)
    assert_same_cube(cube, cube + empty)
    assert_same_cube(cube, empty + cube)


def test_only_cubes_of_the_same_shape_add():
    with pytest.raises(ValueError, match="same columns"):
        Cube.empty((), CELLS) + Cube.empty(("colour",), CELLS)


@given(logs(), COLUMNS)
def test_cubes_beside_each_other_keep_every_slice_of_each(log, columns):
    cubes = [cube_of(log, by, columns) for by in ((), ("colour",), ("colour", "size"))]
    whole, start = Cube.beside(("all",), cubes), 0
    for number, cube in enumerate(cubes):
        part = whole.select(range(start, start + len(cube)))
        assert [(str(number), *key) for key in cube.keys] == [*part.keys]
        np.testing.assert_array_equal(cube.sums, part.sums)
        np.testing.assert_array_equal(cube.units, part.units)
        start += len(cube)
    assert start == len(whole)


def test_only_cubes_of_the_same_row_values_stand_beside_each_other():
    with pytest.raises(ValueError, match="same row values"):
        Cube.beside(("all",), [Cube.empty((), CELLS), Cube.empty((), (*CELLS, "ms"))])


@given(logs(clustered=False), COLUMNS)
def test_the_sum_over_slices_of_independent_rows_is_the_whole(log, columns):
    whole, parts = cube_of(log, (), columns), cube_of(log, ("colour", "size"), columns)
    for part in ("rows", "units", "sums", "counts"):
        np.testing.assert_allclose(getattr(parts, part).sum(axis=0), getattr(whole, part)[0])
    for each, product in whole.products.items():
        np.testing.assert_allclose(parts.products[each].sum(), product[0])


def encoded(values: list[str]) -> SliceValues:
    """Slice values with each label named once, in an order of their own."""
    labels = tuple(sorted(set(values), reverse=True))
    return SliceValues(np.array([labels.index(value) for value in values], dtype=np.int64), labels)


def base_cells(rows: Rows, columns: tuple[str, ...], order: list[int]) -> BaseCells:
    """Base cells with the rows of each cell summed in a given order of the cells."""
    found: dict[tuple[str, ...], list[int]] = {}
    for at in range(len(rows)):
        key = (*(rows.slices[c][at] for c in ("colour", "size")), str(rows.outcome[at]))
        found.setdefault(key, []).append(at)
    cells = sorted(found.items())
    cells = (
        [cells[i] for i in sorted(range(len(cells)), key=lambda i: order[i % len(order)])] if order else cells
    )
    names = [name for column in columns for name in (column, f"#{column}")]

    def total(*factors: str) -> np.ndarray:
        def value(name: str, at: int) -> float:
            x = rows.numbers[name.removeprefix("#")][at]
            return (x is not None) * 1.0 if name.startswith("#") else x or 0.0

        return np.array([sum(prod(value(n, at) for n in factors) for at in members) for _, members in cells])

    counted = np.array([len(members) for _, members in cells], dtype=float)
    sums = {name: total(name) for name in names}
    return BaseCells(
        {name: encoded([key[i] for key, _ in cells]) for i, name in enumerate(("colour", "size"))},
        CELLS,
        np.array([int(key[2]) for key, _ in cells], dtype=np.int64),
        counted,
        counted,
        counted,
        columns,
        sums,
        sums,
        {each: total(*each) for each in pairs(names)},
    )


@given(logs(clustered=False), GROUPINGS, COLUMNS, st.permutations(range(6)))
def test_base_cells_roll_up_to_the_cube_of_the_rows_whatever_their_order(log, by, columns, order):
    assert_same_cube(cube_of(log, by, columns), base_cells(log, columns, list(order)).rolled_up(by))


def test_the_product_of_two_outcomes_of_independent_rows_is_zero():
    log = Rows([0, 4], {"colour": ["red", "red"], "size": ["tiny", "tiny"]}, {"ms": [3.0, 4.0]})
    cube = base_cells(log, ("ms",), []).rolled_up(())
    assert [25.0] == cube.product({"ms": 1.0}, {"ms": 1.0}).tolist()
    assert [0.0] == cube.product({"tp": 1.0}, {"tn": 1.0}).tolist()
    assert [2.0] == cube.product({"tp": 1.0, "tn": 1.0}, {"tp": 1.0, "tn": 1.0}).tolist()


def test_a_product_that_nobody_asked_for_is_named():
    cube = base_cells(Rows([0], {"colour": ["red"], "size": ["tiny"]}, {"ms": [3.0]}), ("ms",), []).rolled_up(
        ()
    )
    with pytest.raises(KeyError, match="'ms' and 'tp' was not scanned"):
        cube.product({"ms": 1.0}, {"tp": 1.0})


@given(logs(least=1, clustered=True), GROUPINGS)
def test_clustered_products_are_those_of_unit_sums(log, by):
    """By arrays: an indicator matrix of units by rows of the slice, and its Gram matrix."""
    cube = cube_of(log, by, ("ms",))
    values = np.array([[float(cell == at) for cell in log.outcome] for at in range(len(CELLS))]).T
    units = np.asarray(log.units)
    for position, key in enumerate(cube.keys):
        inside = np.array(
            [tuple(log.slices[c][at] for c in by) == key for at in range(len(log))], dtype=float
        )
        sums = np.array([((units == unit) * inside) @ values for unit in np.unique(units)])
        expected = sums.T @ sums
        for i, a in enumerate(CELLS):
            for j, b in enumerate(CELLS):
                assert expected[i, j] == cube.product({a: 1.0}, {b: 1.0})[position]
        assert len(np.unique(units[inside > 0])) == cube.units[position]


@given(logs(least=1), st.floats(0.1, 1e4))
def test_scaling_multiplies_everything(log, factor):
    cube = cube_of(log, ("colour",), ("ms",))
    scaled = cube.scaled(factor)
    assert cube.keys == scaled.keys
    for part in ("rows", "units", "sums", "counts"):
        np.testing.assert_allclose(getattr(scaled, part), factor * getattr(cube, part))
    for each, product in cube.products.items():
        np.testing.assert_allclose(scaled.products[each], factor * product)


@given(logs(least=1, clustered=True))
def test_totals_and_products_take_linear_combinations(log):
    cube = cube_of(log, (), ("ms",))
    a, b = {"tp": 2.0, "ms": -1.0}, {"fn": 0.5, "#ms": 3.0}
    vector = dict(zip(cube.names, cube.sums[0], strict=True))
    assert 2 * vector["tp"] - vector["ms"] == pytest.approx(float(cube.total(a)[0]))
    expected = sum(
        x * y * cube.products[(min(one, two), max(one, two))][0]
        for one, x in a.items()
        for two, y in b.items()
    )
    assert expected == pytest.approx(float(cube.product(a, b)[0]))


def test_a_value_that_was_not_scanned_is_named():
    with pytest.raises(KeyError, match="'ms' was not scanned"):
        Cube.empty((), CELLS).total({"ms": 1.0})


def test_slices_are_found_by_key_and_picked_in_any_order():
    log = Rows([0, 1, 3], {"colour": ["red", "blue", "red"]})
    cube = cube_of(log, ("colour",))
    assert (("blue",), ("red",)) == cube.keys
    assert 1 == cube.position(("red",))
    assert cube.position(("green",)) is None
    assert (("red",), ("blue",)) == cube.select([1, 0]).keys
    assert [2.0, 1.0] == cube.select([1, 0]).rows.tolist()
    assert 2 == len(cube)


@pytest.mark.parametrize("by", [(), ("colour",)])
def test_no_rows_make_the_empty_cube(by):
    cube = base_cells(Rows([], {"colour": [], "size": []}), (), []).rolled_up(by)
    assert_same_cube(Cube.empty(by, CELLS, cube.products, cube.exclusive), cube)
