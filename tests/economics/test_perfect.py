"""What a predictor that never errs would bring."""

import pytest

from shipworthy.economics.perfect import perfect_value
from shipworthy.spec.model import Value
from shipworthy.stats.proportion import wilson

VALUE = Value(true_positive=0.02, false_positive=-0.20, false_negative=-0.05)


def ideal(positives, labelled, decisions=1):
    """What never erring would bring, where somebody knows."""
    found = perfect_value(VALUE, positives, labelled, decisions)
    assert found is not None
    return found


def test_against_doing_nothing_it_finds_every_positive():
    """10 % of rows, each worth 0.02 + 0.05 more when found: 0.007 a decision."""
    found = ideal(100, 1_000, 2_000_000)
    low, high = wilson(100, 1_000)
    assert pytest.approx((0.007, 14_000)) == (found.per_decision, found.horizon)
    assert pytest.approx((0.07 * low, 0.07 * high)) == (found.low, found.high)


def test_no_decision_brings_more_than_a_right_one():
    """At most the upper end of 10 %, each worth 0.02."""
    assert pytest.approx(0.02 * wilson(100, 1_000)[1]) == ideal(100, 1_000).most


def test_where_almost_all_are_positive_it_spares_the_others():
    """Against always yes: 5 % of rows, 0.20 each."""
    assert pytest.approx(0.01) == ideal(950, 1_000).per_decision


def test_the_interval_has_the_turn_in_it():
    """Always yes is as good as always no at 0.20 / 0.27 = 20 of 27 positives, where never erring is worth most."""
    found = ideal(20, 27)
    assert pytest.approx(0.07 * 20 / 27) == found.high


def test_without_labels_nobody_knows():
    assert perfect_value(VALUE, 0, 0, 1) is None
