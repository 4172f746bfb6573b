"""Tries of the same items: published figures, no bias, and bounds that count items and not tries."""

from __future__ import annotations

from math import comb

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom

from shipworthy.stats import proportion
from shipworthy.stats.repeated_tries import agreeing_tries, by_group, over_items, pass_all, pass_at


@pytest.mark.parametrize(
    ("tries", "passes", "k", "value"), [(10, 3, 1, 0.3), (10, 3, 5, 0.9166667), (200, 10, 10, 0.4085479)]
)
def test_one_of_k_tries_passes_as_often_as_published(tries, passes, k, value):
    assert value == pytest.approx(float(pass_at(k, tries, passes)), abs=1e-7)


def test_all_of_k_tries_pass_as_often_as_published():
    assert 0.2142857 == pytest.approx(float(pass_all(4, 8, 6)), abs=1e-7)


@given(st.integers(1, 40), st.integers(1, 40), st.data())
def test_both_are_quotients_of_binomial_coefficients(k, tries, data):
    passes = data.draw(st.integers(0, tries))
    if k > tries:
        assert np.isnan(pass_at(k, tries, passes))
        assert np.isnan(pass_all(k, tries, passes))
        return
    assert 1 - comb(tries - passes, k) / comb(tries, k) == pytest.approx(float(pass_at(k, tries, passes)))
    assert comb(passes, k) / comb(tries, k) == pytest.approx(float(pass_all(k, tries, passes)))


def test_neither_is_biased_and_the_power_of_the_share_is():
    c = np.arange(9)
    chance = binom.pmf(c, 8, 0.75)
    assert 0.75**4 == pytest.approx(float(chance @ pass_all(4, 8, c)), abs=1e-12)
    assert 1 - 0.25**4 == pytest.approx(float(chance @ pass_at(4, 8, c)), abs=1e-12)
    assert 0.3927155 == pytest.approx(float(chance @ (c / 8) ** 4), abs=1e-7)


def test_one_try_is_the_share_of_tries():
    assert [0.0, 0.25, 1.0] == pytest.approx(list(pass_at(1, [4, 4, 4], [0, 1, 4])))
    assert [0.0, 0.25, 1.0] == pytest.approx(list(pass_all(1, [4, 4, 4], [0, 1, 4])))


def test_counts_that_cannot_be_are_refused():
    for k, tries, passes in ((0, 5, 1), (2, 5, 6), (2, 5, -1)):
        with pytest.raises(ValueError, match="at least 1"):
            pass_at(k, tries, passes)


def test_agreement_is_the_share_of_pairs_that_are_the_same():
    """aab: one of three pairs; aaa: all; abc: none; one try: not known."""
    found = agreeing_tries([[2, 1, 0], [3, 0, 0], [1, 1, 1], [1, 0, 0]])
    assert [1 / 3, 1, 0] == pytest.approx(list(found[:3]))
    assert np.isnan(found[3])


@pytest.mark.parametrize(("attacks", "upper"), [(30, 0.09503), (100, 0.02951), (3000, 0.000998)])
def test_attacks_of_which_none_succeeded_leave_room_for_what_zero_events_allow(attacks, upper):
    found = over_items(pass_at(5, np.full(attacks, 5), np.zeros(attacks)))
    assert 0 == found.value
    assert upper == pytest.approx(found.upper, abs=1e-5)
    assert upper == pytest.approx(float(proportion.clopper_pearson_upper(0, attacks)), abs=1e-5)


def test_an_attack_that_succeeds_in_some_of_its_tries_is_hit():
    """Ten attacks with five tries each: two succeed once, one always."""
    hits = over_items(pass_at(5, np.full(10, 5), [1, 1, 5, *[0] * 7]))
    assert 0.3 == pytest.approx(hits.value)
    assert proportion.clopper_pearson(3, 10) == pytest.approx((hits.low, hits.high))


def test_each_hazard_has_its_own_bounds():
    hits = pass_at(2, [2] * 40, [0] * 30 + [1, 0, 2, 0, 0, 1, 0, 0, 0, 0])
    found = by_group(hits, ["privacy"] * 30 + ["fraud"] * 10)
    assert ["fraud", "privacy"] == list(found)
    assert (0.3, 10) == (pytest.approx(found["fraud"].value), found["fraud"].items)
    assert 0.09503 == pytest.approx(found["privacy"].upper, abs=1e-5)


def test_each_item_has_one_group():
    with pytest.raises(ValueError, match="3 items and 2 groups"):
        by_group([0, 1, 1], ["a", "b"])


def test_items_with_too_few_tries_are_left_out_and_counted():
    found = over_items(pass_at(3, [5, 2, 5, 1], [5, 1, 0, 1]))
    assert (0.5, 2, 2) == (found.value, found.items, found.left_out)


@pytest.mark.parametrize(("values", "value"), [([], np.nan), ([np.nan], np.nan), ([0.4], 0.4)])
def test_fewer_than_two_items_say_nothing(values, value):
    found = over_items(values)
    assert value == pytest.approx(found.value, nan_ok=True)
    assert (0, 1, 0, 1) == (found.low, found.high, found.lower, found.upper)


@pytest.mark.parametrize("rate", [0.02, 0.2, 0.7])
@pytest.mark.parametrize("items", [30, 120])
def test_bounds_hold_for_items_whose_tries_are_alike(items, rate):
    """As if tries were independent they would be far too near."""
    rng, draws, k, n = np.random.default_rng(9), 800, 3, 6
    own = rng.beta(0.4 * rate, 0.4 * (1 - rate), (draws, items))
    population = rng.beta(0.4 * rate, 0.4 * (1 - rate), 2_000_000)
    truth = float(np.mean(1 - (1 - population) ** k))
    found = [over_items(row) for row in pass_at(k, n, rng.binomial(n, own))]
    assert np.mean([each.lower > truth for each in found]) <= 0.07
    assert np.mean([each.upper < truth for each in found]) <= 0.07
