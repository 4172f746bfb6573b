"""A plan follows from the evaluation of the same inputs, is kept, and says what the labels cost and how long they take."""

from __future__ import annotations

from typing import Any

import pytest

import shipworthy as sw
from shipworthy.plan import Aim
from shipworthy.workbench.comparison_plan import comparison
from tests.workbench import shop
from tests.workbench.shop import changed, with_candidates, with_requirements

OPEN = with_requirements("recall >= 0.90", "false_positive_rate <= 5 %", "p95(latency_ms) <= 5 s")


def silent(step: str) -> None:
    """Nobody listens."""


def planned(folder) -> Any:
    """The plan of a product, typed loosely, as tests look into numbers that may be absent."""
    return sw.plan(sw.open(folder)).plan


def priced(text: str, more: str) -> str:
    return changed("licence: CC0}", f"licence: CC0, {more}}}", text)


def test_a_plan_follows_from_the_fresh_evaluation(kept):
    product = sw.open(kept)
    before = [record.id for record in sw.records(product)]
    said: list[str] = []
    record = sw.plan(product, progress=said.append)
    assert next(each for each in reversed(before) if "-evaluate-" in each) == record.parent
    assert [*before, record.id] == [each.id for each in sw.records(product)]
    assert not any("evaluating first" in step for step in said)


def test_without_a_fresh_evaluation_one_is_made_and_said(tmp_path):
    product = sw.open(shop.product_folder(tmp_path, OPEN))
    said: list[str] = []
    record = sw.plan(product, progress=said.append)
    assert ["evaluate", "plan"] == [each.verb for each in sw.records(product)]
    assert sw.records(product)[0].id == record.parent
    assert any("evaluating first" in step for step in said)


def test_the_rows_are_those_of_the_evaluation(tmp_path):
    product = sw.open(shop.product_folder(tmp_path, OPEN))
    record: Any = sw.plan(product)
    [evaluated] = sw.records(product, "evaluate")
    assert evaluated.evaluation is not None
    wanted = {
        verdict.requirement: (verdict.verdict, verdict.needs_more, verdict.needs_more_80)
        for verdict in evaluated.evaluation.rolled_up("keywords")
    }
    found = {
        claim.requirement: (
            claim.verdict,
            claim.needs[0].even.counted if claim.needs else None,
            claim.needs[0].likely.counted if claim.needs else None,
        )
        for claim in record.plan.of("keywords")
    }
    assert wanted == found
    assert "undecided" in {verdict for verdict, *_ in found.values()}


def test_a_stated_flow_and_cost_are_taken(tmp_path):
    found = planned(shop.product_folder(tmp_path, priced(OPEN, "label_cost: 0.4, labels_per_week: 50")))
    assert ("stated", 50.0, 0.4, "USD") == (
        found.flow.source,
        found.flow.labels_per_week,
        found.label_cost,
        found.currency,
    )
    even = found.batch("keywords").even
    assert 0.4 * even.label.value == pytest.approx(even.cost.value)
    assert even.label.value / 50 == pytest.approx(even.weeks.value)


def test_a_flow_is_measured_from_the_times_of_the_examples(tmp_path):
    """400 mails, one an hour."""
    found = planned(shop.product_folder(tmp_path, OPEN))
    assert "measured" == found.flow.source
    assert 400 / (399 / 168) == pytest.approx(found.flow.labels_per_week)
    assert "400 labelled rows in 2.4 weeks" in found.flow.why
    assert found.batch("keywords").even.cost is None


def test_without_times_the_flow_is_not_known(tmp_path):
    text = changed("id: id, time: time,", "id: id,", changed("by: time", "by: random", OPEN))
    found = planned(shop.product_folder(tmp_path, text))
    assert ("unknown", None) == (found.flow.source, found.flow.labels_per_week)
    assert "labels_per_week" in found.flow.why


@pytest.mark.slow  # a whole product, and its kin prove the rest
def test_several_candidates_share_the_error_of_the_decision(tmp_path):
    found = planned(shop.product_folder(tmp_path, with_candidates(shop.LOGISTIC, text=OPEN)))
    batches = {(each.candidate, each.verb): each for each in found.batches}
    one, shared = batches[found.candidate, "evaluate"], batches[found.candidate, "decide"]
    assert (0.95, 0.975) == (one.level, pytest.approx(shared.level))
    assert shared.even.counted > one.even.counted


def test_the_share_of_new_rows_that_judge_is_told(tmp_path):
    assert any("50 %" in note for note in planned(shop.product_folder(tmp_path, OPEN)).notes)


def test_without_a_candidate_there_is_nothing_to_plan(tmp_path):
    lines = [
        line
        for line in shop.PRODUCT.splitlines(keepends=True)
        if "candidates" not in line and "keywords" not in line
    ]
    found = planned(shop.product_folder(tmp_path, "".join(lines)))
    assert (None, (), ()) == (found.candidate, found.claims, found.batches)


def test_a_comparison_takes_what_the_two_best_candidates_show(kept):
    found: Any = comparison("recall", Aim(0.1), sw.open(kept), silent)
    assert "measured between" in found.spread_why
    assert 0 < found.discordance < 1
    assert found.paired.label.value > found.paired.counted
    assert found.paired.weeks.value > 0


def test_a_comparison_of_one_candidate_assumes_independent_errors(tmp_path):
    found = comparison("accuracy", Aim(0.05), sw.open(shop.product_folder(tmp_path)), silent)
    assert "independently" in found.spread_why
    assert "that of keywords" in found.rates.why


def test_a_comparison_without_a_product_assumes_and_says_so():
    found: Any = comparison("recall", Aim(0.02, discordance=0.1), None, silent)
    assert "no product" in found.rates.why
    assert (1_629, None) == (found.paired.counted, found.paired.label.value)
