"""Numbers are written with the digits that they deserve."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shipworthy.documents import wording

numbers = st.floats(-1e9, 1e9, allow_nan=False)
places = st.integers(-4, 6)


@pytest.mark.parametrize(
    ("value", "low", "high", "decimals"),
    [
        (0.912, 0.884, 0.935, 3),
        (91.2, 88.4, 93.5, 1),
        (4.2, 1.7, 7.0, 1),
        (4.2, 0.2, 8.2, 0),
        (8_240, 4_100, 14_000, -3),
        (8_240, 8_000, 8_480, -1),
        (61.0, 61.0, 61.0, 1),
        (0.00042, None, None, 6),
        (5, 1, None, 2),
        (0.0, None, None, 0),
        (0.0, 0.0, 0.0, 0),
    ],
)
def test_the_interval_decides_how_many_digits_are_shown(value, low, high, decimals):
    assert decimals == wording.supported_decimals(value, low, high)


@given(st.floats(-1e3, 1e3), st.floats(1e-3, 1e6))
def test_the_last_shown_place_is_a_sizeable_part_of_the_uncertainty(value, half):
    place = 10.0 ** -wording.supported_decimals(value, value - half, value + half)
    assert place <= half * 1.01
    assert half <= 36 * place


@given(numbers, places)
def test_rounding_outwards_never_makes_an_interval_narrower(value, decimals):
    exact = Decimal(f"{value:.12g}")
    assert wording.rounded(value, decimals, "down") <= exact <= wording.rounded(value, decimals, "up")


def test_float_noise_is_not_rounded_outwards():
    assert Decimal("0.3") == wording.rounded(0.1 + 0.2, 1, "up")
    assert Decimal("0.7") == wording.rounded(0.7000000000000001, 1, "up")


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (1234567.891, 1, "1,234,567.9"),
        (8240, -2, "8,200"),
        (-0.25, 2, "−0.25"),
        (-0.001, 1, "0.0"),
        (0, 0, "0"),
        (0.0001, 4, "0.0001"),
    ],
)
def test_numbers_have_separators_and_a_real_minus(value, decimals, text):
    assert text == wording.number(value, decimals)


@given(numbers, places)
def test_a_written_number_reads_back_as_the_rounded_one(value, decimals):
    text = wording.number(value, decimals).replace(",", "").replace(wording.MINUS, "-")
    assert float(wording.rounded(value, decimals)) == pytest.approx(float(text), abs=1e-12)


@pytest.mark.parametrize(
    ("shown", "unit", "text"),
    [
        ("84.2", "%", "84.2\N{NO-BREAK SPACE}%"),
        ("3.1", "ms", "3.1\N{NO-BREAK SPACE}ms"),
        ("1,200", "USD", "$1,200"),
        ("−0.50", "USD", "−$0.50"),
        ("1,200", "CHF", "CHF\N{NO-BREAK SPACE}1,200"),
        ("0.9", "", "0.9"),
    ],
)
def test_units_stand_behind_and_currencies_in_front(shown, unit, text):
    assert text == wording.with_unit(shown, unit)


@pytest.mark.parametrize(
    ("amount", "text"), [(0.5, "$0.50"), (12.0, "$12"), (0.0004, "$0.0004"), (1200, "$1,200"), (0.1, "$0.10")]
)
def test_prices_are_written_as_people_write_them(amount, text):
    assert text == wording.price(amount, "USD")


def test_lists_and_plurals_read_as_sentences():
    assert "" == wording.listed([])
    assert "a" == wording.listed(["a"])
    assert "a, b and c" == wording.listed(["a", "b", "c"])
    assert "a or b" == wording.listed(["a", "b"], "or")
    assert "1 claim" == wording.plural(1, "claim")
    assert "1,200 queries" == wording.plural(1_200, "query", "queries")
