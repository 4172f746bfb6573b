"""The memo's section on building and buying, each number bound to the record."""

from __future__ import annotations

from dataclasses import replace

import pytest

from shipworthy.documents import bound_numbers, decision_memo, disagreements
from shipworthy.economics import bill
from shipworthy.evidence import Economics
from shipworthy.evidence.record import plain
from tests.documents import mail
from tests.economics import sheets

CASCADE = {"cheap": "ours", "dear": "api", "budget": "0.005 USD / decision"}


def record(given=sheets.UNCERTAIN, **changes):
    """The record of a decision with such a bill."""
    found = bill(sheets.section(given, **changes), mail.product().value, {}, (480, 4_000))
    return replace(mail.record(), economics=Economics(found, None))


@pytest.fixture(scope="module")
def told():
    """A decision with uncertain costs, and its memo."""
    found = record(cascade=CASCADE)
    return found, decision_memo(mail.product(), found)


def test_every_number_of_the_section_is_the_records(told):
    found, memo = told
    assert () == disagreements(memo.html, found)
    assert 40 < sum("/economics/" in each.path for each in bound_numbers(memo.html))


def test_a_number_that_was_changed_in_the_record_is_found(told):
    found, memo = told
    assert found.economics is not None
    assert found.economics.bill is not None
    dearer = replace(found.economics.bill, months=30)
    altered = replace(found, economics=Economics(dearer, None))
    [first, *_] = disagreements(memo.html.replace(found.id, altered.id), altered)
    assert "/economics/bill/months" in first


def test_the_section_says_who_leads_what_turns_it_and_what_is_assumed(told):
    _, memo = told
    text = memo.markdown[memo.markdown.index("## Build or buy") :]
    for words in (
        "Over 24 months", "costs least, with a chance of", "has paid for itself within the horizon", "decisions a month ours and api are even",
        "times its present price per decision", "moves the lead", "may pass on", "A predictor that never errs", "inputs are assumptions",
    ):  # fmt: skip
        assert words in text
    assert "Leaves" not in text.partition("## Risks")[0]


def test_what_options_leave_is_shown_where_they_know_what_they_bring():
    options = {name: {**each, "value": "0.02..0.03"} for name, each in sheets.CERTAIN["options"].items()}
    found = record(sheets.CERTAIN, options=options)
    memo = decision_memo(mail.product(), found)
    assert "leaves most" in memo.markdown
    assert "| Leaves | Best |" in memo.markdown
    assert () == disagreements(memo.html, found)


def test_a_certain_bill_has_no_ranges():
    text = decision_memo(mail.product(), record(sheets.CERTAIN)).markdown
    assert "| api | bought | $252,000 | 0 % |" in text.replace("\N{NO-BREAK SPACE}", " ")
    assert "after 15.0 months at the likely numbers" in text


def test_a_decision_without_the_section_has_none_and_the_same_json_as_ever():
    assert "Build or buy" not in decision_memo(mail.product(), mail.record()).markdown
    assert "economics" not in mail.record().as_json()
    assert "economics" in plain(record().as_json())


def test_a_break_even_within_the_horizon_has_its_month_of_the_calendar():
    """15 months after the 22nd of November 2026 is February 2028."""
    memo = decision_memo(mail.product(), record(sheets.CERTAIN))
    told = "after 15.0 months at the likely numbers, if volume and prices stay; in February 2028, if it serves from today"
    assert told in memo.markdown
