"""Answers in the store: whose they are lies apart, and those that are no longer given are withdrawn without losing a verdict."""

from __future__ import annotations

import pytest

from shipworthy.label.answers import Shown
from shipworthy.label.queue import Draw, Item
from shipworthy.store.labels.answers import kept_answers, withdraw
from shipworthy.store.labels.leasing import Person, give, join, take
from shipworthy.store.labels.opening import writing
from shipworthy.store.labels.queueing import add, queued
from shipworthy.store.labels.reading import each_item, status
from shipworthy.store.labels.tables import answers
from tests.store.labels.queues import LEASE_S, NOW, opened

ANN = Person("ann", "1/1/a")


def shown(at):
    return Shown(f"answer {at}", "assistant", f"q{at}", f"text {at}", "judge", "examples")


@pytest.fixture
def labels(place):
    """Three answers, of which Ann has passed the first."""
    found = opened(place)
    items = [Item(f"answer {at}", {"answer": f"text {at}"}, f"hash {at}") for at in range(3)]
    add(found, Draw("verdict", "test"), items, 1, NOW, [shown(at) for at in range(3)])
    join(found, ANN, NOW, LEASE_S)
    take(found, ANN, NOW, LEASE_S)
    give(found, ANN, "answer 0", "pass", NOW, "web", numeric=False)
    return found


def test_each_answer_knows_whose_it_is_how_it_was_drawn_and_what_people_said(labels):
    found = kept_answers(labels)
    assert [shown(at) for at in range(3)] == [each.shown for each in found]
    assert [("verdict", "settled", "pass"), ("verdict", "open", None), ("verdict", "open", None)] == [
        (each.strategy, each.state, each.label) for each in found
    ]


def test_what_people_see_does_not_hold_whose_answer_it_is(labels):
    assert [{"answer": f"text {at}"} for at in range(3)] == [
        dict(item.shown) for item, _, _ in each_item(labels)
    ]


def test_a_withdrawn_answer_keeps_its_verdict_and_one_without_leaves_the_queue(labels):
    withdraw(labels, ["answer 0", "answer 1"])
    assert ("answer 0", "answer 2") == queued(labels)
    assert ["answer 0", "answer 2"] == [each.shown.item for each in kept_answers(labels)]
    assert 1 == status(labels, NOW).changed
    offer = take(labels, ANN, NOW, LEASE_S)
    assert offer is not None
    assert "answer 2" == offer.item


def test_an_answer_that_is_drawn_again_stays_as_it_is(labels):
    again = [Item("answer 0", {"answer": "other"}, "other")]
    assert 0 == add(labels, Draw("random", "test"), again, 1, NOW, [shown(0)])
    assert "verdict" == kept_answers(labels)[0].strategy


def test_a_store_from_before_there_were_answers_gets_their_table(labels, place):
    with writing(labels) as connection:
        answers.drop(connection)
    assert () == kept_answers(opened(place))
    assert 3 == len(queued(opened(place)))
