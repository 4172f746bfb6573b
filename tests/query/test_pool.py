"""Columns of rows as numbers and words, and rows mixed from others."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import numpy as np
import pyarrow as pa

from shipworthy.query.pool import column_values, mixed

ROWS = pa.table(
    {
        "whole": [1, None, 3],
        "share": [0.5, float("nan"), None],
        "flag": [True, False, None],
        "price": [Decimal("1.50"), None, Decimal("2.25")],
        "day": [date(2024, 1, 1), None, date(2024, 1, 3)],
        "moment": [datetime(2024, 1, 1), None, datetime(2024, 1, 2)],  # noqa: DTZ001 - a column may have no zone
        "word": ["x", None, "y"],
        "list": [[1], None, [2]],
    }
)


def test_numbers_are_floats_and_words_are_words():
    found = dict(zip(ROWS.column_names, column_values(ROWS, ROWS.column_names), strict=True))
    nan = np.nan
    for name, values in {
        "whole": [1, nan, 3],
        "share": [0.5, nan, nan],
        "flag": [1, 0, nan],
        "price": [1.5, nan, 2.25],
    }.items():
        np.testing.assert_array_equal(found[name], values)
    assert ("x", None, "y") == found["word"]
    assert found["list"] is None


def test_dates_keep_their_order_and_distance():
    day, moment = (np.asarray(each, dtype=float) for each in column_values(ROWS, ["day", "moment"]))
    assert 2 * (moment[2] - moment[0]) == day[2] - day[0] > 0
    assert np.isnan(day[1])


def test_a_mixed_row_takes_each_column_from_its_own_row():
    found = mixed(ROWS, ["whole", "word"], np.array([[0, 2], [2, 1]]))
    assert [{"whole": 1, "word": "y"}, {"whole": 3, "word": None}] == found.to_pylist()
