"""The steps of a person at work, on SQLite and on PostgreSQL."""

import pytest

from shipworthy.errors import InputError
from shipworthy.store.labels.leasing import Person, give, join, later, leave, skip, take, undo
from shipworthy.store.labels.reading import given, settled, status
from tests.store.labels.queues import LEASE_S, NOW, filled

ANA, BO, CY = (Person(name, name) for name in ("ana", "bo", "cy"))


def seated(labels, *people, now=NOW):
    for person in people:
        join(labels, person, now, LEASE_S)
    return labels


def next_of(labels, person, now=NOW):
    offer = take(labels, person, now, LEASE_S)
    return offer.item if offer else None


def label(labels, person, item, name, now=NOW):
    give(labels, person, item, name, now, "terminal", numeric=False)


def test_two_people_get_different_items(place):
    labels = seated(filled(place), ANA, BO)
    assert ["item 0", "item 1"] == [next_of(labels, ANA), next_of(labels, BO)]


def test_a_person_who_asks_again_gets_the_same_item(place):
    labels = seated(filled(place), ANA)
    assert next_of(labels, ANA) == next_of(labels, ANA) == "item 0"


def test_nobody_gets_an_item_twice(place):
    labels = seated(filled(place, items=3, wanted=2), ANA)
    for _ in range(3):
        label(labels, ANA, next_of(labels, ANA), "x")
    assert next_of(labels, ANA) is None


def test_a_doubled_item_goes_to_two_people(place):
    labels = seated(filled(place, items=1, wanted=2), ANA, BO, CY)
    assert ["item 0", "item 0", None] == [next_of(labels, person) for person in (ANA, BO, CY)]


def test_a_lease_that_has_ended_is_free_again(place):
    labels = seated(filled(place, items=1), ANA, BO)
    assert ("item 0", None) == (next_of(labels, ANA), next_of(labels, BO))
    assert "item 0" == next_of(labels, BO, later(NOW, LEASE_S + 1))


def test_a_label_that_comes_late_is_kept_beside_the_other_one(place):
    labels = seated(filled(place, items=1), ANA, BO)
    next_of(labels, ANA)
    after = later(NOW, LEASE_S + 1)
    label(labels, BO, next_of(labels, BO, after), "x", after)
    label(labels, ANA, "item 0", "x", after)
    assert {("ana", "x"), ("bo", "x")} == {(each.labeller, each.label) for each in given(labels)}
    assert ["item 0"] == [each.item for each in settled(labels)]


def test_the_same_label_twice_is_one_label(place):
    labels = seated(filled(place), ANA)
    label(labels, ANA, next_of(labels, ANA), "x")
    label(labels, ANA, "item 0", "x")
    assert 1 == len(given(labels))


def test_another_label_for_the_same_item_is_refused(place):
    labels = seated(filled(place), ANA)
    label(labels, ANA, next_of(labels, ANA), "x")
    with pytest.raises(InputError, match="already"):
        label(labels, ANA, "item 0", "y")


def test_disagreement_goes_to_a_third_person_soon(place):
    labels = seated(filled(place, items=9, wanted=2), ANA, BO, CY)
    label(labels, ANA, next_of(labels, ANA), "x")
    label(labels, BO, next_of(labels, BO), "y")
    assert {"disagreed": 1, "open": 8} == status(labels, NOW).states
    seen = []
    for _ in range(3):
        offer = take(labels, CY, NOW, LEASE_S)
        assert offer is not None
        seen.append((offer.item, offer.role))
        label(labels, CY, offer.item, "y")
    assert ("item 0", "settle") in seen
    assert "y" == {each.item: each.label for each in settled(labels)}["item 0"]


def test_those_who_disagree_do_not_settle(place):
    labels = seated(filled(place, items=1, wanted=2), ANA, BO)
    label(labels, ANA, next_of(labels, ANA), "x")
    label(labels, BO, next_of(labels, BO), "y")
    assert (None, None) == (next_of(labels, ANA), next_of(labels, BO))


def test_an_undone_label_comes_again_at_once_and_the_present_item_after_it(place):
    labels = seated(filled(place, items=3), ANA)
    label(labels, ANA, next_of(labels, ANA), "x")
    assert "item 1" == next_of(labels, ANA)
    assert "item 0" == undo(labels, ANA, NOW, numeric=False)
    assert "item 0" == next_of(labels, ANA)
    label(labels, ANA, "item 0", "y")
    assert "item 1" == next_of(labels, ANA)
    assert [("item 0", "y")] == [(each.item, each.label) for each in settled(labels)]


def test_undoing_a_disagreement_asks_nobody_further(place):
    labels = seated(filled(place, items=1, wanted=2), ANA, BO, CY)
    label(labels, ANA, next_of(labels, ANA), "x")
    label(labels, BO, next_of(labels, BO), "y")
    undo(labels, BO, NOW, numeric=False)
    assert next_of(labels, CY) is None
    label(labels, BO, "item 0", "x")
    assert {"settled": 1} == status(labels, NOW).states


def test_there_is_nothing_to_undo_before_the_first_label(place):
    assert undo(seated(filled(place), ANA), ANA, NOW, numeric=False) is None


def test_a_skipped_item_comes_again_at_the_end(place):
    labels = seated(filled(place, items=3), ANA)
    skip(labels, ANA, next_of(labels, ANA), NOW)
    order = []
    while (item := next_of(labels, ANA)) is not None:
        order.append(item)
        label(labels, ANA, item, "x")
    assert ["item 1", "item 2", "item 0"] == order


def test_a_skipped_item_is_free_for_others(place):
    labels = seated(filled(place), ANA, BO)
    skip(labels, ANA, next_of(labels, ANA), NOW)
    assert "item 0" == next_of(labels, BO)


def test_two_people_cannot_have_one_name(place):
    labels = seated(filled(place), ANA)
    with pytest.raises(InputError, match="somebody labels as ana already"):
        join(labels, Person("ana", "another window"), NOW, LEASE_S)


def test_a_name_is_free_when_its_person_has_left_or_is_gone(place):
    labels = seated(filled(place), ANA)
    other = Person("ana", "another window")
    join(labels, other, NOW, LEASE_S, lambda session: session == "ana")
    leave(labels, other)
    join(labels, ANA, NOW, LEASE_S)
    join(labels, other, later(NOW, LEASE_S + 1), LEASE_S)
    with pytest.raises(InputError, match="somebody labels as ana already"):
        join(labels, ANA, later(NOW, LEASE_S + 1), LEASE_S)


def test_a_window_whose_name_was_taken_over_is_told(place):
    labels = seated(filled(place), ANA)
    next_of(labels, ANA)
    join(labels, Person("ana", "another window"), NOW, LEASE_S, lambda session: True)
    with pytest.raises(InputError, match="by now"):
        label(labels, ANA, "item 0", "x")


def test_who_leaves_gives_the_lent_item_back(place):
    labels = seated(filled(place), ANA, BO)
    next_of(labels, ANA)
    leave(labels, ANA)
    assert "item 0" == next_of(labels, BO)


def test_an_item_that_is_not_in_the_queue_takes_no_label(place):
    with pytest.raises(InputError, match="no item 'item 77'"):
        label(seated(filled(place), ANA), ANA, "item 77", "x")


def test_an_offer_shows_the_row_and_nobodys_label(place):
    labels = seated(filled(place, items=1, wanted=2), ANA, BO)
    label(labels, ANA, next_of(labels, ANA), "secret")
    offer = take(labels, BO, NOW, LEASE_S)
    assert offer is not None
    assert {"text": "text 0"} == offer.shown
    assert "secret" not in str(offer)
