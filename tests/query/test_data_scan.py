"""Row values of data are what plain Python counts, by slice and by unit, in few statements."""

from __future__ import annotations

import math
import tempfile
from collections import Counter
from dataclasses import replace
from functools import cache
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shipworthy.metrics import define, measure
from shipworthy.query.data_rows import DataRows
from shipworthy.query.data_scan import scan_data, some_ids
from shipworthy.query.profile import ends, known, plain_columns, profiles
from shipworthy.query.sampled import sample
from shipworthy.query.slicing import Slicing
from shipworthy.query.split import SplitPlan
from shipworthy.spec.contract import ColumnTerms
from shipworthy.spec.language import read_metric
from shipworthy.spec.sections import Source
from shipworthy.tally.needs import OVERALL, merged
from tests.query.tables import local, table_of

SCHEMA = pa.schema(
    [("id", pa.string()), ("user", pa.string()), ("part", pa.string()), ("size", pa.float64()),
     ("word", pa.string()), ("format", pa.string()), ("spam", pa.int64())]
)  # fmt: skip
ROW = st.fixed_dictionaries(
    {
        "id": st.none() | st.sampled_from(["a", "b", "c", "d", "e", "f"]),
        "user": st.sampled_from(["u", "v", "w"]),
        "part": st.sampled_from(["train", "validation", "test"]),
        "size": st.none() | st.sampled_from([0.0, 1.5, math.nan, 7.0]),
        "word": st.none() | st.sampled_from(["", " ", "x", "y"]),
        "format": st.sampled_from(["html", "plain"]),
        "spam": st.none() | st.integers(0, 1),
    }
)
METRICS = (
    "rows", "positives", "labelled", "missing(size)", "missing(word)", "duplicates", "duplicate_ids", "conflicting_labels",
    "out_of_range(size)", "out_of_range(word)", "leaked_rows", "leaked_units",
)  # fmt: skip
TERMS = {"size": ColumnTerms("number", least=0.0, greatest=5.0), "word": ColumnTerms("text", values=("x",))}


@cache
def shared():
    """One engine for all examples of a property."""
    return local(Path(tempfile.mkdtemp()))


def rows_of(engine, rows, **source):
    given = {"source": "rows", "id": "id", **source}
    table = table_of(engine, rows, SCHEMA)
    slicings = {"format": Slicing("format", found=("html", "plain"))}
    made = DataRows(
        engine, table, Source(**given), "spam", 1, "binary", slicings, SplitPlan("part", 0.2, 0.2), TERMS
    )
    return replace(made, plain=plain_columns(made, ends(made)))


def nothing(value):
    return (
        value is None
        or (isinstance(value, float) and math.isnan(value))
        or (isinstance(value, str) and not value.strip())
    )


def content(row, *without):
    held = (row[key] for key in sorted(row) if key not in without)
    return tuple(str(value) if isinstance(value, float) else value for value in held)


def recounted(rows):
    """By metric, the number of rows that have the fault (a share of a row where it is repeated) and of rows that count."""
    alike = Counter(content(row, "id", "part") for row in rows)
    ids = Counter(row["id"] for row in rows)
    labels: dict[tuple[object, ...], set[int]] = {}
    trained, units = set(), set()
    for row in rows:
        if row["spam"] is not None:
            labels.setdefault(content(row, "id", "part", "user", "spam"), set()).add(row["spam"])
        if row["part"] != "test":
            trained.add(content(row, "id", "part"))
            units.add(row["user"])
    found = []
    for row in rows:
        n, own = alike[content(row, "id", "part")], ids[row["id"]]
        test = row["part"] == "test"
        found.append({
            "rows": 1, "positives": int(row["spam"] == 1), "labelled": int(row["spam"] is not None),
            "missing(size)": int(nothing(row["size"])), "missing(word)": int(nothing(row["word"])),
            "duplicates": (n - 1) / n,
            "duplicate_ids": None if row["id"] is None else (own - 1) / own,
            "conflicting_labels": None if row["spam"] is None
            else int(len(labels[content(row, "id", "part", "user", "spam")]) > 1),
            "out_of_range(size)": None if nothing(row["size"]) else int(row["size"] > 5),
            "out_of_range(word)": None if nothing(row["word"]) else int(row["word"] != "x"),
            "leaked_rows": int(content(row, "id", "part") in trained) if test else None,
            "leaked_units": int(row["user"] in units) if test else None,
        })  # fmt: skip
    return found


def expected(rows, name):
    values = [each[name] for each in recounted(rows) if each[name] is not None]
    return sum(values), len(values)


@pytest.mark.parametrize("unit", [None, "user"], ids=["rows", "units"])
@pytest.mark.parametrize("profiled", [False, True], ids=["counted", "by the profile"])
@given(rows=st.lists(ROW, min_size=1, max_size=25))
@settings(max_examples=6)
def test_every_share_and_count_is_what_a_recount_gives(unit, profiled, rows):
    data = rows_of(shared(), rows, **({"unit": unit} if unit else {}))
    if profiled:
        data = known(data, profiles(data, ends(data), sample(data, len(rows))))
    if unit is None:  # then the user is an input like others, and nobody's unit
        data = replace(data, source=data.source)
    definitions = {
        name: define(read_metric(name), None) for name in METRICS if unit or name != "leaked_units"
    }
    needs = merged(each.needs(by) for each in definitions.values() for by in (OVERALL, ("format",)))
    tallies = scan_data(data, needs)
    for name, definition in definitions.items():
        if name == "conflicting_labels" and unit is None:
            continue
        for by, key in ((OVERALL, ()), (("format",), ("html",)), (("format",), ("plain",))):
            measured = measure(definition, tallies, by, 0.95)
            own = [
                each
                for each, row in zip(recounted(rows), rows, strict=True)
                if row["format"] in (key or (row["format"],))
            ]
            values = [each[name] for each in own if each[name] is not None]
            at = measured.position(key)
            if at is None or not values:
                assert not values or name in ("rows", "positives")
                continue
            total = sum(values) if definition.kind == "count" else sum(values) / len(values)
            assert total == pytest.approx(measured.value[at]), (name, key)


def test_everything_that_is_summed_takes_one_statement_beside_the_keys_that_are_written_down(tmp_path):
    engine = local(tmp_path)
    rows = [
        {
            "id": str(at),
            "user": f"u{at % 9}",
            "part": "test",
            "size": 1.0,
            "word": "x",
            "format": "html",
            "spam": at % 2,
        }
        for at in range(60)
    ]
    data = rows_of(engine, rows)
    before = len(engine.statements)
    definitions = [define(read_metric(name), None) for name in METRICS if name != "leaked_units"]
    scan_data(data, merged(each.needs(by) for each in definitions for by in (OVERALL, ("format",))))
    taken = [purpose for purpose, _ in engine.statements[before:]]
    assert taken == ["writing down what rows are compared by", "counting rows"]


def test_rows_that_are_not_as_they_should_be_are_named_once_and_in_order():
    rows = [
        {
            "id": name,
            "user": "u",
            "part": "test",
            "size": None if name in "bd" else 1.0,
            "word": "x",
            "format": "html",
            "spam": 1,
        }
        for name in "dcbaab"
    ]
    data = rows_of(shared(), rows)
    found = some_ids(data, {"=missing@size": False, "=duplicate_ids": False, "=labelled": True})
    assert {"=missing@size": ("b", "d"), "=duplicate_ids": ("a", "b"), "=labelled": ()} == found


@given(rows=st.lists(ROW, min_size=1, max_size=25))
@settings(max_examples=15)
def test_a_profile_counts_what_is_missing_and_lists_few_values(rows):
    data = rows_of(shared(), rows)
    found = ends(data)
    columns = {each.name: each for each in profiles(data, found, sample(data, len(rows)))}
    for name in ("size", "word", "format", "spam"):
        held = Counter(row[name] for row in rows if not nothing(row[name]))
        assert len(rows) - sum(held.values()) == columns[name].missing
        assert sorted(held.values(), reverse=True) == [count for _, count in columns[name].values]
        assert len(held) == columns[name].distinct
    sizes = [row["size"] for row in rows if not nothing(row["size"])]
    ends_of_size = (columns["size"].least, columns["size"].greatest)
    assert ends_of_size == ((min(sizes), max(sizes)) if sizes else (None, None))
