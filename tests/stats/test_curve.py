"""Curves: the rates are those of flagging rows, and bounds at a bounded rate err no more often than they say."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

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
