"""Schedules that can be worked out by hand, and chances that can."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shipworthy.economics.schedule import schedule, works
from tests.economics import plans


def planned(stages, count=3, seed=0, **changes):
    roadmap = plans.roadmap(stages, **changes)
    found = schedule(roadmap, works(roadmap, count, seed))
    return {
        name: (found.begins[at], found.ends[at], works(roadmap, count, seed)[name])
        for at, name in enumerate(found.names)
    }


def days(found, name):
    begins, ends, _ = found[name]
    return float(begins[0]), float(ends[0])


def test_alone_a_person_does_one_stage_after_the_other():
    found = planned({"a": {"takes": "7 days"}, "b": {"takes": "14 days"}})
    assert [(0, 7), (7, 21)] == [days(found, name) for name in "ab"]


def test_two_at_once_do_not_wait_for_each_other():
    found = planned({"a": {"takes": "7 days"}, "b": {"takes": "14 days"}}, at_once=2)
    assert [(0, 7), (0, 14)] == [days(found, name) for name in "ab"]


def test_who_is_free_takes_what_can_begin_and_not_what_stands_first():
    """c waits for a; b, written last, fills the gap of the second person."""
    stages = {"a": {"takes": "7 days"}, "c": {"takes": "7 days", "after": ["a"]}, "b": {"takes": "5 days"}}
    found = planned(stages, at_once=2)
    assert [(0, 7), (0, 5), (7, 14)] == [days(found, name) for name in "abc"]


def test_what_is_done_stands_at_its_day_and_takes_nobodys_time():
    stages = {
        "a": {"takes": "30 days", "done": "2027-01-09"},
        "b": {"takes": "5 days", "after": ["a"]},
        "c": {"takes": "3 days"},
    }
    found = planned(stages)
    assert [(5, 5), (5, 10), (0, 3)] == [days(found, name) for name in "abc"]


def test_a_circle_is_refused():
    with pytest.raises(ValueError, match="in a circle"):
        planned({"a": {"takes": "1 day", "after": ["b"]}, "b": {"takes": "1 day", "after": ["a"]}})


def test_a_gate_that_may_fail_n_times_is_passed_as_often_as_it_should():
    """1 - 0.4 ** 3 = 93.6 % ever; a failed try adds its 5 days, so that 10 + 5 * (0.4 + 0.16) = 12.8 days on average."""
    gate = {"passes": "60 %", "tries": 3, "again": "5 days"}
    found = planned({"a": {"takes": "10 days", "gate": gate}}, 100_000)
    _, ends, work = found["a"]
    assert pytest.approx(0.936, abs=0.003) == np.mean(np.isfinite(ends))
    assert pytest.approx(12.8, abs=0.05) == np.mean(work.days)
    assert {10.0, 15.0, 20.0} == set(work.days)


def test_what_needs_a_failed_stage_never_begins_and_others_go_on():
    gate = {"passes": "0 %", "tries": 2}
    stages = {
        "a": {"takes": "7 days", "gate": gate},
        "b": {"takes": "1 day", "after": ["a"]},
        "c": {"takes": "3 days"},
    }
    found = planned(stages)
    assert [(0, np.inf), (np.inf, np.inf), (14, 17)] == [days(found, name) for name in "abc"]


@given(at_once=st.integers(1, 4), seed=st.integers(0, 99), data=st.data())
def test_no_more_run_at_once_than_may_and_nothing_begins_before_what_it_needs(at_once, seed, data):
    names = "abcdef"
    stages = {
        name: {
            "takes": "2 / 5 / 9 days",
            "after": sorted(data.draw(st.sets(st.sampled_from(names[:at])))) if at else [],
            "gate": {"passes": "90 %", "tries": 2},
        }
        for at, name in enumerate(names)
    }
    found = planned(stages, 50, seed, at_once=at_once)
    for name, stage in stages.items():
        for before in stage["after"]:
            assert np.all(found[name][0] >= found[before][1])
    for draw in range(50):
        spans = [
            (begins[draw], begins[draw] + work.days[draw])
            for begins, _, work in found.values()
            if np.isfinite(begins[draw])
        ]
        assert all(sum(b <= begin < e for b, e in spans) <= at_once for begin, _ in spans)
