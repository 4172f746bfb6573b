"""The chart of quality against cost shows everyone once, and tells in words what it shows."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from shipworthy.documents.charts.front import front
from shipworthy.documents.contest import mark_of, place_of
from shipworthy.documents.figure import Scale
from shipworthy.evidence import Contest
from shipworthy.evidence.comparison import Contender


def one(name: str, quality: float | None, cost: float | None, **more: Any) -> Contender:
    low, high = (None, None) if quality is None else (quality - 0.1, quality + 0.1)
    known = Contender(name, "challenger", "rule", quality, low, high, None, cost, front=True)
    return replace(known, **more)


def contest(*contenders: Contender) -> Contest:
    return Contest("a", "named", "recall", contenders, (), (), (), "")


def drawn(*contenders: Contender):
    return front(contest(*contenders), "recall", Scale(100.0, unit="%"), Scale(unit="USD"))


def test_each_candidate_stands_in_the_picture_and_in_words():
    chart = drawn(one("a", 0.5, 0.0), one("b", 0.8, 3.0), one("zero", 0.2, 0.0, role="reference", front=None))
    assert chart is not None
    [panel] = chart.panels
    assert (
        "recall, % by cost of 1,000, USD. a (on the front): 50 at 0; b (on the front): 80 at 3"
        in panel.alternative
    )
    assert "zero (beside): 20 at 0" in panel.alternative
    assert all(f">{name}</text>" in panel.svg for name in ("a", "b", "zero"))


def test_what_does_not_differ_or_is_not_known_is_not_drawn():
    assert None is drawn(one("a", 0.5, 0.0), one("b", 0.8, 0.0))
    assert None is drawn(one("a", 0.5, None), one("b", None, 1.0))


def test_places_are_told_in_words_and_in_short():
    alike = one("c", 0.5, 1.0, front=False, dominated_by=("a", "b"), not_separable_from=("a", "b"))
    surely = one("c", 0.5, 1.0, front=False, dominated_by=("a", "b", "d", "e"), not_separable_from=("a",))
    above = one("c", 0.5, 1.0, not_separable_from=("a",))
    assert "dominated by a and b, in quality not separable" == place_of(alike)
    assert "dominated by a and b ≈" == mark_of(alike)
    assert "dominated by b, d and 1 more" == place_of(surely) == mark_of(surely)
    assert "on the front, in quality not separable from a" == place_of(above)
    assert "on the front ≈" == mark_of(above)
    assert "on the front" == mark_of(one("c", 0.5, 1.0))
