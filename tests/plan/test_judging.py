"""The cheapest labels and judge's answers: no other mix is cheaper, and the planned one decides as often as planned."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from shipworthy.errors import InputError
from shipworthy.plan import JudgingPrices, Present, judging_plan
from shipworthy.plan.mixing import cheapest, worth
from shipworthy.stats import prediction_powered
from shipworthy.stats.judge_errors import JudgeTable, correlation
from shipworthy.stats.judged import judged_counts
from shipworthy.stats.sample_size import trials_to_decide, trials_with_power
from tests.stats.judgements import shares

PRICES = JudgingPrices(label=1.0, call=0.01)
PILOT = JudgeTable(both=80, human_only=4, judge_only=6, neither=30)


def brute_force(needed: int, of: float, prices: JudgingPrices, have: Present) -> float:
    """The least cost of all pairs of labels and judged rows that are worth so many labels."""
    labels, judged = np.meshgrid(np.arange(1, needed + 1), np.arange(1, 40 * needed))
    found = labels * judged / ((1 - of**2) * judged + of**2 * labels)
    possible = (
        (found >= needed * (1 - 1e-9)) & (judged >= labels) & (labels >= max(min(30, needed), have.labels))
    )
    possible &= (judged >= have.judged) & (judged <= (have.rows or np.inf))
    if not possible.any():
        return float("inf")
    costs = (labels - have.labels) * prices.label + (judged - have.judged) * prices.call
    return float(costs[possible].min())


@pytest.mark.parametrize("of", [0.2, 0.5, 0.8, 0.95, 1.0])
@pytest.mark.parametrize("call", [0.0, 0.001, 0.05, 0.7])
@pytest.mark.parametrize("have", [Present(), Present(50, 400), Present(40, 40, 900), Present(10, 0, 200)])
def test_no_other_mix_is_cheaper(of, call, have):
    prices = JudgingPrices(1.0, call)
    for needed in (60, 150):
        least = brute_force(needed, of, prices, have)
        found = cheapest(needed, of, prices, have)
        if found is None:
            assert np.isinf(least)
            continue
        assert found.cost <= least + 1e-9
        assert found.worth >= needed * (1 - 1e-6)
        assert found.judged >= max(found.labels, have.judged)


def test_what_labels_beside_a_judge_are_worth_is_the_published_effective_size():
    """n (n + N) / (n + (1 - r^2) N): 100 labels and 900 more judged rows, r = 0.8."""
    assert 100 * 1000 / (100 + 0.36 * 900) == pytest.approx(worth(100, 1000, 0.8))
    assert 100 == pytest.approx(worth(100, 1000, 0.0))
    assert 1000 == pytest.approx(worth(100, 1000, 1.0))
    assert 0 == worth(0, 1000, 0.5)


def test_a_good_and_cheap_judge_saves_labels():
    plan: Any = judging_plan(0.85, 0.8, PILOT, PRICES)
    assert trials_to_decide(0.85, 0.8) == plan.needed == plan.alone.labels == plan.alone.cost
    assert plan.mix.labels < 0.7 * plan.alone.labels
    assert plan.mix.cost < plan.alone.cost
    assert "" == plan.reason


def test_a_judge_as_bad_as_the_pilot_allows_saves_less():
    plan: Any = judging_plan(0.85, 0.8, PILOT, PRICES)
    assert plan.low < plan.correlation < plan.high
    assert plan.mix.cost < plan.cautious.cost <= plan.alone.cost


def test_an_expensive_judge_is_not_worth_its_price():
    plan = judging_plan(0.85, 0.8, PILOT, JudgingPrices(0.5, 0.5))
    assert plan.mix is None
    assert "saves no labels that cost more than its answers" in plan.reason


def test_a_judge_of_chance_adds_nothing():
    plan = judging_plan(0.85, 0.8, JudgeTable(30, 30, 30, 30), PRICES)
    assert plan.mix is None
    assert "adds nothing" in plan.reason


def test_a_chance_of_four_in_five_takes_more_than_an_even_one():
    even, likely = judging_plan(0.85, 0.8, PILOT, PRICES), judging_plan(0.85, 0.8, PILOT, PRICES, power=0.8)
    assert trials_with_power(0.85, 0.8) == likely.needed
    assert even.mix is not None
    assert likely.mix is not None
    assert even.mix.cost < likely.mix.cost


def test_what_is_labelled_and_judged_already_costs_nothing():
    new: Any = judging_plan(0.85, 0.8, PILOT, PRICES)
    going_on: Any = judging_plan(0.85, 0.8, PILOT, PRICES, Present(labels=50, judged=100))
    assert new.mix.cost - 50 * 1.0 - 100 * 0.01 == pytest.approx(going_on.mix.cost, abs=0.05)


def test_a_rate_at_its_bound_is_decided_by_nothing():
    plan = judging_plan(0.8, 0.8, PILOT, PRICES)
    assert (None, None, None) == (plan.needed, plan.alone, plan.mix)
    assert "equals the bound" in plan.reason


def test_too_few_rows_decide_nothing():
    plan = judging_plan(0.82, 0.8, PILOT, PRICES, Present(rows=200))
    assert (None, None) == (plan.alone, plan.mix)
    assert "too few rows" in plan.reason


@pytest.mark.parametrize("prices", [JudgingPrices(-1, 0), JudgingPrices(1, float("nan"))])
def test_prices_that_are_none_are_refused(prices):
    with pytest.raises(InputError) as caught:
        judging_plan(0.85, 0.8, PILOT, prices)
    assert "plan.judge_price" == caught.value.problem.code


@pytest.mark.parametrize("have", [Present(50, 10, 40), Present(-1)])
def test_rows_that_cannot_be_are_refused(have):
    with pytest.raises(InputError) as caught:
        judging_plan(0.85, 0.8, PILOT, PRICES, have)
    assert "plan.judge_rows" == caught.value.problem.code


def test_the_errors_of_a_nearly_perfect_judge_must_show():
    """As labels beside a perfect judge are worth as many as are judged, thirty would seem to do."""
    plan: Any = judging_plan(0.85, 0.8, JudgeTable(850, 1, 1, 148), PRICES)
    assert plan.needed > plan.mix.labels > 50


def test_a_rate_of_nothing_at_all_takes_labels_alone():
    """Zero of 2,995 proves at most 0.1 %, and the judge's zero proves nothing of people's."""
    plan = judging_plan(0.0, 0.001, PILOT, PRICES)
    assert (2995, None) == (plan.needed, plan.mix)


@pytest.mark.parametrize(("rate", "bound"), [(0.85, 0.8), (0.95, 0.9), (0.12, 0.2), (0.99, 0.98), (0.6, 0.5)])
@pytest.mark.parametrize("judge", [(0.95, 0.9), (0.9, 0.6), (0.99, 0.99)])
def test_the_planned_mix_decides_about_as_often_as_planned(rate, bound, judge):
    """Four times in five; of a judge that is hardly ever wrong more often, as few labels must prove that."""
    cells = shares(np.float64(rate), judge)
    table = JudgeTable(*(float(each) for each in 10_000 * cells))
    plan: Any = judging_plan(rate, bound, table, JudgingPrices(1.0, 0.001), power=0.8)
    assert chance_of_deciding(plan.mix, cells, rate, bound) >= 0.73
    assert correlation(table) == pytest.approx(plan.correlation)


def chance_of_deciding(mix, cells, rate, bound):
    rng, draws = np.random.default_rng(3), 3_000
    both, human_only, judge_only, neither = rng.multinomial(mix.labels, cells, draws).T
    more = mix.judged - mix.labels
    passed = rng.binomial(more, cells[0] + cells[2], draws)
    found = prediction_powered.prediction_powered(
        judged_counts(both, human_only, judge_only, neither, passed, more)
    )
    if rate > bound:
        return np.mean(prediction_powered.lower(found) > bound)
    return np.mean(prediction_powered.upper(found) < bound)
