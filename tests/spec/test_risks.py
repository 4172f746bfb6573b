"""Risks, pledges and facts about the use are read, and what cannot be meant is refused with its place."""

from datetime import date

import pytest

from shipworthy.errors import SpecError
from shipworthy.spec.reading import read_product

HEAD = "product: P\npredicts: {target: y}\ndata: {examples: {source: x.csv}}\nrequirements: [recall >= 0.5]\n"


def product(text):
    return read_product(f"{HEAD}{text}\n", "product.yaml")


def test_a_risk_is_a_text_or_says_who_does_what_by_when():
    plain, full = product(
        "risks: [it adapts, {risk: k7, owner: Ada, response: accept, revisit: 2027-03-01}]"
    ).risks
    assert ("it adapts", None) == (plain.risk, plain.owner)
    assert ("K7", "Ada", "accept", date(2027, 3, 1)) == (full.risk, full.owner, full.response, full.revisit)


def test_a_fact_is_yes_no_or_unknown():
    found = product("triage: {employment: yes, education: no, justice: unknown}").triage
    assert (True, False, None, None) == (found.employment, found.education, found.justice, found.migration)


@pytest.mark.parametrize(
    ("text", "message", "column"),
    [
        ("risks: [K23]", "'K23' is no risk of the register", 9),
        ("risks: [K0]", "'K0' is no risk", 9),
        ("risks: [{risk: K7, response: ignore}]", "'ignore'", 30),
        ("risks: [{risk: K7, revisit: soon}]", "is not a date", 29),
        ("risks: [{risk: K7, ownr: Ada}]", "'ownr' is not a key", 20),
        ("risks: [K7, {risk: k7}]", "twice", 13),
        ("risks: [{owner: Ada}]", "risk", 9),
        ("triage: {employment: maybe}", "employment", 22),
        ("triage: {emploiment: yes}", "'emploiment' is not a key", 10),
        ("ethics: {fairnes: {owner: Ada}}", "'fairnes' is not a key", 10),
        ("ethics: {fairness: {by: later}}", "is not a date", 25),
    ],
)
def test_what_cannot_be_meant_is_told_with_its_place(text, message, column):
    with pytest.raises(SpecError) as caught:
        product(text)
    [problem] = caught.value.problems
    assert message in problem.message
    assert (5, column) == (problem.where.line, problem.where.column)
