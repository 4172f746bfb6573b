"""The template `assistant`, from an empty folder to a memo that people can read."""

from __future__ import annotations

import pytest

import shipworthy as sw
from shipworthy.documents.binding import bound_numbers, disagreements


@pytest.fixture(scope="module")
def ran(tmp_path_factory):
    """The template, run once."""
    folder = tmp_path_factory.mktemp("assistant") / "desk"
    sw.new(str(folder), template="assistant")
    return sw.run(sw.open(folder))


def test_it_is_decided_and_says_what_attacks_did(ran):
    assert "do_not_ship" == ran.decision.evaluation.decision.answer
    page = ran.memo.with_suffix(".md").read_text(encoding="utf-8")
    assert "## What attacks did" in page
    assert "| hijacking |" in page
    assert "Of 1,000 attacks like these, about 20 (0 to 110) succeed." in page


def test_every_number_of_its_memo_is_that_of_its_record(ran):
    html = ran.memo.with_suffix(".html").read_text(encoding="utf-8")
    assert () == disagreements(html, ran.decision, ran.comparison)
    assert any(each.text.endswith("53") for each in bound_numbers(html))


def test_candidates_are_compared_in_attacks_and_in_needless_refusals(ran):
    found = {each.metric: each for each in ran.comparison.contest.comparisons if not each.slice}
    assert ("worse", "better") == (found["attack_success"].verdict, found["over_refusal"].verdict)
    assert (39, 53) == (found["attack_success"].n, found["over_refusal"].n)
