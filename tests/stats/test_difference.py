"""Differences and gaps: a fair model passes, and wrong verdicts stay at their rate."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shipworthy.stats import difference, proportion


@st.composite
def groups(draw, least=2):
    """Values with limits around them, one per group."""
    values = np.array(draw(st.lists(st.floats(0, 1), min_size=least, max_size=6)))
    down, up = (
        np.array(draw(st.lists(st.floats(0, 1), min_size=len(values), max_size=len(values)))) for _ in "du"
    )
    return values, values - down, values + up


@given(groups())
def test_the_bounds_of_a_difference_enclose_it_and_mirror_each_other(triple):
    group_1, group_2 = (tuple(x[i] for x in triple) for i in (0, 1))
    lower = difference.mover_lower(*group_1, *group_2)
    upper = difference.mover_upper(*group_1, *group_2)
    assert lower <= group_1[0] - group_2[0] <= upper
    assert -upper == difference.mover_lower(*group_2, *group_1)


@given(groups())
def test_a_combined_bound_is_tighter_than_the_corners_of_the_box(triple):
    (value_1, lower_1, upper_1), (value_2, lower_2, upper_2) = (tuple(x[i] for x in triple) for i in (0, 1))
    lower = difference.mover_lower(value_1, lower_1, upper_1, value_2, lower_2, upper_2)
    assert lower >= lower_1 - upper_2 - 1e-12


def test_symmetric_limits_combine_as_variances_do():
    assert -3.0 == difference.mover_lower(2, -1, 5, 0, -4, 4)
    assert 7.0 == difference.mover_upper(2, -1, 5, 0, -4, 4)


def test_groups_that_share_units_enter_by_their_correlation():
    """Errors in step cancel, errors against each other add."""
    limits = (2, -1, 5, 0, -4, 4)
    assert 2.0 - 1.0 == difference.mover_lower(*limits, correlation=1)
    assert 2.0 - 7.0 == difference.mover_lower(*limits, correlation=-1)


def test_a_group_without_a_value_counts_with_its_limits():
    assert (-0.8, 0.9) == (
        difference.mover_lower(np.nan, 0, 1, 0.4, 0.1, 0.8),
        difference.mover_upper(np.nan, 0, 1, 0.4, 0.1, 0.8),
    )
    assert -np.inf == difference.mover_lower(np.nan, -np.inf, np.inf, 3, 2, 4)


def test_newcombe_of_groups_without_trials_knows_nothing():
    assert (-1, 1) == difference.newcombe(0, 0, 0, 0)


@given(groups())
def test_the_bounds_of_a_gap_enclose_it(triple):
    gap = np.ptp(triple[0])
    assert 0 <= difference.gap_lower(*triple) <= gap + 1e-12
    assert gap - 1e-12 <= difference.gap_upper(*triple)


@given(groups(), st.randoms(use_true_random=False))
def test_the_order_of_groups_does_not_matter_to_the_gap(triple, random):
    order = list(range(len(triple[0])))
    random.shuffle(order)
    shuffled = tuple(x[order] for x in triple)
    assert difference.gap_lower(*triple) == difference.gap_lower(*shuffled)
    assert difference.gap_upper(*triple) == difference.gap_upper(*shuffled)


def test_one_group_has_no_gap():
    assert (0, 0) == (difference.gap_lower([0.3], [0.1], [0.6]), difference.gap_upper([0.3], [0.1], [0.6]))


def test_a_group_without_rows_leaves_the_gap_undecided():
    values, events, trials = [0.1, 0.1, np.nan], [100, 100, 0], [1000, 1000, 0]
    limits = [bound(events, trials) for bound in EXACT]
    assert difference.gap_upper(values, *limits) > 0.85
    assert 0 == difference.gap_lower(values, *limits)


def test_gaps_of_many_slices_come_in_one_call():
    values = np.array([[0.1, 0.3, 0.2], [0.5, 0.5, 0.4]])
    together = difference.gap_upper(values, values - 0.1, values + 0.2)
    one_by_one = [difference.gap_upper(row, row - 0.1, row + 0.2) for row in values]
    np.testing.assert_array_equal(one_by_one, together)


def test_shared_units_narrow_the_gap():
    values = np.array([0.1, 0.3])
    limits = (values, values - 0.1, values + 0.1)
    assert difference.gap_upper(*limits, correlation=[[1, 0.9], [0.9, 1]]) < difference.gap_upper(*limits)


def test_more_groups_ask_for_a_higher_level_of_each_pair():
    levels = [difference.studentised_level(groups, 0.95) for groups in (1, 2, 3, 10, 100, 1000)]
    assert levels == sorted(levels)
    assert 0.95 == levels[0]
    assert 0.975 == pytest.approx(levels[1])
    assert levels[-1] < 1


EXACT = (proportion.clopper_pearson_lower, proportion.clopper_pearson_upper)


def gap_errors(shares, trials, draws=3000):
    """How often the exact limits' bounds of the gap lie on the wrong side of the true one: lower, upper."""
    shares = np.asarray(shares)
    events = np.random.default_rng(17).binomial(trials, shares, (draws, len(shares)))
    level = difference.studentised_level(len(shares), 0.95)
    values, gap = events / np.asarray(trials), np.ptp(shares)
    lower = difference.gap_lower(values, *(bound(events, trials, level) for bound in EXACT))
    upper = difference.gap_upper(values, *(bound(events, trials, 0.95) for bound in EXACT))
    return float(np.mean(lower > gap)), float(np.mean(upper < gap))


SIZES = [(20,) * 5, (200,) * 5, (1000,) * 5, (20, 50, 200, 1000, 5000), (1000, 1000, 1000, 1000, 30)]


@pytest.mark.parametrize("share", [0.001, 0.01, 0.2, 0.5, 0.95])
@pytest.mark.parametrize("trials", SIZES)
def test_a_fair_model_of_five_groups_is_rarely_flagged(share, trials):
    """With Wilson limits the small unequal groups would be flagged in up to 12 % of the draws."""
    wrong_missed, wrong_met = gap_errors((share,) * 5, trials)
    assert wrong_missed <= 0.05 + 0.012
    assert 0 == wrong_met


@pytest.mark.parametrize(
    "shares",
    [
        (0.01, 0.01, 0.01, 0.01, 0.05),
        (0.1, 0.1, 0.1, 0.3, 0.3),
        (0.9, 0.9, 0.9, 0.98, 0.7),
        (0.001,) * 4 + (0.02,),
    ],
)
@pytest.mark.parametrize("trials", SIZES)
def test_verdicts_on_an_unfair_model_err_at_most_at_the_nominal_rate(shares, trials):
    wrong_missed, wrong_met = gap_errors(shares, trials)
    assert wrong_missed <= 0.05 + 0.012
    assert wrong_met <= 0.05 + 0.012


def test_a_fair_model_passes_a_gap_gate_when_there_is_enough_data_and_is_undecided_when_there_is_not():
    shares, level = np.full(5, 0.05), difference.studentised_level(5, 0.95)
    rng = np.random.default_rng(23)
    verdicts = {}
    for trials in (300, 20_000):
        events = rng.binomial(trials, shares, (2000, 5))
        met = difference.gap_upper(events / trials, *(bound(events, trials) for bound in EXACT)) <= 0.02
        missed = difference.gap_lower(events / trials, *(b(events, trials, level) for b in EXACT)) > 0.02
        verdicts[trials] = (float(np.mean(met)), float(np.mean(missed)))
    assert verdicts[300][0] < 0.05
    assert verdicts[20_000][0] > 0.95
    assert max(missed for _, missed in verdicts.values()) <= 0.05


def test_the_p_value_of_a_difference_is_the_error_of_the_bound_that_touches_the_limit():
    """At a limit that is the upper bound itself, the p-value is the error of that bound."""
    group_1, group_2 = (0.4, 0.3, 0.52), (0.5, 0.45, 0.58)
    upper = difference.mover_upper(*group_1, *group_2)
    assert difference.mover_p_value(group_1, group_2, upper, 0.975) == pytest.approx(0.025)
    assert difference.mover_p_value(group_1, group_2, -0.1, 0.975) == pytest.approx(0.5)


def test_a_p_value_is_1_where_a_limit_is_not_known_and_certain_where_nothing_is_uncertain():
    sure, unknown = (0.4, 0.4, 0.4), (0.5, np.nan, np.nan)
    assert 1.0 == difference.mover_p_value(sure, unknown, 0.5, 0.975)
    assert [0.0, 1.0, 1.0] == [
        float(difference.mover_p_value(sure, (0.5, 0.5, 0.5), limit, 0.975)) for limit in (0.0, -0.1, -0.2)
    ]
