"""The incident report: what was said and measured, who is hit in cases, by when somebody must be told, and what is open."""

from dataclasses import replace

import pytest

from shipworthy.documents.sources import Sources
from shipworthy.errors import InputError
from shipworthy.evidence.incident import IncidentStep, Said
from tests.documents import beside, papers


def report(incident=beside.INCIDENT):
    given = papers.sources()
    changed = replace(given.records["incident"], incident=incident)
    return papers.paper(
        "incident-report", Sources(given.product, {**given.records, "incident": changed})
    ).markdown()


def later(*names, verdict="met"):
    """The incident with further steps."""
    steps = (
        IncidentStep(name, "2026-11-25T12:00:00.000000Z", "Ada", (Said("What?", "so"),), verdict=verdict if name == "re-measure" else "")
        for name in names
    )  # fmt: skip
    return replace(beside.INCIDENT, steps=(*beside.INCIDENT.steps, *steps))


def test_who_is_hit_is_told_in_cases():
    text = report()
    hardest = "of 1,000 messages that are not spam, about 177 (113 to 266) would be moved to the spam folder by mistake, "
    assert f"Where format = html: {hardest}" in text
    assert "which is about 18 (11 to 28) a month, 8.5 of them more than at the lowest rate; n = 96." in text
    missed = "of 1,000 messages that are spam, about 4.2 would not be moved to the spam folder; n = 734."
    assert f"Where format = plain: {missed}" in text


def test_what_was_said_is_an_assumption_and_what_was_measured_is_evidence():
    text = report()
    assert "**Is it so?**\n\n▫ Ada counted anew" in text
    assert "- ▪ gap in false-positive rate between groups of format: 8 points (1 to 18), n = 830" in text


def test_steps_say_who_took_them_when_and_why_before_their_turn():
    text = report()
    assert "Ada, 20 November 2026, 12:00 UTC, 3 hours after it was opened" in text
    assert "3 days after it was opened; before its turn, because Ada waits" in text
    assert "less than an hour after it was opened" in text


@pytest.mark.parametrize(
    ("due", "words"),
    [("2026-12-05T09:00:00.000000Z", "told before then"), ("2026-11-21T09:00:00.000000Z", "told only after")],
)
def test_a_clock_says_whether_people_were_told_in_time(due, words):
    late = replace(beside.INCIDENT, clocks=(replace(beside.CLOCK, due=due),))
    assert f"| {words} |" in report(late)


def test_a_clock_of_an_incident_that_nobody_was_told_of_says_so():
    assert "nobody was told yet" in report(replace(beside.INCIDENT, steps=()))


def test_an_open_incident_names_what_is_still_to_be_done():
    text = report()
    assert "▪ Open: 4 steps to come, the next is “cause”." in text
    assert "- **Whether that helps**: What does the new evaluation show" in text


def test_a_closed_incident_says_what_the_fix_came_to_and_what_was_learnt():
    done = replace(later("cause", "fix", "re-measure", "learn"), suggestion="recall >= 0.9 for every format")
    text = report(done)
    assert "▪ Closed." in text
    assert "After the fix the requirement is met." in text
    assert "- `recall >= 0.9 for every format`" in text
    assert "Still to be done" not in text


def test_a_drill_is_called_one():
    assert report(replace(beside.INCIDENT, drill=True)).startswith("# Drill 2 of Mail shield\n")


def test_a_record_without_an_incident_is_refused():
    given = papers.sources()
    wrong = {**given.records, "incident": given.records["decide"]}
    with pytest.raises(InputError, match="holds no incident"):
        papers.paper("incident-report", Sources(given.product, wrong))
