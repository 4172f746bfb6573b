"""Weighted shares: their bounds hold the level, whatever weights have to do with the event."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shipworthy.stats import proportion, ratio, weights


@given(st.lists(st.floats(0.01, 100), min_size=1, max_size=50), st.floats(0.1, 10))
def test_kish_is_at_most_the_rows_and_knows_no_unit_of_weight(given_weights, factor):
    w = np.array(given_weights)
    found = weights.kish(w.sum(), np.sum(w * w))
    assert 1 - 1e-9 <= found <= w.size * (1 + 1e-9)
    assert found == pytest.approx(float(weights.kish(factor * w.sum(), factor**2 * np.sum(w * w))))


def test_equal_weights_are_worth_their_rows():
    assert 40 == pytest.approx(float(weights.kish(40 * 0.3, 40 * 0.09)))
    assert 40 == pytest.approx(float(weights.effective_trials(40, 0.25, 0.25 * 0.75 / 40)))


def test_no_rows_are_worth_nothing():
    assert 0 == weights.kish(0, 0)
    assert 0 == weights.effective_trials(0, np.nan, np.inf)


@given(st.floats(1, 1e6), st.floats(0, 1), st.floats(0, 10))
def test_a_share_is_never_worth_more_than_kish_says(rows, rate, variance):
    assert 0 <= weights.effective_trials(rows, rate, variance) <= rows
    if rate in (0, 1):
        assert rows == weights.effective_trials(rows, rate, variance)


def any_rows(rng, shape, share):
    """Weights that know nothing of the event, differing by half on the log scale."""
    return rng.lognormal(0, 0.7, shape), rng.uniform(size=shape) < share, share


def few_heavy_rows(rng, shape, share):
    """One row in ten weighs nine times as much."""
    return np.where(rng.uniform(size=shape) < 0.1, 9.0, 1.0), rng.uniform(size=shape) < share, share


def heavy_rows_have_more_events(rng, shape, share):
    """The same, but among the heavy rows the event is more than twice as frequent."""
    heavy = rng.uniform(size=shape) < 0.1
    events = rng.uniform(size=shape) < np.where(heavy, 2 * share, share * 8 / 9)
    return np.where(heavy, 9.0, 1.0), events, share * (2 + 8 / 9) / 2


def events_oversampled(rng, shape, share):
    """Ten times as many events as there are in the world, or half."""
    taken = min(10 * share, 0.5)
    events = rng.uniform(size=shape) < taken
    return np.where(events, share / taken, (1 - share) / (1 - taken)), events, share


def high_scores_oversampled(rng, shape, share):
    """Half of the rows come from the twentieth of the world that has half of the events."""
    high = rng.uniform(size=shape) < 0.5
    shares = min(share * 10, 0.95), share * 0.5 / 0.95
    events = rng.uniform(size=shape) < np.where(high, *shares)
    return np.where(high, 0.1, 1.9), events, 0.05 * shares[0] + 0.95 * shares[1]


@pytest.mark.parametrize("share", [0.01, 0.05, 0.2])
@pytest.mark.parametrize("rows", [100, 500])
@pytest.mark.parametrize(
    "law",
    [any_rows, few_heavy_rows, heavy_rows_have_more_events, events_oversampled, high_scores_oversampled],
)
def test_bounds_of_weighted_shares_err_at_most_at_the_nominal_rate(law, rows, share):
    """Kish's number alone errs in up to 6 % of these, the variance alone in up to 23 %."""
    w, events, truth = law(np.random.default_rng(rows), (3000, rows), share)
    a = w * events
    sums = [np.sum(x, axis=1) for x in (a, w, a * a, a * w, w * w)]
    rate, variance = sums[0] / sums[1], ratio.linearised_variance(rows, *sums)
    trials = weights.effective_trials(weights.kish(sums[1], sums[4]), rate, variance)
    assert np.mean(proportion.clopper_pearson_lower(rate * trials, trials) > truth) <= 0.05 + 0.012
    assert np.mean(proportion.clopper_pearson_upper(rate * trials, trials) < truth) <= 0.05 + 0.012


@pytest.mark.parametrize("share", [0.02, 0.2])
def test_weighted_rows_in_units_err_at_about_the_nominal_rate(share):
    """Kish's numbers of rows and of units go to the effective trials of clustered rows."""
    rng = np.random.default_rng(7)
    rows = rng.poisson(6, (2000, 80)) + 1
    w = rng.lognormal(0, 0.5, rows.shape)
    events = rng.binomial(rows, rng.beta(share * 4, (1 - share) * 4, rows.shape))
    a, b = w * events, w * rows
    sums = [np.sum(x, axis=1) for x in (a, b, a * a, a * b, b * b)]
    rate, variance = sums[0] / sums[1], ratio.linearised_variance(80, *sums)
    by_row, by_unit = weights.kish(sums[1], np.sum(w * w * rows, axis=1)), weights.kish(sums[1], sums[4])
    trials = proportion.effective_trials(by_row, rate, variance, by_unit)
    assert np.mean(proportion.clopper_pearson_lower(rate * trials, trials) > share) <= 0.05 + 0.015
    assert np.mean(proportion.clopper_pearson_upper(rate * trials, trials) < share) <= 0.05 + 0.015
