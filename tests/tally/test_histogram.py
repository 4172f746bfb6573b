"""Histograms: adding is exact, and quantiles keep the promise of half a percent."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shipworthy.tally import Histogram
from tests.tally.counting import histogram_of
from tests.tally.same import assert_same_histogram

VALUES = st.lists(
    st.floats(-1e6, 1e6, allow_subnormal=False) | st.sampled_from([0.0, 1.0, -3.5]), max_size=40
)
SOME = VALUES.filter(bool)


@given(VALUES, VALUES)
def test_the_sum_of_two_histograms_is_that_of_both_logs(first, second):
    expected = histogram_of([*first, *second])
    assert_same_histogram(expected, histogram_of(first) + histogram_of(second))


@given(VALUES, VALUES, VALUES)
def test_adding_is_associative_and_commutative_and_the_empty_one_neutral(a, b, c):
    x, y, z = map(histogram_of, (a, b, c))
    assert_same_histogram((x + y) + z, x + (y + z))
    assert_same_histogram(x + y, y + x)
    assert_same_histogram(x, x + Histogram.empty())


@given(SOME, st.floats(0.001, 0.999))
def test_a_quantile_is_the_order_statistic_within_half_a_percent(values, p):
    expected = float(np.quantile(values, p, method="inverted_cdf"))
    actual = histogram_of(values).quantile(p)
    assert abs(actual - expected) <= 0.0051 * abs(expected)


@given(SOME, st.data())
def test_the_value_of_a_rank_lies_between_the_ends_given_for_it(values, data):
    rank, histogram = data.draw(st.integers(1, len(values))), histogram_of(values)
    assert histogram.after(rank - 1) <= sorted(values)[rank - 1] <= histogram.up_to(rank)


def test_a_quantile_of_many_draws_agrees_with_numpy():
    values = np.random.default_rng(1).lognormal(3, 1, 5_000)
    histogram = histogram_of(values.tolist())
    for p in (0.01, 0.5, 0.95, 0.99):
        assert np.quantile(values, p) == pytest.approx(histogram.quantile(p), rel=0.006)


def test_equal_values_have_that_value_as_every_quantile():
    histogram = histogram_of([7.0] * 5)
    assert [7.0] * 3 == [histogram.quantile(p) for p in (0.01, 0.5, 0.99)]
    assert (7.0, 7.0) == (histogram.after(4), histogram.up_to(5))


@given(SOME, st.floats(0.01, 0.99), st.integers(2, 50))
def test_scaling_keeps_quantiles_within_a_bucket(values, p, factor):
    """The p-quantile of the same values many times over; ranks may fall to either side of a tie."""
    histogram = histogram_of(values)
    repeated = float(np.quantile(np.repeat(values, factor), p, method="inverted_cdf"))
    assert abs(histogram.scaled(factor).quantile(p) - repeated) <= 0.0051 * abs(repeated)
    assert len(values) * factor == histogram.scaled(factor).weight


@given(st.lists(st.integers(0, 3), min_size=32, max_size=32), st.integers(1, 50))
def test_the_groups_of_more_units_differ_less_by_the_root(under, factor):
    """Groups of three rows each, of which so many are under 1: the variance of their share falls as that of a mean."""
    values = [0.5 if at < count else 2.0 for count in under for at in range(3)]
    histogram = histogram_of(values, groups=[group for group in range(32) for _ in range(3)])
    if len(histogram.bucket) < 2:
        return
    one, many = (each.groups.sum(axis=2)[0] / (3 * scale) for each, scale in
                 ((histogram, 1), (histogram.scaled(factor), factor)))  # fmt: skip
    assert one.var() / factor == pytest.approx(many.var())
    assert np.allclose(histogram.scaled(factor).groups.sum(axis=1), histogram.scaled(factor).n)


@given(st.lists(st.tuples(st.floats(0.001, 1), st.integers(0, 2)), min_size=1, max_size=30))
def test_rows_above_each_bucket_are_counted_by_label(scored):
    histogram = histogram_of([score for score, _ in scored], [label for _, label in scored])
    positives, negatives = histogram.above()
    for least, positive, negative in zip(histogram.least, positives, negatives, strict=True):
        above = [label for score, label in scored if score >= least]
        assert (above.count(1), above.count(0)) == (positive, negative)


@given(SOME, st.sampled_from([0.1, 1e-4, 1 / 3, 7.0, 1e6]))
def test_rows_of_equal_weight_are_as_many_rows_exactly(values, weight):
    plain, weighed = histogram_of(values), histogram_of(values, weights=[weight] * len(values))
    assert_same_histogram(plain, weighed.in_rows(len(values)))
    assert len(values) * weight == pytest.approx(weighed.weight)


def test_the_empty_histogram_has_no_rows():
    assert 0 == Histogram.empty().weight
    assert [0, 0] == [len(part) for part in Histogram.empty().above()]
