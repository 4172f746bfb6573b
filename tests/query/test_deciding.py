"""A score becomes an answer by the threshold of its group, or none where a person decides."""

from __future__ import annotations

import math

import pytest

from shipworthy.evidence import OperatingPoint
from shipworthy.query.deciding import decided
from shipworthy.query.slicing import Slicing
from tests.query.tables import local, table_of


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    return local(tmp_path_factory.mktemp("deciding"))


def answers(engine, rows, point, slicing=None):
    table = table_of(engine, [{"id": n, **row} for n, row in enumerate(rows)])
    found = table.select("id", answer=decided(table, point, {slicing.column: slicing} if slicing else {}))
    return engine.run(found.order_by("id"), "deciding")["answer"].to_pylist()


SCORES = [{"score": score} for score in (0.1, 0.3, 0.5, 0.7, None)]


def test_scores_in_the_band_and_rows_without_one_have_no_answer(engine):
    assert [False, None, None, True, None] == answers(engine, SCORES, OperatingPoint(0.6, review_from=0.3))


def test_an_empty_band_leaves_only_rows_without_a_score_to_a_person(engine):
    assert [False, False, True, True, None] == answers(engine, SCORES, OperatingPoint(0.5, review_from=0.5))


def test_ranges_of_a_number_have_thresholds_by_their_names(engine):
    slicing = Slicing("age", (10.0, 20.0), 0.0, 30.0, (None,), ranged=True)
    point = OperatingPoint(0.5, by="age", thresholds={"[0, 10)": 0.9, "[20, 30]": 0.1, "(missing)": 0.3})
    ages = [3.0, 10.0, 20.0, 25.0, None, math.nan]
    rows = [{"age": age, "score": 0.4} for age in ages]
    assert [False, False, True, True, True, True] == answers(engine, rows, point, slicing)


def test_a_group_of_nan_counts_as_missing(engine):
    point = OperatingPoint(0.5, by="level", thresholds={"(missing)": 0.1, "2": 0.9})
    rows = [{"level": level, "score": 0.6} for level in (1.0, 2.0, math.nan, None)]
    slicing = Slicing("level", found=(1.0, 2.0, math.nan, None))
    assert [True, False, True, True] == answers(engine, rows, point, slicing)


def test_groups_that_nobody_named_have_the_overall_threshold(engine):
    point = OperatingPoint(0.5, by="format", thresholds={"gone": 0.0})
    rows = [{"format": "html", "score": score} for score in (0.4, 0.6)]
    assert [False, True] == answers(engine, rows, point, Slicing("format", found=("html", "new")))
