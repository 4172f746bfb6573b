"""The data card: every question stands on it, what is known with its source, what is not known as open."""

import re
from dataclasses import replace

import pytest

from shipworthy.documents import data_card, disagreements
from shipworthy.documents.datasheet import parts_of
from shipworthy.errors import InputError
from tests.documents.test_readiness import AUDIT, PRODUCT, RECORD


def test_every_question_is_answered_or_said_to_be_open():
    card = data_card(PRODUCT, RECORD)
    parts = parts_of(PRODUCT, AUDIT)
    questions = [each.question for part in parts for each in part.asked]
    unanswered = sum(len(part.open) for part in parts)
    assert len({*questions}) == len(questions)
    assert 0 < unanswered < len(questions)
    assert unanswered == card.markdown.count("*open: nobody has said*")
    assert unanswered == card.html.count('class="open"')
    assert all(question in card.markdown and question in card.html for question in questions)


def test_what_the_product_states_is_an_answer():
    stated = data_card(PRODUCT, RECORD).markdown
    assert "**Who answers for them?** mail team" in stated
    assert "**What allows their use?** CC0" in stated


def test_each_count_of_the_page_is_that_of_the_record():
    card = data_card(PRODUCT, RECORD)
    assert "1,234" in card.markdown
    assert () == tuple(disagreements(card.html, RECORD))


def test_nothing_of_the_product_or_the_data_is_read_as_markup():
    page = data_card(PRODUCT, RECORD).html
    assert "Mail &lt;shield&gt;" in page
    assert not re.search(r"<b>size|<shield>", page)


def test_data_without_a_known_fault_say_so():
    clean = replace(AUDIT, findings=tuple(each for each in AUDIT.findings if each.colour == "green"))
    assert "the audit found nothing" in data_card(PRODUCT, replace(RECORD, audit=clean)).markdown


def test_a_record_without_an_audit_has_no_card():
    with pytest.raises(InputError, match="no audit"):
        data_card(PRODUCT, replace(RECORD, audit=None))
