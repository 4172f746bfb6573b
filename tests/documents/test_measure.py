"""Every metric of the table has a unit, a name and rows that it counts."""

from __future__ import annotations

import pytest

from shipworthy.documents.figure import Scale
from shipworthy.documents.measure import metric_words, rows_of, scale_of, split_metric
from shipworthy.metrics import METRICS
from tests.documents import mail


@pytest.mark.parametrize(
    ("metric", "parts"),
    [("recall", ("recall", ())), ("p95(latency_ms)", ("p95", ("latency_ms",))), ("gap(recall, format)", ("gap", ("recall", "format")))],
)  # fmt: skip
def test_a_metric_splits_into_name_and_arguments(metric, parts):
    assert parts == split_metric(metric)


@pytest.mark.parametrize(
    ("metric", "scale"),
    [
        ("recall", Scale(100, unit="%")),
        ("rate(opened)", Scale(100, unit="%")),
        ("gap(recall, format)", Scale(100, unit="points")),
        ("ratio(recall, format)", Scale()),
        ("gap(net_value, format)", Scale(unit="USD")),
        ("f1", Scale()),
        ("net_value", Scale(unit="USD")),
        ("p95(latency_ms)", Scale(unit="ms")),
        ("mean(wait_seconds)", Scale(unit="s")),
        ("mean(cost_eur)", Scale(unit="EUR")),
        ("mean(age)", Scale()),
        ("unheard_of", Scale()),
    ],
)
def test_each_metric_is_shown_in_its_unit(metric, scale):
    assert scale == scale_of(metric, mail.product())


@pytest.mark.parametrize(
    ("metric", "rows"),
    [
        ("recall", "positive"), ("false_negative_rate", "positive"), ("false_positive_rate", "negative"),
        ("specificity", "negative"), ("precision", "acted"), ("negative_predictive_value", "cleared"),
        ("gap(recall, format)", "positive"), ("accuracy", "all"), ("p95(latency_ms)", "all"), ("unheard_of", "all"),
    ],
)  # fmt: skip
def test_each_metric_counts_its_rows(metric, rows):
    assert rows == rows_of(metric)


@pytest.mark.parametrize("name", METRICS)
def test_no_metric_is_named_with_underscores(name):
    assert "_" not in metric_words(name)


@pytest.mark.parametrize(
    ("metric", "words"),
    [
        ("p95(latency_ms)", "95th percentile of latency"),
        ("mean(cost_usd)", "mean cost"),
        ("gap(false_positive_rate, format)", "gap in false-positive rate between groups of format"),
    ],
)
def test_metrics_with_arguments_read_as_words(metric, words):
    assert words == metric_words(metric)
