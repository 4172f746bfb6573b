"""The rows of a planned comparison: what is assumed is said, and what cannot be is refused."""

from __future__ import annotations

from typing import Any

import pytest

from shipworthy.errors import InputError
from shipworthy.evidence import Span
from shipworthy.plan import Aim, PlannedComparison, Rates, Shares, planned_comparison
from shipworthy.stats.power import paired_rows, paired_rows_not_worse, unpaired_rows
from shipworthy.stats.sample_size import units_with_power
from tests.judge.claims import claim
from tests.plan.planned import PRICES

TENTH = Shares(Span(0.1, 0.08, 0.125), Span(0.1, 0.08, 0.125))


def planned(metric: str, aim: Aim, rates: Rates | None = None) -> PlannedComparison:
    definition = claim(f"{metric} >= 0.1").definition
    return planned_comparison(definition, rates or Rates(0.8, "known"), aim, TENTH, PRICES)


def test_the_rows_are_those_of_the_exact_test():
    found: Any = planned("recall", Aim(0.02, discordance=0.1))
    assert paired_rows(0.02, 0.1) == found.paired.counted
    assert paired_rows_not_worse(0.02, 0.1) == found.paired_not_worse.counted
    assert unpaired_rows(0.8, 0.82) == found.group_rows
    assert 2 * found.group_rows == found.groups.counted
    assert 10 * found.paired.counted == found.paired.label.value
    assert 0.5 * found.paired.label.value == found.paired.cost.value


def test_a_margin_of_its_own_is_kept_apart_from_the_difference():
    found: Any = planned("recall", Aim(0.05, margin=0.02, discordance=0.1))
    assert paired_rows(0.05, 0.1) == found.paired.counted
    assert paired_rows_not_worse(0.02, 0.1) == found.paired_not_worse.counted


def test_an_unknown_discordance_is_that_of_independent_errors_and_says_so():
    found = planned("recall", Aim(0.02))
    assert 0.8 * 0.18 + 0.82 * 0.2 == pytest.approx(found.discordance)
    assert "independently" in found.spread_why


def test_a_measured_discordance_is_taken_before_an_assumed_one():
    found = planned("recall", Aim(0.02), Rates(0.8, "known", 0.07, "measured"))
    assert (0.07, "measured") == (found.discordance, found.spread_why)


def test_lower_is_better_for_an_error():
    found = planned("false_positive_rate", Aim(0.02, discordance=0.1))
    assert unpaired_rows(0.8, 0.78) == found.group_rows


def test_where_there_is_no_room_above_the_other_is_worse():
    found = planned("recall", Aim(0.1, discordance=0.2), Rates(0.95, "known"))
    assert unpaired_rows(0.95, 0.85) == found.group_rows


@pytest.mark.parametrize(
    ("aim", "code"),
    [
        (Aim(0.0), "plan.difference"),
        (Aim(-0.1), "plan.difference"),
        (Aim(float("nan")), "plan.difference"),
        (Aim(0.1, margin=0.0), "plan.margin"),
        (Aim(0.1, discordance=0.05), "plan.discordance"),
        (Aim(0.1, discordance=1.5), "plan.discordance"),
        (Aim(0.1, discordance=float("nan")), "plan.discordance"),
        (Aim(0.1, power=1.0), "plan.power"),
        (Aim(0.1, power=0.2), "plan.power"),
    ],
)
def test_a_number_that_cannot_be_is_refused(aim, code):
    with pytest.raises(InputError) as caught:
        planned("recall", aim)
    assert code == caught.value.problem.code
    assert caught.value.problem.remedy


MEASURED = Rates(4.0, "known", None, "measured", paired=3.0, apart=5.0)


def test_without_a_share_of_the_same_rows_the_spread_of_a_rows_difference_decides():
    found: Any = planned("mean(latency_ms)", Aim(0.5, margin=0.25), MEASURED)
    assert (3.0, None, "measured") == (found.sd, found.discordance, found.spread_why)
    assert units_with_power(0.5, 9.0, 0.0) == found.paired.counted
    assert units_with_power(0.25, 9.0, 0.0) == found.paired_not_worse.counted
    assert units_with_power(0.5, 25.0, 0.0) == found.group_rows
    assert 2 * found.group_rows == found.groups.counted


def test_a_given_spread_is_taken_before_a_measured_one():
    found: Any = planned("precision", Aim(0.02, sd=0.5), MEASURED)
    assert (0.5, "as given") == (found.sd, found.spread_why)
    assert units_with_power(0.02, 0.25, 0.0) == found.paired.counted


def test_of_a_given_spread_alone_groups_are_not_known():
    found = planned("f1", Aim(0.02, sd=0.5))
    assert (None, None) == (found.group_rows, found.groups)


@pytest.mark.parametrize(
    ("metric", "aim", "code"),
    [
        ("mean(latency_ms)", Aim(0.5), "plan.sd"),
        ("f1", Aim(0.02, sd=0.0), "plan.sd"),
        ("f1", Aim(0.02, sd=float("nan")), "plan.sd"),
        ("recall", Aim(0.02, sd=0.5), "plan.sd"),
        ("f1", Aim(0.02, discordance=0.5), "plan.discordance"),
        ("f1", Aim(1.5, sd=0.5), "plan.difference"),
        ("mean(latency_ms)", Aim(float("inf"), sd=0.5), "plan.difference"),
    ],
)
def test_a_spread_that_cannot_be_is_refused(metric, aim, code):
    with pytest.raises(InputError) as caught:
        planned(metric, aim)
    assert code == caught.value.problem.code
    assert caught.value.problem.remedy
