"""Columns of Arrow as NumPy arrays."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shipworthy.query.arrow_numbers import numbers

FLOATS = st.lists(st.none() | st.floats(allow_nan=False), max_size=20)


@given(FLOATS)
def test_values_are_those_of_arrow_and_null_is_no_number(values):
    column = pa.array(values, "float64")
    np.testing.assert_array_equal(column.to_numpy(zero_copy_only=False), numbers(column))


@given(FLOATS, FLOATS)
def test_chunks_count_as_one_column(first, second):
    column = pa.chunked_array([pa.array(first, "float64"), pa.array(second, "float64")])
    np.testing.assert_array_equal(column.to_numpy(), numbers(column))


@pytest.mark.parametrize("kind", ["int8", "uint16", "int64", "float32"])
def test_numbers_without_null_keep_their_type(kind):
    assert np.dtype(kind) == numbers(pa.array([1, 2, 3], kind)).dtype


def test_null_may_count_as_zero():
    assert [1.0, 0.0] == numbers(pa.array([1, None]), null=0.0).tolist()


def test_decimals_are_floats():
    column = pa.array([1, None], pa.decimal128(5, 0))
    assert [1.0, 0.0] == numbers(column, null=0.0).tolist()
    assert [2.0] == numbers(pa.array([2], pa.decimal128(5, 0))).tolist()


def test_pandas_stays_out_although_it_is_installed():
    code = """
import sys
import duckdb
from shipworthy.query.arrow_numbers import numbers
numbers(duckdb.sql("select case when range = 1 then null else range::double end as x from range(3)").to_arrow_table()["x"])
print("pandas" in sys.modules)
"""
    assert (
        "False\n"
        == subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    )
