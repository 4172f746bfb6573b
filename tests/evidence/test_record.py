"""Records turn into JSON and back, and show every change made to them."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shipworthy.errors import InputError
from shipworthy.evidence import DataFacts, Estimate, Evaluation, Provenance, Record, read_record
from shipworthy.evidence.record import content_hash, plain
from tests.evidence.strategies import records

TIME = "2026-11-22T07:48:17.123456Z"
PROVENANCE = Provenance(
    "spec", (DataFacts("examples", "mail.parquet", "f00", 3),), {"logistic": "v1"}, "0.1.0", 0, "duckdb"
)


def written(record: Record) -> str:
    return json.dumps(record.as_json(), ensure_ascii=False)


@given(records)
def test_a_record_read_back_is_the_record_that_was_written(record):
    assert record == read_record(written(record), "r.json")


@given(records)
def test_the_id_and_hash_survive_the_journey(record):
    found = read_record(written(record), "r.json")
    assert (record.id, record.hash) == (found.id, found.hash)


@given(records, st.data())
def test_any_change_of_a_top_level_field_is_noticed(record, data):
    content = record.as_json()
    key = data.draw(st.sampled_from(sorted(content)))
    content[key] = "something else"
    with pytest.raises(InputError) as caught:
        read_record(json.dumps(content), "r.json")
    assert caught.value.problem.code in ("record.altered", "record.corrupt")


def test_a_field_that_was_added_by_hand_is_noticed():
    content = {**Record("decide", TIME, PROVENANCE).as_json(), "approved_by": "nobody"}
    with pytest.raises(InputError, match="was altered"):
        read_record(json.dumps(content), "r.json")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "Expecting value"),
        ('{"schema": 1', "Expecting"),
        ("[]", "list indices"),
        ("null", "NoneType"),
        ('{"schema": 2}', "schema 2, this version reads 1"),
        ('{"schema": 1}', "'inputs' is missing"),
        ('{"schema": NaN}', "NaN is not a number"),
        ("[" * 100_000, "recursion"),
    ],
)
def test_a_file_that_is_no_record_is_named_with_the_reason(text, told):
    with pytest.raises(InputError) as caught:
        read_record(text, "records/r.json")
    assert "record.corrupt" == caught.value.problem.code
    assert "records/r.json" in str(caught.value)
    assert told in str(caught.value)
    assert "append-only" in caught.value.problem.remedy


def test_ids_sort_by_time_and_name_the_verb():
    early = Record("evaluate", "2026-11-22T07:48:17.000009Z", PROVENANCE)
    late = Record("decide", "2026-11-22T07:48:17.000010Z", PROVENANCE)
    assert early.id < late.id
    assert late.id.startswith("20261122T074817.000010Z-decide-")


@pytest.mark.parametrize("time", ["2026-11-22T07:48:17Z", "2026-11-22T07:48:17.123456+00:00", "now", ""])
def test_a_time_that_would_not_sort_is_refused(time):
    with pytest.raises(ValueError, match="is not a UTC time"):
        Record("decide", time, PROVENANCE)


def test_the_fingerprint_follows_the_inputs_and_not_the_queries():
    asked = replace(PROVENANCE, queries=("SELECT 1",))
    seeded = replace(PROVENANCE, seed=1)
    assert PROVENANCE.fingerprint == asked.fingerprint
    assert PROVENANCE.fingerprint != seeded.fingerprint


def test_numbers_that_do_not_exist_are_null():
    estimate = Estimate(
        "a", "recall", {}, float("nan"), float("-inf"), float("inf"), 0.95, None, None, 0.95, 0, 0, "wilson"
    )
    found = plain(estimate)
    assert [None, None, None] == [found["value"], found["low"], found["high"]]


def test_numbers_from_numpy_become_plain_ones():
    found = plain(
        {
            "n": np.int64(3),
            "flag": np.bool_(True),
            "x": np.float64(0.5),
            "y": np.float32(0.5),
            "z": np.float32("nan"),
        }
    )
    assert '{"n": 3, "flag": true, "x": 0.5, "y": 0.5, "z": null}' == json.dumps(found)


def test_the_content_hash_does_not_depend_on_the_order_of_keys():
    assert content_hash({"a": 1, "b": [None, "é"]}) == content_hash({"b": [None, "é"], "a": 1})


def test_an_evaluation_without_a_decision_has_no_decision_field():
    record = Record("evaluate", TIME, PROVENANCE, Evaluation((), (), (), ()))
    assert "decision" not in record.as_json()
    assert record == read_record(written(record), "r.json")
