"""Past forecasts are held against what happened."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from shipworthy.economics import forecast
from shipworthy.economics.hindsight import hindsight, pinball
from shipworthy.evidence import StageForecast
from tests.economics import plans

PLAN = forecast(plans.roadmap({"a": {"takes": "1 week"}}), date(2026, 12, 1), {})


def said(**days):
    """A past forecast of stages by their P50 and P85."""
    stages = tuple(
        StageForecast(name, "2027-01-04", f"2027-{p50}", f"2027-{p85}", None, 1.0, None, 0.0)
        for name, (p50, p85) in days.items()
    )
    return replace(PLAN, stages=stages)


def test_the_loss_of_a_quantile_by_hand():
    """10 days too late of a P85 costs 8.5, 10 days too early 1.5."""
    assert pytest.approx((8.5, 1.5)) == (float(pinball(20, 10, 0.85)), float(pinball(0, 10, 0.85)))


def test_the_true_quantile_loses_least():
    drawn = np.random.default_rng(0).uniform(0, 100, 50_000)
    losses = {said: float(np.mean(pinball(drawn, said, 0.85))) for said in (75, 80, 85, 90, 95)}
    assert 85 == min(losses, key=lambda said: losses[said])


def test_the_first_forecast_counts_and_not_a_later_one():
    """a ended 10 days after its P50 and on its P85: 5 and 0; b 20 days after and 10 days after: 10 and 8.5."""
    first = said(a=("02-01", "02-11"), b=("02-01", "02-11"))
    later = said(a=("02-11", "02-11"), b=("02-21", "02-21"))
    found = hindsight([first, later], {"a": date(2027, 2, 11), "b": date(2027, 2, 21)})
    assert (2, 0.5, 0.0) == (found.scored, found.within_p85, found.within_p50)
    assert [("a", 10, 0), ("b", 20, 10)] == [
        (each.stage, each.after_p50, each.after_p85) for each in found.stages
    ]
    assert pytest.approx(((5 + 0) / 2 + (10 + 8.5) / 2) / 2) == found.loss_days


def test_what_nobody_forecast_is_not_scored():
    found = hindsight([said(a=("02-01", "02-11"))], {"b": date(2027, 2, 1)})
    assert (0, None, None) == (found.scored, found.within_p85, found.loss_days)
