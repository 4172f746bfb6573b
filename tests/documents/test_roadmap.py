"""The forecast of the roadmap as Markdown, table and calendar."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date, timedelta

import pytest

from shipworthy.documents import roadmap_plan
from shipworthy.economics import forecast
from shipworthy.evidence import Economics
from tests.documents import mail
from tests.economics import plans

BACKLOG = {
    "read attachments": {"takes": "2..4 weeks", "brings": "2_000..8_000 USD / month", "chance": "50 %"},
    "ask the team": {"takes": "1 week", "answers": "ours.effort"},
}


def plan(stages=plans.RESEARCH, today=date(2026, 11, 22), earlier=(), **changes):
    """The plan of these stages in three formats."""
    found = forecast(plans.roadmap(stages, **changes), today, {"ours.effort": 5_000.0}, earlier)
    written = roadmap_plan("Mail shield", replace(mail.record(), economics=Economics(None, found)))
    assert written is not None
    return found, written


def test_the_answer_comes_first_and_every_stage_has_its_row():
    found, written = plan(backlog=BACKLOG, kill_date="2027-06-30")
    first = written.markdown.splitlines()[0]
    assert str(found.whole.p85) in first
    for words in (
        *plans.RESEARCH,
        "The sprint, 2027-01-04 to 2027-01-17",
        "| labels | 100",
        "forecast of 2026-11-22",
        "model matters most",
        "on the gate of model, which fails its last try with a chance of 6 %",
        "By the kill date, 2027-06-30",
    ):
        assert words in written.markdown
    assert written.markdown.index("| read attachments |") < written.markdown.index("| ask the team |")


def test_a_plan_that_may_well_never_end_says_so():
    stages = {"a": {"takes": "1 week", "gate": {"passes": "50 %"}}}
    _, written = plan(stages)
    assert "no day is 85" in written.markdown.splitlines()[0]
    assert "BEGIN:VEVENT" not in written.calendar


def test_the_table_has_the_same_days():
    found, written = plan()
    rows = list(csv.DictReader(io.StringIO(written.table)))
    assert [*plans.RESEARCH, "everything"] == [row["stage"] for row in rows]
    assert [each.p85 or "" for each in (*found.stages, found.whole)] == [row["p85"] for row in rows]


def test_a_name_is_never_a_formula():
    _, written = plan({"=1+1": {"takes": "1 week"}})
    assert "'=1+1" == next(csv.DictReader(io.StringIO(written.table)))["stage"]


def test_hostile_names_stay_text():
    _, written = plan({"a | <b>\r\nEND:VCALENDAR": {"takes": "1 week"}})
    assert 1 == written.calendar.count("\r\nEND:VCALENDAR\r\n")
    assert "<b>" not in written.markdown


def test_past_forecasts_are_held_against_what_happened():
    first, _ = plan()
    done = {**plans.RESEARCH, "labels": {"takes": "2 / 3 / 6 weeks", "done": "2027-01-25"}}
    _, written = plan(done, date(2027, 1, 26), [first])
    assert "## Past forecasts" in written.markdown
    assert "| labels | 2027-01-29 | 2027-02-06 | 2027-01-25 | 4 early | 12 early |" in written.markdown
    assert "of 1 (2" in written.markdown
    assert "no sign of ranges that are too narrow or too wide" in written.markdown
    assert "| labels |  | done 2027-01-25 |" in written.markdown


@pytest.mark.parametrize(
    ("late", "told"), [(60, "too narrow"), pytest.param(-60, "too wide", marks=pytest.mark.slow)]
)
def test_many_stages_that_all_came_late_or_early_speak_against_the_ranges(late, told):
    names = [f"s{at}" for at in range(30)]
    first, _ = plan({name: {"takes": "4..6 weeks"} for name in names}, at_once=30)
    day = str(date(2027, 2, 8) + timedelta(days=late if late > 0 else -20))
    done = {name: {"takes": "4..6 weeks", "done": day} for name in names}
    _, written = plan(done, date(2027, 6, 1), [first], at_once=30)
    assert f"the ranges were {told}" in written.markdown


def test_what_fits_beside_the_stages_of_a_sprint_is_told():
    _, written = plan({"a": {"takes": "7 days"}}, backlog=BACKLOG)
    assert (
        "leave 7 days of one person's work on average; of the backlog, ask the team fits" in written.markdown
    )


def test_a_record_without_a_roadmap_has_no_plan():
    assert roadmap_plan("Mail shield", mail.record()) is None
