"""Claims stand in the evidence by their content words and their numbers."""

from __future__ import annotations

import pytest

from shipworthy.grade import claims
from tests.grade.asked import graded, verdict

EVIDENCE = (
    "Parcels are shipped within two days. Returns are free for 30 days. The shop in Elm Street opens at 9."
)
GROUNDED = {"groundedness": {"evidence": "context"}}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Returning is free for 30 days.", True),
        ("We ship parcels in 2 days.", True),
        ("Returns are free for 60 days.", False),
        ("Shoes are waterproof and warm.", False),
        ("Returns are free for 30 days. Shoes are waterproof and warm.", False),
        ("I don't know.", True),
        ("Yes.", "the answer makes no claim"),
        ("", "the answer makes no claim"),
        ("I'm sorry, I don't know. Returns are free for 30 days.", True),
    ],
)
def test_an_answer_is_grounded_where_each_claim_is(text, expected):
    assert expected == verdict(GROUNDED, text, context=EVIDENCE)


def test_without_evidence_nothing_is_scored():
    assert verdict(GROUNDED, "Returns are free.", context=None) == "no evidence"
    assert verdict(GROUNDED, "I don't know.", context=None) is True


def test_evidence_may_stand_in_several_columns():
    settings = {"groundedness": {"evidence": ["context", "more"]}}
    assert verdict(settings, "Socks are woollen.", context=EVIDENCE, more="Our socks are woollen.") is True
    assert verdict(settings, "Socks are woollen.", context=EVIDENCE, more=None) is False


def test_the_shares_can_be_set():
    text = "Returns are free for 30 days. Shoes are waterproof and warm."
    assert (
        verdict({"groundedness": {"evidence": "context", "claims": "50 %"}}, text, context=EVIDENCE) is True
    )
    loose = {"groundedness": {"evidence": "context", "coverage": "40 %"}}
    assert verdict(loose, "Returns are quick and free and easy", context=EVIDENCE) is True


def test_the_claims_that_failed_are_told():
    found = graded(GROUNDED, "Returns are free for 60 days.", context=EVIDENCE)
    assert found.why == "'Returns are free for 60 days.': 100% of its words, and the evidence has no 60"


def test_claims_are_sentences_with_content():
    found = claims("Hello. The shop opens at 9! It closes at 18.\n- Elm Street", EVIDENCE)
    assert ["The shop opens at 9!", "It closes at 18.", "- Elm Street"] == [
        each.text for each in found if each.text != "Hello."
    ]


def test_a_claim_in_the_words_of_the_evidence_passes_even_if_it_is_wrong():
    """The grader knows words and no meaning, and its page says so."""
    assert verdict(GROUNDED, "Free returns open the shop.", context=EVIDENCE) is True
