"""Rows that stream into this process make the histograms that a statement of the engine would make of them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pyarrow as pa
import pytest

from shipworthy.query.histograms import histograms
from shipworthy.query.scan import Log
from shipworthy.query.slicing import Slicing
from shipworthy.query.streamed import streamable, streamed
from shipworthy.tally.needs import OVERALL, Needs
from tests.query.tables import local

ROWS = 4_000
SLICINGS = {
    "plan": Slicing("plan", found=("basic", "free", "pro", None)),
    "size": Slicing("size", cuts=(1.0, 9.0), least=-40.0, greatest=1e6, found=(None,), ranged=True),
    "city": Slicing("city", found=tuple(f"c{n}" for n in range(200))),
}
ONE, TWO = ("plan",), ("plan", "size")
NEEDS = Needs(
    histograms=frozenset((column, by) for column in ("score", "size") for by in (OVERALL, ONE, TWO)),
    ranked=frozenset((column, by) for column in ("score", "size") for by in (OVERALL, ONE)),
)


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    return local(tmp_path_factory.mktemp("streamed"))


@pytest.fixture(scope="module")
def table(engine):
    """Scores that crowd at both ends, sizes of every magnitude, and holes in everything."""
    rng = np.random.default_rng(7)
    score = np.clip(1 / (1 + np.exp(rng.normal(0, 20, ROWS))), 0, 1)
    size = rng.choice([-1.0, 0.0, 1.0], ROWS) * np.exp(rng.normal(0, 8, ROWS))
    size[:3] = np.inf, -np.inf, np.nan

    def holed(values):
        return [None if gone else value for value, gone in zip(values, rng.random(ROWS) < 0.1, strict=True)]

    columns = {
        "id": [str(n) for n in range(ROWS)],
        "unit": [f"u{n % 900}" for n in range(ROWS)],
        "label": holed((rng.random(ROWS) < 0.4).tolist()),
        "prediction": (score > 0.5).tolist(),
        "score": holed(score.tolist()),
        "size": holed(size.tolist()),
        "plan": holed(rng.choice(["basic", "free", "pro"], ROWS).tolist()),
        "city": rng.choice([f"c{n}" for n in range(200)], ROWS).tolist(),
        "weight": np.round(rng.random(ROWS) * 3, 2).tolist(),
    }
    return engine.con.create_table("rows", pa.table(columns), overwrite=True)


@pytest.mark.parametrize(
    "units",
    [{}, {"clustered": True}, {"weighted": True}, {"clustered": True, "weighted": True}],
    ids=["rows", "units", "weights", "weighted units"],
)
def test_a_stream_and_a_statement_make_the_same_histograms(engine, table, units):
    log = Log(engine, table, SLICINGS, **units).in_slices()
    _, here = streamed(log, NEEDS)
    there = histograms(log, NEEDS)
    assert there.keys() == here.keys()
    for need, slices in there.items():
        assert slices.keys() == here[need].keys()
        for key, histogram in slices.items():
            mine = here[need][key]
            assert np.array_equal(histogram.bucket, mine.bucket)
            assert np.array_equal(histogram.least, mine.least)
            assert np.array_equal(histogram.greatest, mine.greatest)
            assert np.allclose(histogram.n, mine.n, rtol=1e-12)
            assert np.allclose(histogram.scores, mine.scores, rtol=1e-9)
            assert np.allclose(histogram.groups, mine.groups, rtol=1e-12)


@pytest.mark.parametrize("need", [("size", ("city", "plan")), ("size", ("street",)), ("=item@3", OVERALL)])
def test_what_would_take_much_room_is_left_to_the_engine(engine, table, need):
    log = replace(
        Log(engine, table, SLICINGS).in_slices(), slicings={**SLICINGS, "street": Slicing("street")}
    )
    small = Needs(histograms=frozenset({("size", OVERALL), ("score", ("city",))}))
    assert small == streamable(log, small)
    assert Needs() == streamable(log, small | Needs(histograms=frozenset({need})))
