"""Counts of categories are those of the rows; rows of one unit, and rows of unequal weight, count for what they are worth."""

import pyarrow as pa
import pytest

from shipworthy.metrics.shifts import samples_of
from shipworthy.query.categories import categories
from shipworthy.query.engine import local_engine
from shipworthy.query.shifts import Population, counts
from shipworthy.tally.shift import Shift

ROWS = {
    "kind": ["a", "b", "a", None] * 100,
    "size": [float(at % 50) for at in range(400)],
    "unit": [f"u{at // 4}" for at in range(400)],
    "weight": [1.0, 3.0] * 200,
}


@pytest.fixture
def engine(tmp_path):
    return local_engine([], tmp_path)


def counted(engine, column, **options):
    found = pa.table(ROWS)
    population = Population(engine, engine.lent(found, "rows"), **options)
    return counts(population, categories(found, [column]), {(column, ())}, "counting")[column, ()][()]


def test_values_are_categories_and_gaps_are_one(engine):
    found = counted(engine, "kind")
    assert {"a": 200.0, "b": 100.0, "(missing)": 100.0} == {name: each[0] for name, each in found.items()}


def test_numbers_fall_into_ten_ranges_of_as_many_rows(engine):
    found = counted(engine, "size")
    assert [40.0] * 10 == [each[0] for each in found.values()]


def test_all_columns_are_counted_in_one_statement(engine):
    found = pa.table(ROWS)
    population = Population(engine, engine.lent(found, "rows"), "unit")
    cut = categories(found, ["kind", "size"])
    counts(population, cut, {(name, ()) for name in cut}, "counting")
    assert 1 == len(engine.statements)


def test_rows_of_one_unit_that_are_alike_count_once(engine):
    table = pa.table(
        {
            "kind": [name for name in "abcd" * 25 for _ in range(6)],
            "unit": [f"u{at // 6}" for at in range(600)],
        }
    )
    population = Population(engine, engine.lent(table, "alike"), "unit")
    found = counts(population, categories(table, ["kind"]), {("kind", ())}, "counting")["kind", ()][()]
    assert samples_of(Shift(found, found)).sizes == pytest.approx((100, 100))


def test_weights_move_shares_and_cost_rows(engine):
    found = counted(engine, "kind", weight="weight")
    total = sum(each[0] for each in found.values())
    assert 100 / 400 == pytest.approx(found["a"][0] / total)
    assert 400 * 2**2 / 5 == pytest.approx(total)  # (sum of weights)^2 / sum of squares


def test_columns_that_tell_no_categories_are_left_out():
    table = pa.table(
        {
            "text": [f"word {at}" for at in range(900)],
            "gone": pa.nulls(900, pa.float64()),
            "few": [True, False, None] * 300,
        }
    )
    assert ["few"] == [*categories(table, ["text", "gone", "few", "absent"])]
