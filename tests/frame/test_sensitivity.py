"""The change that is stated flips the answer, and a slightly smaller one does not."""

from dataclasses import replace

import pytest
from hypothesis import given, settings

from shipworthy.frame.answer import answer
from shipworthy.frame.sensitivity import flips, moved
from tests.frame.decisions import PLAIN, decision
from tests.frame.test_answer import decisions

BY_NAME = {each.input: each for each in flips(decision())}


@given(decisions(unknown=True))
@settings(max_examples=8)
def test_a_stated_change_flips_and_a_smaller_one_does_not(found):
    now = answer(found).route
    for flip in flips(found):
        each = found.of(flip.input)
        if flip.to is None:
            continue
        if isinstance(flip.to, str):
            assert flip.becomes == answer(found.having(replace(each, value=flip.to))).route != now
            continue
        change = flip.to - each.value
        assert flip.becomes == answer(found.having(moved(each, change))).route != now
        assert now == answer(found.having(moved(each, 0.999 * change))).route


@given(decisions())
@settings(max_examples=5)
def test_no_value_flips_it_where_none_is_stated(found):
    now = answer(found).route
    for flip in flips(found):
        each = found.of(flip.input)
        if flip.to is None and not isinstance(each.value, str):
            for factor in (0.0, 0.01, 0.5, 2.0, 100.0):
                assert now == answer(found.having(moved(each, (factor - 1) * each.value))).route


def test_every_input_that_is_known_is_tried():
    assert set(PLAIN) == set(BY_NAME)


@pytest.mark.parametrize(
    ("name", "to", "becomes", "rule"),
    [
        ("volume", 110_000 / 3.6, "dont", "F2"),
        ("build_cost", 300_000, "dont", "F2"),
        ("run_cost", 310_000 / 12, "dont", "F2"),
        ("agreement", 0.6, "define_first", "F4"),
        ("labels", 100, "collect_first", "F5"),
        ("label_lag", 30, "collect_first", "F5"),
        ("months", 50_000 / 25_000, "dont", "F2"),
    ],
)
def test_the_boundary_is_where_arithmetic_puts_it(name, to, becomes, rule):
    flip = BY_NAME[name]
    assert (becomes, rule) == (flip.becomes, flip.rule)
    assert flip.to == pytest.approx(to, rel=1e-6)


@pytest.mark.parametrize("name", ["price", "judge", "met_live", "essential"])
def test_an_input_that_alone_changes_nothing_says_so(name):
    """Not every answer must be right, and no expert could write it down: one of the two is not enough."""
    assert (None, None, None) == (BY_NAME[name].to, BY_NAME[name].becomes, BY_NAME[name].rule)


def test_both_ends_of_a_range_move_alike():
    [flip] = [each for each in flips(decision(build_cost=(40_000.0, 60_000.0))) if each.input == "build_cost"]
    assert "open" == flip.becomes
    assert flip.to == pytest.approx(290_000, rel=1e-6)


def test_of_several_words_the_nearest_is_taken():
    assert ("undecided", "open") == (BY_NAME["rule_suffices"].to, BY_NAME["rule_suffices"].becomes)
