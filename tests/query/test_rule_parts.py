"""The parts of a rule that a reader sees, and what each is for one row."""

from __future__ import annotations

import pyarrow as pa
import pytest

from shipworthy.query.engine import local_engine
from shipworthy.query.rule import read_rule
from shipworthy.query.rule_parts import parts_on, rule_parts

COLUMNS = ("a", "b", "Odd name")


def texts(rule):
    return [part.text for part in rule_parts(read_rule(rule, COLUMNS))]


@pytest.mark.parametrize(
    ("rule", "parts"),
    [
        ("a > 1", ["a > 1"]),
        ("a > 1 OR (b = 'x' AND NOT a IS NULL)", ["a > 1", "b = 'x'", "NOT a IS NULL"]),
        ("a * 2 + 1", ["a * 2 + 1"]),
        (
            "CASE WHEN a < 2 THEN 'low' WHEN a < 4 AND b = 'x' THEN 'mid' ELSE 'high' END",
            ["a < 2", "a < 4", "b = 'x'"],
        ),
        ("CASE a WHEN 1 THEN 'one' ELSE 'more' END", ["CASE a WHEN 1 THEN 'one' ELSE 'more' END"]),
        ('"Odd name" > 3 AND TRUE', ['"Odd name" > 3', "TRUE"]),
    ],
)
def test_parts_stand_between_and_and_or_and_in_the_conditions_of_case(rule, parts):
    assert parts == texts(rule)


def test_each_part_knows_its_own_columns():
    parts = rule_parts(read_rule("a > 1 OR b = 'x'", COLUMNS))
    assert [("a",), ("b",)] == [part.columns for part in parts]


def test_parts_hold_or_do_not_or_are_not_known(tmp_path):
    row = pa.table({"a": pa.array([None], pa.int64()), "b": ["x"]})
    parts = rule_parts(read_rule("a > 1 OR b = 'x' AND (b = 'y' OR a + 1 > 0)", row.column_names))
    assert [None, True, False, None] == parts_on(local_engine([], tmp_path), parts, row)
