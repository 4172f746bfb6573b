"""People's labels beside those of the source: they count where the source says nothing."""

from __future__ import annotations

import math

import pytest

from shipworthy.query.given_labels import differing, lent_labels, with_labels
from tests.query.tables import local, table_of

SOURCE = [{"id": "a", "label": 1.0}, {"id": "b", "label": math.nan}, {"id": "c", "label": None}]
PEOPLE = [("a", "0", False), ("b", "0", False), ("c", "1", False)]


@pytest.fixture
def engine(tmp_path):
    return local(tmp_path)


def test_a_label_that_is_no_number_is_filled_in_like_one_that_is_missing(engine):
    table = table_of(engine, SOURCE)
    given = lent_labels(engine, table.label, PEOPLE)
    filled = engine.run(with_labels(table, table.id, "label", given).order_by("id"), "testing")
    assert [1.0, 0.0, 1.0] == filled["label"].to_pylist()


def test_people_differ_only_from_labels_that_the_source_has(engine):
    table = table_of(engine, SOURCE)
    given = lent_labels(engine, table.label, PEOPLE)
    assert {"a": ("1", True)} == differing(engine, table, table.id, "label", given)
