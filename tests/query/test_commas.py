"""Numbers with a comma are counted among the values of text columns."""

from __future__ import annotations

import pyarrow as pa
import pytest

from shipworthy.query.commas import CommaNumbers, comma_numbers
from tests.query.tables import local, table_of


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (["0,123", "-1.234,5", " 7 ", "0.5", None, "x"], CommaNumbers(5, 4, 2, "-1.234,5")),
        (["a,b", "1,", ",5", "1,2,3", "1, 2"], CommaNumbers(5, 1, 0, None)),
        (["1 234,5", "12\u202f345,6", "1'234.5", "12 34,5", "1 234"], CommaNumbers(5, 4, 2, "1 234,5")),
        ([None, None], CommaNumbers(0, 0, 0, None)),
    ],
)
def test_values_numbers_and_commas_are_counted_and_the_first_is_shown(tmp_path, values, expected):
    engine = local(tmp_path)
    schema = pa.schema({"x": pa.string(), "n": pa.int64()})
    table = table_of(engine, [{"x": value, "n": 1} for value in values], schema)
    assert {"x": expected} == comma_numbers(engine, table, ["x", "n"])
    assert 1 == len(engine.statements)


def test_without_text_columns_nothing_is_asked(tmp_path):
    engine = local(tmp_path)
    assert {} == comma_numbers(engine, table_of(engine, [{"n": 1}]), ["n"])
    assert [] == engine.statements
