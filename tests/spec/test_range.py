"""Ranges and their units are read as written, and what cannot be meant is refused with what to write."""

import pytest

from shipworthy.spec import measures
from shipworthy.spec.measures import measured
from shipworthy.spec.range import Unit, read_range, read_unit


@pytest.mark.parametrize(
    ("text", "low", "likely", "high", "unit"),
    [
        ("3", 3, None, 3, Unit()),
        ("2..4 people", 2, None, 4, Unit("person")),
        ("4 / 6 / 10 person-months", 4, 6, 10, Unit("person-month")),
        ("4..6..10 person-months", 4, 6, 10, Unit("person-month")),
        ("2_000_000 / month", 2e6, None, 2e6, Unit("", "month")),
        ("1_000 / 2_000 / 4_000 / month", 1e3, 2e3, 4e3, Unit("", "month")),
        ("$0.15 / 1M tokens", 0.15, None, 0.15, Unit("USD", "token", 1e6)),
        ("$0.15 / 1000 tokens", 0.15, None, 0.15, Unit("USD", "token", 1e3)),
        ("0.15 / 0.60 USD / 1K tokens", 0.15, None, 0.6, Unit("USD", "token", 1e3)),
        ("$1..$2 / hour", 1, None, 2, Unit("USD", "hour")),
        ("-40 %..0 % / year", -40, None, 0, Unit("%", "year")),
        ("0 % / 5 % / 20 %", 0, 5, 20, Unit("%")),
        ("$40_000 to $80_000", 40_000, None, 80_000, Unit("USD")),
        ("8 % to 12 %", 8, None, 12, Unit("%")),
        ("2 to 3 to 6 weeks", 2, 3, 6, Unit("week")),
        ("-0.05 to -0.02 USD", -0.05, None, -0.02, Unit("USD")),
        ("0.5 .. 0.75", 0.5, None, 0.75, Unit()),
        ("800 ms", 800, None, 800, Unit("ms")),
        ("1e-3..2e-3 EUR / decision", 1e-3, None, 2e-3, Unit("EUR", "decision")),
    ],
)
def test_a_range_is_read_with_its_unit(text, low, likely, high, unit):
    found = read_range(text)
    assert (low, likely, high, unit) == (found.low, found.likely, found.high, found.unit)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("many", "not a range"),
        ("4..2", "upside down"),
        ("2 / 1 / 3 weeks", "upside down"),
        ("$1..€2", "mixes EUR and USD"),
        ("$1..2 EUR", "mixes EUR and USD"),
        ("1..2 3", "not a unit"),
        ("1 USD / ?", "not what a rate counts by"),
        ("1 USD / 0 tokens", "counts by nothing"),
        ("1e99 USD", "too large"),
        ("", "not a range"),
        ("2 weeks / 3 weeks / 6 weeks", "states its unit twice"),
        ("20 USD to 40 USD", "states its unit twice"),
        ("5 to", "breaks off"),
        ("5..", "breaks off"),
        ("20 USD..40 USD", "states its unit twice"),
        ("1 USD / 1_000_000_000_000_000_000 tokens", "too many"),
    ],
)
def test_what_is_no_range_is_refused(text, told):
    with pytest.raises(ValueError, match=told):
        read_range(text)


def test_a_unit_may_be_missing():
    assert Unit() == read_unit(" ")


@pytest.mark.parametrize(
    ("text", "measure", "low", "high"),
    [
        ("0.15 USD / 1M tokens", measures.MONEY_A_TOKEN, 0.15, 0.15),
        ("0.00015 USD / 1K tokens", measures.MONEY_A_TOKEN, 0.15, 0.15),
        ("2 USD / 1_000 decisions", measures.MONEY_A_DECISION, 0.002, 0.002),
        ("12_000..24_000 USD / year", measures.MONEY_A_MONTH, 1_000, 2_000),
        ("120_000 USD / year", measures.MONEY_A_PERSON_MONTH, 10_000, 10_000),
        ("24_000_000 / year", measures.DECISIONS, 2e6, 2e6),
        ("20 %..40 %", measures.SHARE, 0.2, 0.4),
        ("0.2..0.4", measures.SHARE, 0.2, 0.4),
        ("-30 %..0 % / year", measures.SHARE_A_YEAR, -0.3, 0.0),
        ("1 person-years", measures.PERSON_MONTHS, 12, 12),
        ("2..4 weeks", measures.DAYS, 14, 28),
        ("2 to 4 / week", measures.EDITS, 2 * 4.348125, 4 * 4.348125),
        ("500", measures.ROWS_A_WEEK, 500, 500),
        ("100 / day", measures.ROWS_A_WEEK, 700, 700),
        ("2 weeks", measures.DELAY, 14, 14),
        ("0 days", measures.DELAY, 0, 0),
        ("1 year", measures.MONTHS, 12, 12),
        ("1.5 s", measures.MILLISECONDS, 1_500, 1_500),
        ("-0.2..0.7", measures.AGREEMENT, -0.2, 0.7),
        ("400 / 600 / 900 tokens", measures.TOKENS_A_DECISION, 400, 900),
    ],
)
def test_every_unit_of_a_measure_becomes_the_one_that_is_reckoned_in(text, measure, low, high):
    found = measured(read_range(text), measure)
    assert pytest.approx((low, high)) == (found.low, found.high)


@pytest.mark.parametrize(
    ("text", "measure", "told"),
    [
        ("0.15", measures.MONEY_A_TOKEN, "no unit"),
        ("$0.15", measures.MONEY_A_TOKEN, "per how much token"),
        ("0.15 USD / 1K tokens", measures.MONEY_A_TOKEN, "150 per 1M tokens"),
        ("0.00015 USD / 1M tokens", measures.MONEY_A_TOKEN, "sold at 0.01 to 100"),
        ("3 USD / month", measures.MONEY, "counts per month"),
        ("3 weeks", measures.MONEY, "counts in week"),
        ("-1..2 USD", measures.MONEY, "below zero"),
        ("120 %", measures.SHARE, "above 100 %"),
        ("2", measures.SHARE, "above 100 %"),
        ("8", measures.DISCOUNT, "is 800 % a year"),
        ("8 / year", measures.SHARE_A_YEAR, "is 800 % a year"),
        ("-100 % / year", measures.SHARE_A_YEAR, "loses all"),
        ("1.2", measures.AGREEMENT, "between -1 and 1"),
        ("1_500 USD", measures.MONEY_EACH_MONTH, "per how much time"),
        ("4 / fortnight", measures.EDITS, "counts per fortnight"),
        ("3 hours", measures.DAYS, "counts in hour"),
        ("5 % / month", measures.SHARE_A_YEAR, "counts per month"),
        ("0 / month", measures.DECISIONS, "not above zero"),
        ("2_000", measures.DECISIONS, "no unit"),
        ("3 months", measures.PERSON_MONTHS, "counts in month"),
        ("1..20 years", measures.DAYS, "longer than ten years"),
    ],
)
def test_a_mistaken_unit_is_told_with_the_right_one(text, measure, told):
    with pytest.raises(ValueError, match=told) as caught:
        measured(read_range(text), measure)
    assert "; " in str(caught.value)


def test_an_unusual_price_passes_where_it_is_meant():
    found = measured(read_range("0.15 USD / 1K tokens"), measures.MONEY_A_TOKEN, sure=True)
    assert pytest.approx(150) == found.low


def test_prices_in_other_currencies_are_not_held_against_those_in_dollars():
    assert 400 == measured(read_range("400 JPY / 1M tokens"), measures.MONEY_A_TOKEN).low
