"""Ratios of sums: the variance is that of the rows, and bounds err no more often than they say."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shipworthy.stats import proportion, ratio

LEVELS = st.floats(0.5, 0.9999)


def variance_of(a, b):
    """The linearised variance from the units themselves, along the last axis."""
    sums = [np.sum(x, axis=-1) for x in (a, b, a * a, a * b, b * b)]
    return ratio.linearised_variance(a.shape[-1], *sums)


def test_the_variance_is_that_of_the_residuals():
    rng = np.random.default_rng(3)
    a, b = rng.normal(2, 1, 50), rng.integers(1, 9, 50).astype(float)
    residuals = a - a.sum() / b.sum() * b
    expected = 50 / 49 * np.sum(residuals**2) / b.sum() ** 2
    assert expected == pytest.approx(float(variance_of(a, b)), rel=1e-12)


def test_with_unit_denominators_it_is_the_squared_error_of_a_mean():
    sample = np.random.default_rng(4).normal(size=40)
    assert sample.var(ddof=1) / 40 == pytest.approx(float(variance_of(sample, np.ones(40))), rel=1e-12)


def test_it_agrees_with_the_jackknife_over_units():
    rng = np.random.default_rng(5)
    b = rng.integers(1, 6, 2000).astype(float)
    a = rng.binomial(b.astype(int), rng.beta(2, 5, 2000)).astype(float)
    without = (a.sum() - a) / (b.sum() - b)
    jackknife = 1999 / 2000 * np.sum((without - without.mean()) ** 2)
    assert jackknife == pytest.approx(float(variance_of(a, b)), rel=0.01)


@given(
    st.lists(st.tuples(st.floats(-1e6, 1e6), st.floats(0.1, 1e3)), min_size=2, max_size=30),
    st.floats(0.01, 100),
)
def test_the_variance_is_never_negative_and_has_the_units_of_the_square(pairs, factor):
    a, b = np.array(pairs).T
    variance = variance_of(a, b)
    assert variance >= 0
    scale = np.sum(a * a) / np.sum(b) ** 2
    assert factor**2 * variance == pytest.approx(
        float(variance_of(factor * a, b)), rel=1e-6, abs=1e-9 * scale * factor**2
    )


def test_a_constant_ratio_has_no_variance_in_spite_of_rounding():
    b = np.random.default_rng(6).uniform(1, 2, 1000)
    assert 0 == variance_of(0.1 * b, b)


def test_one_unit_or_an_empty_denominator_has_an_infinite_variance():
    actual = ratio.linearised_variance([1, 0, 5], [3, 0, 0], [4, 0, 0], [9, 0, 0], [12, 0, 0], [16, 0, 0])
    assert [np.inf, np.inf, np.inf] == actual.tolist()


def test_where_nothing_is_known_the_bounds_are_those_of_knowing_nothing():
    assert (-np.inf, np.inf) == ratio.t_interval(np.nan, np.inf, 0)
    assert (-np.inf, np.inf) == ratio.t_interval(3.0, 1.0, 1)
    assert (0, 1) == ratio.logit_interval(np.nan, np.inf, 0)
    assert (0, 1) == ratio.logit_interval(0.4, 0.01, 1)
    assert 1 == ratio.t_p_value(np.nan, np.inf, 0, 0.5, above=True)


@pytest.mark.parametrize(("value", "variance"), [(0.0, 0.0), (1.0, 0.0), (0.7, 0.0), (0.0, 0.1), (1.0, 0.1)])
def test_a_bounded_value_without_spread_is_never_certain(value, variance):
    assert (0, 1) == ratio.logit_interval(value, variance, 100)


@given(st.floats(0.001, 0.999), st.floats(1e-9, 0.2), st.integers(2, 10_000), LEVELS)
def test_logit_bounds_stay_inside_and_on_their_sides(value, variance, units, level):
    lower = ratio.logit_lower(value, variance, units, level)
    upper = ratio.logit_upper(value, variance, units, level)
    assert 0 <= lower <= value + 1e-12
    assert value - 1e-12 <= upper <= 1
    mirrored = 1 - ratio.logit_upper(1 - value, variance, units, level)
    assert mirrored == pytest.approx(float(lower), abs=1e-9)


@given(st.floats(-1e6, 1e6), st.floats(0, 1e6), st.integers(2, 10_000), LEVELS, LEVELS)
def test_student_bounds_widen_with_the_level(value, variance, units, level_1, level_2):
    low_level, high_level = sorted([level_1, level_2])
    wide, narrow = ratio.t_lower(value, variance, units, [high_level, low_level])
    rounding = 1e-12 * (1 + abs(value) + variance)
    assert wide <= narrow + rounding
    assert narrow <= value + rounding


@given(st.floats(-5, 5), st.floats(0.01, 9), st.integers(2, 500), st.floats(-5, 5), LEVELS)
def test_the_student_p_value_and_the_bound_say_the_same(value, variance, units, bound, level):
    lower = ratio.t_lower(value, variance, units, level)
    p_value = ratio.t_p_value(value, variance, units, bound, above=True)
    if abs(lower - bound) > 1e-6:
        assert (lower > bound) == (p_value < 1 - level)


@given(st.floats(0, 1))
def test_f1_and_jaccard_are_inverse(jaccard):
    assert jaccard == pytest.approx(float(ratio.jaccard_from_dice(ratio.dice_from_jaccard(jaccard))))


def test_f1_from_jaccard_is_the_f1_of_the_table():
    true_positives, false_positives, false_negatives = 30, 5, 8
    jaccard = true_positives / (true_positives + false_positives + false_negatives)
    assert 2 * 30 / (2 * 30 + 5 + 8) == pytest.approx(float(ratio.dice_from_jaccard(jaccard)))


@pytest.mark.parametrize("units", [20, 100])
def test_student_bounds_of_a_symmetric_mean_err_at_the_nominal_rate(units):
    draws = np.random.default_rng(units).normal(1.0, 2.0, (10_000, units))
    value, variance = draws.mean(axis=1), variance_of(draws, np.ones_like(draws))
    assert np.mean(ratio.t_lower(value, variance, units) > 1.0) == pytest.approx(0.05, abs=0.008)
    assert np.mean(ratio.t_upper(value, variance, units) < 1.0) == pytest.approx(0.05, abs=0.008)


def test_logit_bounds_of_a_bounded_mean_err_at_about_the_nominal_rate():
    """Grades between 0 and 1, sixty units."""
    draws = np.random.default_rng(8).beta(4, 2, (10_000, 60))
    value, variance = draws.mean(axis=1), variance_of(draws, np.ones_like(draws))
    assert np.mean(ratio.logit_lower(value, variance, 60) > 4 / 6) <= 0.05 + 0.01
    assert np.mean(ratio.logit_upper(value, variance, 60) < 4 / 6) <= 0.05 + 0.01


def test_the_exact_bound_of_f1_errs_at_most_at_the_nominal_rate():
    """Tallies of a rare class: true positives, false positives, false negatives, the rest."""
    shares = np.array([0.02, 0.004, 0.001, 0.975])
    tp, fp, fn, _ = np.random.default_rng(9).multinomial(500, shares, 20_000).T
    true = 2 * shares[0] / (2 * shares[0] + shares[1] + shares[2])
    lower = ratio.dice_from_jaccard(proportion.clopper_pearson_lower(tp, tp + fp + fn))
    upper = ratio.dice_from_jaccard(proportion.clopper_pearson_upper(tp, tp + fp + fn))
    assert np.mean(lower > true) <= 0.05 + 0.005
    assert np.mean(upper < true) <= 0.05 + 0.005


class TestCellsBound:
    VALUES = np.array([0.02, -0.50, -0.05, 0.0])

    def test_two_cells_give_the_exact_bound_of_a_share(self):
        expected = 3.0 - 5.0 * proportion.clopper_pearson_upper(4, 50, 0.9)
        assert expected == pytest.approx(float(ratio.cells_bound([4, 46], [-2.0, 3.0], 0.9)))

    def test_cells_of_equal_value_are_one_cell(self):
        expected = ratio.cells_bound([4, 46], [-2.0, 3.0])
        assert expected == pytest.approx(float(ratio.cells_bound([1, 40, 3, 6], [-2.0, 3.0, -2.0, 3.0])))

    def test_without_counts_only_the_values_bound_the_mean(self):
        assert -0.5 == ratio.cells_bound([0, 0, 0, 0], self.VALUES, side="lower")
        assert 0.02 == pytest.approx(float(ratio.cells_bound([0, 0, 0, 0], self.VALUES, side="upper")))

    def test_a_single_value_is_certain(self):
        assert 3.0 == ratio.cells_bound([5, 2], [3.0, 3.0])

    def test_slices_may_have_their_own_levels_and_values(self):
        counts, values = [[5, 20], [5, 20]], [[1.0, 0.0], [0.0, 2.0]]
        actual = ratio.cells_bound(counts, values, [0.9, 0.99])
        expected = [ratio.cells_bound(counts[i], values[i], [0.9, 0.99][i]) for i in range(2)]
        np.testing.assert_allclose(actual, expected)

    @given(st.lists(st.integers(0, 5000), min_size=4, max_size=4).filter(any), LEVELS)
    def test_the_bounds_lie_on_either_side_of_the_mean_and_mirror_each_other(self, counts, level):
        mean = np.dot(counts, self.VALUES) / sum(counts)
        lower = ratio.cells_bound(counts, self.VALUES, level, "lower")
        upper = ratio.cells_bound(counts, self.VALUES, level, "upper")
        assert -0.5 - 1e-12 <= lower <= mean + 1e-9
        assert mean - 1e-9 <= upper <= 0.02 + 1e-12
        assert -upper == pytest.approx(float(ratio.cells_bound(counts, -self.VALUES, level, "lower")))

    @pytest.mark.parametrize(
        "shares", [(0.1, 0.001, 0.01, 0.889), (0.1, 0.0001, 0.001, 0.8989), (0.3, 0.05, 0.05, 0.6)]
    )
    @pytest.mark.parametrize("decisions", [50, 1000])
    def test_the_bounds_err_at_most_at_the_nominal_rate(self, shares, decisions):
        """Where a Student interval is wrong in up to 24 % of the draws, as the costly event was not seen."""
        counts = np.random.default_rng(decisions).multinomial(decisions, shares, 4000)
        true = np.dot(shares, self.VALUES)
        assert np.mean(ratio.cells_bound(counts, self.VALUES, side="lower") > true) <= 0.05
        assert np.mean(ratio.cells_bound(counts, self.VALUES, side="upper") < true) <= 0.05


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=20))
def test_the_variance_of_alike_rows_is_that_of_one_row_a_unit_less_the_pairs_that_differ(units):
    events, others = np.array(units, dtype=float).T
    rows = events + others
    found = ratio.alike_variance(*(np.sum(x) for x in (events, rows, events**2, events * rows, rows**2)))
    if not rows.sum():
        assert np.inf == found
        return
    share = events.sum() / rows.sum()
    expected = share * (1 - share) * np.sum(rows**2) - np.sum(events * others)
    assert max(expected, 0) / rows.sum() ** 2 == pytest.approx(float(found), abs=1e-15)


def test_units_of_one_kind_each_are_worth_kishs_number():
    rows = np.array([1000.0, 1000.0, 1.0, 1.0, 1.0])
    events = rows * [1, 1, 1, 0, 1]
    found = ratio.alike_variance(*(np.sum(x) for x in (events, rows, events**2, events * rows, rows**2)))
    share, kish = events.sum() / rows.sum(), rows.sum() ** 2 / np.sum(rows**2)
    assert share * (1 - share) / kish == pytest.approx(float(found))
