"""Several processes label at once, and some are killed: nobody gets a slot twice, and no confirmed label is lost."""

from collections import Counter

from shipworthy.store.labels.leasing import Person, give, join, later, take
from shipworthy.store.labels.reading import given, status
from tests.store.labels.queues import filled, said, wait_for, worker

LATER = "2100-01-01T00:00:00.000000Z"


def test_people_at_once_share_the_items_and_lose_no_label(place):
    labels = filled(place, items=40)
    done = [said(process, "gave") for process in [worker(place, name) for name in ("ana", "bo", "cy", "di")]]
    assert {f"item {at}": 1 for at in range(40)} == Counter(item for items in done for item in items)
    assert sorted(item for items in done for item in items) == sorted(each.item for each in given(labels))


def test_of_two_labels_an_item_each_comes_from_somebody_else(place):
    labels = filled(place, items=20, wanted=2)
    for process in [worker(place, name) for name in ("ana", "bo", "cy")]:
        process.communicate(timeout=120)
    pairs = Counter((each.item, each.labeller) for each in given(labels))
    assert {1} == set(pairs.values())
    blind = Counter(each.item for each in given(labels) if each.role == "label")
    assert {f"item {at}": 2 for at in range(20)} == blind


def test_a_process_that_is_killed_loses_no_confirmed_label_and_blocks_nobody(place):
    labels = filled(place, items=400)
    process = worker(place, "ana", lease_s=600)
    wait_for(lambda: len(given(labels)) >= 5)
    process.kill()
    confirmed = said(process, "gave")
    assert {*confirmed} <= {each.item for each in given(labels)}
    assert len(given(labels)) <= len(confirmed) + 1
    kept = len(given(labels))
    bo = Person("bo", "bo")
    join(labels, bo, LATER, 600)
    after = later(LATER, 1)
    for _ in range(3):
        offer = take(labels, bo, after, 600)
        assert offer is not None
        assert offer.item not in {each.item for each in given(labels)}
        give(labels, bo, offer.item, "x", after, "terminal", numeric=False)
    assert kept + 3 == status(labels, after).labels
