"""Recorded answers name which rows they are for: by role, or as the examples do."""

from __future__ import annotations

import pytest

from shipworthy.query.recorded_keys import item_roles
from tests.query.tables import local, table_of

NAMED = {"request": "evening", "item": "film"}


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    return local(tmp_path_factory.mktemp("recorded"))


@pytest.mark.parametrize(
    ("columns", "given", "identified", "expected"),
    [
        (["evening", "film"], {}, True, NAMED),
        (["request", "film"], {}, True, {"item": "film"}),
        (["request", "item"], {}, True, {}),
        (["request", "item", "evening", "film"], {}, True, {}),
        (["evening", "film", "title"], {"item": "title"}, True, {"request": "evening", "item": "title"}),
        (["id", "evening", "film"], {}, True, {}),
        (["id", "evening", "film"], {}, False, NAMED),
        (["row", "evening", "film"], {"id": "row"}, False, {"id": "row"}),
        (["night", "movie"], {}, False, {}),
    ],
)
def test_request_and_item_are_found_by_their_names_in_the_examples(
    engine, columns, given, identified, expected
):
    recorded = table_of(engine, [dict.fromkeys(columns, "x")])
    assert expected == item_roles(given, recorded, NAMED, identified=identified)


def test_an_item_that_the_examples_call_id_is_the_item(engine):
    named = {"request": "evening", "item": "id"}
    recorded = table_of(engine, [{"evening": "x", "id": "y"}])
    assert named == item_roles({}, recorded, named, identified=True)


def test_answers_that_are_not_ranked_keep_their_columns(engine):
    recorded = table_of(engine, [{"evening": "x", "film": "y"}])
    assert {"id": "film"} == item_roles({"id": "film"}, recorded, {}, identified=True)
