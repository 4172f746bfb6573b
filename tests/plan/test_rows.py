"""Every metric says in words which rows it counts, and whether they need a label."""

from __future__ import annotations

import pytest

from shipworthy.plan.rows import LABELLED, rows_that_count
from tests.judge.claims import claim

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
    assert (found.cells, LABELLED) == (found.among, found.base)
