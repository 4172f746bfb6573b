"""The product's own words make sentences that a manager can read."""

from __future__ import annotations

import pytest

from shipworthy.documents import phrases
from tests.documents import mail


def product(**changes):
    return type(mail.product()).model_validate({**mail.SPEC, **changes})


@pytest.mark.parametrize(
    ("identity", "noun"),
    [("message_id", "messages"), ("id", "cases"), (None, "cases"), ("query_id", "queries"), ("box_id", "boxes"), ("x_id", "cases"), ("row2_id", "cases")],
)  # fmt: skip
def test_cases_are_called_after_their_id(identity, noun):
    data = {"examples": {"source": "data/mail.parquet", "id": identity}}
    assert noun == phrases.cases(product(data=data))


@pytest.mark.parametrize(
    ("target", "positive", "words"),
    [
        ("spam", 1, "spam"),
        ("is_spam", True, "spam"),
        ("late_payment", "yes", "late payment"),
        ("verdict", "fraud", "fraud"),
    ],
)
def test_positives_are_called_after_their_value_or_the_target(target, positive, words):
    assert words == phrases.positive(product(predicts={"target": target, "positive": positive}))


@pytest.mark.parametrize(
    ("do", "words"),
    [
        ("move to the spam folder", "be moved to the spam folder"),
        ("block", "be blocked"),
        ("flag for review", "be flagged for review"),
        ("hold", "be held"),
        ("route to a person", "be routed to a person"),
        ("hold the payment", "meet the action “hold the payment”"),
        ("do_something", "meet the action “do_something”"),
    ],
)
def test_the_action_befalls_a_case(do, words):
    assert words == phrases.befalls(product(action={"do": do}))


def test_without_an_action_a_case_is_taken_for_the_positive():
    assert "be taken for spam" == phrases.befalls(product(action=None))
    assert "messages acted on" == phrases.rows(product(action=None), "acted")


def test_an_action_on_negatives_does_not_befall_positives():
    assert "be taken for spam" == phrases.befalls(product(action={"when": "negative", "do": "deliver"}))


@pytest.mark.parametrize(
    ("verb", "form"),
    [
        ("move", "moved"), ("block", "blocked"), ("flag", "flagged"), ("deny", "denied"), ("delay", "delayed"),
        ("send", "sent"), ("stop", "stopped"), ("refer", "referred"), ("submit", "submitted"), ("review", "reviewed"),
        ("escalate", "escalated"), ("answer", "answered"), ("offer", "offered"), ("fold", "folded"), ("reject", "rejected"),
        ("fix", "fixed"), ("show", "shown"),
    ],
)  # fmt: skip
def test_participles_are_english(verb, form):
    assert form == phrases.participle(verb)
