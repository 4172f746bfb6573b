"""Curves: the rates are those of flagging rows, and bounds at a bounded rate err no more often than they say."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import ndtr, ndtri

from shipworthy.stats import curve
from tests.stats.scored import histogram, rows


class TestThresholds:
    @given(rows(), st.integers(0, 13))
    def test_the_rates_are_those_of_flagging_the_rows_from_a_score_on(self, pair, at):
        scores, labels = pair
        least, _, positives, negatives = histogram(scores, labels)
        at = min(at, len(least))
        flagged = scores >= np.append(least, np.inf)[at]
        recall, rate = curve.rates_at(positives, negatives, at)
        assert flagged[labels].mean() == pytest.approx(float(recall))
        assert flagged[~labels].mean() == pytest.approx(float(rate))

    @given(rows(), st.floats(0, 1))
    def test_the_threshold_at_a_false_positive_rate_has_the_greatest_recall_within_it(self, pair, bound):
        _, _, positives, negatives = histogram(*pair)
        rates, recalls = curve.roc_curve(positives, negatives)
        at = curve.threshold_at_false_positive_rate(positives, negatives, bound)
        assert rates[at] <= bound + 1e-9
        assert recalls[rates <= bound + 1e-9].max() == recalls[at]

    @given(rows(), st.floats(0, 1))
    def test_the_threshold_at_a_recall_has_the_least_false_positive_rate_that_reaches_it(self, pair, bound):
        _, _, positives, negatives = histogram(*pair)
        rates, recalls = curve.roc_curve(positives, negatives)
        at = curve.threshold_at_recall(positives, negatives, bound)
        assert recalls[at] >= bound - 1e-9
        assert rates[recalls >= bound - 1e-9].min() == rates[at]

    def test_a_rate_that_equals_its_bound_but_for_rounding_is_within_it(self):
        assert 1 == curve.threshold_at_false_positive_rate([0, 5], [71, 29], 0.29)
        assert 1 == curve.threshold_at_recall([71, 29], [5, 0], 0.1 + 0.19)

    def test_without_the_class_the_choice_is_the_cautious_one(self):
        assert 2 == curve.threshold_at_false_positive_rate([3, 4], [0, 0], 0.5)
        assert 0 == curve.threshold_at_recall([0, 0], [3, 4], 0.5)
        assert np.isnan(curve.rates_at([0, 0], [3, 4], 1)[0])
        assert 4 / 7 == curve.rates_at([0, 0], [3, 4], 1)[1]

    def test_slices_may_have_thresholds_of_their_own(self):
        recall, rate = curve.rates_at([[1, 3], [2, 2]], [[3, 1], [4, 0]], [1, 0])
        assert [0.75, 1.0] == recall.tolist()
        assert [0.25, 1.0] == rate.tolist()

    def test_the_curves_run_from_flagging_all_to_flagging_none(self):
        rates, recalls = curve.roc_curve([1, 3], [3, 1])
        assert [[1.0, 0.25, 0.0], [1.0, 0.75, 0.0]] == [rates.tolist(), recalls.tolist()]
        precision, recall = curve.precision_recall_curve([1, 3], [3, 1])
        assert [0.5, 0.75] == precision[:2].tolist()
        assert np.isnan(precision[2])
        assert recalls.tolist() == recall.tolist()


POINTS = [curve.recall_at_false_positive_rate, curve.false_positive_rate_at_recall]


class TestCurvePoints:
    @pytest.mark.parametrize("point", POINTS)
    @given(pair=rows(), bound=st.floats(0, 1), level=st.floats(0.5, 0.999))
    def test_bounds_lie_around_the_value_and_widen_with_the_level(self, point, pair, bound, level):
        _, _, positives, negatives = histogram(*pair)
        found = point(positives, negatives, bound)
        levels = np.array([level, (1 + level) / 2])
        lower, upper = found.lower(levels), found.upper(levels)
        assert 0 <= lower[1] <= lower[0] <= found.value + 1e-9
        assert found.value - 1e-9 <= upper[0] <= upper[1] <= 1
        assert (found.lower(0.975), found.upper(0.975)) == pytest.approx(found.interval())

    @given(rows(), st.floats(0, 1))
    def test_the_value_is_that_of_the_best_threshold_seen(self, pair, bound):
        _, _, positives, negatives = histogram(*pair)
        rates, recalls = curve.roc_curve(positives, negatives)
        recall = curve.recall_at_false_positive_rate(positives, negatives, bound).value
        assert recalls[rates <= bound + 1e-9].max() == recall
        rate = curve.false_positive_rate_at_recall(positives, negatives, bound).value
        assert rates[recalls >= bound - 1e-9].min() == pytest.approx(float(rate))

    @given(rows(), st.floats(0, 1), st.lists(st.floats(0, 12), max_size=4))
    def test_wider_buckets_never_narrow_the_bounds(self, pair, bound, cuts):
        scores, labels = pair
        coarse = np.searchsorted(np.sort(cuts), scores)
        for point in POINTS:
            tables = (histogram(scores, labels, by) for by in (None, coarse))
            fine, wide = (point(positives, negatives, bound) for _, _, positives, negatives in tables)
            assert wide.lower() <= fine.lower() + 1e-12
            assert wide.upper() >= fine.upper() - 1e-12

    @pytest.mark.parametrize("point", POINTS)
    def test_without_both_classes_nothing_is_known(self, point):
        for positives, negatives in (([0, 0], [3, 4]), ([3, 4], [0, 0]), ([0], [0])):
            found = point(positives, negatives, 0.5)
            assert np.isnan(found.value)
            assert found.lower() <= 0.5 <= found.upper()

    def test_a_rate_that_the_negatives_cannot_prove_has_no_lower_bound(self):
        """Fifty-nine clean negatives would prove 5 %, seventy-two are needed with half of the error."""
        separated = [0, 40]
        assert 0 == curve.recall_at_false_positive_rate(separated, [71, 0], 0.05).lower()
        found = curve.recall_at_false_positive_rate(separated, [72, 0], 0.05).lower()
        assert 0.025 ** (1 / 40) == pytest.approx(float(found))

    def test_slices_may_have_bounds_of_their_own(self):
        positives, negatives = np.array([[1, 30, 50], [5, 5, 20]]), np.array([[400, 60, 9], [300, 90, 1]])
        for point in POINTS:
            together = point(positives, negatives, [0.05, 0.6])
            for at, bound in enumerate([0.05, 0.6]):
                alone = point(positives[at], negatives[at], bound)
                assert [alone.value, alone.lower(), alone.upper()] == pytest.approx(
                    [together.value[at], together.lower()[at], together.upper()[at]]
                )


def shared_score(rng, shape, rate):
    """Half of the positives share the score that just fails the bound, as scores of rules do."""
    return np.where(rng.uniform(size=shape) < 0.5, ndtri(1 - 1.05 * rate), 20.0), 0.5


def two_grades(rng, shape, rate):
    """Half of the positives are sure, the others lie as negatives do."""
    return np.where(rng.uniform(size=shape) < 0.5, 20.0, rng.normal(size=shape)), 0.5 + 0.5 * rate


def shifted(rng, shape, rate):
    """Normal scores, two errors above the negatives."""
    return rng.normal(2.0, 1.0, shape), ndtr(2 - ndtri(1 - rate))


def counted(positive, negative):
    """Each sample as a histogram with one row a bucket, the positive above where scores tie."""
    scores = np.hstack([negative, positive])
    is_positive = np.argsort(scores, axis=1, kind="stable") >= negative.shape[1]
    return is_positive.astype(float), (~is_positive).astype(float)


@pytest.mark.parametrize("law", [shared_score, two_grades, shifted])
@pytest.mark.parametrize(("positives", "negatives"), [(30, 100), (100, 400)])
@pytest.mark.parametrize("rate", [0.1, *(pytest.param(each, marks=pytest.mark.slow) for each in (0.02, 0.5))])
def test_bounds_of_a_point_of_the_curve_err_at_most_at_the_nominal_rate(law, positives, negatives, rate):
    rng = np.random.default_rng(positives)
    drawn, truth = law(rng, (800, positives), rate)
    p, q = counted(drawn, rng.normal(size=(800, negatives)))
    found = curve.recall_at_false_positive_rate(p, q, rate)
    assert np.mean(found.lower() > truth) <= 0.05 + 0.02
    assert np.mean(found.upper() < truth) <= 0.05 + 0.02
    # From below, with the classes exchanged, the same curve has this false positive rate at that recall.
    mirrored = curve.false_positive_rate_at_recall(q[:, ::-1], p[:, ::-1], 1 - rate)
    assert np.mean(mirrored.upper() < 1 - truth) <= 0.05 + 0.02
    assert np.mean(mirrored.lower() > 1 - truth) <= 0.05 + 0.02
