"""Brier score and log loss: the histogram's figures are those of the rows."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shipworthy.stats import calibration, scoring
from shipworthy.stats.calibration import EDGE, Buckets
from tests.stats.probabilities import LOGIT_BUCKETS, NOTHING, buckets_of, drawn, logit_buckets, rows


class TestBrier:
    @given(rows(), st.integers(1, 12))
    def test_it_is_the_mean_squared_error_and_the_sum_of_its_parts(self, pair, bins):
        scores, labels = pair
        buckets = buckets_of(scores, labels)
        found = scoring.brier(buckets, calibration.reliability(buckets, bins))
        assert np.mean((scores - labels) ** 2) == pytest.approx(found.value)
        parts = found.reliability - found.resolution + found.uncertainty + found.spread - found.covariance
        assert found.value == pytest.approx(parts, abs=1e-12)
        assert [found.value] * 2 == pytest.approx([found.floor, found.ceiling])

    @given(rows(), st.lists(st.floats(0, 1), max_size=4))
    def test_whatever_the_buckets_the_exact_score_lies_in_its_range(self, pair, cuts):
        scores, labels = pair
        buckets = buckets_of(scores, labels, np.searchsorted(np.sort(cuts), scores))
        found = scoring.brier(buckets, calibration.reliability(buckets))
        exact = np.mean((scores - labels) ** 2)
        assert found.floor - 1e-12 <= exact <= found.ceiling + 1e-12
        assert found.floor <= found.value <= found.ceiling

    @given(rows(), st.lists(st.floats(0, 1), max_size=4))
    def test_with_the_positives_scores_counted_it_is_exact_in_any_bucket(self, pair, cuts):
        scores, labels = pair
        bucket = np.searchsorted(np.sort(cuts), scores)
        plain = buckets_of(scores, labels, bucket)
        _, at = np.unique(bucket, return_inverse=True)
        counted = Buckets(
            plain.least, plain.greatest, plain.positives, plain.negatives, plain.scores, plain.squares,
            positive_scores=np.bincount(at, scores * labels),
        )  # fmt: skip
        found = scoring.brier(counted, calibration.reliability(counted))
        assert [np.mean((scores - labels) ** 2)] * 3 == pytest.approx(
            [found.value, found.floor, found.ceiling]
        )

    def test_a_bin_of_single_scores_has_no_terms_inside(self):
        scores = np.array([0.2, 0.2, 0.7, 0.7])
        buckets = buckets_of(scores, np.array([False, True, True, True]))
        found = scoring.brier(buckets, calibration.reliability(buckets, 2))
        assert [0.0, 0.0] == pytest.approx([found.spread, found.covariance])


class TestLogLoss:
    @given(rows(), st.lists(st.floats(0, 1), max_size=4))
    def test_whatever_the_buckets_the_exact_loss_lies_in_its_range(self, pair, cuts):
        scores, labels = pair
        value, floor, ceiling = scoring.log_loss(
            buckets_of(scores, labels, np.searchsorted(np.sort(cuts), scores))
        )
        clipped = np.clip(scores, EDGE, 1 - EDGE)
        hits, misses = np.log(clipped[labels]).sum(), np.log1p(-clipped[~labels]).sum()
        exact = scoring.log_loss_of_sums(hits, misses, scores.size)
        assert floor - 1e-12 <= exact <= ceiling + 1e-12
        assert floor <= value <= ceiling

    def test_logit_buckets_leave_less_than_their_width_open(self):
        rng = np.random.default_rng(8)
        _, floor, ceiling = scoring.log_loss(logit_buckets(*drawn(rng, 2000, 0)))
        assert 0 < ceiling - floor < 1 / LOGIT_BUCKETS


def test_without_labelled_rows_nothing_is_known():
    found = scoring.brier(NOTHING, calibration.reliability(NOTHING))
    assert np.isnan(found.value)
    assert (0, 1) == (found.floor, found.ceiling)
    value, floor, ceiling = scoring.log_loss(NOTHING)
    assert np.isnan(value)
    assert (0, np.inf) == (floor, ceiling)
    assert np.isnan(scoring.log_loss_of_sums(0, 0, 0))
