"""How far answers vary, against numbers worked out by hand and published ones."""

from __future__ import annotations

from math import log

import pytest

from shipworthy.probe import Try, spread_of
from shipworthy.probe.spread import Passes


def tries(*meanings: int | None, passed: tuple[bool | None, ...] = ()) -> list[Try]:
    """A try for each meaning, named by a letter."""
    checks: list[dict[str, bool | None]] = [{"expected": each} for each in passed] or [{}] * len(meanings)
    return [
        Try("x", None if meaning is None else "abc"[meaning], meaning=meaning, passed=check)
        for meaning, check in zip(meanings, checks, strict=True)
    ]


def test_four_answers_of_three_meanings_have_the_published_entropy():
    found = spread_of(tries(0, 1, 1, 2))
    assert 1.0397208 == pytest.approx(found.semantic_entropy_nats, abs=1e-7)
    assert (3, "b", 2) == (found.distinct, found.most, found.most_often)
    assert 1 / 6 == pytest.approx(found.agreement)


def test_answers_that_all_differ_have_the_greatest_entropy_and_agree_nowhere():
    found = spread_of(tries(0, 1, 2))
    assert log(3) == pytest.approx(found.semantic_entropy_nats)
    assert 0.0 == found.agreement


def test_one_answer_says_nothing_of_agreement():
    assert spread_of(tries(0)).agreement is None


def test_tries_without_an_answer_are_counted_and_agree_with_nobody():
    found = spread_of(tries(0, None, 0))
    assert (3, 2, 1.0) == (found.tries, found.answered, found.agreement)
    nothing = spread_of(tries(None, None))
    assert (2, 0, 0, None, None, None) == (
        nothing.tries,
        nothing.answered,
        nothing.distinct,
        nothing.most,
        nothing.agreement,
        nothing.semantic_entropy_nats,
    )


def test_passes_have_exact_bounds_and_pass_all_without_bias():
    """3 of 4 pass: two drawn without replacement both pass in half of the draws, four never do."""
    [found] = spread_of(tries(0, 0, 0, 1, passed=(True, True, True, False))).passes
    assert (4, 3, 0) == (found.tries, found.passes, found.unscored)
    assert (0.194, 0.994) == (round(found.low, 3), round(found.high, 3))
    assert {1: 0.75, 2: 0.5, 4: 0.0} == pytest.approx(found.all_of)


def test_what_could_not_be_told_is_neither_passed_nor_failed():
    found = spread_of(tries(0, 0, passed=(None, None))).passes
    assert (Passes("expected", 0, 0, 2, 0.0, 1.0, {}),) == found


def test_a_cost_that_is_not_known_of_one_try_is_not_known_of_all():
    assert 0.5 == spread_of([Try("a", "a", cost_usd=0.2), Try("b", "b", cost_usd=0.3)]).cost_usd
    assert spread_of([Try("a", "a", cost_usd=0.2), Try("b", "b")]).cost_usd is None
