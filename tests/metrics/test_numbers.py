"""Metrics of predicted numbers: scikit-learn's values, and bounds only where they are known."""

from __future__ import annotations

import numpy as np
import pytest
import sklearn.metrics as sk

from shipworthy.errors import InputError
from shipworthy.metrics import METRICS, define
from shipworthy.metrics.defining import details, headlines
from tests.metrics.every import metric
from tests.metrics.kinds import NUMBER, of_numbers, predicted

RNG = np.random.default_rng(5)
LABELS = RNG.gamma(3.0, 20.0, 500)
ANSWERS = LABELS + RNG.normal(2, 15, 500)
ORACLES = {
    "mae": sk.mean_absolute_error(LABELS, ANSWERS),
    "rmse": sk.root_mean_squared_error(LABELS, ANSWERS),
    "bias": np.mean(ANSWERS - LABELS),
    "r2": sk.r2_score(LABELS, ANSWERS),
    "quantile_loss(0.9)": sk.mean_pinball_loss(LABELS, ANSWERS, alpha=0.9),
}
BOUNDED = [*ORACLES, "p95(abs_error)"]


def test_every_metric_of_numbers_is_known_here():
    tested = {metric(text).name for text in ORACLES} | {
        "interval_coverage",
        "coverage",
        "mean",
        "rate",
        "gap",
        "ratio",
        "worst_group",
        "pass_rate",
        "pass_at",
        "pass_all",
        "conditional_gap",
    }
    assert {name for name, entry in METRICS.items() if "regression" in entry.kinds} == tested


@pytest.mark.parametrize("text", ORACLES)
def test_values_are_those_of_scikit_learn(text):
    found = of_numbers(text, predicted(LABELS, ANSWERS))
    assert pytest.approx(ORACLES[text], rel=1e-9) == found.value[0]
    assert found.low[0] < found.lower[0] < found.value[0] < found.upper[0] < found.high[0]


def test_quantiles_of_the_absolute_error_have_order_statistics():
    found = of_numbers("p95(abs_error)", predicted(LABELS, ANSWERS))
    assert pytest.approx(np.quantile(np.abs(ANSWERS - LABELS), 0.95), rel=0.03) == found.value[0]
    assert found.lower[0] < found.value[0] < found.upper[0]


@pytest.mark.parametrize("text", BOUNDED)
def test_one_unanswered_row_leaves_no_bounds(text):
    answers = ANSWERS.copy()
    answers[7] = np.nan
    found = of_numbers(text, predicted(LABELS, answers))
    assert [-np.inf, np.inf] == [found.lower[0], found.upper[0]]
    assert np.isfinite(found.value[0])
    assert "1 labelled rows have no answer" in found.notes[0]


def test_coverage_counts_the_labelled_rows_with_an_answer():
    answers = ANSWERS.copy()
    answers[:50] = np.nan
    assert 0.9 == of_numbers("coverage", predicted(LABELS, answers)).value[0]


@pytest.mark.parametrize("text", ["mae", "rmse", "quantile_loss(0.9)"])
def test_errors_that_are_all_the_same_are_not_certain(text):
    found = of_numbers(text, predicted(LABELS, LABELS + 3))
    assert [0, np.inf] == [found.lower[0], found.upper[0]]
    assert "no spread" in found.notes[0]


def test_labels_that_are_all_the_same_explain_nothing():
    found = of_numbers("r2", predicted(np.full(50, 4.0), RNG.normal(4, 1, 50)))
    assert np.isnan(found.value[0])
    assert "labels are the same" in found.notes[0]


@pytest.mark.parametrize("size", [1e2, 1e3, 5e3, 5e4, 1e6, 1e9])
def test_labels_of_great_size_and_little_spread_are_not_judged_by_rounding(size):
    noise, errors = RNG.normal(0, 1, 5000), RNG.normal(0, 0.5, 5000)
    found = of_numbers("r2", predicted(size + noise, size + noise + errors))
    expected = 1 - np.sum(errors**2) / np.sum((noise - noise.mean()) ** 2)
    assert np.isnan(found.value[0]) or abs(expected - found.value[0]) < 1e-6
    assert np.isnan(found.value[0]) == (size > 1e4)


@pytest.mark.parametrize("text", ["mae", "rmse", "bias", "r2"])
@pytest.mark.parametrize("factor", [0.001, 1000.0])
def test_another_unit_of_the_label_changes_nothing_else(text, factor):
    one, other = (of_numbers(text, predicted(f * LABELS, f * ANSWERS)) for f in (1.0, factor))
    scale = 1.0 if text == "r2" else factor
    for end in ("value", "low", "high", "lower", "upper"):
        assert pytest.approx(scale * getattr(one, end)[0], rel=1e-6) == getattr(other, end)[0]


@pytest.mark.parametrize(
    "text", ["r2", *(pytest.param(each, marks=pytest.mark.slow) for each in ("mae", "rmse", "bias"))]
)
def test_the_interval_is_that_of_a_bootstrap_of_rows(text):
    """Of 2,000 resamples of 500 rows; ends agree to a tenth of the width, of long tails to a fifth."""
    drawn = np.random.default_rng(1).integers(0, 500, (2_000, 500))
    keys = [(f"{at}",) for at in range(2_000)]
    resampled = predicted(LABELS[drawn], ANSWERS[drawn], by=("b",), keys=keys)
    ends = np.quantile(of_numbers(text, resampled, by=("b",)).value, [0.025, 0.975])
    found = of_numbers(text, predicted(LABELS, ANSWERS))
    assert np.allclose([found.low[0], found.high[0]], ends, atol=0.2 * (ends[1] - ends[0]))


def test_the_gap_and_the_ratio_of_an_error_compare_groups():
    labels, answers = LABELS.reshape(2, 250), ANSWERS.reshape(2, 250)
    tallies = predicted(labels, answers, by=("sex",), keys=[("f",), ("m",)])
    means = np.abs(answers - labels).mean(axis=1)
    gap, ratio = (of_numbers(text, tallies) for text in ("gap(mae, sex)", "ratio(mae, sex)"))
    assert pytest.approx(np.ptp(means)) == gap.value[0]
    assert pytest.approx(means.min() / means.max()) == ratio.value[0]
    assert gap.value[0] < gap.upper[0] < np.inf
    worst = of_numbers("worst_group(mae, sex)", tallies)
    assert pytest.approx(means.max()) == worst.value[0]
    assert worst.lower[0] < worst.value[0] < worst.upper[0]


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        ("recall", "metric.kind", "Metrics for regression"),
        ("accuracy", "metric.kind", "Use mae"),
        ("mape", "metric.unknown", "labels come near 0"),
        ("mae(x)", "metric.arguments", "Write it as mae"),
        ("quantile_loss", "metric.arguments", r"quantile_loss\(share\)"),
        ("quantile_loss(3)", "metric.arguments", r"quantile_loss\(share\)"),
        ("gap(mean(size), sex)", "metric.nested", "not mean"),
        ("ratio(bias, sex)", "metric.nested", "may be negative"),
    ],
)
def test_what_does_not_fit_numbers_is_refused_with_what_does(text, code, said):
    with pytest.raises(InputError, match=said) as caught:
        define(metric(text), None, NUMBER)
    assert code == caught.value.problem.code


def test_headlines_tell_of_errors_and_details_of_their_sizes():
    assert ["mae", "rmse", "bias", "r2"] == [str(each.metric) for each in headlines(None, NUMBER)]
    assert "p95(abs_error)" in {str(each.metric) for each in details(NUMBER)}
