"""Bought against built, worked out by hand: the price at which both leave the same."""

import pytest

from shipworthy.economics import sourcing
from tests.economics import sheets


def of(**options):
    return sourcing(sheets.section(options=options or sheets.CERTAIN["options"]), None, {})


def test_the_even_price_and_the_cheapest_option_come_out_as_by_hand():
    """api: 12,000 + 240,000 of decisions; ours: 60,000 once, then 24 * 6,500 = 156,000: even at 204,000 / 240,000."""
    found = of()
    assert found.even is not None
    assert ("api", "ours", "ours") == (found.even.bought, found.even.built, found.cheapest)
    assert pytest.approx(0.85) == found.even.factor.middle
    assert pytest.approx((60_000, 6_500)) == (found.once.middle, found.monthly.middle)


def test_a_bought_option_that_would_be_behind_for_nothing_is_even_at_no_price():
    dear = {"how": "buy", "per_decision": "0.01", "subscription": "100_000"}
    found = of(api=dear, ours=sheets.CERTAIN["options"]["ours"]).even
    assert found is not None
    assert 0.0 == found.factor.middle


@pytest.mark.parametrize(
    "options",
    [
        {"a": {"how": "build", "per_decision": "1"}, "b": {"how": "build"}},
        {"a": {"how": "buy", "per_decision": "1"}, "b": {"how": "fine_tune", "per_decision": "2"}},
        {"a": {"how": "buy", "subscription": "100"}, "b": {"how": "build"}},
    ],
    ids=["nothing to buy", "nothing to build", "no price of a decision"],
)
def test_without_a_pair_and_a_price_nothing_is_even(options):
    assert of(**options).even is None


def test_a_guess_of_one_option_is_no_guess_of_another():
    costs = {"per_decision": {"range": "0.01 USD / decision", "source": "offer"}}
    found = sourcing(
        sheets.section(
            volume={"range": "1_000 / month", "source": "counts"},
            person_month={"range": "10_000", "source": "finance"},
            options={"api": {"how": "buy", **costs}, "ours": {"how": "build", "effort": "6"}},
        ),
        None,
        {},
    )
    assert (False, True) == (found.guessed("api"), found.guessed("api", "ours"))
