"""Shares: their bounds are where they must be, and err no more often than they say."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shipworthy.stats import proportion, ratio

ROUNDING = 1e-12
"""Levels that differ in the last digit may give bounds that do so the other way round."""

LEVELS = st.floats(0.5, 0.9999)
BOTH_BOUNDS = pytest.mark.parametrize(
    "bound", [proportion.clopper_pearson_lower, proportion.clopper_pearson_upper]
)


@st.composite
def counts(draw):
    """Events among trials, whole or effective."""
    trials = draw(st.one_of(st.integers(1, 10_000_000), st.floats(0.1, 1e6)))
    return draw(st.one_of(st.just(0.0), st.floats(1e-6, 1))) * trials, trials


@given(counts(), LEVELS)
def test_bounds_lie_in_the_unit_interval_on_either_side_of_the_share(count, level):
    events, trials = count
    lower = proportion.clopper_pearson_lower(events, trials, level)
    upper = proportion.clopper_pearson_upper(events, trials, level)
    assert 0 <= lower <= events / trials * (1 + 1e-9)
    assert events / trials * (1 - 1e-9) <= upper <= 1


@given(counts(), LEVELS)
def test_wilson_lies_in_the_unit_interval_on_either_side_of_the_share(count, confidence):
    events, trials = count
    low, high = proportion.wilson(events, trials, confidence)
    assert 0 <= low <= events / trials + 1e-12
    assert events / trials - 1e-12 <= high <= 1


@given(counts(), LEVELS)
def test_the_bounds_of_events_mirror_those_of_non_events(count, level):
    events, trials = count
    mirrored = 1 - proportion.clopper_pearson_upper(trials - events, trials, level)
    assert mirrored == pytest.approx(
        float(proportion.clopper_pearson_lower(events, trials, level)), abs=1e-9, rel=1e-6
    )


@BOTH_BOUNDS
@given(trials=st.integers(1, 100_000), share=st.floats(0, 1), level=LEVELS)
def test_more_events_raise_both_bounds(bound, trials, share, level):
    events = np.floor(share * trials) + np.array([0.0, 1.0])
    fewer, more = bound(np.minimum(events, trials), trials, level)
    assert fewer <= more


@given(counts(), LEVELS, LEVELS)
def test_a_higher_level_gives_wider_bounds(count, level_1, level_2):
    low_level, high_level = sorted([level_1, level_2])
    events, trials = count
    lower = proportion.clopper_pearson_lower(events, trials, [high_level, low_level])
    upper = proportion.clopper_pearson_upper(events, trials, [low_level, high_level])
    assert lower[0] <= lower[1] + ROUNDING
    assert upper[0] <= upper[1] + ROUNDING


@given(st.integers(1, 100_000), st.floats(0, 1), st.floats(0.001, 0.999), LEVELS)
def test_the_p_value_and_the_bound_say_the_same(trials, share, bound, level):
    """The bound passes a claim exactly where the p-value falls below the error that the level leaves."""
    events = round(share * trials)
    p_value = proportion.clopper_pearson_p_value(events, trials, bound, above=True)
    lower = proportion.clopper_pearson_lower(events, trials, level)
    if abs(lower - bound) > 1e-9:
        assert (lower > bound) == (p_value < 1 - level)


@pytest.mark.parametrize("interval", [proportion.clopper_pearson, proportion.wilson])
def test_without_trials_nothing_is_known(interval):
    assert (0.0, 1.0) == interval(0, 0)


def test_without_trials_the_displayed_interval_is_the_whole_and_exact():
    assert (0.0, 1.0, True) == proportion.displayed(0, 0)


def test_the_displayed_interval_is_exact_where_events_or_non_events_are_fewer_than_ten():
    events, trials = np.array([0, 9, 10, 90, 91, 100]), 100
    low, high, exact = proportion.displayed(events, trials)
    assert [True, True, False, False, True, True] == exact.tolist()
    exact_low, exact_high = proportion.clopper_pearson(events, trials)
    wilson_low, wilson_high = proportion.wilson(events, trials)
    np.testing.assert_array_equal(np.where(exact, exact_low, wilson_low), low)
    np.testing.assert_array_equal(np.where(exact, exact_high, wilson_high), high)


@pytest.mark.parametrize(
    ("events", "trials"), [(3, 2), (-1, 2), (0, -1), (float("nan"), 3), (1, float("nan"))]
)
def test_counts_that_cannot_be_are_refused(events, trials):
    with pytest.raises(ValueError, match="0 <= events <= trials"):
        proportion.wilson(events, trials)


@pytest.mark.parametrize("level", [0, 1, 95, float("nan")])
def test_a_level_that_is_no_level_is_refused(level):
    with pytest.raises(ValueError, match=r"write 0\.95 for 95 %"):
        proportion.clopper_pearson_lower(1, 2, level)


def test_events_past_the_trials_by_rounding_are_all_of_them():
    trials = 1 / 3
    assert 1.0 == proportion.clopper_pearson_upper(trials + 1e-16, trials)


@pytest.mark.parametrize("trials", [10, 50, 300, 3000])
@pytest.mark.parametrize("share", [0.001, 0.01, 0.1, 0.5, 0.95, 0.999])
def test_exact_bounds_err_at_most_at_the_nominal_rate(trials, share):
    """Not simulated but summed: the chance of each count times whether its bound is wrong."""
    events = np.arange(trials + 1)
    chance = proportion_chances(trials, share)
    for level in (0.9, 0.95, 0.99):
        wrong_met = chance[proportion.clopper_pearson_lower(events, trials, level) > share].sum()
        wrong_missed = chance[proportion.clopper_pearson_upper(events, trials, level) < share].sum()
        assert wrong_met <= 1 - level + 1e-9
        assert wrong_missed <= 1 - level + 1e-9


def proportion_chances(trials, share):
    """The binomial distribution, by its own recurrence on the log scale."""
    steps = np.log(np.arange(trials, 0, -1) / np.arange(1, trials + 1)) + np.log(share / (1 - share))
    return np.exp(trials * np.log1p(-share) + np.concatenate([[0], np.cumsum(steps)]))


class TestEffectiveTrials:
    def test_unclustered_trials_are_worth_themselves(self):
        assert 100 == proportion.effective_trials(100, 0.3, 0.3 * 0.7 / 99, 100)

    def test_a_rate_of_nothing_or_all_is_worth_its_units(self):
        assert [7, 7, 5] == proportion.effective_trials([20, 20, 5], [0, 1, 0], 0, 7).tolist()

    def test_no_trials_are_worth_nothing(self):
        assert 0 == proportion.effective_trials(0, np.nan, np.inf, 0)

    def test_an_unknown_variance_is_worth_nothing(self):
        assert 0 == proportion.effective_trials(50, 0.5, np.inf, 1)

    def test_with_many_units_and_events_it_is_the_trials_over_the_design_effect(self):
        trials, rate, effect = 1_000_000, 0.4, 2.5
        effective = proportion.effective_trials(trials, rate, effect * rate * (1 - rate) / trials, 200_000)
        assert trials / effect == pytest.approx(float(effective), rel=1e-4)

    @given(
        st.integers(1, 100_000),
        st.floats(0, 1),
        st.floats(0, 0.2),
        st.floats(0, 1),
        LEVELS,
    )
    def test_it_is_never_more_than_the_trials_nor_less_than_nothing(
        self, trials, rate, variance, part, level
    ):
        units = max(1, round(part * trials))
        assert 0 <= proportion.effective_trials(trials, rate, variance, units, level) <= trials

    @pytest.mark.parametrize("units", [30, 100, 400])
    @pytest.mark.parametrize("share", [0.005, 0.05, 0.5])
    @pytest.mark.parametrize(("rows_per_unit", "likeness"), [(3, 0.05), (3, 0.8), (20, 0.05), (20, 0.3)])
    def test_clustered_verdicts_err_at_most_at_about_the_nominal_rate(
        self, units, share, rows_per_unit, likeness
    ):
        """Beta-binomial units of unequal size; plain Korn-Graubard would reach 17 % in the rare cases."""
        wrong_met, wrong_missed = clustered_errors(units, share, rows_per_unit, likeness, draws=2000)
        assert wrong_met <= 0.05 + 0.015
        assert wrong_missed <= 0.05 + 0.015


def clustered_errors(units, share, rows_per_unit, likeness, draws):
    """How often the bounds on the effective trials lie on the wrong side of the true share."""
    rng = np.random.default_rng([units, round(1000 * share), rows_per_unit, round(100 * likeness)])
    spread = (1 - likeness) / likeness
    rows = rng.integers(1, 2 * rows_per_unit, (draws, units))
    events = rng.binomial(rows, rng.beta(share * spread, (1 - share) * spread, (draws, units)))
    a, b = events.sum(axis=1), rows.sum(axis=1)
    products = [(events**2).sum(axis=1), (events * rows).sum(axis=1), (rows**2).sum(axis=1)]
    variance = ratio.linearised_variance(units, a, b, *products)
    effective = proportion.effective_trials(b, a / b, variance, units)
    lower = proportion.clopper_pearson_lower(a / b * effective, effective)
    upper = proportion.clopper_pearson_upper(a / b * effective, effective)
    return float(np.mean(lower > share)), float(np.mean(upper < share))
