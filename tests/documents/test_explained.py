"""What documents take from the record of `explain`: rows that were answered wrongly, of the present version only."""

from __future__ import annotations

from dataclasses import replace

from shipworthy.documents.explained import mistaken
from shipworthy.documents.sources import Sources
from shipworthy.evidence.explanation import Explained, Explanation, Mistake, Mistakes
from tests.documents import papers


def told(version, mistakes):
    given = papers.sources()
    assert given.decided is not None
    version = version or given.decided[1].facts("logistic").version
    explanation = Explanation((Explained("logistic", "trained", version, mistakes=mistakes),))
    record = replace(given.records["explain"], explanation=explanation)
    found = mistaken(Sources(given.product, {**given.records, "explain": record}), "logistic")
    return [("".join(map(str, each.words)), each.standing) for each in found]


MISTAKES = Mistakes(9, 4000, (Mistake("m-12", "1", "not 1", 0.0312), Mistake("m-44", "0", "1", None)))


def test_rows_are_named_with_what_was_said_and_what_is_so():
    assert [
        ("m-12 was answered with “not 1” (its score is 0.031); its label is “1”.", "evidence"),
        ("m-44 was answered with “1”; its label is “0”.", "evidence"),
    ] == told("", MISTAKES)


def test_another_version_says_nothing_of_this_one():
    [(words, standing)] = told("another", MISTAKES)
    assert "which rows logistic answered wrongly" in words
    assert "evidence" != standing


def test_where_no_mistake_is_kept_nothing_is_told():
    assert [] == told("", None)
