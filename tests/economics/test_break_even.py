"""The closed forms of break-even, and the simulation that they agree with."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shipworthy.economics.bill import bill
from shipworthy.economics.break_even import cascade_share, months_to_break_even
from tests.economics import sheets

MONEY = st.floats(1.0, 1e6)


def test_months_to_break_even_by_hand():
    """60,000 / (1,000,000 * 0.006 - 2,000) = 15."""
    assert 15.0 == pytest.approx(float(months_to_break_even(60_000, 2_000, 0.006, 1_000_000)))


def test_what_saves_nothing_never_breaks_even_and_what_costs_nothing_more_has():
    assert np.inf == months_to_break_even(60_000, 6_000, 0.006, 1_000_000)
    assert 0.0 == months_to_break_even(0, 6_000, 0.006, 1_000_000)


@given(once=MONEY, monthly=MONEY, saved=st.floats(1e-4, 1.0), volume=st.floats(1e3, 1e8))
def test_at_break_even_both_have_cost_the_same(once, monthly, saved, volume):
    months = float(months_to_break_even(once, monthly, saved, volume))
    if np.isfinite(months):
        assert pytest.approx(volume * saved * months, rel=1e-6) == once + monthly * months
    else:
        assert volume * saved <= monthly


@given(efforts=st.integers(1, 12))
def test_the_simulation_gets_there_in_the_month_of_the_closed_form(efforts):
    """With a volume and prices that stay, at the end of the first whole month that is not before it: 2.5 months for each of effort."""
    options = {**sheets.CERTAIN["options"]}
    options["ours"] = {**options["ours"], "effort": f"{efforts} person-months"}
    [found] = bill(sheets.section(options=options, horizon="36 months"), None, {}, count=2).break_evens
    assert pytest.approx(2.5 * efforts) == found.months
    assert np.ceil(2.5 * efforts) == found.simulated.middle


def test_later_than_the_horizon_is_never():
    options = {**sheets.CERTAIN["options"]}
    options["ours"] = {**options["ours"], "effort": "12 person-months"}
    [found] = bill(sheets.section(options=options), None, {}).break_evens
    assert (pytest.approx(30), None, 0.0) == (found.months, found.simulated.middle, found.within)


def test_the_closed_form_and_the_simulation_agree_over_ranges_without_trends():
    """The share that gets there within the horizon is that of the draws whose closed form does."""
    options = {
        "api": {"how": "buy", "per_decision": "0.006..0.014"},
        "ours": {
            "how": "build",
            "effort": "4..12 person-months",
            "staff": "0.1..0.4",
            "per_decision": "0.004",
        },
    }
    [found] = bill(sheets.section(options=options), None, {}, count=20_000).break_evens
    rng = np.random.default_rng(5)
    price, effort, staff = (
        rng.uniform(low, high, 200_000) for low, high in ((0.006, 0.014), (4, 12), (0.1, 0.4))
    )
    months = months_to_break_even(effort * 1e4, staff * 1e4, price - 0.004, np.full(200_000, 1e6))
    assert pytest.approx(np.mean(months <= 24), abs=0.012) == found.within
    assert pytest.approx(np.ceil(np.median(months)), abs=1) == found.simulated.middle


@pytest.mark.parametrize(
    ("budget", "cheap", "dear", "share"),
    [(0.001, 0.0002, 0.004, 0.2), (0.001, 0.002, 0.004, 0.0), (0.1, 0.0, 0.004, 1.0), (0.1, 0.0, 0.0, 1.0)],
)
def test_a_cascade_passes_on_what_the_budget_leaves(budget, cheap, dear, share):
    assert pytest.approx(share) == float(cascade_share(budget, cheap, dear))
