"""A candidate is dominated by another one that is at least as good in everything; where that rests on noise, it is said."""

from __future__ import annotations

from typing import Any

import pytest

from shipworthy.compare.front import with_front
from shipworthy.evidence.comparison import Contender


def one(
    name: str, quality: float | None, latency_ms: float | None, cost: float | None, **more: Any
) -> Contender:
    low, high = (None, None) if quality is None else (quality - 0.05, quality + 0.05)
    ends = {"low": low, "high": high} | {key: more.pop(key) for key in ("low", "high") if key in more}
    role = more.pop("role", "challenger")
    return Contender(name, role, "rule", quality, ends["low"], ends["high"], latency_ms, cost, None)


def placed(*found: Contender, sign: int = 1) -> dict[str, Contender]:
    return {each.name: each for each in with_front(found, (), "recall", sign)}


def test_cheaper_faster_and_better_dominates():
    found = placed(one("a", 0.9, 10, 1), one("b", 0.7, 20, 2))
    assert (True, (), ()) == (found["a"].front, found["a"].dominated_by, found["a"].not_separable_from)
    assert (False, ("a",), ()) == (found["b"].front, found["b"].dominated_by, found["b"].not_separable_from)


def test_better_and_dearer_are_both_on_the_front():
    found = placed(one("a", 0.9, 10, 5), one("b", 0.7, 10, 1))
    assert [True, True] == [found[name].front for name in ("a", "b")]
    assert () == found["a"].not_separable_from


def test_where_intervals_overlap_the_caution_stands_on_both_sides():
    """b is dominated by a little; c is on the front by a little, and a is cheaper."""
    found = placed(one("a", 0.80, 10, 1), one("b", 0.78, 10, 2), one("c", 0.82, 10, 3))
    assert (("a",), ("a",)) == (found["b"].dominated_by, found["b"].not_separable_from)
    assert (True, ("a", "b")) == (found["c"].front, found["c"].not_separable_from)


def test_less_is_better_where_the_metric_says_so():
    found = placed(one("a", 0.1, 10, 1), one("b", 0.3, 10, 1), sign=-1)
    assert [True, False] == [found[name].front for name in ("a", "b")]


@pytest.mark.parametrize("unknown", ["latency", "cost", "quality"])
def test_what_is_not_known_of_both_is_not_compared(unknown):
    values = {"quality": 0.5, "latency": 10.0, "cost": 1.0}
    worse = {"quality": 0.4, "latency": 20.0, "cost": 2.0}
    best = one("a", *values.values())
    found = placed(best, one("b", *(None if name == unknown else value for name, value in worse.items())))
    assert ("a",) == found["b"].dominated_by


def test_who_stands_beside_dominates_nobody():
    found = placed(one("a", 0.5, 10, 1), one("baseline", 0.9, None, 0, role="reference"))
    assert (True, None) == (found["a"].front, found["baseline"].front)
