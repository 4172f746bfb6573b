"""The operating threshold: given, or chosen on validation rows by value among those that can be proved."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shipworthy.evaluate import freeze
from shipworthy.evaluate.curve import CURVE_POINTS
from shipworthy.spec.model import Value
from shipworthy.stats.proportion import clopper_pearson_upper
from shipworthy.tally import Histogram
from tests.judge.claims import claim
from tests.tally.counting import histogram_of

MONEY = Value(true_positive=2.0, false_positive=-3.0, false_negative=-1.0, true_negative=0.5)
SCORED = st.lists(
    st.tuples(st.sampled_from([0.05, 0.1, 0.2, 0.4, 0.5, 0.7, 0.9, 0.95]), st.booleans()),
    min_size=1,
    max_size=30,
)
TEST = (500, 5_000)


def scores(scored):
    return histogram_of([score for score, _ in scored], [int(label) for _, label in scored])


def value_at(threshold, scored, value=MONEY):
    """The mean money of the rows at a threshold, row by row."""
    money = {
        (True, True): value.true_positive,
        (True, False): value.false_positive,
        (False, True): value.false_negative,
        (False, False): value.true_negative,
    }
    return float(np.mean([money[score >= threshold, label] for score, label in scored]))


def rates_at(threshold, scored):
    """Recall and false positive rate at a threshold."""
    flagged = [[score >= threshold for score, label in scored if label is wanted] for wanted in (True, False)]
    return tuple(float(np.mean(each)) if each else 0.0 for each in flagged)


def candidates(scored):
    return [*{score for score, _ in scored}, 2.0]


def test_a_given_threshold_is_taken_as_it_is():
    frozen = freeze(scores([(0.2, False), (0.8, True)]), [], MONEY, TEST, 0.61)
    assert (0.61, "given in product.yaml") == (frozen.threshold, frozen.why)
    assert frozen.curve


@given(SCORED)
def test_the_chosen_threshold_has_the_greatest_value_of_all(scored):
    frozen = freeze(scores(scored), [], MONEY, TEST, None)
    best = max(value_at(threshold, scored) for threshold in candidates(scored))
    assert best == pytest.approx(value_at(frozen.threshold, scored))
    assert "greatest expected value on validation" == frozen.why


def test_the_value_of_a_table_worked_by_hand():
    """At 0.8 one spam is caught for 2; at 0.4 both, with one false alarm: 2 + 2 - 3 + 0.5 < 2 - 1 + 0.5 + 0.5."""
    scored = [(0.9, True), (0.6, False), (0.4, True), (0.1, False)]
    frozen = freeze(scores(scored), [], MONEY, TEST, None)
    assert 0.9 == frozen.threshold
    assert [(0.1, -0.5), (0.4, 0.375), (0.6, -0.375), (0.9, 0.5)] == [
        (point.threshold, pytest.approx(point.net_value)) for point in frozen.curve[:-1]
    ]
    assert (1.0, 0.5) == (frozen.curve[1].recall, frozen.curve[1].false_positive_rate)


@given(SCORED)
def test_without_money_recall_less_false_positive_rate_is_the_goal(scored):
    frozen = freeze(scores(scored), [], None, TEST, None)

    def youden(threshold):
        recall, false_positive_rate = rates_at(threshold, scored)
        return recall - false_positive_rate

    assert max(map(youden, candidates(scored))) == pytest.approx(youden(frozen.threshold))
    assert "greatest recall minus false positive rate on validation" == frozen.why
    assert {None} == {point.net_value for point in frozen.curve}


@given(SCORED, st.sampled_from([0.05, 0.2, 0.5]), st.sampled_from(["", " with 99 % confidence"]))
def test_a_condition_leaves_only_thresholds_that_the_test_rows_can_prove(scored, most, confidence):
    at = claim(f"recall >= 0.1 at false_positive_rate <= {most}{confidence}")
    frozen = freeze(scores(scored), [at], MONEY, TEST, None)
    has_negatives = any(not label for _, label in scored)
    negatives = TEST[1] if has_negatives else 0

    def provable(threshold):
        rate = rates_at(threshold, scored)[1] if has_negatives else 1.0
        bound = clopper_pearson_upper(rate * negatives, negatives, at.requirement.confidence)
        return bound <= most

    allowed = [threshold for threshold in candidates(scored) if provable(threshold)]
    if allowed:
        best = max(value_at(threshold, scored) for threshold in allowed)
        assert best == pytest.approx(value_at(frozen.threshold, scored))
        assert provable(frozen.threshold)
        assert f"among those that meet false_positive_rate <= {most}" in frozen.why
    else:
        assert "no threshold meets on validation" in frozen.why


def test_a_margin_is_kept_that_the_test_rows_can_prove():
    """1 % of the negatives at 0.5 would do with endless test rows; 300 cannot prove it, so 0.9 is taken."""
    scored = [(0.9, True)] * 50 + [(0.5, True)] * 50 + [(0.5, False)] * 1 + [(0.1, False)] * 199
    at = [claim("recall >= 0.1 at false_positive_rate <= 1 %")]
    assert 0.9 == freeze(scores(scored), at, MONEY, (100, 300), None).threshold
    assert 0.5 == freeze(scores(scored), at, MONEY, (100, 100_000), None).threshold


def test_where_no_threshold_is_allowed_the_nearest_is_taken_with_the_reason():
    scored = [(0.9, False)] * 30 + [(0.5, True)] * 30 + [(0.1, False)] * 30
    frozen = freeze(scores(scored), [claim("recall >= 0.1 at precision >= 99 %")], MONEY, TEST, None)
    expected = "the nearest to precision >= 99 %, which no threshold meets on validation with a margin that the test rows can prove"
    assert expected == frozen.why
    assert 0.5 == frozen.threshold


def test_two_conditions_bind_together():
    scored = [(0.9, True)] * 60 + [(0.6, True)] * 40 + [(0.6, False)] * 5 + [(0.2, False)] * 400
    conditions = [
        claim("recall >= 0.1 at false_positive_rate <= 5 %"),
        claim("recall >= 0.1 at precision >= 97 %"),
    ]
    frozen = freeze(scores(scored), conditions, MONEY, TEST, None)
    assert 0.9 == frozen.threshold
    assert "false_positive_rate <= 5 % and precision >= 97 %" in frozen.why


@pytest.mark.parametrize("histogram", [Histogram.empty(), histogram_of([0.2, 0.7], [2, 2])])
def test_without_labelled_scores_a_half_is_taken_with_the_reason(histogram):
    frozen = freeze(histogram, [], MONEY, TEST, None)
    assert (0.5, "0.5, as no validation row has a label and a score to choose by", ()) == (
        frozen.threshold,
        frozen.why,
        frozen.curve,
    )


@pytest.mark.parametrize("label", [0, 1])
def test_one_class_alone_still_gives_a_threshold(label):
    frozen = freeze(
        histogram_of([0.2, 0.7, 0.9], [label] * 3),
        [claim("recall >= 0.5 at specificity >= 0.5")],
        MONEY,
        TEST,
        None,
    )
    assert all(np.isfinite([point.recall, point.false_positive_rate]).all() for point in frozen.curve)
    assert np.isfinite(frozen.threshold)


def test_flagging_nothing_is_one_of_the_thresholds():
    costly = Value(false_positive=-100.0)
    scored = [(0.9, True), (0.9, False), (0.3, False)]
    frozen = freeze(scores(scored), [], costly, TEST, None)
    assert frozen.threshold > 0.9


def test_unlabelled_scores_change_nothing():
    scored = [(0.9, True), (0.6, False), (0.4, True), (0.1, False)]
    extra = histogram_of([0.05, 0.61, 0.99], [2, 2, 2])
    expected = freeze(scores(scored), [], MONEY, TEST, None)
    assert value_at(expected.threshold, scored) == value_at(
        freeze(scores(scored) + extra, [], MONEY, TEST, None).threshold, scored
    )


def test_the_curve_is_short_rises_and_spans_all_thresholds():
    rng = np.random.default_rng(3)
    values = rng.uniform(0.01, 0.99, 4_000)
    labels = (rng.random(4_000) < values).astype(int)
    curve = freeze(histogram_of(values.tolist(), labels.tolist()), [], MONEY, TEST, None).curve
    assert CURVE_POINTS == len(curve)
    thresholds = [point.threshold for point in curve]
    assert sorted(thresholds) == thresholds
    assert (1.0, 1.0) == (curve[0].recall, curve[0].false_positive_rate)
    assert (0.0, 0.0) == (curve[-1].recall, curve[-1].false_positive_rate)
