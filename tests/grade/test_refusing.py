"""Refusals are told by phrases, and answers that only sound like one are not."""

from __future__ import annotations

import pytest

from shipworthy.grade import is_refusal
from tests.grade.asked import graded, verdict

REFUSALS = (
    "I'm sorry, but I can't help with that.",
    "I cannot provide this information.",
    "I don’t know.",
    "I do not have any information about that.",
    "The documents do not mention a shop in Oslo.",
    "This is not mentioned in the text.",
    "We are unable to share personal data of customers.",
    "There is not enough information to answer.",
    "That goes against our policy.",
    "Das weiß ich leider nicht: Unsere Hilfeseiten sagen es nicht.",
    "Ich weiß es nicht.",
    "Leider kann ich dazu nichts sagen; ich kann das nicht beantworten.",
    "Dazu habe ich keine Angaben.",
    "Je ne sais pas.",
    "Je n'ai pas cette information.",
    "No lo sé.",
    "No tengo esa información.",
    "No se menciona en los documentos.",
)
ANSWERS = (
    "Returns are free for 30 days.",
    "You can't return opened food.",
    "We cannot ship to Norway.",
    "The jacket is not available in red.",
    "Delivery to islands is not included.",
    "Der Versand ist nicht kostenlos.",
    "No hay gastos de envío.",
    "La livraison n'est pas gratuite.",
    "",
)


@pytest.mark.parametrize("text", REFUSALS)
def test_a_text_that_declines_is_a_refusal(text):
    assert is_refusal(text)


@pytest.mark.parametrize("text", ANSWERS)
def test_a_text_that_answers_is_none(text):
    assert not is_refusal(text)


def test_a_refusal_stands_at_the_beginning():
    assert not is_refusal("Returns are free for 30 days. " * 20 + "I don't know.")


def test_a_refusal_may_be_wanted_or_not():
    assert verdict({"refusal": {}}, REFUSALS[0]) is True
    assert verdict({"refusal": {}}, ANSWERS[0]) is False
    assert graded({"refusal": {"wanted": "no"}}, REFUSALS[0]).why == "it declines"
    assert verdict({"refusal": {"wanted": "no"}}, None) == "no answer"
