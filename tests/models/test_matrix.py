"""A table becomes an array by position, with unknown values said in one way."""

from __future__ import annotations

import datetime as dt
import math

import numpy as np
import pyarrow as pa
import pytest

from shipworthy.errors import InputError
from shipworthy.models.features import Feature
from shipworthy.models.matrix import columns_of, matrix

FEATURES = (Feature("n", "number"), Feature("d", "date"), Feature("c", "category"), Feature("t", "text"))


def test_each_role_becomes_its_columns_in_the_order_of_the_features():
    table = pa.table(
        {
            "n": [1, None],
            "t": ["hi", None],
            "c": ["a", None],
            "d": [dt.datetime.fromisoformat("2024-02-29T13:30"), None],
        }
    )

    array = matrix(table, FEATURES)

    days = (dt.date(2024, 2, 29) - dt.date(1970, 1, 1)).days + 13.5 / 24
    assert [1.0, 3, 13, 2, days, "a", "hi"] == array[0].tolist()
    assert array.dtype == object
    assert [True] * 5 == [math.isnan(value) for value in array[1, :5]]
    assert [None, ""] == array[1, 5:].tolist()


def test_positions_count_a_date_as_its_parts():
    assert [0, 1, 2, 3, 4] == columns_of(FEATURES, "number", "boolean", "date")
    assert [5] == columns_of(FEATURES, "category")
    assert [6] == columns_of(FEATURES, "text")


def test_numbers_alone_are_floats_and_infinite_ones_are_unknown():
    table = pa.table({"n": [1.5, math.inf, -math.inf, math.nan, None], "b": [True, False, None, True, True]})

    array = matrix(table, (Feature("n", "number"), Feature("b", "boolean")))

    assert np.float64 == array.dtype
    np.testing.assert_array_equal([[1.5, 1], [np.nan, 0], [np.nan, np.nan], [np.nan, 1], [np.nan, 1]], array)


@pytest.mark.parametrize("unit", ["s", "ms", "us", "ns"])
@pytest.mark.parametrize("text", ["1969-12-31T23:00", "2023-01-01T00:00", "2000-12-25T07:00"])
def test_parts_of_a_date_agree_with_the_calendar(unit, text):
    moment = dt.datetime.fromisoformat(text)
    array = matrix(pa.table({"d": pa.array([moment], pa.timestamp(unit))}), (Feature("d", "date"),))

    expected = [
        moment.weekday(),
        moment.hour,
        moment.month,
        (moment - dt.datetime.fromisoformat("1970-01-01")) / dt.timedelta(days=1),
    ]
    assert expected == pytest.approx(array[0].tolist())


def test_moments_with_a_zone_are_read_in_utc():
    noon = dt.datetime(2024, 6, 1, 12, tzinfo=dt.UTC)
    zoned = pa.table({"d": pa.array([noon], pa.timestamp("us", "Asia/Tokyo"))})
    assert 12 == matrix(zoned, (Feature("d", "date"),))[0, 1]


@pytest.mark.parametrize(
    ("feature", "values", "expected"),
    [
        (Feature("x", "number"), pa.array(["1", "2.5"]), [1.0, 2.5]),
        (Feature("x", "number"), pa.array([1, 2]).cast(pa.decimal128(25, 2)), [1.0, 2.0]),
        (Feature("x", "number"), pa.array([2**60 + 1, 2]), [float(2**60), 2.0]),
        (Feature("x", "category"), pa.array([1, 2]), ["1", "2"]),
        (Feature("x", "category"), pa.array(["a", "b"]).dictionary_encode(), ["a", "b"]),
    ],
)
def test_rows_of_another_but_compatible_type_are_read_as_at_training(feature, values, expected):
    assert expected == matrix(pa.table({"x": values}), (feature,))[:, 0].tolist()


@pytest.mark.parametrize(
    ("code", "feature"),
    [
        ("model.column_type", Feature("word", "number")),
        ("model.column_type", Feature("word", "date")),
        ("model.missing_column", Feature("wrod", "number")),
    ],
)
def test_rows_unlike_the_training_rows_are_refused(code, feature):
    with pytest.raises(InputError, match=repr(feature.column)) as caught:
        matrix(pa.table({"word": ["one", "two"]}), (feature,))
    assert code == caught.value.problem.code
    assert "shipworthy train" in caught.value.problem.remedy
