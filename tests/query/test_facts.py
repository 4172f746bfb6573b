"""The facts of columns are what plain Python finds."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import ibis
import pyarrow as pa
import pytest

from shipworthy.query.facts import ORDINARY_VALUES, column_facts
from tests.query.tables import local, table_of

MOMENT = datetime(2024, 1, 1)  # noqa: DTZ001 - a table without time zones
ROWS: list[dict[str, Any]] = [
    {"n": 1, "x": 0.5, "b": True, "t": MOMENT, "d": date(2024, 1, 1), "s": "aa", "void": None},
    {"n": 3, "x": None, "b": False, "t": None, "d": date(2024, 1, 2), "s": "b", "void": None},
    {"n": 3, "x": 2.5, "b": None, "t": MOMENT, "d": None, "s": "aa", "void": None},
]


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    return local(tmp_path_factory.mktemp("facts"))


@pytest.fixture(scope="module")
def facts(engine):
    table = table_of(engine, [{name: value for name, value in row.items() if name != "void"} for row in ROWS])
    return column_facts(engine, table.mutate(void=ibis.null("string")))


def test_every_kind_is_told(facts):
    kinds = {
        "n": "number",
        "x": "number",
        "b": "boolean",
        "t": "time",
        "d": "time",
        "s": "text",
        "void": "text",
    }
    assert kinds == {name: fact.kind for name, fact in facts.items()}


def test_rows_nulls_and_distinct_values_are_counted(facts):
    assert {
        "n": (3, 0, 2),
        "x": (3, 1, 2),
        "b": (3, 1, 2),
        "t": (3, 1, 1),
        "d": (3, 1, 2),
        "s": (3, 0, 2),
        "void": (3, 3, 0),
    } == {name: (fact.rows, fact.nulls, fact.distinct) for name, fact in facts.items()}


def test_numbers_have_ends_and_texts_a_length(facts):
    assert (1, 3) == (facts["n"].least, facts["n"].greatest)
    assert (None, None) == (facts["t"].least, facts["t"].greatest)
    assert pytest.approx(5 / 3) == facts["s"].mean_length
    assert facts["n"].mean_length is None


def test_the_few_values_of_a_column_come_most_frequent_first(facts):
    assert (("aa", 2), ("b", 1)) == facts["s"].values
    assert (("3", 2), ("1", 1)) == facts["n"].values
    assert () == facts["void"].values


def test_a_column_of_many_values_lists_none(engine):
    found = column_facts(engine, table_of(engine, [{"n": n} for n in range(ORDINARY_VALUES + 1)]))
    assert (ORDINARY_VALUES + 1, ()) == (found["n"].distinct, found["n"].values)


def test_only_the_named_columns_are_looked_at_in_two_statements(engine):
    table, before = table_of(engine, [{"n": 1, "s": "a", "t": MOMENT}]), len(engine.statements)
    assert ["n", "s"] == list(column_facts(engine, table, ["s", "n"]))
    assert 2 == len(engine.statements) - before
    assert {} == column_facts(engine, table, [])


def test_a_table_without_rows_has_facts_too(engine):
    empty = table_of(engine, [], pa.schema([("n", pa.int64()), ("s", pa.string())]))
    found = column_facts(engine, empty)
    assert {(0, 0, 0)} == {(fact.rows, fact.nulls, fact.distinct) for fact in found.values()}


def test_odd_names_are_no_obstacle(engine):
    rows = [{"a b": 1, 'quo"te': 2, "per.cent %": 3, "rows": 4, "présent": 5}]
    assert list(rows[0]) == list(column_facts(engine, table_of(engine, rows)))
