"""Answers held against references, texts, patterns and labels."""

from __future__ import annotations

import pytest

from shipworthy.errors import InputError
from tests.grade.asked import graded, verdict

LABELS = {"label": {"labels": ["refund", "no refund", "delivery"]}}


@pytest.mark.parametrize(
    ("settings", "text", "reference", "expected"),
    [
        ({"exact": {}}, "  The  Answer! ", "the answer", True),
        ({"exact": {}}, "\uff21\uff22\uff23", "abc", True),
        ({"exact": {}}, "forty-one", "forty-two", False),
        ({"exact": {}}, "42 %", "42", False),
        ({"exact": {"normalise": "no"}}, "The answer", "the answer", False),
        ({"exact": {}}, "x", None, "no reference"),
        ({"exact": {}}, "x", "  ", "no reference"),
        ({"exact": {}}, None, "x", "no answer"),
    ],
)
def test_an_exact_answer_is_the_reference(settings, text, reference, expected):
    assert expected == verdict(settings, text, reference)


@pytest.mark.parametrize(
    ("wanted", "text", "expected"),
    [
        ("all", "Free for 30  days", True), ("all", "30 days", False), ("any", "30 days", True), ("any", "no", False),
        ("none", "paid", True), ("none", "it is FREE", False),
    ],
)  # fmt: skip
def test_texts_are_contained_any_all_or_none(wanted, text, expected):
    assert expected == verdict({"contains": {"texts": ["free", "30 days"], "wanted": wanted}}, text)


def test_a_text_may_come_from_a_column():
    settings = {"contains": {"column": "keyword"}}
    assert verdict(settings, "it costs 5 USD", keyword="5 USD") is True
    assert verdict(settings, "it costs 5 USD", keyword=None) == "no keyword"


def test_what_is_missing_is_told():
    assert graded({"contains": {"texts": ["a b", "zz"]}}, "A  B").why == "not there: 'zz'"


def test_a_pattern_matches_or_must_not():
    assert verdict({"regex": {"pattern": r"ORDER-[0-9]{6}"}}, "see ORDER-123456") is True
    assert verdict({"regex": {"pattern": r"^\d+$"}}, "see 5") is False
    assert verdict({"regex": {"pattern": "(?i)guarantee", "wanted": "no"}}, "We GUARANTEE it") is False


def test_no_pattern_takes_for_ever():
    """A backtracking engine would take longer than the world is old."""
    assert verdict({"regex": {"pattern": r"^(a+)+$"}}, "a" * 50_000 + "!") is False
    assert (
        verdict({"regex": {"pattern": "a"}}, "a" * 100_001) == "the answer has more than 100,000 characters"
    )


@pytest.mark.parametrize("pattern", ["(", r"(?=a)b", r"(a)\1"])
def test_a_pattern_that_cannot_be_read_is_told_and_why(pattern):
    with pytest.raises(InputError) as caught:
        graded({"regex": {"pattern": pattern}}, "a")
    assert caught.value.problem.code == "grade.pattern"
    assert "RE2" in caught.value.problem.remedy


@pytest.mark.parametrize(
    ("text", "reference", "expected"),
    [
        ("Refund.", "refund", True),
        ("This is about no refund", "refund", False),
        ("This is about no refund", "no refund", True),
        ("refund or delivery", "refund", False),
        ("neither", "refund", False),
        ("refunds", "refund", False),
        ("refund", "other", "the reference 'other' is none of the labels"),
    ],
)
def test_the_answer_names_the_one_right_label(text, reference, expected):
    assert expected == verdict(LABELS, text, reference)
