"""Rows fall into slices by value or by range, and every row falls into one."""

from __future__ import annotations

import math
from datetime import date, timedelta
from decimal import Decimal

import pyarrow as pa
import pytest

from shipworthy.errors import InputError
from shipworthy.query.slicing import MISSING, OTHER, TOP, Slicing, slicings
from shipworthy.spec.kinds import MOST_VALUES
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


def test_up_to_200_values_are_all_slices(engine):
    assert MOST_VALUES == len(one(engine, [*range(MOST_VALUES)])[1].labels)


def test_of_more_values_the_most_frequent_are_slices_and_all_others_one(engine):
    values = [f"w{n:03d}" for n in range(300) for _ in range(1 + (n % 7 == 0))] + [None]
    table, slicing = one(engine, values)
    assert TOP + 2 == len(slicing.labels)
    assert (OTHER, MISSING) == slicing.labels[-2:]
    assert 300 - TOP == slicing.folded
    frequent = {f"w{n:03d}" for n in range(0, 300, 7)}
    assert frequent <= {*slicing.labels}
    expected = [MISSING if v is None else v if v in slicing.labels else OTHER for v in values]
    assert expected == labelled(engine, table, slicing)


def test_a_segment_may_say_how_many_values_are_slices(engine):
    table, slicing = one(engine, [3, 3, 3, 2, 2, 7, 7, 1, None], top=2)
    assert ("2", "3", OTHER, MISSING) == slicing.labels
    assert ["3"] * 3 + ["2"] * 2 + [OTHER] * 3 + [MISSING] == labelled(engine, table, slicing)
    assert ("1", "2") == one(engine, [1, 2], top=2)[1].labels


def test_of_equally_frequent_texts_the_same_ones_are_taken_whatever_the_order_of_rows(engine):
    values = [f"w{n}" for n in range(400)]
    assert one(engine, values)[1] == one(engine, values[::-1])[1]


@pytest.mark.parametrize(
    "values",
    [
        [n / 8 for n in range(300)] + [math.nan],
        [date(2024, 1, 1) + timedelta(days=n) for n in range(300)] + [None],
        [Decimal(n) / 4 for n in range(300)] + [None],
    ],
    ids=["floats", "dates", "decimals"],
)
def test_numbers_and_dates_fold_as_texts_do(engine, values):
    table, slicing = one(engine, values)
    found = labelled(engine, table, slicing)
    assert TOP + 2 == len({*found}) == len(slicing.labels)
    assert 300 - TOP == found.count(OTHER)
    assert MISSING == found[-1]


def test_a_value_that_a_requirement_names_stays_a_slice_however_rare(engine):
    for values, rare in (([f"w{n}" for n in range(300)], "w299"), ([n / 2 for n in range(300)], "149.5")):
        table = table_of(engine, numbered([*values[:-1] * 2, values[-1]]))
        slicing = slicings(engine, table, [Segment(column="v")], {"v": [rare, "unheard of"]})["v"]
        assert rare in slicing.labels
        assert 300 - TOP - 1 == slicing.folded
        assert 1 == labelled(engine, table, slicing).count(rare)


def test_a_value_called_other_counts_among_the_others(engine):
    table, slicing = one(engine, [OTHER, OTHER, OTHER, "a", "a", "b"], top=1)
    assert ("a", OTHER) == slicing.labels
    assert 4 == labelled(engine, table, slicing).count(OTHER)


def test_a_hundred_thousand_values_are_counted_in_the_engine_and_few_come_back(engine):
    users = pa.array([f"user{n % 100_000}" for n in range(300_007)])
    rows = engine.con.create_table("many", pa.table({"v": users}), overwrite=True)
    before = len(engine.statements)
    slicing = slicings(engine, rows, [Segment(column="v")])["v"]
    assert (100_000 - TOP, TOP + 1) == (slicing.folded, len(slicing.labels))
    assert 2 == len(engine.statements) - before
    assert {f"user{n}" for n in range(7)} <= {*slicing.labels}


def test_labels_of_ranges_tell_close_edges_apart(engine):
    _, slicing = one(
        engine, [1_000_000.0, 1_000_001.0, 1_000_002.0, 1_000_003.0], cuts=(1_000_001, 1_000_002)
    )
    assert 3 == len(set(slicing.labels))


@pytest.mark.parametrize("value", [{"a": 1}, [1], b"x"], ids=["struct", "list", "bytes"])
def test_rows_are_not_sliced_by_what_is_not_one_plain_thing(engine, value):
    with pytest.raises(InputError, match=r"v holds values of the type [\s\S]* slice by another one: n\."):
        one(engine, [value, None])
