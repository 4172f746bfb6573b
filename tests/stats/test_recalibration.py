"""The calibration line: what a calibrated, an extreme and a hopeless score give."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from scipy.special import expit, logit

from shipworthy.stats import recalibration
from shipworthy.stats.calibration import EDGE
from tests.stats.probabilities import NOTHING, buckets_of, drawn, logit_buckets, rows


def test_a_calibrated_model_has_intercept_0_and_slope_1_within_its_errors():
    rng = np.random.default_rng(9)
    lines = [recalibration.calibration_line(logit_buckets(*drawn(rng, 1000, -1))) for _ in range(300)]
    intercept = np.mean([abs(line.intercept) <= 1.96 * line.intercept_error for line in lines])
    slope = np.mean([abs(line.slope - 1) <= 1.96 * line.slope_error for line in lines])
    assert [intercept, slope] == pytest.approx([0.95, 0.95], abs=0.035)


def test_scores_that_are_too_extreme_have_a_slope_below_1():
    rng = np.random.default_rng(10)
    scores, labels = drawn(rng, 50_000, -1, lambda scores: expit(0.5 * logit(scores) + 0.3))
    line = recalibration.calibration_line(logit_buckets(scores, labels))
    assert [0.3, 0.5] == pytest.approx([line.intercept, line.slope], abs=0.05)


@pytest.mark.parametrize(
    ("scores", "labels"),
    [
        ([0.1, 0.2, 0.8, 0.9], [False, False, True, True]),
        ([0.1, 0.5, 0.5, 0.9], [False, False, True, True]),
        ([0.1, 0.5, 0.5, 0.9], [True, False, True, False]),
        ([0.4, 0.4, 0.4], [False, True, True]),
        ([0.4, 0.6], [True, True]),
    ],
)
def test_where_no_line_fits_nothing_is_known(scores, labels):
    line = recalibration.calibration_line(buckets_of(np.array(scores), np.array(labels)))
    assert np.isnan([line.intercept, line.slope]).all()
    assert np.inf == line.intercept_error == line.slope_error


@given(rows())
def test_a_line_that_is_found_solves_the_equations_of_its_likelihood(pair):
    buckets = buckets_of(*pair)
    line = recalibration.calibration_line(buckets)
    if np.isfinite(line.slope):
        x = logit(np.clip(buckets.mean, EDGE, 1 - EDGE))
        residual = buckets.positives - buckets.n * expit(line.intercept + line.slope * x)
        assert [0, 0] == pytest.approx([residual.sum(), residual @ x], abs=1e-6 * buckets.n.sum())


def test_without_labelled_rows_nothing_is_known():
    assert np.isnan(recalibration.calibration_line(NOTHING).slope)
