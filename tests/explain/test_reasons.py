"""Codes and texts of reasons."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shipworthy.explain.reasons import MOST_CHARACTERS, reason_code, shown_value


@pytest.mark.parametrize(("column", "code"), [("bait", "BAIT"), ("num_char", "NUM_CHAR"), ("x2", "X2")])
def test_a_plain_column_gives_its_own_name(column, code):
    assert code == reason_code(column)


def test_other_columns_get_digits_that_tell_them_apart():
    codes = [
        reason_code(each)
        for each in ("late payments", "late-payments", "Late_payments", "late_payments", "年収")
    ]
    assert len(codes) == len(set(codes))
    assert "LATE_PAYMENTS" == codes[3]
    assert all(each.startswith("LATE_PAYMENTS_") for each in codes[:3])


@given(st.text(min_size=1))
def test_a_code_is_of_capitals_digits_and_underscores(column):
    assert re.fullmatch(r"[A-Z0-9_]+", reason_code(column))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, None),
        (float("nan"), None),
        (True, "true"),
        (3, "3"),
        (0.1234567, "0.123457"),
        (" two\n words ", "two words"),
    ],
)
def test_values_are_short_texts(value, text):
    assert text == shown_value(value)


def test_a_long_text_is_cut():
    assert MOST_CHARACTERS == len(shown_value("word " * 100))
