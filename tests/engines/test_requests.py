"""Ranked items become one row per request with the same numbers on every engine."""

from __future__ import annotations

import pytest

from shipworthy.query.requests import request_table
from shipworthy.query.scan import Log, scan
from shipworthy.query.slicing import Slicing
from shipworthy.spec.task import Task
from shipworthy.tally.needs import OVERALL, Needs, pairs
from tests.engines import backends
from tests.query.recommended import TYPES, VALUES, covered, drawn, expected

ROWS = drawn(80)
COLUMNS = {**TYPES, "id": "TEXT", "weight": "DOUBLE PRECISION", "prediction": "DOUBLE PRECISION"}
FILLED = [{**row, "id": str(at), "weight": 1.0, "prediction": None} for at, row in enumerate(ROWS)]
UNTIED = [{**row, "score": row["score"] and row["score"] + at / 1e4} for at, row in enumerate(FILLED)]
SLICINGS = {"country": Slicing("country"), "new_user": Slicing("new_user")}


@pytest.fixture(scope="module", params=backends.NAMES)
def engine(request, tmp_path_factory):
    return backends.engine_of(request.param, request, tmp_path_factory.mktemp("engine"))


@pytest.fixture(scope="module")
def log(engine):
    return backends.put(engine, "ranked", COLUMNS, FILLED)


def test_each_request_holds_the_mean_over_all_orders_of_items_that_tie(engine, log):
    table = request_table(log, VALUES, ["country", "new_user"])
    found = {row["id"]: row for row in engine.run(table, "testing").to_pylist()}
    wanted = expected(ROWS)
    assert {*wanted} == {*found}
    for request, values in wanted.items():
        for name, value in values.items():
            seen = found[request][name]
            assert (value is None) == (seen is None), (request, name)
            assert (value or 0.0) == pytest.approx(seen or 0.0, rel=1e-9), (request, name)


def test_what_is_the_same_in_a_request_is_kept_and_its_greatest_latency(engine, log):
    found = engine.run(request_table(log, ["=mrr"], ["country", "new_user"]), "testing").to_pylist()
    for row in found:
        own = [each for each in ROWS if each["request"] == row["id"] and each["label"] is not None]
        assert {(row["country"], row["new_user"], row["unit"])} == {
            (r["country"], r["new_user"], r["unit"]) for r in own
        }
        assert max(each["latency_ms"] for each in own) == row["latency_ms"]


@pytest.mark.parametrize("clustered", [False, True], ids=["requests", "by unit"])
def test_sums_over_requests_are_those_of_plain_python(engine, log, clustered):
    needs = Needs(
        frozenset({"=ndcg@3", "latency_ms"}),
        frozenset({OVERALL, ("country",), ("new_user",)}),
        products=pairs(["=ndcg@3", "#=ndcg@3"]),
    )
    tallies = scan(Log(engine, log, SLICINGS, clustered=clustered, task=Task("ranking")), needs)
    wanted = {request: values["=ndcg@3"] for request, values in expected(ROWS).items()}
    country = {row["request"]: row["country"] for row in ROWS}
    for key, own in ((("BE",), "BE"), (("NL",), "NL")):
        cube = tallies.cubes[("country",)]
        known = [value for request, value in wanted.items() if value is not None and country[request] == own]
        at = cube.position(key)
        assert sum(known) == pytest.approx(cube.total({"=ndcg@3": 1.0})[at])
        assert len(known) == cube.count({"#=ndcg@3": 1.0})[at]
    assert len(wanted) == tallies.overall.rows.sum()
    assert (7 if clustered else len(wanted)) == tallies.overall.units.sum()


def test_coverage_is_the_share_of_the_items_that_some_request_shows(engine):
    table = backends.put(engine, "untied", COLUMNS, UNTIED)
    needs = Needs(
        groupings=frozenset({OVERALL, ("country",)}),
        histograms=frozenset({("=item@3", OVERALL), ("=item@3", ("country",))}),
    )
    tallies = scan(Log(engine, table, SLICINGS, task=Task("ranking")), needs)
    for key, rows in (((), UNTIED), (("NL",), [row for row in UNTIED if row["country"] == "NL"])):
        histogram = tallies.histograms["=item@3", ("country",) if key else ()][key]
        assert covered(rows) == (histogram.n[:, 1] > 0).mean()
