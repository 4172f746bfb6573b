"""Worse slices are found, each once, at the stated error, and held against the rest of the data."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shipworthy.evaluate import slice_search, worst_slices
from shipworthy.tally import CELLS
from tests.dear import few
from tests.evaluate.lattices import cubes_of, drawn, named, sought
from tests.tally.counting import Rows, cube_of

SIZES = (3, 4, 5)
METRICS = ("accuracy", "recall", "precision", "false_positive_rate", "f1", "net_value")


def slices_of(found):
    return [dict(each.slice) for each in found]


@pytest.mark.parametrize("metric", few(METRICS, "accuracy", "precision", "net_value"))
@pytest.mark.parametrize(("rows", "wrong"), [(400, 0.15), (4_000, 0.02)])
def test_where_nothing_is_worse_something_is_found_at_most_as_often_as_stated(metric, rows, wrong):
    rng = np.random.default_rng([rows, METRICS.index(metric)])
    runs = 200
    found = sum(
        bool(worst_slices(sought(metric), cubes_of(drawn(rng, SIZES, rows, wrong)), "m")) for _ in range(runs)
    )
    assert found / runs <= 0.05 + 2.6 * np.sqrt(0.05 * 0.95 / runs)


def test_planted_slices_are_found_and_what_they_explain_is_not():
    """A bad column value and a bad pair are listed, their many bad children and mixtures are not."""
    rng = np.random.default_rng(7)
    wrong = np.full((4, 5, 6), 0.15)
    wrong[0], wrong[1, 1] = 0.25, 0.4
    planted, runs, false = [named(c0=0), named(c0=1, c1=1)], 60, []
    for _ in range(runs):
        weights = rng.dirichlet(np.full(120, 3.0)).reshape(4, 5, 6)
        cells = drawn(rng, (4, 5, 6), 20_000, wrong, weights=weights)
        found = slice_search(sought("accuracy"), cubes_of(cells), "m")
        listed = slices_of(found.worst)
        assert all(each in listed for each in planted)
        assert found.search.worse > 20
        false.append(sum(each not in planted for each in listed) / len(listed))
    assert np.mean(false) <= 0.05 + 2.6 * np.std(false) / np.sqrt(runs)


def test_a_slice_of_three_columns_is_found_without_the_slices_that_contain_it():
    rng = np.random.default_rng(3)
    wrong = np.full((3, 3, 3), 0.1)
    wrong[1, 2, 0] = 0.6
    found = worst_slices(sought("accuracy"), cubes_of(drawn(rng, (3, 3, 3), 8_000, wrong)), "m")
    assert [named(c0=1, c1=2, c2=0)] == slices_of(found)


def test_a_slice_inside_a_bad_one_is_listed_too_where_it_is_worse_still():
    rng = np.random.default_rng(4)
    wrong = np.full((3, 4), 0.1)
    wrong[0], wrong[0, 2] = 0.25, 0.6
    found = worst_slices(sought("accuracy"), cubes_of(drawn(rng, (3, 4), 20_000, wrong)), "m")
    assert [named(c0=0, c1=2), named(c0=0)] == slices_of(found)


def test_a_tiny_slice_does_not_top_the_list():
    """Of a tiny slice with a somewhat greater difference and a large one, the large one comes first."""
    cells = np.zeros((3, 9))
    cells[:, CELLS.index("tp")] = 6_000, 2_800, 14
    cells[:, CELLS.index("fn")] = 400, 1_200, 8
    tiny, large = named(c0=2), named(c0=1)
    found = worst_slices(sought("recall"), cubes_of(cells), "m")
    differences = {each.slice["c0"]: each.difference for each in found}
    assert differences["v02"] < differences["v01"] + 0.03
    assert [large, tiny] == slices_of(found)


@given(
    st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2), st.integers(0, 4)), min_size=40, max_size=120)
)
def test_every_slice_is_held_against_the_rows_outside_it(rows):
    """The rest is overall less slice: counted again row by row."""
    log = Rows(
        [4 if each[2] else 3 for each in rows],
        {"a": [f"a{each[0]}" for each in rows], "b": [f"b{each[1]}" for each in rows]},
    )
    cubes = {by: cube_of(log, by) for by in ((), ("a",), ("b",), ("a", "b"))}
    for each in worst_slices(sought("accuracy"), cubes, "m", least_rows=1, error=0.999):
        inside = [
            all(log.slices[column][at] == value for column, value in each.slice.items())
            for at in range(len(log))
        ]
        right = [outcome == 4 for outcome in log.outcome]
        one, rest = (
            [good for good, within in zip(right, inside, strict=True) if within is wanted]
            for wanted in (True, False)
        )
        assert len(one) == each.n
        assert (np.mean(one), np.mean(rest)) == pytest.approx((each.value, each.rest))
        assert each.value - each.rest == pytest.approx(each.difference)
        assert each.low is not None
        assert each.high is not None
        assert each.low <= each.difference <= each.high
        assert each.p <= each.q <= 0.999


@given(st.data())
def test_slices_of_the_very_same_rows_are_one(data):
    """A column that repeats another under other names changes nothing but the count of the same slices."""
    rng = np.random.default_rng(data.draw(st.integers(0, 10_000)))
    rows = data.draw(st.integers(60, 300))
    a, b = rng.integers(0, 3, rows), rng.integers(0, 2, rows)
    wrong = rng.random(rows) < np.where(a == 1, 0.8, 0.1)
    outcome = [3 if each else 4 for each in wrong]
    once = {"a": [f"a{each}" for each in a], "b": [f"b{each}" for each in b]}
    twice = {**once, "z": [f"z{each}" for each in a]}
    pairs = [(), ("a",), ("b",), ("a", "b")]
    more = [("z",), ("a", "z"), ("b", "z"), ("a", "b", "z")]
    alone = slice_search(sought("accuracy"), {by: cube_of(Rows(outcome, once), by) for by in pairs}, "m")
    doubled = slice_search(
        sought("accuracy"), {by: cube_of(Rows(outcome, twice), by) for by in pairs + more}, "m"
    )
    assert alone.worst == doubled.worst
    assert (alone.search.slices, alone.search.looked_at) == (doubled.search.slices, doubled.search.looked_at)
    assert doubled.search.same_rows > alone.search.same_rows


def test_the_order_of_rows_and_of_groupings_changes_nothing():
    rng = np.random.default_rng(5)
    rows = 4_000
    columns = {"a": rng.integers(0, 4, rows), "b": rng.integers(0, 4, rows)}
    wrong = rng.random(rows) < np.where(columns["a"] == 1, 0.4, 0.1) + 0.2 * (columns["b"] == 2)
    log = Rows([3 if each else 4 for each in wrong], {k: [f"{k}{x}" for x in v] for k, v in columns.items()})
    groupings = [(), ("a",), ("b",), ("a", "b")]
    first = worst_slices(sought("accuracy"), {by: cube_of(log, by) for by in groupings}, "m")
    shuffled = log.picked(rng.permutation(rows).tolist())
    again = worst_slices(sought("accuracy"), {by: cube_of(shuffled, by) for by in groupings[::-1]}, "m")
    assert len(first) > 1
    assert first == again


def test_tiny_slices_are_not_compared_and_are_counted():
    cells = drawn(np.random.default_rng(0), (2, 3), 100)
    found = slice_search(sought("recall"), cubes_of(cells), "m", least_rows=30)
    assert (11, 11) == (found.search.slices, found.search.looked_at + found.search.too_small)
    assert found.search.too_small >= 6


def test_rows_that_are_all_alike_are_not_compared():
    cells = np.zeros((3, 9))
    cells[:, CELLS.index("tp")] = 500
    assert 0 == slice_search(sought("recall"), cubes_of(cells), "m").search.looked_at


def test_without_slices_there_is_nothing_to_look_at():
    found = slice_search(sought("recall"), cubes_of(drawn(np.random.default_rng(0), (), 100)), "m")
    assert () == found.worst
    assert (0, 0) == (found.search.slices, found.search.looked_at)


@pytest.mark.parametrize("wide", [0, 1])
def test_rows_of_one_unit_are_not_taken_for_many(wide):
    """Units whose rows are all right or all wrong: as many finds as stated, whether slices hold units whole or cut them."""
    rng = np.random.default_rng(wide)
    runs, found = 150, 0
    for _ in range(runs):
        units = rng.integers(1, 12, 80)
        unit = np.repeat(np.arange(80), units)
        wrong = np.repeat(rng.random(80) < 0.2, units)
        column = rng.integers(0, 4, len(unit)) if wide else np.repeat(rng.integers(0, 4, 80), units)
        log = Rows(
            [3 if each else 4 for each in wrong], {"a": [f"a{x}" for x in column]}, units=unit.tolist()
        )
        found += bool(worst_slices(sought("accuracy"), {by: cube_of(log, by) for by in ((), ("a",))}, "m"))
    assert found / runs <= 0.05 + 2.6 * np.sqrt(0.05 * 0.95 / runs)


def of_units(rng, units, wrong, *, whole):
    """Cubes by up to two columns of units with 1 to 9 rows; each row, or (`whole`) each unit, falls into 3 x 4 slices.

    `wrong` (3, 4) is the mean share of wrong rows there, which units have more or fewer of.
    """
    unit = np.repeat(np.arange(units), rng.integers(1, 10, units))
    a, b = (
        rng.integers(0, size, units)[unit] if whole else rng.integers(0, size, len(unit)) for size in (3, 4)
    )
    more = rng.beta(2.0, 2.0, units) * 2
    outcome = np.where(rng.random(len(unit)) < wrong[a, b] * more[unit], 3, 4)
    columns = {"a": [f"a{each}" for each in a], "b": [f"b{each}" for each in b]}
    log = Rows(outcome.tolist(), columns, units=unit.tolist())
    return {by: cube_of(log, by) for by in ((), ("a",), ("b",), ("a", "b"))}


@pytest.mark.parametrize("whole", few([False, True], True), ids=["cut units", "whole units"])
def test_of_pairs_of_columns_of_clustered_rows_no_more_is_found_than_stated(whole):
    rng, runs = np.random.default_rng(whole), 200
    alike = np.full((3, 4), 0.2)
    found = sum(
        bool(worst_slices(sought("accuracy"), of_units(rng, 150, alike, whole=whole), "m"))
        for _ in range(runs)
    )
    assert found / runs <= 0.05 + 2.6 * np.sqrt(0.05 * 0.95 / runs)


def test_a_bad_pair_of_columns_of_clustered_rows_is_found():
    wrong = np.full((3, 4), 0.1)
    wrong[1, 2] = 0.45
    found = worst_slices(sought("accuracy"), of_units(np.random.default_rng(5), 600, wrong, whole=False), "m")
    assert [{"a": "a1", "b": "b2"}] == slices_of(found)


def test_a_bad_slice_of_clustered_rows_is_found():
    rng = np.random.default_rng(2)
    units = rng.integers(1, 12, 600)
    group = rng.integers(0, 4, 600)
    wrong = np.repeat(rng.random(600) < np.where(group == 2, 0.5, 0.1), units)
    log = Rows(
        [3 if each else 4 for each in wrong],
        {"a": [f"a{x}" for x in np.repeat(group, units)]},
        units=np.repeat(np.arange(600), units).tolist(),
    )
    found = worst_slices(sought("accuracy"), {by: cube_of(log, by) for by in ((), ("a",))}, "m")
    assert [{"a": "a2"}] == slices_of(found)


def test_ten_thousand_slices_are_searched():
    cubes = cubes_of(drawn(np.random.default_rng(0), (10, 12, 14, 16), 1_000_000))
    assert slice_search(sought("accuracy"), cubes, "m").search.slices > 9_000
