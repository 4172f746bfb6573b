"""Rows several times over are the same on every engine: numbered ids, the row as their unit."""

from __future__ import annotations

import pytest

from shipworthy.query.frame import Frame
from shipworthy.query.repeated import repeated, repetition
from shipworthy.query.split import SplitPlan
from tests.engines import backends


@pytest.fixture(scope="module", params=backends.NAMES)
def engine(request, tmp_path_factory):
    return backends.engine_of(request.param, request, tmp_path_factory.mktemp("engine"))


@pytest.fixture(scope="module")
def frame(engine):
    rows = [{"id": "a", "unit": None, "bait": 1}, {"id": "b#1", "unit": "u", "bait": 2}]
    table = backends.put(engine, "repeated_rows", {"id": "TEXT", "unit": "TEXT", "bait": "BIGINT"}, rows)
    return Frame(engine, table, SplitPlan("none", 1.0, 0.0), {}, (), clustered=False)


def test_each_row_comes_so_often_with_its_number(frame):
    table = repeated(frame, 3).table
    found = frame.engine.run(table.order_by("id"), "repeating rows").to_pylist()
    expected = [("a", "a", 1), ("b#1", "u", 2)]
    assert [(f"{name}#{n}", unit, bait) for name, unit, bait in expected for n in (1, 2, 3)] == [
        (row["id"], row["unit"], row["bait"]) for row in found
    ]
    assert [0, 1, 2] * 2 == [repetition(row["id"], 3) for row in found]


def test_once_is_as_it_was(frame):
    assert frame is repeated(frame, 1)
    assert 0 == repetition("b#1", 1)
