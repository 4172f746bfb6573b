"""Quantiles: ranks that bound them whatever the distribution."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shipworthy.stats import quantile

SHARES = st.floats(0.001, 0.999)
LEVELS = st.floats(0.5, 0.9999)


@given(st.integers(0, 100_000), SHARES, LEVELS)
def test_ranks_enclose_the_quantiles_own_place(n, p, level):
    lower, upper = quantile.rank_lower(n, p, level), quantile.rank_upper(n, p, level)
    assert 0 <= lower <= n * p + 1
    assert n * p - 1 <= upper <= n + 1
    assert lower < upper or level < 0.75


@given(st.integers(0, 100_000), SHARES, LEVELS)
def test_each_rank_is_the_last_that_is_sure_enough(n, p, level):
    lower, upper = quantile.rank_lower(n, p, level), quantile.rank_upper(n, p, level)
    error = 1 - level
    assert quantile.tail_probability(n, lower, p) <= error + 1e-12
    assert lower == n or quantile.tail_probability(n, lower + 1, p) > error - 1e-12
    assert 1 - quantile.tail_probability(n, upper, p) <= error + 1e-9
    assert upper == 0 or 1 - quantile.tail_probability(n, upper - 1, p) > error - 1e-9


@given(st.integers(0, 10_000), SHARES, LEVELS, LEVELS)
def test_a_higher_level_moves_the_ranks_outward(n, p, level_1, level_2):
    low_level, high_level = sorted([level_1, level_2])
    assert quantile.rank_lower(n, p, high_level) <= quantile.rank_lower(n, p, low_level)
    assert quantile.rank_upper(n, p, high_level) >= quantile.rank_upper(n, p, low_level)


@given(st.integers(0, 10_000), SHARES)
def test_the_displayed_ranks_are_those_that_are_surely_enough_or_inside_of_them(n, p):
    low, high = quantile.ranks(n, p)
    inner_low, inner_high = quantile.displayed(n, p)
    assert low <= inner_low <= low + 1
    assert high - 1 <= inner_high <= high
    if n * min(p, 1 - p) < 10:
        assert (low, high) == (inner_low, inner_high)


@pytest.mark.parametrize("p", [0.05, 0.1, 0.5, 0.9, 0.99])
def test_the_displayed_interval_covers_what_it_says_on_average_over_sizes(p):
    """By the binomial distribution: the value at the quantile's place has a rank from low to high - 1."""
    n = np.arange(10 / min(p, 1 - p), 30 / min(p, 1 - p)).astype(int)
    low, high = quantile.displayed(n, p)
    covered = quantile.tail_probability(n, high, p) - quantile.tail_probability(n, low, p)
    assert 0.95 == pytest.approx(covered.mean(), abs=0.004)
    assert 0.92 < covered.min()
    assert covered.max() < 0.98


def test_without_values_there_are_no_ranks():
    assert (0, 1) == quantile.ranks(0, 0.95)
    assert (0, 1) == quantile.displayed(0, 0.95)


def test_many_slices_are_ranked_in_one_call():
    n = np.array([0, 10, 1000, 50_000])
    assert [int(quantile.rank_upper(x, 0.9)) for x in n] == quantile.rank_upper(n, 0.9).tolist()


@pytest.mark.parametrize("p", [0, 1, 95, float("nan")])
def test_a_quantile_outside_the_unit_interval_is_refused(p):
    with pytest.raises(ValueError, match=r"write 0\.95 for p95"):
        quantile.rank_lower(10, p)


@pytest.mark.parametrize("spread", ["smooth", "tied"])
def test_verdicts_on_p95_err_at_most_at_the_nominal_rate(spread):
    """Latencies with a long tail, also when rounded so coarsely that they tie."""
    rng = np.random.default_rng(31)
    sample = np.exp(rng.normal(size=(10_000, 200)))
    true = np.exp(1.6448536269514722)
    if spread == "tied":
        sample, true = np.ceil(sample), np.ceil(true)
    ordered = np.sort(sample, axis=1)
    lower = ordered[:, quantile.rank_lower(200, 0.95) - 1]
    upper = ordered[:, quantile.rank_upper(200, 0.95) - 1]
    assert np.mean(lower > true) <= 0.05 + 0.007
    assert np.mean(upper < true) <= 0.05 + 0.007
