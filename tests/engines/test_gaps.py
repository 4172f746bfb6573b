"""What is not equal on every engine yet: each gap has a name and a test, which fails on the day that it is closed."""

from __future__ import annotations

import math
from datetime import UTC, datetime

import pytest

from shipworthy.errors import OutsideError
from shipworthy.query.rule import read_rule, rule_value
from shipworthy.query.scan import Log, scan
from shipworthy.tally.needs import OVERALL, Needs, pairs
from tests.engines import backends

GAPS = {
    "zone of an instant": ("spark", "Ibis reads TIMESTAMP of Spark as a time without a zone; the instant is right, in UTC"),
    "squares beyond the doubles": ("postgres", "PostgreSQL refuses 1e200 times 1e200, where the others say infinity"),
    "NaN is not null": ("spark", "to a rule, Ibis writes IS NULL for Spark so that NaN is null too"),
}  # fmt: skip
"""Each gap: on which engine, and what is missing."""


def on_every_engine(gap: str) -> pytest.MarkDecorator:
    """The engines, of which the one with the gap is expected to fail."""
    where, why = GAPS[gap]
    return pytest.mark.parametrize(
        "name",
        [
            pytest.param(
                name,
                marks=[pytest.mark.xfail(strict=True, reason=why, raises=(AssertionError, OutsideError))] if name == where else [],
            )
            for name in backends.NAMES
        ],
    )  # fmt: skip


@on_every_engine("zone of an instant")
def test_an_instant_comes_back_with_its_zone(name, request, tmp_path):
    engine = backends.engine_of(name, request, tmp_path)
    instant = datetime(2024, 1, 1, 10, tzinfo=UTC)
    table = backends.put(engine, "instants", {"t": "TIMESTAMPTZ"}, [{"t": instant}])
    found = engine.run(table.aggregate(first=table.t.min()), "testing").to_pylist()[0]
    assert instant == found["first"]


@on_every_engine("squares beyond the doubles")
def test_the_square_of_a_huge_number_is_infinite(name, request, tmp_path):
    engine = backends.engine_of(name, request, tmp_path)
    types = {"id": "TEXT", "label": "BOOLEAN", "prediction": "BOOLEAN", "score": "DOUBLE PRECISION"}
    row = {"id": "a", "label": True, "prediction": True, "score": 1e200}
    table = backends.put(engine, "huge", types, [row])
    needs = Needs(frozenset({"score"}), frozenset({OVERALL}), frozenset(), pairs(["score"]))
    tallies = scan(Log(engine, table, {}), needs)
    assert math.inf == tallies.overall.products["score", "score"][0]


@on_every_engine("NaN is not null")
def test_a_rule_tells_nan_from_null(name, request, tmp_path):
    engine = backends.engine_of(name, request, tmp_path)
    rows = [{"n": 0, "x": math.nan}, {"n": 1, "x": None}]
    table = backends.put(engine, "nans", {"n": "BIGINT", "x": "DOUBLE PRECISION"}, rows)
    value = rule_value(read_rule("x IS NULL", table.columns), table)
    found = engine.run(table.select("n", value=value).order_by("n"), "testing")
    assert [False, True] == found["value"].to_pylist()
