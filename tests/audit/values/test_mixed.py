"""Types, dates and decimals of a text column: mixtures are found with their rows, and columns of one kind raise nothing."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shipworthy.audit.values.dates import date_format, date_formats
from shipworthy.audit.values.decimals import decimal_sign, number_formats
from shipworthy.audit.values.mixed import form_of, mixed_types


@pytest.mark.parametrize(
    ("value", "form"),
    [
        ("12", "number"), ("-1.5", "number"), ("1,234.5", "number"), ("1.234,5", "number"), ("1e-3", "number"), ("1 234", "number"),
        ("20201231", "number"), ("2020-12-31", "date"), ("31.12.2020 14:05", "date"), ("3 March 2020", "date"),
        ("true", "true or false"), ("No", "true or false"), ("n/a", "nothing"), ("Unknown", "nothing"), (" ", "nothing"),
        ("twelve", "words"), ("12 km", "words"), ("1.2.3", "words"), ("A12", "words"), ("2020-13-45", "words"),
    ],
)  # fmt: skip
def test_each_text_is_of_one_form(value, form):
    assert form == form_of(value)


def test_words_among_numbers_are_found():
    (fault,) = mixed_types([("12", 60), ("13.5", 30), ("twelve", 6), ("2020-01-02", 4)], "size")
    assert ("mixed_types", "other_type", 10, 100) == (
        fault.sort,
        fault.kind,
        fault.share.rows,
        fault.share.of,
    )
    assert fault.what.endswith("of another type than the rest (number): date (4), words (6)")


def test_a_few_numbers_among_words_are_words():
    assert () == mixed_types([("street", 96), ("42", 4)])
    assert 10 == mixed_types([("street", 90), ("42", 10)])[0].share.rows


def test_words_that_stand_for_nothing_are_told_apart():
    (fault,) = mixed_types([("12", 90), ("n/a", 7), ("-", 3)])
    assert ("stands_for_nothing", 10) == (fault.kind, fault.share.rows)


@pytest.mark.parametrize("value", ["12", "word", "2020-01-02", "n/a", "yes"])
def test_columns_of_one_type_raise_nothing(value):
    assert () == mixed_types([(value, 100)])


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ("2020-12-31", "2020-12-31"), ("2020-12-31T10:00:00Z", "2020-12-31"), ("31.12.2020", "31.12.2020"),
        ("12/31/2020", "12/31/2020"), ("31/12/2020", "31/12/2020"), ("01/02/2020", "31/12/2020 or 12/31/2020"),
        ("05/05/2020", "31/12/2020 or 12/31/2020"), ("20201231", "20201231"), ("3 March 2020", "31 December 2020"),
        ("March 3rd, 2020", "December 31, 2020"), ("32/01/2020", None), ("13/13/2020", None), ("2020", None), ("word", None),
    ],
)  # fmt: skip
def test_the_format_of_a_date_is_named_by_what_it_looks_like(value, name):
    assert name == date_format(value)


@given(st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1)))
def test_every_date_of_a_format_is_a_date(day):
    assert "2020-12-31" == date_format(day.isoformat())
    assert "31.12.2020" in (date_format(f"{day:%d.%m.%Y}") or "")
    assert "12/31/2020" in (date_format(f"{day:%m/%d/%Y}") or "")


def test_dates_in_several_formats_are_counted():
    (fault,) = date_formats([("2020-01-02", 80), ("31.12.2020", 15), ("December 1, 2020", 5)], "day")
    assert ("several", 20, 100) == (fault.kind, fault.share.rows, fault.share.of)
    assert fault.what.endswith("most (2020-12-31): 31.12.2020 (15), December 31, 2020 (5)")


def test_ambiguous_dates_are_read_as_the_others_where_these_agree():
    assert () == date_formats([("01/02/2020", 50), ("25/02/2020", 50)])
    assert () == date_formats([("05/05/2020", 50), ("12/25/2020", 50)])
    assert () == date_formats([("05/05/2020", 50)])


def test_dates_are_ambiguous_where_none_or_both_ways_are_proven():
    (fault,) = date_formats([("01/02/2020", 50)])
    assert ("ambiguous", 50) == (fault.kind, fault.share.rows)
    several, unclear = date_formats([("01/02/2020", 30), ("25/02/2020", 50), ("02/25/2020", 20)])
    assert [("several", 20), ("ambiguous", 30)] == [
        (each.kind, each.share.rows) for each in (several, unclear)
    ]


def test_columns_that_are_no_dates_or_of_one_format_raise_nothing():
    assert () == date_formats([("word", 60), ("2020-01-02", 40)])
    assert () == date_formats([("2020-01-02", 60), ("2020-01-03 10:00", 40)])


@pytest.mark.parametrize(
    ("value", "sign"),
    [
        ("1,5", ","), ("1.234,56", ","), ("1 234,5", ","), ("1.5", "."), ("1,234.56", "."), ("12", ""), ("1,234", "either ,"),
        ("1.234", "either ."), ("0,123", ","), ("1,2345", ","), ("1,234,567", ""), ("word", ""),
    ],
)  # fmt: skip
def test_the_decimal_sign_is_told_where_it_can_be(value, sign):
    assert sign == decimal_sign(value)


def test_decimal_commas_are_counted_and_ambiguous_numbers_told():
    comma, unclear = number_formats([("1,5", 20), ("2.5", 70), ("1,234", 4), ("1.234", 6)], "price")
    assert ("decimal_comma", 20, 100) == (comma.kind, comma.share.rows, comma.share.of)
    assert ("ambiguous", 10) == (unclear.kind, unclear.share.rows)


def test_numbers_with_points_raise_nothing():
    assert () == number_formats([("1.5", 50), ("1.234", 30), ("7", 20)])
    assert () == number_formats([("word, word", 50)])
