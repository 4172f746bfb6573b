"""Forecasts hold what they say where the world is as it was stated, and say when it is not."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from shipworthy.economics import forecast
from shipworthy.evidence import Economics
from shipworthy.evidence.economics import read_economics
from shipworthy.evidence.record import plain
from tests.economics import plans

TODAY = date(2026, 12, 1)
PLAN = plans.roadmap(plans.RESEARCH, at_once=2, kill_date="2027-06-30")
FOUND = forecast(PLAN, TODAY, {})


def test_a_forecast_of_before_sprints_reads_as_it_was():
    older = replace(FOUND, as_of=None, sprint=None)
    kept = plain(Economics(None, older))
    assert not {"as_of", "sprint"} & set(kept["forecast"])
    assert older == read_economics(kept).forecast


def world(count, seed):
    """When the four stages of the plan are done, drawn by the plainest of loops: two people, two chains."""
    rng = np.random.default_rng(seed)
    ends = []
    for _ in range(count):
        labels = rng.triangular(14, 21, 42)
        interviews = rng.uniform(7, 21)
        model, passed = rng.triangular(21, 35, 63), False
        for attempt in range(3):
            if attempt:
                model += rng.triangular(7, 14, 28)
            if rng.random() < 0.6:
                passed = True
                break
        pilot = max(labels + model, interviews) + rng.uniform(14, 35)
        ends.append(pilot if passed else np.inf)
    return np.array(ends)


def days(day):
    return (date.fromisoformat(day) - PLAN.starts).days


def test_p85_covers_85_percent_of_worlds_that_are_as_stated():
    """Within three points; dates are rounded up to whole days."""
    actual = world(20_000, 11)
    assert pytest.approx(0.85, abs=0.03) == np.mean(actual <= days(FOUND.whole.p85))
    assert pytest.approx(0.50, abs=0.03) == np.mean(actual <= days(FOUND.whole.p50))
    assert pytest.approx(np.mean(np.isfinite(actual)), abs=0.01) == FOUND.whole.ever
    assert pytest.approx(np.mean(actual <= days("2027-06-30")), abs=0.02) == FOUND.whole.by_kill


def test_one_stage_that_takes_an_even_spread_has_its_quantiles():
    """0 to 100 days: half by day 50, 85 % by day 85, 95 % by day 95."""
    found = forecast(plans.roadmap({"a": {"takes": "0.001..100 days"}}), TODAY, {}).whole
    assert pytest.approx([50, 85, 95], abs=2) == [days(each) for each in (found.p50, found.p85, found.p95)]


def test_a_gate_fails_as_often_as_all_its_tries_do():
    """0.4 ** 3 = 6.4 %, and nothing else keeps the plan from its end."""
    fails = {each.stage: each.fails for each in FOUND.stages}
    assert pytest.approx(0.064, abs=0.01) == fails["model"]
    assert pytest.approx(1 - FOUND.whole.ever) == fails["model"]
    assert [None] * 3 == [fails[name] for name in ("labels", "interviews", "pilot")]


def test_what_more_likely_than_5_percent_never_ends_has_no_p95():
    assert FOUND.whole.p95 is None
    assert FOUND.proposed_kill is not None
    assert days(FOUND.proposed_kill) > days(FOUND.whole.p85)


def test_the_stage_that_moves_the_end_most_is_named():
    swings = {each.stage: each.swing_days or 0.0 for each in FOUND.stages}
    assert "model" == FOUND.critical
    assert swings["interviews"] == 0
    assert swings["model"] > swings["labels"] > 0


def test_the_next_two_weeks_hold_what_can_begin():
    assert ("labels", "interviews") == FOUND.soon
    assert ("labels",) == forecast(plans.roadmap(plans.RESEARCH), TODAY, {}).soon


def test_what_has_been_done_moves_what_comes_after():
    stages = {**plans.RESEARCH, "labels": {"takes": "2 / 3 / 6 weeks", "done": "2027-03-01"}}
    found = forecast(plans.roadmap(stages, at_once=2), date(2027, 3, 1), {})
    assert all(
        (each.begins or "") >= "2027-03-01" for each in found.stages if each.stage in ("model", "pilot")
    )
    assert "model" in found.soon


def test_a_stage_that_is_late_is_not_forecast_into_the_past():
    """Of 0 to 100 days 60 have gone by: the other 40 are spread as evenly, half of them by day 80."""
    plan = plans.roadmap({"a": {"takes": "0.001..100 days"}})
    found = forecast(plan, plan.starts + timedelta(days=60), {})
    assert pytest.approx(80, abs=2) == days(found.whole.p50)
    assert () == found.notes


def test_a_plan_that_the_world_has_left_behind_says_so():
    plan = plans.roadmap({"a": {"takes": "1..10 days"}})
    found = forecast(plan, plan.starts + timedelta(days=60), {})
    [note] = found.notes
    assert "a should have ended by now" in note


def test_a_forecast_is_the_same_again():
    assert FOUND == forecast(PLAN, TODAY, {})


def test_a_forecast_survives_its_way_through_json():
    backlog = {"x": {"takes": "1 week", "brings": "100 USD / month"}}
    stages = {**plans.RESEARCH, "labels": {"takes": "2 weeks", "done": "2027-01-20"}}
    found = forecast(plans.roadmap(stages, backlog=backlog), TODAY, {}, [FOUND])
    economics = Economics(None, found)
    assert economics == read_economics(plain(economics))
