"""The risk register: every risk with its standing, who answers, and what nobody answers for."""

from dataclasses import replace

import pytest

from shipworthy.documents.sources import Sources
from shipworthy.errors import InputError
from tests.documents import beside, papers


def register(**rows_or_law):
    given = papers.sources()
    record = given.records["risks"]
    assert record.register is not None
    changed = replace(record, register=replace(record.register, **rows_or_law))
    return papers.paper(
        "risk-register", Sources(given.product, {**given.records, "risks": changed})
    ).markdown()


def told(text, title):
    """The part of a register that is about one risk."""
    return text.split(f"### {title}", 1)[1].split("\n##", 1)[0]


def test_every_risk_stands_in_the_overview_and_those_that_can_occur_by_themselves():
    text = register()
    for row in beside.ROWS:
        assert f" | {row.name} | " in text
    assert {"K7", "K5", "K2", "K6", "senders adapt"} == {
        line[4:].split(":")[0] for line in text.splitlines() if line.startswith("### ")
    }


def test_a_triggered_risk_says_its_figure_its_owner_its_response_and_its_record():
    found = told(register(), "K7:")
    assert "gap in false-positive rate between groups of format: 8 points (1 to 18), n = 830" in found
    assert "▫ **Owner**: Grace \\*Hopper\\*" in found
    assert "▫ **Response**: mitigate: a person reads it; looked at again on 2027-03-01." in found
    assert "See: NIST AI RMF MEASURE 2.11, MAP 1.1" in found
    assert "Rests on: record 1." in found


def test_a_triggered_risk_without_an_owner_is_open():
    found = told(register(), "K5:")
    assert "▹ **Owner**: Not known: who answers for it." in found
    assert "▹ **Response**: Not known: what is done about it." in found


def test_the_residual_risk_needs_no_owner_of_its_own():
    row = replace(beside.ROWS[1], id="K20")
    assert "Owner" not in told(register(rows=(row,)), "K20:")


def test_a_risk_that_is_past_its_day_says_so():
    row = replace(beside.ROWS[0], overdue=True)
    text = register(rows=(row,))
    assert "2027-03-01 (past)" in text
    assert "looked at again on 2027-03-01, which is past." in text


def test_more_figures_than_are_shown_are_counted():
    assert "2 more figures are in the record." in told(register(), "K6:")


def test_the_law_is_told_with_what_is_known_open_and_not_advised():
    text = register()
    assert "Not legal advice" in text
    assert "1 question is open, the gravest of which could lead to: high risk." in text
    assert "▫ Does it reach the Union? Yes (stated)." in text
    assert "| `employment` | Does it help to hire? | Annex III, 4 | high risk |" in text
    assert "| EU AI Act | Regulation (EU) 2024/1689 | 2026-07-04 (long ago) |" in text


@pytest.mark.parametrize(
    ("tier", "most", "questions", "words"),
    [
        ("high_risk", "high_risk", (), "EU AI Act: high risk."),
        ("high_risk", "high_risk", ("employment",), "high risk, if it reaches people in the European Union"),
        ("transparency", "high_risk", ("employment",), "at least duties of transparency; 1 question is open"),
    ],
)
def test_the_tier_says_how_far_it_is_known(tier, most, questions, words):
    law = replace(beside.LAW, tier=tier, most=most, questions=questions)
    assert words in register(triage=law)


def test_a_record_without_a_register_is_refused():
    given = papers.sources()
    wrong = {**given.records, "risks": given.records["decide"]}
    with pytest.raises(InputError, match="holds no register of risks"):
        papers.paper("risk-register", Sources(given.product, wrong))
