"""Classes and numbers in a log: totals of outcomes are the same by every way of counting, and classes have one name."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pyarrow as pa
import pytest

from shipworthy.metrics import define
from shipworthy.metrics.outcomes import asked_totals
from shipworthy.query.answer import class_of
from shipworthy.query.engine import local_engine
from shipworthy.query.scan import Log, scan
from shipworthy.query.slicing import Slicing
from shipworthy.query.streamed import streamed
from shipworthy.query.units import unit_cubes
from shipworthy.tally.needs import merged
from tests.metrics.every import metric
from tests.metrics.kinds import CLASSES, THREE

BY = ("part",)


@pytest.fixture(scope="module")
def log(tmp_path_factory):
    """600 rows of 200 users, some unlabelled, some unanswered."""
    rng = np.random.default_rng(4)
    named = [*CLASSES, None]
    columns = {
        "label": [named[at] for at in rng.choice(4, 600, p=[0.5, 0.3, 0.15, 0.05])],
        "prediction": [named[at] for at in rng.choice(4, 600, p=[0.4, 0.3, 0.2, 0.1])],
        "unit": [f"u{at}" for at in rng.integers(0, 200, 600)],
        "part": [("a", "b")[at] for at in rng.integers(0, 2, 600)],
        "score": rng.random(600),
    }
    engine = local_engine([], tmp_path_factory.mktemp("engine"))
    table = engine.con.create_table("rows", pa.table(columns), temp=True)
    return Log(engine, table, {"part": Slicing("part", found=("a", "b"))}, clustered=True, task=THREE)


def needs():
    texts = ("accuracy", "macro_f1", "recall(cat)", "confusion(cat, dog)", "coverage")
    return merged(define(metric(text), None, THREE).needs(by) for text in texts for by in ((), BY))


def test_totals_of_outcomes_are_the_same_in_a_stream_and_in_a_statement(log):
    asked, sliced = needs(), log.in_slices()
    stated = unit_cubes(sliced, asked)
    for by, cube in streamed(sliced, asked)[0].items():
        other = stated[by]
        assert cube.keys == other.keys
        for name in cube.names:
            assert np.allclose(cube.total({name: 1.0}), other.total({name: 1.0}))
        assert set(cube.products) == set(other.products)
        assert all(np.allclose(cube.products[each], other.products[each]) for each in cube.products)


def test_totals_of_outcomes_are_the_sums_of_their_outcomes(log):
    single = replace(log, clustered=False)
    for each in (log, single):
        cube = scan(each, needs()).cubes[BY]
        for name, counted in asked_totals(THREE, needs().products).items():
            assert np.allclose(cube.total({name: 1.0}), cube.total(dict.fromkeys(counted, 1.0)))


@pytest.mark.parametrize(
    ("values", "names"),
    [
        ([1, 2, None], ["1", "2", None]),
        ([1.0, 2.5, float("nan"), None], ["1", "2.5", None, None]),
        ([True, False, None], ["true", "false", None]),
        (["red rose", None], ["red rose", None]),
    ],
)
def test_a_class_has_one_name_whatever_its_type(log, values, names):
    given = pa.table({"at": range(len(values)), "value": pa.array(values, from_pandas=False)})
    table = log.engine.con.create_table("values", given, temp=True, overwrite=True)
    found = log.engine.run(table.select("at", name=class_of(table.value)).order_by("at"), "naming classes")
    assert names == found["name"].to_pylist()
