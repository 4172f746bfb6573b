"""A scan brings back what plain Python counts, in a few statements, whatever is asked."""

from __future__ import annotations

import math

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shipworthy.query.scan import Log, scan
from shipworthy.query.slicing import Slicing
from shipworthy.tally.bucketing import LOG_BUCKET, LOGIT_BUCKETS
from shipworthy.tally.cube import CELLS, squared
from shipworthy.tally.needs import OVERALL, Needs, pair, pairs
from tests.query.recount import assert_same, plain_label
from tests.query.tables import local, table_of

SCHEMA = pa.schema(
    [
        ("id", pa.string()), ("unit", pa.string()), ("label", pa.bool_()), ("prediction", pa.bool_()),
        ("score", pa.float64()), ("size", pa.float64()), ("count", pa.int64()), ("flag", pa.bool_()),
        ("format", pa.string()), ("urgent", pa.bool_()), ("level", pa.float64()), ("weight", pa.float64()),
    ]
)  # fmt: skip
SLICES = {
    "format": Slicing("format"),
    "urgent": Slicing("urgent"),
    "level": Slicing("level", (1.0, 2.5), 0.0, 4.0, (None,), ranged=True),
}
KNOWN = {
    **SLICES,
    "format": Slicing("format", found=("", "a", "b", "ü", None)),
    "urgent": Slicing("urgent", found=(False, True, None)),
}
"""The same with the values known beforehand: units are then summed from a stream of rows."""

NUMBERS = st.one_of(st.floats(-1e9, 1e9), st.just(math.nan), st.floats(-1e-9, 1e-9))
ROW = st.fixed_dictionaries(
    {
        "unit": st.sampled_from(["u1", "u2", "u3", "u4"]),
        "label": st.none() | st.booleans(),
        "prediction": st.none() | st.booleans(),
        "score": st.none() | st.floats(-0.5, 1.5) | st.sampled_from([0.0, 0.5, 1.0]),
        "size": st.none() | NUMBERS,
        "count": st.none() | st.integers(-5, 5),
        "flag": st.none() | st.booleans(),
        "format": st.none() | st.sampled_from(["", "a", "b", "ü"]),
        "urgent": st.none() | st.booleans(),
        "level": st.none() | st.floats(0, 4) | st.just(math.nan),
        "weight": st.sampled_from([0.0, 0.5, 1.0, 3.0]),
    }
)
BY = st.sampled_from(
    [OVERALL, ("format",), ("urgent",), ("format", "urgent"), ("level",), ("format", "level")]
)
COLUMN = st.sampled_from(["size", "count", "flag", "score"])
NEEDS = st.builds(
    lambda columns, groupings, histograms, cells: Needs(
        columns,
        groupings,
        histograms,
        pairs(cells)
        | pairs([*columns, *(f"#{c}" for c in columns)])
        | {pair(a, squared(b)) for c in columns for a in (c, f"#{c}") for b in (c, f"#{c}")},
    ),
    st.frozensets(COLUMN, max_size=3),
    st.frozensets(BY, min_size=1, max_size=4).map(lambda found: found | {OVERALL}),
    st.frozensets(st.tuples(st.sampled_from(["size", "count", "score"]), BY), max_size=3),
    st.frozensets(st.sampled_from(CELLS), max_size=4),
)


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    return local(tmp_path_factory.mktemp("scan"))


def level(value):
    if value is None or math.isnan(value):
        return "(missing)"
    return "[0, 1)" if value < 1 else "[1, 2.5)" if value < 2.5 else "[2.5, 4]"


LABELS = {"level": level}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    rows=st.lists(ROW, max_size=30),
    needs=NEEDS,
    clustered=st.booleans(),
    weighted=st.booleans(),
    threshold=st.sampled_from([None, 0.5]),
    slicings=st.sampled_from([SLICES, KNOWN]),
)
def test_tallies_are_what_plain_python_counts(engine, rows, needs, clustered, weighted, threshold, slicings):
    rows = [{"id": str(n), **row} for n, row in enumerate(rows)]
    log = Log(engine, table_of(engine, rows, SCHEMA), slicings, threshold, clustered, weighted)
    found = scan(log, needs)
    assert_same(rows, needs, found, LABELS, clustered=clustered, weighted=weighted, threshold=threshold)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(ROW, max_size=20), more=st.lists(ROW, max_size=20), needs=NEEDS)
def test_tallies_of_two_halves_add_to_those_of_the_whole(engine, rows, more, needs):
    halves = [
        [{"id": f"{side}{n}", **row} for n, row in enumerate(half)]
        for side, half in (("a", rows), ("b", more))
    ]
    first, second = (scan(Log(engine, table_of(engine, half, SCHEMA), SLICES), needs) for half in halves)
    assert_same([*halves[0], *halves[1]], needs, first + second, LABELS, clustered=False)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    values=st.lists(
        st.one_of(NUMBERS.filter(math.isfinite), st.floats(0, 1), st.just(0.0)), min_size=1, max_size=60
    ),
    column=st.sampled_from(["size", "score"]),
)
def test_buckets_rise_with_the_value_and_are_narrow(engine, values, column):
    blank = dict.fromkeys(SCHEMA.names)
    table = table_of(engine, [{**blank, column: value} for value in values], SCHEMA)
    found = scan(Log(engine, table, {}), Needs(histograms=frozenset({(column, OVERALL)}))).histogram(column)
    assert (np.diff(found.bucket) > 0).all()
    assert (found.greatest[:-1] < found.least[1:]).all()
    assert {*found.least, *found.greatest} <= {*values}
    for least, greatest in zip(found.least, found.greatest, strict=True):
        if column == "score":
            assert _place(greatest, 1 - greatest) - _place(least, 1 - least) <= 1.01 / LOGIT_BUCKETS
        else:
            assert _place(greatest, -greatest) - _place(least, -least) <= 1.01 * LOG_BUCKET


def _place(first, second):
    """The logit of a share, or the signed logarithm of a number, going on past its ends."""
    return math.log(max(first, 1e-150)) - math.log(max(second, 1e-17 if first + second == 1 else 1e-150))


def test_infinite_values_do_not_break_a_scan(engine):
    blank = dict.fromkeys(SCHEMA.names)
    rows = [{**blank, "size": value} for value in (math.inf, -math.inf, 0.0, 1e308, 5e-324)]
    needs = Needs(histograms=frozenset({("size", OVERALL)}))
    found = scan(Log(engine, table_of(engine, rows, SCHEMA), {}), needs).histogram("size")
    assert 5 == found.weight
    assert [-math.inf, 0.0, 1e308] == found.least.tolist()
    assert [-math.inf, 5e-324, math.inf] == found.greatest.tolist()


@pytest.mark.parametrize("clustered", [False, True])
def test_a_scan_takes_two_statements_at_most_whatever_is_asked(engine, clustered):
    blank = dict.fromkeys(SCHEMA.names)
    table = table_of(engine, [{**blank, "unit": "u", "label": True, "prediction": True}], SCHEMA)
    small = Needs(groupings=frozenset({OVERALL}), histograms=frozenset({("score", OVERALL)}))
    groupings = frozenset(
        {OVERALL, ("format",), ("urgent",), ("level",), ("format", "urgent"), ("format", "level", "urgent")}
    )
    large = Needs(
        frozenset({"size", "count", "flag", "score"}),
        groupings,
        frozenset((column, by) for column in ("size", "count", "score") for by in groupings),
    )
    for needs in (small, large):
        before = len(engine.statements)
        scan(Log(engine, table, SLICES, None, clustered), needs)
        assert len(engine.statements) - before <= 2


def test_slices_of_the_log_have_the_labels_of_the_examples(engine):
    blank = dict.fromkeys(SCHEMA.names)
    rows = [
        {**blank, "format": value, "urgent": truth}
        for value, truth in (("a", True), (None, None), ("", False))
    ]
    needs = Needs(groupings=frozenset({OVERALL, ("format",), ("urgent",)}))
    found = scan(Log(engine, table_of(engine, rows, SCHEMA), SLICES), needs)
    assert {(plain_label(row["format"]),) for row in rows} == set(found.cubes["format",].keys)
    assert {("true",), ("false",), ("(missing)",)} == set(found.cubes["urgent",].keys)
