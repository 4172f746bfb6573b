from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shipworthy.spec.quantity import SECONDS, Quantity, Rate, read_quantity, read_rate

numbers = st.decimals(-(10**12), 10**12, allow_nan=False, places=4)
units = st.sampled_from(["", "%", "USD", "EUR", *SECONDS])


@given(numbers, units)
def test_a_quantity_reads_back_from_its_own_text(number, unit):
    quantity = Quantity(number, unit)

    assert quantity == read_quantity(str(quantity))


@given(st.decimals(min_value="0.0001", max_value=10**12, places=4), st.sampled_from(sorted(SECONDS)))
def test_a_rate_reads_back_from_its_own_text(number, per):
    assert Rate(number, per) == read_rate(str(Rate(number, per)))


@given(st.text())
def test_any_text_is_a_quantity_or_an_error_that_says_what_to_write(text):
    error = None
    try:
        read_quantity(text)
    except ValueError as caught:
        error = caught

    assert error is None or "; " in str(error)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("30 %", 0.3),
        ("30%", 0.3),
        ("2_000_000", 2e6),
        (".5", 0.5),
        ("1e3", 1000.0),
        ("50 ms", 50.0),
        ("50ms", 50.0),
        ("2 seconds", 2000.0),
        ("$0.02", 0.02),
        ("-$100", -100.0),
        ("$-100", -100.0),
        ("0.02 USD", 0.02),
    ],
)
def test_a_quantity_is_compared_in_shares_milliseconds_or_plain_numbers(text, value):
    assert value == read_quantity(text).value


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("5 apples", "unknown unit 'apples'"),
        ("$5 USD", "two units"),
        ("five", "not a number"),
        ("1e999999999999999999999", "too large"),
        ("1e-50", "too small"),
        ("", "not a number"),
    ],
)
def test_what_is_no_quantity_says_why(text, words):
    with pytest.raises(ValueError, match=words):
        read_quantity(text)


@pytest.mark.parametrize("text", ["0 / month", "-3 / day", "5", "5 / fortnight", "5 per month", "/ day"])
def test_a_rate_is_a_positive_number_per_unit_of_time(text):
    with pytest.raises(ValueError, match="month"):
        read_rate(text)


def test_a_month_is_a_twelfth_of_the_mean_gregorian_year():
    assert Decimal("365.2425") * 86_400 / 12 == SECONDS["month"]
