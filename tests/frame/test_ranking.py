"""Opportunities stand in the order of what is left of their worth, and every change that moves them is told."""

import pytest

from shipworthy.frame import framing, portfolio
from tests.frame.decisions import decision


def listed(**products):
    return portfolio([(name, given, framing(given)) for name, given in products.items()])


def test_what_is_left_of_the_worth_decides():
    found = listed(small=decision(volume=50_000.0), large=decision())
    assert ["large", "small"] == [each.name for each in found.opportunities]
    assert [250_000.0, 70_000.0] == pytest.approx([each.left for each in found.opportunities])
    assert ("small", "large") == found.given


def test_what_is_refused_stands_behind_what_is_not():
    found = listed(refused=decision(prohibited="yes"), small=decision(volume=50_000.0))
    assert ["small", "refused"] == [each.name for each in found.opportunities]


def test_what_cannot_be_placed_stands_last_and_says_what_is_missing():
    found = listed(unknown=decision(build_cost=None), small=decision(volume=50_000.0))
    assert ["small", "unknown"] == [each.name for each in found.opportunities]
    assert (None, ("build_cost",)) == (found.opportunities[1].left, found.opportunities[1].questions)


def test_the_order_of_two_that_are_far_apart_stands():
    assert () == listed(small=decision(volume=50_000.0), large=decision(volume=1_000_000.0)).changes


def test_a_change_that_moves_the_order_is_told_and_does_move_it():
    found = listed(first=decision(volume=110_000.0), second=decision())
    assert ("first", "volume", -0.3, ("second", "first")) in {
        (each.name, each.input, each.share, each.order) for each in found.changes
    }
    for change in found.changes:
        assert ("first", "second") != change.order
    lowered = decision(volume=0.7 * 110_000.0)
    assert ["second", "first"] == [
        each.name for each in listed(first=lowered, second=decision()).opportunities
    ]


def test_a_change_that_makes_one_not_worth_doing_moves_it_behind():
    close = decision(volume=42_000.0)
    found = listed(close=close, dear=decision(volume=35_000.0))
    assert ("dear", "close") in {each.order for each in found.changes if each.input == "volume"}
