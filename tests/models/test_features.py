"""What a model may look at is decided by types and values, and what it may not is named."""

from __future__ import annotations

import datetime as dt
import uuid

import numpy as np
import pyarrow as pa
import pytest

from shipworthy.errors import InputError
from shipworthy.models.features import Feature, plan_features
from shipworthy.spec.model import Candidate
from tests.models.mail import mail

ROWS = 200
RNG = np.random.default_rng(0)


def plan(columns, *, exclude=(), **candidate):
    return plan_features(
        pa.table(columns), exclude=exclude, candidate=Candidate(train="logistic_regression", **candidate)
    )


def role(values, **candidate):
    planned = plan({"x": values, "other": [0.5, 1.5] * (len(values) // 2)}, **candidate)
    return {feature.column: feature.role for feature in planned.features}.get("x")


def reason(values):
    planned = plan({"x": values, "other": [0.5, 1.5] * (len(values) // 2)})
    return {item.column: item.reason for item in planned.left_out}["x"]


def test_each_column_of_a_table_gets_the_role_of_its_values():
    planned = plan_features(mail(), exclude=["spam"], candidate=Candidate(train="logistic_regression"))

    expected = {
        "size": "number",
        "links": "number",
        "urgent": "boolean",
        "format": "category",
        "body": "text",
        "sent": "date",
    }
    assert expected == {feature.column: feature.role for feature in planned.features}
    assert {"id": "only names the row"} == {item.column: item.reason for item in planned.left_out}


@pytest.mark.parametrize(
    ("expected", "values"),
    [
        ("number", pa.array(range(2), pa.int8())),
        ("number", pa.array([1.5, 2.5], pa.float32())),
        ("number", pa.array([1, 2]).cast(pa.decimal128(25, 2))),
        ("date", pa.array([dt.date(2024, 1, 1), dt.date(2024, 1, 2)])),
        ("date", pa.array([1, 2], pa.timestamp("s", "Europe/Berlin"))),
        ("category", pa.array(["a", "b"], pa.large_string())),
        ("category", pa.array(["a", "b"]).dictionary_encode()),
        (None, pa.array([[1], [2]])),
        (None, pa.array([b"a", b"b"])),
    ],
)
def test_arrow_types_have_their_roles(expected, values):
    assert expected == role(values)


@pytest.mark.parametrize(
    ("expected", "values"),
    [
        ("category", [f"city {number % 60}" for number in range(ROWS)]),
        ("category", [["New York City", "Rio de Janeiro"][number % 2] for number in range(ROWS)]),
        ("text", [f"please call me back about order {number}" for number in range(ROWS)]),
        (
            "text",
            [f"https://example.org/{'abc/' * (number % 9)}{number}/page.html" for number in range(ROWS)],
        ),
        ("text", [f"今天天气很好 我们 去 {number}" for number in range(ROWS)]),
        (None, [f"user-{number}" for number in range(ROWS)]),
        (None, [str(uuid.UUID(int=number)) for number in range(ROWS)]),
    ],
)
def test_strings_are_categories_texts_or_names_of_rows(expected, values):
    assert expected == role(values)


def test_whole_numbers_that_never_repeat_in_a_small_range_only_number_the_rows():
    numbers = RNG.permutation(3 * ROWS)[:ROWS]
    assert reason(pa.array(numbers)) == "only numbers the rows"
    assert role(pa.array(RNG.permutation(10_000_000)[:ROWS])) == "number"
    assert role(pa.array([3, 8])) == "number"


def test_columns_that_hold_nothing_or_one_thing_are_left_out_and_named():
    assert reason(pa.array([None, None], pa.float64())) == "is empty"
    assert reason(pa.array(["a", "a"])) == "always holds the same value"
    assert role(pa.array(["a", None])) == "category"


def test_features_restricts_and_keeps_an_identifier_that_it_names():
    planned = plan_features(
        mail(), exclude=["spam"], candidate=Candidate(train="logistic_regression", features=("id", "links"))
    )
    assert (Feature("id", "category"), Feature("links", "number")) == planned.features
    assert planned.left_out == ()


def test_drop_removes_without_a_word():
    planned = plan({"a": [1.5, 2.0], "b": [1.5, 2.0]}, drop=("a",))
    assert (Feature("b", "number"),) == planned.features


def test_text_forces_the_role():
    assert role(["yes", "no"], text=("x",)) == "text"


@pytest.mark.parametrize(
    ("code", "remedy", "candidate"),
    [
        ("model.label_leak", "'spam'", {"features": ("spam",)}),
        ("model.label_leak", "'spam'", {"text": ("spam",)}),
        ("model.unknown_column", "Did you mean 'links'?", {"features": ("link",)}),
        ("model.unknown_column", "Did you mean 'links'?", {"drop": ("link",)}),
        ("model.contradiction", "'links'", {"features": ("links",), "drop": ("links",)}),
        ("model.not_text", "used as a number", {"text": ("links",)}),
        ("model.no_features", "features:", {"drop": ("size", "links", "urgent", "format", "body", "sent")}),
    ],
)
def test_what_cannot_be_asked_for_is_refused_with_the_way_out(code, remedy, candidate):
    with pytest.raises(InputError) as caught:
        plan_features(
            mail(50), exclude=["spam"], candidate=Candidate(train="logistic_regression", **candidate)
        )
    assert code == caught.value.problem.code
    assert remedy in caught.value.problem.remedy
