"""A metric is worse only where that is shown beyond its margin, however many are looked at."""

from __future__ import annotations

import numpy as np
import pytest

from shipworthy.gate import SHARES, Watched, shifts, watched
from shipworthy.judge import claim_of
from shipworthy.spec.language import read_requirement
from shipworthy.spec.model import Value
from shipworthy.stats.proportion import displayed
from tests.sign.decisions import estimate, evaluation, verdict

RECALL = Watched("recall >= 0.50", "recall", higher=True, margin=0.01)
FPR = Watched("false_positive_rate <= 0.50", "false_positive_rate", higher=False, margin=0.01)


def shift(then, now, item=RECALL, half=0.02):
    before, after = (evaluation(verdict("a", item.requirement, "met", value, half)) for value in (then, now))
    [found] = shifts(before, after, ("a", "a"), [item])
    return found


@pytest.mark.parametrize(
    ("then", "now", "standing"),
    [
        (0.8, 0.7, "worse"),
        (0.8, 0.9, "no_worse"),
        (0.8, 0.8, "same"),
        (0.8, 0.79, "undecided"),
        (0.8, 0.81, "undecided"),
    ],
)
def test_a_metric_of_which_more_is_better_is_worse_where_it_fell(then, now, standing):
    assert standing == shift(then, now).standing


@pytest.mark.parametrize(
    ("then", "now", "standing"), [(0.2, 0.3, "worse"), (0.3, 0.2, "no_worse"), (0.2, 0.21, "undecided")]
)
def test_a_metric_of_which_less_is_better_is_worse_where_it_rose(then, now, standing):
    assert standing == shift(then, now, FPR).standing


def test_a_fall_within_the_margin_is_never_worse():
    assert "no_worse" == shift(0.800, 0.795, half=0.0).standing
    assert "worse" == shift(0.800, 0.780, half=0.0).standing


def test_the_interval_of_the_difference_is_that_of_two_independent_groups():
    found = shift(0.8, 0.7)
    assert (-0.1, -0.1 - 0.02 * 2**0.5, -0.1 + 0.02 * 2**0.5) == pytest.approx(
        (found.difference, found.low, found.high)
    )


def test_without_a_margin_nothing_is_held_against_then():
    found = shift(0.8, 0.1, Watched("recall >= 0.50", "recall", higher=True, margin=None))
    assert "undecided" == found.standing


def test_what_was_not_measured_both_times_is_not_compared():
    before, after = (evaluation(verdict("a", "recall >= 0.50", "met", value)) for value in (None, 0.5))
    assert () == shifts(before, after, ("a", "a"), [RECALL])
    assert () == shifts(after, after, ("a", "b"), [RECALL])


def test_only_shares_take_the_margin_that_is_for_every_share():
    value = Value(currency="USD", true_positive=1, false_positive=-1, false_negative=-1)
    claims = [
        claim_of(read_requirement(text), value)
        for text in ("recall >= 0.5 at precision >= 0.5", "net_value >= 0")
    ]
    assert [("recall", 0.01), ("precision", 0.01), ("net_value", None)] == [
        (each.metric, each.margin) for each in watched(claims, {SHARES: 0.01})
    ]
    assert 0.2 == watched(claims, {SHARES: 0.01, "net_value": 0.2})[-1].margin


def test_a_metric_that_is_to_stay_between_two_bounds_has_no_worse_side():
    claims = [
        claim_of(read_requirement(text), None)
        for text in ("recall >= 0.5", "precision <= 0.9", "precision >= 0.5")
    ]
    assert ["recall"] == [each.metric for each in watched(claims, {SHARES: 0.01})]


@pytest.mark.parametrize(("rate", "n"), [(0.5, 60), (0.9, 200), (0.97, 400)])
def test_a_gate_errs_in_at_most_5_of_100_cases_where_all_metrics_fell_by_just_the_margin(rate, n):
    """Three independent shares that each are exactly the margin worse: the chance that any is called worse."""
    rng, tries, wrong = np.random.default_rng(7), 1500, 0
    items = [Watched("", f"m{at}", higher=True, margin=0.02) for at in range(3)]
    hits = rng.binomial(n, [[[rate]], [[rate - 0.02]]], size=(2, tries, 3))
    value = hits / n
    low, high, _ = displayed(hits.astype(float), float(n), 0.95)
    for trial in range(tries):
        before, after = (
            evaluation(
                *(
                    _measured(
                        item.metric, value[side, trial, at], low[side, trial, at], high[side, trial, at]
                    )
                    for at, item in enumerate(items)
                )
            )
            for side in (0, 1)
        )
        wrong += any(each.standing == "worse" for each in shifts(before, after, ("a", "a"), items))
    assert wrong / tries <= 0.05 + 3 * (0.05 * 0.95 / tries) ** 0.5


def _measured(metric, value, low, high):
    from dataclasses import replace

    found = replace(estimate("a", metric, float(value)), low=float(low), high=float(high))
    return replace(verdict("a", f"{metric} >= 0", "met"), estimate=found)
