"""A thousand dots show exactly as many as there are."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from shipworthy.documents.dots import COLUMNS, SIZE, area, dots
from shipworthy.evidence import Estimate


def covered(path: str) -> set[tuple[int, int]]:
    """The dots that lie inside an area."""
    found: set[tuple[int, int]] = set()
    for x, y, width, height in re.findall(r"M(\d+) (\d+)h(\d+)v(\d+)h-\d+z", path):
        columns = range(int(x) // SIZE, (int(x) + int(width)) // SIZE)
        rows = range(int(y) // SIZE, (int(y) + int(height)) // SIZE)
        found |= {(row, column) for row in rows for column in columns}
    return found


@given(st.integers(0, 1_000), st.integers(0, 1_000))
def test_an_area_covers_the_dots_from_its_start_to_its_end(one, other):
    start, end = sorted((one, other))
    assert {divmod(index, COLUMNS) for index in range(start, end)} == covered(area(start, end))


def estimate(value: float | None, high: float | None) -> Estimate:
    return Estimate("a", "recall", {}, value, value, high, 0.95, value, high, 0.95, 9, 9, "wilson")


def test_found_possible_and_remaining_dots_make_a_thousand():
    drawn = dots(estimate(0.0043, 0.0071), "d", "label")
    assert drawn is not None
    assert {"s": 4, "m": 3, "": 993} == {fill: len(covered(path)) for path, fill in drawn.areas}


def test_without_a_value_or_an_interval_nothing_is_drawn():
    assert dots(estimate(None, None), "d", "label") is None
    assert dots(estimate(0.5, None), "d", "label") is None
