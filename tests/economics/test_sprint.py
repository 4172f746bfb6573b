"""Sprints that can be worked out by hand: what is worked on, what ends, and how much room is left."""

from datetime import date

import pytest

from shipworthy.economics import forecast
from tests.economics import plans

BEFORE = date(2026, 12, 1)


def sprint(stages, today=BEFORE, **changes):
    found = forecast(plans.roadmap(stages, **changes), today, {}, count=1_000).sprint
    assert found is not None
    return found


def chances(found):
    return {each.stage: (each.worked_on, each.ends) for each in found.stages}


def test_a_sprint_begins_with_the_work_and_has_the_days_that_the_file_says():
    found = sprint({"a": {"takes": "5 days"}}, sprint="3 weeks")
    assert ("2027-01-04", "2027-01-24") == (found.first, found.last)


def test_what_is_certain_to_run_and_to_end_has_those_chances():
    """a ends after 5 days, b after 25: two weeks have 5 days of a and 9 of b, and none is free."""
    found = sprint({"a": {"takes": "5 days"}, "b": {"takes": "20 days"}, "c": {"takes": "1 day"}})
    assert {"a": (1.0, 1.0), "b": (1.0, 0.0)} == chances(found)
    assert 0.0 == found.free_days


def test_two_people_of_whom_one_works_leave_a_sprint_of_one():
    found = sprint({"a": {"takes": "20 days"}}, at_once=2)
    assert pytest.approx(14) == found.free_days


def test_a_gate_that_fails_frees_its_people_without_ending_the_stage():
    found = sprint({"a": {"takes": "7 days", "gate": {"passes": "0 %"}}})
    assert {"a": (1.0, 0.0)} == chances(found)
    assert pytest.approx(7) == found.free_days


def test_a_later_sprint_begins_today_and_has_what_is_left():
    stages = {"a": {"takes": "5 days", "done": "2027-01-09"}, "b": {"takes": "12 days"}}
    found = sprint(stages, date(2027, 1, 11))
    assert ("2027-01-11", "2027-01-24") == (found.first, found.last)
    assert {"b": (1.0, 1.0)} == chances(found)


def test_items_of_the_backlog_fit_while_there_is_room():
    """10 days are free: 8 for the first, then no room for a week, and 2 for the last."""
    brings = {"brings": "1_000 USD / month"}
    backlog = {
        "large": {"takes": "8 days", "brings": "9_000 USD / month"},
        "weekly": {"takes": "7 days", **brings},
        "small": {"takes": "2 days", "brings": "100 USD / month"},
    }
    found = sprint({"a": {"takes": "4 days"}}, backlog=backlog)
    assert ("large", "small") == found.fits
