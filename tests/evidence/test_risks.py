"""Registers and incidents are kept whole, and read back as they were."""

import json
from dataclasses import replace

import pytest

from shipworthy.errors import InputError
from shipworthy.evidence import Record, read_record
from shipworthy.evidence.incident import Clock, Sized
from shipworthy.risk import register
from tests.risk.incidents import after, step
from tests.risk.products import CHAT, GAP, NOW, evaluated, product, provenance, seen, verdict


def text_of(record):
    return json.dumps(record.as_json())


@pytest.fixture
def registered():
    given = product(
        CHAT, requirements=[GAP, "over_refusal <= 20 %"], protected={"group": {"basis": "consent"}},
        risks=["adapts", {"risk": "K7", "owner": "Ada", "revisit": "2026-01-01"}], ethics={"recourse": {"how": "write"}},
    )  # fmt: skip
    found = register(seen(given, evaluation=evaluated(verdict(GAP, "missed"))))
    return Record("risks", NOW, provenance(), register=found)


@pytest.fixture
def handled():
    sized = Sized({"group": "a"}, "recall", 1.0, None, 2.0, 3, None, None, None, "r", worst=True)
    clock = Clock("breach", 3, NOW, "GDPR", "Article 33", "lost", counts=False)
    found = after("verify", replace(step("size"), sizes=(sized,), notes=("note",)), step("contain"))
    return Record("incident", NOW, provenance(), incident=replace(found, clocks=(clock,)))


def test_a_register_reads_back_as_it_was(registered):
    assert registered == read_record(text_of(registered), "x.json")


def test_an_incident_reads_back_as_it_was(handled):
    assert handled == read_record(text_of(handled), "x.json")


@pytest.mark.parametrize(
    ("before", "then"), [("You refuse us", "You love us"), ('"by": "Ada"', '"by": "Bo"')]
)
def test_an_incident_that_was_altered_is_refused(handled, before, then):
    text = text_of(handled)
    assert before in text
    with pytest.raises(InputError, match="was altered"):
        read_record(text.replace(before, then, 1), "x.json")


def test_a_record_of_another_verb_holds_neither():
    record = read_record(text_of(evaluated(verdict(GAP, "met"))), "x.json")
    assert (None, None) == (record.register, record.incident)
    assert not {"register", "incident"} & set(record.as_json())


def test_a_row_and_a_fact_are_found_by_name(registered):
    found = registered.register
    assert ("K7", "employment") == (found.row("K7").id, found.triage.fact("employment").name)
    for look in (found.row, found.triage.fact):
        with pytest.raises(KeyError):
            look("none")


def test_both_show_themselves_in_a_notebook(registered, handled):
    assert "Unfair gap between groups" in registered._repr_html_()
    hostile = replace(handled.incident, what="<script>")
    shown = replace(handled, incident=hostile)._repr_html_()
    assert ("&lt;script&gt;" in shown, "<script>" in shown) == (True, False)
    assert "next: tell" in shown
