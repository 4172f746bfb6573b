"""Rows fall into slices by value or by range, and every row falls into one."""

from __future__ import annotations

import math

import pytest

from shipworthy.errors import InputError
from shipworthy.query.slicing import MISSING, MOST_VALUES, Slicing, slicings
from shipworthy.spec.model import Segment
from tests.query.tables import local, table_of


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    return local(tmp_path_factory.mktemp("slicing"))


def labelled(engine, table, slicing):
    rows = engine.run(table.select("n", found=slicing.expression(table)).order_by("n"), "testing").to_pylist()
    return [slicing.label(row["found"]) for row in rows]


def numbered(values):
    return [{"n": n, "v": value} for n, value in enumerate(values)]


def one(engine, values, **how):
    table = table_of(engine, numbered(values))
    return table, slicings(engine, table, [Segment(column="v", **how)])["v"]


def test_values_are_slices_in_ascending_order_with_the_missing_last(engine):
    _, slicing = one(engine, ["b", None, "a", "b", ""])
    assert ("", "a", "b", MISSING) == slicing.labels


def test_booleans_and_numbers_have_plain_labels(engine):
    assert ("false", "true", MISSING) == one(engine, [True, False, None])[1].labels
    assert ("-1", "0", "12") == one(engine, [12, 0, -1])[1].labels
    assert ("0.5", "2") == one(engine, [2.0, 0.5])[1].labels


def test_not_a_number_is_missing():
    assert MISSING == Slicing("v").label(math.nan) == Slicing("v").label(None)


def test_edges_cut_ranges_that_are_closed_below(engine):
    table, slicing = one(engine, [0, 9, 10, 99, 100, 250, None], cuts=(10, 100))
    assert ("[0, 10)", "[10, 100)", "[100, 250]", MISSING) == slicing.labels
    low, middle, high = slicing.labels[:3]
    assert [low, low, middle, middle, high, high, MISSING] == labelled(engine, table, slicing)


def test_without_gaps_there_is_no_missing_slice(engine):
    assert ("[0, 10)", "[10, 20]") == one(engine, [0, 10, 20], cuts=(10,))[1].labels


def test_quantiles_cut_about_equal_parts(engine):
    table, slicing = one(engine, [n / 7 for n in range(400)], quantiles=4)
    found = labelled(engine, table, slicing)
    assert {4} == {len(set(found))}
    assert all(90 <= found.count(label) <= 110 for label in slicing.labels)


def test_edges_outside_the_values_and_equal_quantiles_leave_no_empty_slice(engine):
    table, slicing = one(engine, [5, 6, 7], cuts=(1, 6, 100))
    assert ("[5, 6)", "[6, 7]") == slicing.labels
    table, slicing = one(engine, [0] * 90 + [*range(10)], quantiles=4)
    assert set(slicing.labels) == set(labelled(engine, table, slicing))


def test_a_single_number_is_a_slice_of_its_own(engine):
    table, slicing = one(engine, [3.0, 3.0, 3.0], quantiles=4)
    assert ("3",) == slicing.labels
    assert ["3"] * 3 == labelled(engine, table, slicing)


def test_a_column_without_values_is_all_missing(engine):
    for how in ({}, {"quantiles": 4}, {"cuts": (1.0,)}):
        rows = table_of(engine, numbered([1.0, 2.0])).mutate(v=None)
        table = rows.mutate(v=rows.v.cast("float64"))
        slicing = slicings(engine, table, [Segment(column="v", **how)])["v"]
        assert (MISSING,) == slicing.labels
        assert [MISSING] * 2 == labelled(engine, table, slicing)


def test_too_many_values_are_refused_with_a_way_to_cut_them(engine):
    many = [*range(MOST_VALUES + 1)]
    with pytest.raises(InputError, match=r"more than 200 different values(.|\n)*\{v: 4 quantiles\}"):
        one(engine, many)
    with pytest.raises(InputError, match=r"more than 200 different values(.|\n)*coarser column"):
        one(engine, [f"w{n}" for n in many])
    assert MOST_VALUES == len(one(engine, many[:-1])[1].labels)


def test_labels_of_ranges_tell_close_edges_apart(engine):
    _, slicing = one(
        engine, [1_000_000.0, 1_000_001.0, 1_000_002.0, 1_000_003.0], cuts=(1_000_001, 1_000_002)
    )
    assert 3 == len(set(slicing.labels))
