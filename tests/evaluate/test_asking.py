"""What one evaluation asks: every requirement and the headlines, and no more scanning however much is asked."""

from __future__ import annotations

import pytest

from shipworthy.errors import InputError
from shipworthy.evaluate import questions, validation_needs
from shipworthy.evaluate.asking import sliced_columns
from shipworthy.tally import Needs
from tests.evaluate.products import product

MONEY = {"true_positive": 0.02, "false_positive": -0.5}


def names(asked):
    return [str(definition.metric) for definition, by in asked.estimated if by == ()]


def test_fifty_requirements_on_the_same_slices_need_no_more_than_one():
    one = questions(product("recall >= 0.8 for every colour"))
    fifty = questions(product(*(f"recall >= {0.5 + at / 200} for every colour" for at in range(50))))
    assert 50 == len(fifty.claims)
    assert one.needs == fifty.needs


def test_the_needs_are_those_of_all_claims_and_headlines_together():
    asked = questions(
        product("p95(latency_ms) <= 9 for every size", "gap(recall, colour) <= 0.1", segments=["format"])
    )
    assert {(), ("format",), ("size",), ("colour",)} == asked.needs.groupings
    assert ("latency_ms", ("size",)) in asked.needs.histograms
    assert {"latency_ms", "cost_usd"} == asked.needs.columns


def test_headlines_are_estimated_overall_and_on_every_segment_and_protected_column():
    asked = questions(product(segments=["format", {"age": "4 quantiles"}], protected=["gender", "format"]))
    groupings = [by for definition, by in asked.estimated if str(definition.metric) == "recall"]
    assert [(), ("format",), ("age",), ("gender",)] == groupings


def test_net_value_is_a_headline_where_money_is_stated():
    assert "net_value" not in names(questions(product()))
    assert "net_value" in names(questions(product(value=MONEY)))


def test_every_claimed_metric_and_condition_is_estimated_once():
    asked = questions(product("f1 >= 0.1", "specificity >= 0.2 at base_rate <= 0.9", "specificity >= 0.3"))
    for name in ("f1", "specificity", "base_rate"):
        assert 1 == names(asked).count(name)


def test_time_and_money_of_an_answer_are_estimated_without_being_asked():
    """The cheapest candidate is to win, so its cost must be known."""
    assert {"mean(cost_usd)", "p95(latency_ms)"} <= {*names(questions(product()))}


def test_the_columns_of_all_claims_are_named_once_each():
    asked = questions(product("mean(ms) <= 3 for every size", "p95(ms) <= 9", "gap(recall, colour) <= 0.1"))
    assert ("colour", "ms", "size") == asked.columns


def test_rows_are_sliced_by_segments_and_by_what_claims_name():
    claimed = product(
        "gap(recall, colour) <= 0.1", "recall >= 0.5 for every size", "mean(ms) <= 3", segments=["format"]
    )
    assert ("format", "colour", "size") == sliced_columns(claimed, questions(claimed).claims)


def test_a_requirement_that_nothing_can_decide_is_refused():
    with pytest.raises(InputError, match="can never be proved"):
        questions(product("recall >= 100 %"))


def test_a_threshold_needs_one_histogram_of_the_scores():
    assert Needs(histograms=frozenset({("score", ())})) == validation_needs()
