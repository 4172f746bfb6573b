"""Calibration: the histogram's figures are those of the rows, and a calibrated model is not accused."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import expit, logit

from shipworthy.stats import calibration
from shipworthy.stats.calibration import Buckets
from tests.stats.probabilities import LOGIT_BUCKETS, NOTHING, buckets_of, drawn, logit_buckets, rows


class TestBuckets:
    def test_scores_that_are_no_probabilities_are_refused(self):
        with pytest.raises(ValueError, match=r"reach from -2 to 3: bring them into \[0, 1\]"):
            buckets_of(np.array([-2.0, 3.0]), np.array([True, False]))

    def test_sums_that_hold_unlabelled_rows_are_refused(self):
        one = np.ones(1)
        with pytest.raises(ValueError, match=r"sums of scores .* sum over labelled rows alone"):
            Buckets(0.2 * one, 0.3 * one, one, one, 0.9 * one, 0.1 * one)

    def test_the_mean_of_a_bucket_without_labels_is_its_middle(self):
        assert [0.5] == Buckets(*(np.array([x]) for x in (0.4, 0.6, 0.0, 0.0, 0.0, 0.0))).mean.tolist()


class TestReliability:
    @given(rows(), st.integers(1, 12))
    def test_every_row_is_in_one_bin_and_ties_stay_together(self, pair, bins):
        scores, labels = pair
        buckets = buckets_of(scores, labels)
        table = calibration.reliability(buckets, bins)
        assert len(table.n) <= bins
        assert (scores.size, labels.sum()) == (table.n.sum(), table.positives.sum())
        assert np.all(table.n > 0)
        assert np.all(np.diff(table.bin) >= 0)
        assert buckets.scores.sum() == pytest.approx(np.sum(table.n * table.score))
        assert np.all((table.low <= table.share + 1e-12) & (table.share <= table.high + 1e-12))

    def test_bins_hold_about_equal_numbers_of_rows(self):
        table = calibration.reliability(logit_buckets(*drawn(np.random.default_rng(1), 20_000, -2)))
        assert 10 == len(table.n)
        assert np.all(np.abs(table.n - 2000) < 200)

    def test_a_score_that_half_of_all_rows_have_keeps_one_bin(self):
        scores = np.concatenate([np.zeros(50), np.linspace(0.1, 0.9, 50)])
        table = calibration.reliability(buckets_of(scores, scores > 0.5), 10)
        assert 50 == table.n[0]
        assert 0 == table.score[0]

    def test_buckets_without_labels_change_nothing(self):
        scores, labels = np.array([0.1, 0.5, 0.9]), np.array([False, True, True])
        plain = buckets_of(scores, labels)
        wide = Buckets(*(np.insert(each, [0, 1, 3], extra) for each, extra in (
            (plain.least, [0.0, 0.3, 1.0]), (plain.greatest, [0.0, 0.3, 1.0]), (plain.positives, 0),
            (plain.negatives, 0), (plain.scores, 0), (plain.squares, 0),
        )))  # fmt: skip
        expected, actual = calibration.reliability(plain, 3), calibration.reliability(wide, 3)
        assert expected.n.tolist() == actual.n.tolist()
        assert expected.score.tolist() == actual.score.tolist()
        assert calibration.calibration_error(expected) == calibration.calibration_error(actual)
        assert calibration.calibration_error_by_chance(
            plain, expected, seed=3
        ) == calibration.calibration_error_by_chance(wide, actual, seed=3)


class TestCalibrationError:
    @given(rows(), st.integers(1, 12))
    def test_it_lies_between_0_and_1_and_in_its_bounds(self, pair, bins):
        buckets = buckets_of(*pair)
        table = calibration.reliability(buckets, bins)
        low, high = calibration.calibration_error_interval(buckets, table, 0.9, draws=50)
        assert 0 <= low <= calibration.calibration_error(table) <= high + 1e-12 <= 1 + 1e-12

    def test_it_is_the_weighted_distance_of_scores_and_shares(self):
        buckets = buckets_of(np.array([0.1, 0.1, 0.8, 0.8, 0.8]), np.array([True, False, True, True, True]))
        assert (2 * 0.4 + 3 * 0.2) / 5 == pytest.approx(
            float(calibration.calibration_error(calibration.reliability(buckets, 2)))
        )

    def test_the_expected_error_of_a_calibrated_model_is_near_its_closed_form(self):
        buckets = logit_buckets(*drawn(np.random.default_rng(2), 5000, -1))
        table = calibration.reliability(buckets)
        expected, _ = calibration.calibration_error_by_chance(buckets, table, draws=4000)
        closed = np.sum(table.weight * np.sqrt(2 * table.noise / np.pi))
        assert closed == pytest.approx(float(expected), rel=0.02)

    @pytest.mark.parametrize(("n", "centre"), [(100, 0.0), (1000, -4.0), (1000, 0.0)])
    def test_a_calibrated_model_stays_in_its_band_at_the_nominal_rate(self, n, centre):
        """Neither accused more often than it says, nor waved through."""
        rng = np.random.default_rng(n + round(centre))
        outside = [exceeds_chance(drawn(rng, n, centre), seed=i) for i in range(400)]
        assert np.mean(outside) == pytest.approx(0.05, abs=0.03)

    @pytest.mark.parametrize("n", [100, 1000])
    @pytest.mark.parametrize(
        "chance",
        [
            lambda scores: scores,
            lambda scores: expit(0.6 * logit(scores)),
            lambda scores: expit(logit(scores) + 0.4),
            lambda scores: 1 - scores,
        ],
        ids=["calibrated", "too extreme", "too low", "upside down"],
    )
    def test_its_bounds_err_at_most_at_the_nominal_rate(self, n, chance):
        """The truth is that of the same bins."""
        rng = np.random.default_rng(n)
        wrong = np.mean([wrong_bounds(drawn(rng, n, -1, chance), chance, seed=i) for i in range(150)], axis=0)
        assert wrong.max() <= 0.05 + 0.035

    def test_a_model_that_is_off_is_told_from_chance_when_there_is_enough_data(self):
        scores, labels = drawn(np.random.default_rng(5), 5000, -1, lambda scores: expit(0.6 * logit(scores)))
        buckets = logit_buckets(scores, labels)
        table = calibration.reliability(buckets)
        assert calibration.calibration_error_lower(buckets, table) > 0.02
        assert (
            calibration.calibration_error(table) > calibration.calibration_error_by_chance(buckets, table)[1]
        )

    def test_bins_without_a_positive_are_not_certain(self):
        buckets = buckets_of(np.full(20, 0.001), np.zeros(20, dtype=bool))
        assert calibration.calibration_error_upper(calibration.reliability(buckets)) > 0.004

    def test_the_same_seed_gives_the_same_bounds(self):
        buckets = logit_buckets(*drawn(np.random.default_rng(6), 300, 0))
        table = calibration.reliability(buckets)
        first, again, other = (
            calibration.calibration_error_by_chance(buckets, table, draws=99, seed=seed) for seed in (1, 1, 2)
        )
        assert first == again
        assert first != other

    def test_several_levels_come_at_once(self):
        buckets = logit_buckets(*drawn(np.random.default_rng(7), 300, 0))
        table = calibration.reliability(buckets)
        lower = calibration.calibration_error_lower(buckets, table, [0.5, 0.95])
        upper = calibration.calibration_error_upper(table, [0.5, 0.95])
        assert lower[1] <= lower[0] <= upper[0] <= upper[1]


def exceeds_chance(pair, seed):
    """Whether the error passes what 95 % of calibrated models stay below."""
    buckets = logit_buckets(*pair)
    table = calibration.reliability(buckets)
    _, most = calibration.calibration_error_by_chance(buckets, table, draws=200, seed=seed)
    return calibration.calibration_error(table) > most


def wrong_bounds(pair, chance, seed):
    """Whether the lower and the upper bound lie on the wrong side of the true error of the same bins."""
    scores, buckets = pair[0], logit_buckets(*pair)
    table = calibration.reliability(buckets)
    _, at = np.unique(np.floor(logit(scores) * LOGIT_BUCKETS), return_inverse=True)
    truth = np.abs(np.bincount(table.bin[at], chance(scores) - scores)).sum() / scores.size
    lower = calibration.calibration_error_lower(buckets, table, draws=150, seed=seed)
    return lower > truth, calibration.calibration_error_upper(table) < truth


def test_without_labelled_rows_nothing_is_known():
    table = calibration.reliability(NOTHING)
    assert 0 == len(table.n)
    assert np.isnan(calibration.calibration_error(table))
    assert (0, 1) == calibration.calibration_error_by_chance(NOTHING, table)
    assert (0, 1) == calibration.calibration_error_interval(NOTHING, table)
