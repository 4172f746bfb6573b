"""A judge's agreement with people stands beside chance, beside the most frequent label, and beside people's own."""

from __future__ import annotations

import numpy as np
import pytest

from shipworthy.stats.agreement import cohen
from shipworthy.stats.judge_agreement import judge_agreement

TABLE = [[30, 10], [2, 78]]
"""Fails and passes of people (down) and of the judge (across)."""


def test_kappa_is_the_published_one_and_alpha_is_near():
    found = judge_agreement(TABLE)
    assert 0.7631579 == pytest.approx(found.kappa.value, abs=1e-7)
    assert found.kappa.value == pytest.approx(found.alpha.value, abs=0.01)
    assert 108 / 120 == found.agreement.value == found.kappa.share == pytest.approx(found.alpha.share)


def test_alpha_of_two_is_that_of_its_formula():
    """1 - (n - 1) * disagreeing / (n of one label * n of the other), of 240 labels in 120 rows."""
    ones = 40 + 32
    assert 1 - 239 * 12 / (ones * (240 - ones)) == pytest.approx(judge_agreement(TABLE).alpha.value)


def test_a_judge_who_lets_everything_pass_agrees_with_nine_of_ten_and_gains_nothing():
    found = judge_agreement([[0, 10], [0, 90]])
    assert (0.9, 0.9, 0.0) == (found.agreement.value, found.majority.value, found.gain.value)
    assert 0 == pytest.approx(found.kappa.value)
    assert not found.beyond_chance


def test_a_good_judge_gains_on_the_most_frequent_label():
    found = judge_agreement(TABLE)
    assert 80 / 120 == pytest.approx(found.majority.value)
    assert (108 - 80) / 120 == pytest.approx(found.gain.value)
    assert found.gain.low > 0
    assert found.beyond_chance


def test_people_who_do_not_agree_are_the_ceiling():
    """Three people for each of forty items, of whom one often differs."""
    patterns, times = [[3, 0], [0, 3], [2, 1], [1, 2]], [8, 12, 9, 11]
    found = judge_agreement(TABLE, patterns, times)
    assert found.people is not None
    assert (8 + 12 + 20 / 3) / 40 == pytest.approx(found.people_agreement)
    assert found.alpha.value / found.people.value == pytest.approx(found.of_ceiling)
    assert found.of_ceiling > 1


def test_without_a_second_person_the_ceiling_is_not_known():
    found = judge_agreement(TABLE)
    assert (None, None) == (found.people, found.people_agreement)
    assert np.isnan(found.of_ceiling)


def test_ordered_labels_weigh_how_far_they_lie_apart():
    table = np.array([[20, 5, 0], [4, 30, 6], [0, 3, 32]])
    found = judge_agreement(table, scale="ordinal")
    assert cohen(table, "quadratic").value == found.kappa.value
    assert found.alpha.value > judge_agreement(table).alpha.value


def test_no_rows_say_nothing():
    found = judge_agreement(np.zeros((2, 2)))
    assert np.isnan([found.kappa.value, found.alpha.value, found.agreement.value, found.gain.value]).all()
    assert (-1, 1) == (found.gain.low, found.gain.high)


def test_people_and_judge_choose_from_the_same_labels():
    with pytest.raises(ValueError, match="same labels"):
        judge_agreement([[1, 2, 3], [4, 5, 6]])
