"""Every metric says in words which rows it counts, and whether they need a label."""

from __future__ import annotations

import pytest

from shipworthy.metrics import define
from shipworthy.metrics.outcomes import labelled_cells
from shipworthy.plan.rows import picked_by_answer, rows_that_count
from shipworthy.spec.language import read_requirement
from shipworthy.spec.task import BINARY, Task
from tests.judge.claims import claim
from tests.metrics.kinds import NUMBER, THREE
from tests.plan.ranked import RANKING

WORDS = {
    "recall": "positives", "false_negative_rate": "positives", "false_positive_rate": "negatives",
    "specificity": "negatives", "precision": "flagged rows", "negative_predictive_value": "rows left alone",
    "accuracy": "labelled rows", "base_rate": "labelled rows", "f1": "positive or flagged rows",
    "auc": "labelled rows", "net_value": "labelled rows", "selection_rate": "answered rows",
    "p95(latency_ms)": "rows with a latency", "mean(cost_usd)": "rows with a cost",
    "rate(refund)": "rows with a value of refund", "gap(recall, colour)": "positives", "ratio(accuracy, colour)": "labelled rows",
}  # fmt: skip
WITHOUT_LABELS = {"selection_rate", "p95(latency_ms)", "mean(cost_usd)", "rate(refund)"}


@pytest.mark.parametrize(("metric", "words"), WORDS.items())
def test_a_metric_names_the_rows_that_it_counts(metric, words):
    found = rows_that_count(claim(f"{metric} >= 0.1").definition)
    assert (words, metric not in WITHOUT_LABELS) == (found.words, found.labels)


@pytest.mark.parametrize("metric", ["precision", "false_omission_rate"])
def test_rows_that_an_answer_picks_out_need_no_search(metric):
    found = rows_that_count(claim(f"{metric} >= 0.1").definition)
    assert found.cells == found.among
    assert dict.fromkeys(labelled_cells(BINARY), 1.0) == found.base
    assert picked_by_answer(found.words)


OF_KINDS = {
    "recall('old cow')": (THREE, "rows of old cow", True),
    "precision('old cow')": (THREE, "rows answered with old cow", True),
    "f1(cat)": (THREE, "rows of cat or answered with cat", True),
    "false_positive_rate(cat)": (THREE, "rows of other classes than cat", True),
    "confusion('old cow', cat)": (THREE, "rows of old cow", True),
    "accuracy": (THREE, "labelled rows", True),
    "macro_f1": (THREE, "labelled rows", True),
    "coverage": (THREE, "rows", False),
    "mean(latency_ms)": (THREE, "rows with a latency", False),
    "gap(recall(cat), colour)": (THREE, "rows of cat", True),
    "mae": (NUMBER, "labelled rows", True),
    "r2": (NUMBER, "labelled rows", True),
    "bias": (NUMBER, "labelled rows", True),
    "p95(abs_error)": (NUMBER, "labelled rows", True),
    "interval_coverage": (NUMBER, "labelled rows", True),
    "mean(size)": (NUMBER, "rows with a value of size", False),
    "ndcg@10": (RANKING, "requests", True),
    "coverage@10": (RANKING, "requests", True),
    "p95(latency_ms)": (RANKING, "requests with a latency", False),
}


@pytest.mark.parametrize(("metric", "expected"), OF_KINDS.items())
def test_of_every_kind_of_answers_a_metric_names_the_rows_that_it_counts(metric, expected):
    task, words, labels = expected
    found = rows_that_count(claim(f"{metric} <= 0.1", task=task).definition, task)
    assert (words, labels) == (found.words, found.labels)


@pytest.mark.parametrize("metric", ["precision(cat)", "false_omission_rate(cat)"])
def test_rows_that_are_answered_with_a_class_need_no_search(metric):
    found = rows_that_count(claim(f"{metric} <= 0.1", task=THREE).definition, THREE)
    assert found.cells == found.among
    assert picked_by_answer(found.words)


def test_a_claim_on_variants_counts_inputs_that_need_no_label():
    metric = read_requirement("variant_flip(typo) <= 5 %").metric
    found = rows_that_count(define(metric, None, Task("binary", variants=("typo",))))
    assert ("inputs with a variant", False) == (found.words, found.labels)
