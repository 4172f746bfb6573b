"""Prediction-powered means: the published figures, and bounds that hold where labels are few or come in clusters."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import ndtri

from shipworthy.stats import prediction_powered, proportion
from shipworthy.stats.judged import JudgedRows, judged_counts, judged_rows
from shipworthy.stats.prediction_powered import interval, lower, normal_interval, upper
from tests.dear import few
from tests.stats.judgements import CLUSTERS, JUDGES, clustered, counted

HUMAN, JUDGE = ([int(digit) for digit in text] for text in ("11111100001110011010", "11111000011111011010"))
OTHERS = [1] * 120 + [0] * 80
MOST_WRONG = 0.06
"""Of bounds that may be wrong in 5 %, seen in some thousand draws."""


@pytest.mark.parametrize(
    ("weight", "value", "low", "high"),
    [
        (0.0, 0.6, 0.3852967, 0.8147033),
        (1.0, 0.55, 0.3685048, 0.7314952),
        (None, 0.5697174, 0.4066482, 0.7327866),
    ],
)
def test_the_figures_are_those_of_the_authors_package(weight, value, low, high):
    """Recomputed with ppi-python 0.2.3."""
    found = prediction_powered.prediction_powered(judged_rows(HUMAN, JUDGE, OTHERS), weight)
    assert value == pytest.approx(float(found.value), abs=1e-6)
    assert (low, high) == pytest.approx(tuple(map(float, normal_interval(found))), abs=1e-6)


def test_a_one_sided_bound_is_not_the_end_of_a_two_sided_interval():
    """The package gives 0.3977 at weight 1, and forgets the side where it tunes the weight itself."""
    found = prediction_powered.prediction_powered(judged_rows(HUMAN, JUDGE, OTHERS), 1.0)
    assert 0.3977 == pytest.approx(float(found.value - ndtri(0.95) * np.sqrt(found.variance)), abs=5e-5)
    assert interval(found)[0] < lower(found) < found.value < upper(found) < interval(found)[1]


def test_counts_and_rows_give_the_same_sums():
    human, judge = np.array(HUMAN), np.array(JUDGE)
    cells = [human & judge, human & ~judge & 1, ~human & judge & 1, ~(human | judge) & 1]
    both, human_only, judge_only, neither = (np.sum(cell) for cell in cells)
    counts = judged_counts(both, human_only, judge_only, neither, 120, 200)
    rows = judged_rows(HUMAN, JUDGE, OTHERS)
    assert rows.sums.tolist() == counts.sums.tolist()
    assert rows.products.tolist() == counts.products.tolist()
    assert np.ravel(rows.cells).tolist() == np.ravel(counts.cells).tolist()


def test_rows_that_are_units_of_their_own_are_plain_rows():
    plain = judged_rows(HUMAN, JUDGE, OTHERS)
    named = judged_rows(HUMAN, JUDGE, OTHERS, np.arange(20), np.arange(20, 220))
    assert plain.products.tolist() == named.products.tolist()


def test_a_prompt_tried_twice_with_the_same_outcome_is_one_prompt():
    one = (np.arange(20), np.arange(20, 220))
    once = prediction_powered.prediction_powered(judged_rows(HUMAN, JUDGE, OTHERS, *one), 0.6)
    units = (np.repeat(np.arange(20), 2), np.repeat(np.arange(20, 220), 2))
    human, judge, others = (np.repeat(each, 2) for each in (HUMAN, JUDGE, OTHERS))
    twice = prediction_powered.prediction_powered(judged_rows(human, judge, others, *units), 0.6)
    assert once.value == pytest.approx(float(twice.value))
    assert lower(once) == pytest.approx(float(lower(twice)))
    assert upper(once) == pytest.approx(float(upper(twice)))


def test_the_variance_of_prompts_with_labels_of_some_of_their_tries_is_that_of_their_influences():
    """The linearised value of each unit, summed by hand."""
    rng = np.random.default_rng(4)
    human, judge, others = rng.random(30), rng.random(30), rng.random(70)
    units, units_only = rng.integers(0, 12, 30), rng.integers(0, 15, 70)
    found = prediction_powered.prediction_powered(judged_rows(human, judge, others, units, units_only), 0.7)
    influence = np.zeros(15)
    np.add.at(influence, units, (human - 0.7 * judge - found.residual) / 30)
    np.add.at(influence, units_only, 0.7 * (others - others.mean()) / 70)
    assert np.sum(influence**2) == pytest.approx(float(found.variance))


@given(*[st.integers(0, 40)] * 5, st.integers(0, 100))
def test_bounds_lie_in_order_and_fails_mirror_passes(both, human_only, judge_only, neither, passed, failed):
    """What passes and what fails may be exchanged."""
    found = prediction_powered.prediction_powered(
        judged_counts(both, human_only, judge_only, neither, passed, passed + failed)
    )
    mirrored = prediction_powered.prediction_powered(
        judged_counts(neither, judge_only, human_only, both, failed, passed + failed)
    )
    assert 0 <= lower(found) <= upper(found) <= 1
    assert 1 - upper(mirrored) == pytest.approx(float(lower(found)), abs=1e-9)
    if both + human_only + judge_only + neither >= 2:
        assert lower(found) - 1e-9 <= np.clip(found.value, 0, 1) <= upper(found) + 1e-9
        low, high = interval(found)
        assert low - 1e-9 <= np.clip(found.value, 0, 1) <= high + 1e-9


def test_without_more_judged_rows_the_labels_stand_alone():
    found = prediction_powered.prediction_powered(judged_counts(5, 2, 1, 12, 0, 0))
    assert (0.0, 0.35) == (found.weight, pytest.approx(float(found.value)))
    assert proportion.clopper_pearson_lower(7, 20) == pytest.approx(float(lower(found)))


def test_few_or_no_labels_say_nothing():
    for labelled in (0, 1):
        found = prediction_powered.prediction_powered(judged_counts(labelled, 0, 0, 0, 300, 400))
        assert (0, 1) == (lower(found), upper(found))
        assert (0, 1) == interval(found)


def test_a_judge_who_was_never_wrong_yet_may_still_be_wrong():
    """Fifty labels that agree leave room for what zero of fifty leaves."""
    found = prediction_powered.prediction_powered(judged_counts(5, 0, 0, 45, 100_000, 1_000_000))
    assert 0.1 == pytest.approx(float(found.value), abs=0.001)
    assert upper(found) - found.value > 0.99 * proportion.clopper_pearson_upper(0, 50)


def test_slices_are_answered_at_once():
    counts = np.array([[30, 3, 4, 40, 300, 700], [5, 0, 1, 60, 20, 500]])
    together = prediction_powered.prediction_powered(judged_counts(*counts.T))
    for at, row in enumerate(counts):
        alone = prediction_powered.prediction_powered(judged_counts(*row))
        assert lower(alone) == pytest.approx(float(lower(together)[at]))
        assert interval(alone) == pytest.approx(tuple(end[at] for end in interval(together)))


def test_answers_outside_0_to_1_are_refused():
    with pytest.raises(ValueError, match="from 0 to 1"):
        judged_rows([1, 5], [1, 0], [0, 1])
    with pytest.raises(ValueError, match="units"):
        judged_rows([1, 0], [1, 0], [0, 1], units=[1, 2])


@pytest.mark.parametrize("rows", few([(1000, 100), (200, 200), (1000, 50)], (1000, 50)))
@pytest.mark.parametrize("judge", JUDGES)
def test_bounds_and_intervals_hold_at_common_and_at_extreme_rates(judge, rows):
    judged, labelled = rows
    rates = np.array([[0.02], [0.1], [0.5], [0.9], [0.98]])
    drawn = counted(np.random.default_rng(5), rates, judge, judged, labelled, draws=6_000)
    found = prediction_powered.prediction_powered(drawn)
    low, high = interval(found)
    assert np.mean(lower(found) > rates, axis=1).max() <= MOST_WRONG
    assert np.mean(upper(found) < rates, axis=1).max() <= MOST_WRONG
    assert np.mean((low <= rates) & (rates <= high), axis=1).min() >= 0.925


@pytest.mark.parametrize("wrong", [0.005, 0.01, 0.02, 0.05, 0.1])
@pytest.mark.parametrize("labelled", [50, 100, 300])
def test_a_judge_who_seldom_errs_and_on_one_side_alone_is_not_trusted_too_much(labelled, wrong):
    rng, draws = np.random.default_rng(8), 3_000
    cells = rng.multinomial(labelled, [0.1, wrong, 0, 0.9 - wrong], draws).T
    found = prediction_powered.prediction_powered(
        judged_counts(cells[0], cells[1], cells[2], cells[3], rng.binomial(100_000, 0.1, draws), 100_000)
    )
    assert np.mean(upper(found) < 0.1 + wrong) <= MOST_WRONG


@pytest.mark.parametrize("rate", [0.05, 0.5, 0.97])
@pytest.mark.parametrize("cluster", CLUSTERS)
def test_bounds_hold_for_prompts_that_were_tried_several_times(cluster, rate):
    rows: JudgedRows = clustered(np.random.default_rng(6), rate, cluster, draws=1_000)
    found = prediction_powered.prediction_powered(rows)
    assert np.mean(lower(found) > rate) <= MOST_WRONG + 0.005
    assert np.mean(upper(found) < rate) <= MOST_WRONG + 0.005


def test_a_useful_judge_makes_labels_worth_more_and_a_useless_one_costs_nothing():
    rate = np.array([0.5])
    rng = np.random.default_rng(7)
    widths = {}
    for name, judge in (("useful", (0.95, 0.95)), ("useless", (0.5, 0.5))):
        found = prediction_powered.prediction_powered(counted(rng, rate, judge, 1000, 100, draws=2_000))
        widths[name] = float(np.mean(upper(found) - lower(found)))
    alone = float(proportion.clopper_pearson_upper(50, 100) - proportion.clopper_pearson_lower(50, 100))
    assert widths["useful"] < 0.7 * alone
    assert widths["useless"] == pytest.approx(alone, rel=0.03)
