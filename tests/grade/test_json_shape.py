"""Answers as JSON of a schema: the same verdicts as the reference implementation on the keywords that are checked."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shipworthy.errors import InputError
from shipworthy.grade.json_shape import misfits
from tests.grade.asked import graded, verdict

SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["total", "lines"],
    "additionalProperties": False,
    "properties": {
        "total": {"type": "number", "minimum": 0},
        "lines": {"type": "array", "minItems": 1, "items": {"type": "string", "maxLength": 5}},
        "state": {"enum": ["open", "paid", 1]},
        "note": {"type": ["string", "null"]},
    },
}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"total": 5, "lines": ["a"]}', True),
        ('```json\n{"total": 5, "lines": ["a"]}\n```', True),
        ('Here it is: {"total": 5, "lines": ["a"]}', False),
        ('{"total": -1, "lines": ["a"]}', False),
        ('{"total": NaN, "lines": ["a"]}', False),
        ('{"total": true, "lines": ["a"]}', False),
        ('{"total": 5, "lines": [], "more": 1}', False),
        ("[" * 5_000, False),
    ],
)
def test_an_answer_is_json_of_the_schema(text, expected):
    assert expected == verdict({"json_schema": SCHEMA}, text)


def test_what_does_not_fit_is_told_with_its_path():
    found = graded({"json_schema": SCHEMA}, '{"lines": ["too long"], "more": 1}')
    assert found.why == "$.total is missing; $.lines[0] is too long; $.more is not foreseen"


def test_a_keyword_that_is_not_checked_is_refused():
    with pytest.raises(InputError) as caught:
        graded({"json_schema": {"type": "object", "propertys": {}}}, "{}")
    assert caught.value.problem.code == "grade.schema"
    assert "properties" in caught.value.problem.remedy


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-2, 7)
    | st.floats(-1, 6)
    | st.sampled_from(["", "a", "open", "longer"]),
    lambda each: (
        st.lists(each, max_size=3)
        | st.dictionaries(st.sampled_from(["total", "lines", "state", "note", "x"]), each)
    ),
    max_leaves=6,
)


@given(VALUES)
def test_verdicts_are_those_of_jsonschema(value):
    whole = json.loads(json.dumps(value))
    assert jsonschema.Draft202012Validator(SCHEMA).is_valid(whole) == (not misfits(whole, SCHEMA))
