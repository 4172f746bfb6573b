"""Ranking and calibration agree with other libraries, with direct computation on rows, and with golden numbers."""

from __future__ import annotations

from functools import partial

import numpy as np
import pytest
import sklearn.metrics
from scipy.special import expit, logit
from statsmodels.discrete.discrete_model import Logit

from shipworthy.stats import bounded, calibration, curve, ranking, recalibration, scoring
from shipworthy.stats.calibration import Buckets

GOLDEN_SCORES = np.array([0.9, 0.9, 0.8, 0.7, 0.6, 0.4, 0.3, 0.2, 0.1, 0.1])
GOLDEN_LABELS = np.array([1, 1, 1, 0, 1, 0, 1, 0, 0, 0], dtype=bool)
VALUE_ALONE = partial(ranking.average_precision, draws=2)


def histogram(scores, labels, bucket=None):
    """Least, greatest, positives and negatives by bucket; by score itself without buckets."""
    _, at = np.unique(scores if bucket is None else bucket, return_inverse=True)
    least, greatest = np.full(at.max() + 1, np.inf), np.full(at.max() + 1, -np.inf)
    np.minimum.at(least, at, scores)
    np.maximum.at(greatest, at, scores)
    positives, negatives = (np.bincount(at, each, len(least)) for each in (labels, ~labels))
    return least, greatest, positives, negatives


def buckets_of(scores, labels, bucket=None):
    """The same with the sums of scores that calibration needs."""
    _, at = np.unique(scores if bucket is None else bucket, return_inverse=True)
    least, greatest, positives, negatives = histogram(scores, labels, bucket)
    return Buckets(least, greatest, positives, negatives, np.bincount(at, scores), np.bincount(at, scores**2))


def on_the_logit(scores):
    """Buckets as logs are scanned: 1/64 wide on the logit, apart where a score is 0 or 1."""
    inside = (scores > 0) & (scores < 1)
    return np.where(inside, np.floor(logit(np.where(inside, scores, 0.5)) * 64), np.sign(scores - 0.5) * 1e6)


def sample(seed, digits, rows=400):
    """Probabilities that rank fairly well, rounded so that many tie, and their labels."""
    rng = np.random.default_rng(seed)
    labels = rng.uniform(size=rows) < rng.choice([0.05, 0.3, 0.7])
    return np.round(expit(rng.normal(1.5 * labels - 1, 1.2)), digits), labels


def delong_of_rows(scores, labels):
    """The variance of the AUC from its structural components, row by row and pair by pair."""
    pairs = np.sign(scores[labels][:, None] - scores[~labels]) / 2 + 0.5
    by_positive, by_negative = pairs.mean(axis=1), pairs.mean(axis=0)
    return by_positive.var(ddof=1) / by_positive.size + by_negative.var(ddof=1) / by_negative.size


ROWS = pytest.mark.parametrize(
    ("scores", "labels"),
    [(GOLDEN_SCORES, GOLDEN_LABELS), *(sample(seed, digits) for seed in range(4) for digits in (1, 2, 12))],
)


@ROWS
def test_the_auc_is_that_of_sklearn(scores, labels):
    found = ranking.auc(*histogram(scores, labels))
    expected = sklearn.metrics.roc_auc_score(labels, scores)
    assert [expected] * 3 == pytest.approx([found.value, found.floor, found.ceiling], abs=1e-12)


@ROWS
def test_delongs_variance_is_that_of_all_pairs(scores, labels):
    found = ranking.auc(*histogram(scores, labels))
    assert delong_of_rows(scores, labels) == pytest.approx(float(found.variance), rel=1e-10)


@ROWS
def test_average_precision_is_that_of_sklearn(scores, labels):
    found = VALUE_ALONE(*histogram(scores, labels))
    expected = sklearn.metrics.average_precision_score(labels, scores)
    assert [expected] * 3 == pytest.approx([found.value, found.floor, found.ceiling], abs=1e-12)


@ROWS
def test_the_roc_curve_is_that_of_sklearn(scores, labels):
    """From the strictest threshold on, as scikit-learn has it."""
    _, _, positives, negatives = histogram(scores, labels)
    rates, recalls, _ = sklearn.metrics.roc_curve(labels, scores, drop_intermediate=False)
    found_rates, found_recalls = curve.roc_curve(positives, negatives)
    np.testing.assert_allclose(found_rates[::-1], rates, atol=1e-12)
    np.testing.assert_allclose(found_recalls[::-1], recalls, atol=1e-12)


@ROWS
def test_the_precision_recall_curve_is_that_of_sklearn(scores, labels):
    """But for the last point, where nothing is flagged: precision is 1 there by scikit-learn's convention."""
    _, _, positives, negatives = histogram(scores, labels)
    precisions, recalls, _ = sklearn.metrics.precision_recall_curve(labels, scores)
    found_precisions, found_recalls = curve.precision_recall_curve(positives, negatives)
    np.testing.assert_allclose(found_precisions[:-1], precisions[:-1], atol=1e-12)
    np.testing.assert_allclose(found_recalls, recalls, atol=1e-12)


@ROWS
def test_brier_score_and_log_loss_are_those_of_sklearn(scores, labels):
    buckets = buckets_of(scores, labels)
    found = scoring.brier(buckets, calibration.reliability(buckets))
    assert sklearn.metrics.brier_score_loss(labels, scores) == pytest.approx(found.value, abs=1e-12)
    expected = sklearn.metrics.log_loss(labels, scores)
    assert [expected] * 3 == pytest.approx(scoring.log_loss(buckets), rel=1e-10)


def test_scores_of_0_and_1_are_clipped_as_sklearn_does():
    scores, labels = np.array([0.0, 0.0, 1.0, 1.0, 0.5]), np.array([False, True, True, False, True])
    expected = sklearn.metrics.log_loss(labels, scores)
    assert expected == pytest.approx(scoring.log_loss(buckets_of(scores, labels))[0], rel=1e-6)


def test_ten_confidences_have_their_golden_scores():
    """Brier .142 and log loss .4297326."""
    buckets = buckets_of(GOLDEN_SCORES, GOLDEN_LABELS)
    assert 0.142 == pytest.approx(scoring.brier(buckets, calibration.reliability(buckets)).value, abs=1e-12)
    assert 0.4297326 == pytest.approx(scoring.log_loss(buckets)[0], abs=5e-8)
    clipped = np.log(GOLDEN_SCORES[GOLDEN_LABELS]).sum(), np.log1p(-GOLDEN_SCORES[~GOLDEN_LABELS]).sum()
    assert 0.4297326 == pytest.approx(float(scoring.log_loss_of_sums(*clipped, 10)), abs=5e-8)


@ROWS
def test_slope_and_intercept_are_those_of_statsmodels(scores, labels):
    design = np.column_stack([np.ones_like(scores), logit(np.clip(scores, 1e-9, 1 - 1e-9))])
    scores = expit(design[:, 1])
    fit = Logit(labels.astype(float), design).fit(disp=0, tol=1e-12)
    line = recalibration.calibration_line(buckets_of(scores, labels))
    np.testing.assert_allclose([line.intercept, line.slope], fit.params, rtol=1e-6, atol=1e-8)
    np.testing.assert_allclose([line.intercept_error, line.slope_error], fit.bse, rtol=1e-6)


def saturated(seed, rows=100_000):
    """Scores crowded against 0 and 1, some of them exactly there, as boosted trees give them."""
    rng = np.random.default_rng(seed)
    labels = rng.uniform(size=rows) < 0.2
    return expit(rng.normal(np.where(labels, 4, -9), 9, rows)), labels


@pytest.mark.parametrize("seed", range(2))
def test_logit_buckets_lose_next_to_nothing_on_saturated_scores(seed):
    """Equal-width buckets of the score itself are off by hundredths."""
    scores, labels = saturated(seed)
    bucket = on_the_logit(scores)
    auc = ranking.auc(*histogram(scores, labels, bucket))
    precision = VALUE_ALONE(*histogram(scores, labels, bucket))
    buckets = buckets_of(scores, labels, bucket)
    brier = scoring.brier(buckets, calibration.reliability(buckets)).value
    exact = sklearn.metrics.roc_auc_score(labels, scores)
    assert exact == pytest.approx(float(auc.value), abs=1e-5)
    assert abs(ranking.auc(*histogram(scores, labels, np.floor(100 * scores))).value - exact) > 0.02
    assert sklearn.metrics.average_precision_score(labels, scores) == pytest.approx(
        float(precision.value), abs=1e-5
    )
    assert sklearn.metrics.brier_score_loss(labels, scores) == pytest.approx(brier, abs=1e-5)
    assert sklearn.metrics.log_loss(labels, scores) == pytest.approx(scoring.log_loss(buckets)[0], abs=1e-3)


def test_the_slope_from_logit_buckets_is_that_of_the_rows_but_for_a_twentieth_of_its_error():
    scores, labels = sample(11, 15, rows=20_000)
    of_rows = recalibration.calibration_line(buckets_of(scores, labels))
    of_buckets = recalibration.calibration_line(buckets_of(scores, labels, on_the_logit(scores)))
    assert of_rows.slope == pytest.approx(of_buckets.slope, abs=of_rows.slope_error / 20)
    assert of_rows.intercept == pytest.approx(of_buckets.intercept, abs=of_rows.intercept_error / 20)


def test_logit_buckets_of_sampled_logits_hold_a_calibrated_model_to_its_rows():
    """Expected calibration error of ten bins, computed on the rows of the same bins."""
    scores, labels = sample(12, 15, rows=5000)
    bucket = on_the_logit(scores)
    table = calibration.reliability(buckets_of(scores, labels, bucket))
    _, at = np.unique(bucket, return_inverse=True)
    bins = table.bin[at]
    expected = np.abs(np.bincount(bins, labels) - np.bincount(bins, scores)).sum() / scores.size
    assert expected == pytest.approx(float(calibration.calibration_error(table)), abs=1e-12)


def test_the_dirichlet_bounds_of_the_auc_are_those_of_drawn_weights():
    """The closed mean and variance of `adverse` are those of weights drawn for each row and one more."""
    scores, labels = sample(3, 1, rows=60)
    found = ranking.auc(*histogram(scores, labels))
    rng = np.random.default_rng(13)
    with_adverse = np.append(scores[labels], -1)
    pairs = np.sign(with_adverse[:, None] - scores[~labels]) / 2 + 0.5
    v = rng.dirichlet(np.ones(with_adverse.size), 200_000)
    w = rng.dirichlet(np.ones((~labels).sum()), 200_000)
    drawn = np.einsum("si,ij,sj->s", v, pairs, w, optimize=True)
    assert drawn.mean() == pytest.approx(float(found.adverse[0][0]), rel=2e-3)
    assert drawn.var() == pytest.approx(float(found.adverse[1][0]), rel=0.03)
    assert np.quantile(drawn, 0.05) == pytest.approx(
        float(bounded.beta_quantile(found.adverse[0][0], found.adverse[1][0], np.array(0.05))), abs=0.004
    )
