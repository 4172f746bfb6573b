"""Claims about groups that are exactly at their bound are wrongly met or missed within the 5 % that verdicts promise."""

from __future__ import annotations

import numpy as np
import pytest

from shipworthy.metrics import measure
from shipworthy.tally import Tallies
from tests.dear import few
from tests.judge.at_bound import BATCHES, DRAWS, Scenario, assert_rare, keys, rates, rates_of_batches
from tests.judge.test_error_rates import grouped
from tests.metrics.every import defined
from tests.tally.counting import counts, cube_of_counts

SCENARIOS: dict[str, Scenario] = {}
FAIR = [0.1] * 5


def scenario(make: Scenario) -> Scenario:
    SCENARIOS[make.__name__.replace("_", " ")] = make
    return make


def answered(rng, recalls, false_alarms, positives, negatives, draws) -> Tallies:
    """Both kinds of error in several groups."""
    tp = np.stack([rng.binomial(n, p, draws) for n, p in zip(positives, recalls, strict=True)], axis=1)
    fp = np.stack([rng.binomial(n, p, draws) for n, p in zip(negatives, false_alarms, strict=True)], axis=1)
    table = counts(tp=tp, fn=np.array(positives) - tp, fp=fp, tn=np.array(negatives) - fp).reshape(-1, 9)
    names = [(key[0], f"g{group}") for key in keys(draws) for group in range(len(recalls))]
    return Tallies({("draw", "group"): cube_of_counts(table, ("draw", "group"), names)}, {})


def levelled(rng, shares, trials, draws) -> Tallies:
    """Positives found by group and level; both arguments (groups, levels)."""
    shares, trials = np.array(shares), np.array(trials)
    tp = rng.binomial(trials, shares, (draws, *shares.shape))
    table = counts(tp=tp, fn=trials - tp).reshape(-1, 9)
    cells = [(f"g{group}", f"l{level}") for group in range(len(shares)) for level in range(shares.shape[1])]
    names = [(*key, *cell) for key in keys(draws) for cell in cells]
    by = ("draw", "group", "level")
    return Tallies({by: cube_of_counts(table, by, names)}, {})


@scenario
def equalised_odds_with_one_gap_at_the_bound(rng, draws):
    tallies = answered(rng, [0.8, 0.7], [0.1, 0.1], [600, 300], [900, 400], draws)
    return "equalised_odds(group) <= 0.1", tallies, None


@scenario
def equalised_odds_with_both_gaps_at_the_bound(rng, draws):
    tallies = answered(rng, [0.8, 0.7, 0.75], [0.1, 0.2, 0.15], [400] * 3, [400] * 3, draws)
    return "equalised_odds(group) <= 0.1", tallies, None


@scenario
def equalised_odds_of_fair_groups(rng, draws):
    tallies = answered(rng, [0.8] * 4, [0.1] * 4, [200, 60, 60, 30], [300, 90, 40, 30], draws)
    return "equalised_odds(group) <= 0.0001", tallies, None


@scenario
def the_ratio_of_equalised_odds_at_the_bound(rng, draws):
    tallies = answered(rng, [0.8, 0.64], [0.2, 0.25], [500] * 2, [700] * 2, draws)
    return "equalised_odds_ratio(group) >= 0.8", tallies, None


@scenario
def four_fifths_at_the_bound(rng, draws):
    return "four_fifths(group) >= 0.8", grouped(rng, [0.4, 0.5], [300, 700], draws), None


@scenario
def the_worst_of_five_groups_at_the_bound(rng, draws):
    return "worst_group(specificity, group) >= 0.9", grouped(rng, FAIR, [200] * 5, draws), None


@scenario
def the_worst_group_where_only_one_is_at_the_bound(rng, draws):
    shares = [0.2, 0.05, 0.05, 0.05]
    return "worst_group(false_positive_rate, group) <= 0.2", grouped(rng, shares, [150] * 4, draws), None


@scenario
def a_conditional_gap_at_the_bound(rng, draws):
    shares, trials = [[0.9, 0.5, 0.3], [0.8, 0.4, 0.2]], [[300, 200, 100], [60, 200, 300]]
    return "conditional_gap(recall, group, level) <= 0.1", levelled(rng, shares, trials, draws), None


@scenario
def a_conditional_gap_of_three_fair_groups_in_many_small_levels(rng, draws):
    shares, trials = [[0.9, 0.7, 0.5, 0.3, 0.1]] * 3, [[40, 20, 10, 5, 9], [9, 9, 20, 20, 3], [30] * 5]
    return "conditional_gap(recall, group, level) <= 0.0001", levelled(rng, shares, trials, draws), None


@scenario
def a_gap_beside_a_group_with_few_rows(rng, draws):
    """The small group's own gap is not compared; the claim stays open for it."""
    tallies = grouped(rng, [0.05, 0.10, 0.3], [700, 400, 12], draws)
    return "gap(false_positive_rate, group) <= 0.05", tallies, None


OVER_TEN_TIMES_THE_DRAWS_ALONE = {
    "a conditional gap of three fair groups in many small levels",
    "equalised odds of fair groups",
    "equalised odds with both gaps at the bound",
}
"""Dear ones, of which each has its kin among the others."""


@pytest.mark.parametrize("name", [name for name in SCENARIOS if name not in OVER_TEN_TIMES_THE_DRAWS_ALONE])
def test_claims_about_groups_are_wrong_no_more_often_than_they_say(name):
    assert_rare(rates(*SCENARIOS[name](np.random.default_rng(len(name)), DRAWS)), DRAWS)


@pytest.mark.slow
@pytest.mark.parametrize("name", SCENARIOS)
def test_over_ten_times_the_draws_the_rates_of_groups_are_held_too(name):
    assert_rare(rates_of_batches(SCENARIOS[name], 9), BATCHES * DRAWS)


@pytest.mark.parametrize("trials", few([[400] * 5, [2_000, 400, 100, 60, 30]], [400] * 5))
def test_the_interval_of_a_fair_model_contains_no_gap_at_all(trials):
    tallies = grouped(np.random.default_rng(5), FAIR, trials, DRAWS)
    found = measure(defined("gap(false_positive_rate, group)"), tallies, ("draw",), 0.95)
    assert np.mean(found.low <= 0) >= 0.95
    ratio = measure(defined("ratio(false_positive_rate, group)"), tallies, ("draw",), 0.95)
    assert np.mean(ratio.high >= 1) >= 0.95


def test_a_fair_model_passes_with_enough_data_and_is_undecided_without():
    """Five groups at 10 %: 12,000 rows each show that they differ by at most 2 points, 400 each do not."""
    rng = np.random.default_rng(6)
    text = "gap(false_positive_rate, group) <= 0.02"
    met, missed = rates(text, grouped(rng, FAIR, [12_000] * 5, 300), None)
    assert met >= 0.8
    assert 0 == missed
    met, missed = rates(text, grouped(rng, FAIR, [400] * 5, 300), None)
    assert 0 == met
    assert missed <= 0.05


def test_a_claim_with_a_small_group_is_never_met():
    met, _ = rates(
        "gap(false_positive_rate, group) <= 0.1",
        grouped(np.random.default_rng(7), FAIR, [900] * 4 + [12], 300),
        None,
    )
    assert 0 == met
