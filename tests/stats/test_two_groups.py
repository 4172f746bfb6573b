"""Fisher's and Welch's tests agree with scipy's, and hold for every shape of data."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from shipworthy.stats.two_groups import fisher_p_value, welch_interval, welch_p_value


def test_fisher_agrees_with_scipy_on_small_tables():
    rng = np.random.default_rng(0)
    n, m = rng.integers(0, 60, 400), rng.integers(0, 300, 400)
    k, j = rng.integers(0, n + 1), rng.integers(0, m + 1)
    expected = [
        stats.fisher_exact([[a, b - a], [c, d - c]], alternative="greater").pvalue
        for a, b, c, d in zip(k, n, j, m, strict=True)
    ]
    np.testing.assert_allclose(fisher_p_value(k, n, j, m), expected, rtol=1e-9, atol=1e-300)


@pytest.mark.parametrize("total", [10**6, 10**8])
def test_fisher_agrees_with_the_hypergeometric_tail_on_a_million_rows_and_more(total):
    rng = np.random.default_rng(total)
    n = rng.integers(20, total // 2, 60)
    k, j = rng.binomial(n, 0.1), rng.binomial(total - n, 0.1)
    expected = stats.hypergeom.sf(k - 1, total, k + j, n)
    np.testing.assert_allclose(fisher_p_value(k, n, j, total - n), expected, rtol=1e-5)


def test_fisher_keeps_the_precision_of_tiny_p_values():
    expected = stats.hypergeom.sf(149, 10_000, 400, 400)
    assert 0 < expected < 1e-90
    assert expected == pytest.approx(float(fisher_p_value(150, 400, 250, 9_600)), rel=1e-6)


def test_fisher_says_nothing_without_events_or_without_rows():
    assert [1, 1, 1, 1] == fisher_p_value([0, 0, 0, 5], [9, 0, 0, 5], [0, 3, 0, 0], [9, 9, 0, 0]).tolist()


def test_fisher_keeps_the_shape_that_it_is_asked_in():
    assert (2, 3) == fisher_p_value(np.ones((2, 3)), 5, 1, 9).shape
    assert np.ndim(fisher_p_value(1, 5, 1, 9)) == 0


@pytest.mark.parametrize("counts", [(1.5, 5, 1, 9), (-1, 5, 1, 9), (6, 5, 1, 9), (1, 5, 10, 9)])
def test_fisher_refuses_what_is_no_count(counts):
    with pytest.raises(ValueError, match="whole numbers"):
        fisher_p_value(*counts)


@given(st.integers(0, 40), st.integers(1, 40), st.integers(0, 40), st.integers(1, 40))
def test_fisher_of_both_groups_covers_the_observed_table_twice(k, misses, j, others):
    """P(X >= k) + P(X <= k) = 1 + P(X = k)."""
    n, m = k + misses, j + others
    both = float(fisher_p_value(k, n, j, m)) + float(fisher_p_value(misses, n, others, m))
    assert 1 + stats.hypergeom.pmf(k, n + m, k + j, n) == pytest.approx(both, abs=1e-9)


def test_welch_agrees_with_scipy():
    rng = np.random.default_rng(3)
    one, other = rng.normal(1.0, 2.0, 12), rng.normal(0.0, 0.5, 90)
    given_ = (one.mean() - other.mean(), one.var(ddof=1) / 12, 12, other.var(ddof=1) / 90, 90)
    expected = stats.ttest_ind(one, other, equal_var=False, alternative="greater")
    assert expected.pvalue == pytest.approx(float(welch_p_value(*given_)), rel=1e-9)
    both = stats.ttest_ind(one, other, equal_var=False).confidence_interval(0.95)
    assert (both.low, both.high) == pytest.approx([float(end) for end in welch_interval(*given_)], rel=1e-9)


def test_welch_knows_nothing_where_a_variance_is_unknown():
    assert 1 == welch_p_value(5.0, np.inf, 1, 1.0, 9)
    assert (-np.inf, np.inf) == tuple(float(end) for end in welch_interval(5.0, np.inf, 1, 1.0, 9))
