"""Sums over units are the same whether each slice has a place for each unit or only where they meet."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shipworthy.tally.meeting import Meetings

ROWS = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 6), st.integers(-9, 9)), min_size=9, max_size=30)


@pytest.mark.parametrize(("units", "everywhere"), [(7, True), (7000, False)])
@given(rows=ROWS)
def test_sums_over_units_are_those_of_a_loop(units, everywhere, rows):
    slice_, unit, value = np.array(rows).T
    met = Meetings.of(slice_, 5, unit, units)
    sums = met.counted(value.astype(float))

    by_pair: dict[tuple[int, int], int] = {}
    for row in rows:
        by_pair[row[:2]] = by_pair.get(row[:2], 0) + row[2]
    expected = [[sums for (at, _), sums in by_pair.items() if at == number] for number in range(5)]

    assert everywhere == (met.slice_of is None)
    assert [sum(found) for found in expected] == met.by_slice(sums).tolist()
    assert [sum(each**2 for each in found) for found in expected] == met.products(sums, sums).tolist()
    assert len(rows) == met.by_slice(met.counted(None)).sum()
