"""How fast labels came is the number of labelled rows over their span."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from shipworthy.query.flow import LabelFlow, label_flow
from tests.query.tables import frame_of, local, product_of


@pytest.fixture
def engine(tmp_path):
    return local(tmp_path)


def flow(engine, times, labels=None):
    labels = labels or [number % 2 for number in range(len(times))]
    rows = [
        {"id": str(n), "at": at, "label": label}
        for n, (at, label) in enumerate(zip(times, labels, strict=True))
    ]
    return label_flow(frame_of(engine, rows, product_of({"id": "id", "time": "at"})))


def test_labelled_rows_are_counted_from_the_first_to_the_last(engine):
    times = [datetime(2024, 1, day) for day in (1, 3, 8, 15, 29)]  # noqa: DTZ001 - a table without time zones
    assert LabelFlow(4, 2.0) == flow(engine, times, [0, 1, 1, 0, None])


def test_days_count_too(engine):
    assert LabelFlow(3, 2.0) == flow(engine, [date(2024, 1, 1), date(2024, 1, 2), date(2024, 1, 15)])


@pytest.mark.parametrize("times", [["a", "b", "c"], [datetime(2024, 1, 1)] * 3])  # noqa: DTZ001 - a table without time zones
def test_without_a_span_there_is_no_flow(engine, times):
    assert LabelFlow(3, None) == flow(engine, times)
