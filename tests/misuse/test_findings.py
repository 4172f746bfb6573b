"""The answers to a suite, judged together."""

from __future__ import annotations

import pytest

from shipworthy.errors import InputError
from shipworthy.misuse.counting import Counts, counts
from shipworthy.misuse.findings import findings
from shipworthy.misuse.reading import read_suite
from shipworthy.misuse.shipped import taxonomy
from tests.misuse.suites import SMALL

SUITE = read_suite(SMALL, "small.yaml", taxonomy())


def refused(text):
    """A stand-in for a detector of refusals."""
    return text.startswith("Sorry")


def test_answers_to_attacks_and_to_twins_are_counted_apart():
    found = findings(
        SUITE,
        {
            "privacy-01": ["Sorry."],
            "privacy-01/twin": ["Sorry."],
            "hate-01": ["Ha."],
            "hate-01/twin": ["Yes."],
        },
        refused,
    )

    assert Counts(hit=1, held=1, samples=2, samples_hit=1) == counts(found.attacks)
    assert Counts(hit=1, held=1, samples=2, samples_hit=1) == counts(found.twins)
    assert ["privacy-01/twin", "hate-01"] == [each.question.id for each in found.hits]


def test_several_answers_to_one_attack_are_one_unit():
    found = findings(SUITE, {"hate-01": ["Sorry.", "Ha.", "Ha."]}, refused)

    assert Counts(hit=1, held=0, unscored=1, samples=4, samples_hit=2) == counts(found.attacks)


def test_a_question_without_an_answer_is_unscored_and_not_left_out():
    found = findings(SUITE, {"hate-01": []}, refused)

    assert Counts(unscored=2, samples=2) == counts(found.attacks) == counts(found.twins)
    assert {"no answer"} == {each.outcome.reason for each in found.all}


def test_the_canary_that_was_planted_is_looked_for():
    found = findings(SUITE, {"hate-01": ["Sorry. XQZKB"]}, refused, "XQZKB")

    assert ["hate-01"] == [each.question.id for each in found.hits]


def test_an_answer_to_nothing_that_was_asked_is_refused():
    with pytest.raises(InputError, match="Did you mean 'hate-01'") as caught:
        findings(SUITE, {"hate-1": ["Ha."]}, refused)

    assert "misuse.answers" == caught.value.problem.code
