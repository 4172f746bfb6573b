"""Clocks run from when an incident was opened, and are told where they hold or could."""

from dataclasses import replace

import pytest

from shipworthy.risk import triage
from shipworthy.risk.clocks import clocks, hours_between, later, passed
from tests.risk.incidents import OPENED, after, step
from tests.risk.products import NOW, product
from tests.risk.test_triage import NO


def told(**facts):
    return clocks(triage(product(triage={**NO, **facts})), NOW)


def test_a_system_of_high_risk_has_the_general_clock_and_those_that_hold_if():
    found = told(essential_services="yes")
    assert [(15, True), (10, False), (2, False), (3, False)] == [(each.days, each.counts) for each in found]
    assert "2026-12-07T12:00:00.000000Z" == found[0].due


def test_where_sources_differ_the_clock_says_so():
    assert [False, True, True, False] == [bool(each.conflict) for each in told(essential_services="yes")]


@pytest.mark.parametrize("facts", [{}, {"reaches_eu": "no", "employment": "yes"}])
def test_what_is_of_minimal_risk_or_outside_has_the_clock_of_personal_data_only(facts):
    assert ["GDPR"] == [each.law for each in told(**facts)]


def test_while_the_tier_is_open_the_clocks_are_told_and_none_counts():
    found = clocks(triage(product()), NOW)
    assert (4, False) == (len(found), any(each.counts for each in found))
    assert "it is a system of high risk" in found[0].holds


def test_a_clock_has_passed_where_nobody_was_told_in_time():
    incident = replace(OPENED, clocks=told(employment="yes"))
    assert () == passed(incident, later(NOW, 14.9))
    assert ["serious incident"] == [each.name for each in passed(incident, later(NOW, 15.1))]
    told_of = after("verify", "size", "contain", "tell", incident=incident)
    assert () == passed(told_of, later(NOW, 100))
    late = replace(told_of, steps=(*told_of.steps, replace(step("tell"), time=later(NOW, 16))))
    assert 1 == len(passed(late, later(NOW, 17)))
    assert () == passed(replace(incident, drill=True), later(NOW, 100))


def test_a_day_has_24_hours():
    assert 36 == hours_between(NOW, later(NOW, 1.5))
