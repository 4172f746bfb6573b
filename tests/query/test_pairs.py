"""Two logs counted together bring back what plain Python counts, row by row, in one statement."""

from __future__ import annotations

import math
from collections import defaultdict
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shipworthy.metrics.outcomes import cells_of, joint
from shipworthy.query.pairs import PairedLog, scan_pairs
from shipworthy.query.scan import Log
from shipworthy.query.slicing import Slicing
from shipworthy.spec.task import Task
from shipworthy.tally.cube import present
from shipworthy.tally.needs import OVERALL, Needs, pairs
from tests.query.recount import cell, number, plain_label
from tests.query.tables import local, table_of

NAMES = cells_of(Task(paired=True))
COLUMNS = tuple(f"{side}:size" for side in "abd")
SCHEMA = pa.schema(
    [
        ("id", pa.string()), ("unit", pa.string()), ("label", pa.bool_()),
        ("prediction", pa.bool_()), ("score", pa.float64()), ("size", pa.float64()), ("format", pa.string()),
    ]
)  # fmt: skip
ANSWER = st.fixed_dictionaries(
    {
        "prediction": st.none() | st.booleans(),
        "score": st.none() | st.floats(0, 1) | st.just(0.5),
        "size": st.none() | st.floats(-1e6, 1e6) | st.just(math.nan),
    }
)
ROW = st.tuples(
    st.fixed_dictionaries(
        {
            "unit": st.sampled_from(["u1", "u2", "u3"]),
            "label": st.none() | st.booleans(),
            "format": st.none() | st.sampled_from(["a", "b"]),
        }
    ),
    ANSWER,
    ANSWER,
)
THRESHOLD = st.sampled_from([None, 0.5])


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    return local(tmp_path_factory.mktemp("pairs"))


def needs_of(*groupings):
    return Needs(frozenset(COLUMNS), frozenset(groupings), products=pairs([*NAMES, "d:size", "#d:size"]))


def logs(engine, rows, thresholds=(None, None), *, clustered=False):
    """Both logs; the second in the opposite order."""
    keyed = [({**row, "id": str(at)}, first, second) for at, (row, first, second) in enumerate(rows)]
    sides = (
        [{**row, **answer} for row, answer, _ in keyed],
        [{**row, **answer} for row, _, answer in reversed(keyed)],
    )
    return [
        Log(
            engine,
            table_of(engine, side, SCHEMA, f"side{at}"),
            {"format": Slicing("format")},
            threshold,
            clustered,
        )
        for at, (side, threshold) in enumerate(zip(sides, thresholds, strict=True))
    ]


def paired(both):
    return PairedLog(both[0], both[1], ("size",))


def values_of(row, first, second, thresholds):
    """The joint outcome of a row, and its paired numbers."""
    both = [
        cell({**row, **answer}, threshold)
        for answer, threshold in zip((first, second), thresholds, strict=True)
    ]
    sizes = [number(answer["size"]) for answer in (first, second)]
    found = {joint(*both): 1.0}
    if sizes[0] is not None and sizes[1] is not None:
        for column, value in zip(COLUMNS, (sizes[0], sizes[1], sizes[0] - sizes[1]), strict=True):
            found |= {column: value, present(column): 1.0}
    return found


def recounted(rows, thresholds, *, by, clustered):
    """Sums by slice and unit."""
    found: Any = defaultdict(lambda: defaultdict(lambda: defaultdict(float)))
    for at, (row, first, second) in enumerate(rows):
        key = (plain_label(row["format"]),) if by else ()
        for name, value in values_of(row, first, second, thresholds).items():
            found[key][row["unit"] if clustered else at][name] += value
    return found


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    rows=st.lists(ROW, min_size=1, max_size=25),
    thresholds=st.tuples(THRESHOLD, THRESHOLD),
    clustered=st.booleans(),
    by=st.sampled_from([OVERALL, ("format",)]),
)
def test_tallies_are_what_plain_python_counts(engine, rows, thresholds, clustered, by):
    first, second = logs(engine, rows, thresholds, clustered=clustered)
    cube = scan_pairs(PairedLog(first, second, columns=("size",)), needs_of(by)).cubes[by]
    expected = recounted(rows, thresholds, by=by, clustered=clustered)
    assert sorted(expected) == list(cube.keys)
    assert len(rows) == cube.rows.sum()
    for at, key in enumerate(cube.keys):
        units = expected[key].values()
        for place, name in enumerate(cube.names):
            wanted = math.fsum(unit[name] for unit in units)
            assert wanted == pytest.approx(cube.sums[at, place], rel=1e-9, abs=1e-6), name
        for (one, other), product in cube.products.items():
            wanted = math.fsum(unit[one] * unit[other] for unit in units)
            assert wanted == pytest.approx(product[at], rel=1e-9, abs=1e-3), (one, other)


@pytest.mark.parametrize("clustered", [False, True])
def test_a_pair_takes_one_statement_whatever_is_asked(engine, clustered):
    row = {"unit": "u", "label": True, "format": "a"}
    answer = {"prediction": True, "score": None, "size": 1.0}
    first, second = logs(engine, [(row, answer, answer)], clustered=clustered)
    before = len(engine.statements)
    scan_pairs(PairedLog(first, second, columns=("size",)), needs_of(OVERALL, ("format",)))
    assert 1 == len(engine.statements) - before


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(ROW, min_size=1, max_size=10), more=st.lists(ROW, min_size=1, max_size=10))
def test_tallies_of_two_halves_add_to_those_of_the_whole(engine, rows, more):
    halves = [scan_pairs(paired(logs(engine, part)), needs_of(OVERALL)) for part in (rows, more)]
    whole = scan_pairs(paired(logs(engine, [*rows, *more])), needs_of(OVERALL))
    assert whole.overall.sums == pytest.approx((halves[0] + halves[1]).overall.sums, rel=1e-9, abs=1e-6)
