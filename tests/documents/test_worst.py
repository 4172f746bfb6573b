"""The memo and the screen tell where a candidate does worse, in figures of the record."""

from __future__ import annotations

from dataclasses import replace

from shipworthy.documents import decision_memo
from shipworthy.documents.figure import plain_text
from shipworthy.documents.worst import worst, worst_words
from tests.documents import mail

EVALUATION = mail.evaluation()


def found(most=5, candidate="logistic"):
    return worst(mail.product(), EVALUATION, candidate, most)


def test_each_slice_is_told_at_the_precision_that_its_interval_supports():
    first, second = found().rows
    assert ("recall", "number = none") == (first.metric, first.slice)
    spaced = [
        each.text.replace("\N{NO-BREAK SPACE}", " ")
        for each in (first.value, first.rest, first.rows, first.chance)
    ]
    assert ["76 %", "86 %", "82", "0.015"] == spaced
    assert "−10 points (−22 to −1)" == plain_text(first.difference).replace("\N{NO-BREAK SPACE}", " ")
    assert ("net value", "< 0.001") == (second.metric, second.chance.text)
    assert second.value.text.startswith("−$0.006")


def test_what_is_not_shown_is_counted():
    assert (1, 1) == (len(found(most=1).rows), found(most=1).more)
    assert 0 == found().more


def test_a_candidate_without_finds_says_how_much_was_looked_at():
    shown = found(candidate="boosted")
    assert () == shown.rows
    assert "21 comparisons of a slice with the rest, each of at least 20 rows" == plain_text(shown.looked_at)
    page = decision_memo(mail.product(), mail.record(fast=True))
    assert "No slice of boosted is worse" in page.markdown
    assert "No slice of boosted is worse" in page.html


def test_nothing_is_said_where_nothing_was_looked_at():
    assert found(candidate="baseline") is None
    unsearched = replace(EVALUATION, searches=(), worst=())
    assert worst(mail.product(), unsearched, "logistic", 5) is None
    page = decision_memo(mail.product(), replace(mail.record(), evaluation=unsearched))
    assert "Where it does worse" not in page.markdown


def test_a_slice_is_told_in_one_sentence():
    told = [worst_words(mail.product(), each) for each in EVALUATION.worst]
    assert (
        "recall is 10 points lower where number = none than elsewhere: 76 % on 82 rows, 86 % elsewhere"
        == told[0]
    )
    assert told[1].startswith("net value is $0.0")
    assert "lower where" in told[1]


def test_what_is_worse_by_being_greater_is_higher():
    found = replace(
        EVALUATION.worst[0],
        metric="false_positive_rate",
        value=0.3,
        rest=0.1,
        difference=0.2,
        low=0.1,
        high=0.3,
    )
    assert "false-positive rate is 20 points higher where" in worst_words(mail.product(), found)
