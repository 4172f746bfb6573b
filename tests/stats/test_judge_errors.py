"""A judge's errors, from rows that people labelled too."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shipworthy.stats import proportion
from shipworthy.stats.agreement import cohen
from shipworthy.stats.judge_errors import (
    JudgeTable,
    calibration_split,
    correlation,
    correlation_interval,
    informedness,
    sensitivity,
    share,
    specificity,
)

COUNTS = st.integers(0, 200)


def test_sensitivity_and_specificity_have_exact_bounds():
    table = JudgeTable(both=78, human_only=2, judge_only=10, neither=30)
    hits, spared = sensitivity(table), specificity(table)
    assert (0.975, 80, 0.75, 40) == (hits.value, hits.n, spared.value, spared.n)
    assert proportion.clopper_pearson(78, 80) == (hits.low, hits.high)
    assert proportion.clopper_pearson_lower(30, 40) == spared.lower


def test_the_worked_example_of_another_package_is_reproduced():
    """Of llm-judge-agreement: kappa and Wilson's intervals of both shares."""
    assert 0.7631579 == pytest.approx(cohen([[30, 10], [2, 78]]).value, abs=1e-7)
    spared, hits = share(30, 40), share(78, 80)
    assert (0.5981, 0.8581) == pytest.approx((spared.low, spared.high), abs=5e-5)
    assert (0.9134, 0.9931) == pytest.approx(tuple(map(float, proportion.wilson(78, 80))), abs=5e-5)
    assert proportion.clopper_pearson(78, 80) == (hits.low, hits.high)


@pytest.mark.parametrize(
    ("labels", "passed", "specificity", "sensitivity", "pilot", "split"),
    [(200, 0.4, 0.7, 0.9, 10, (136, 64)), (1000, 0.8, 0.85, 0.9, 50, (229, 771))],
)
def test_labels_are_split_as_published(labels, passed, specificity, sensitivity, pilot, split):
    assert split == calibration_split(labels, passed, specificity, sensitivity, pilot)


def test_a_split_needs_both_answers_of_the_judge():
    with pytest.raises(ValueError, match="between 0 and 1"):
        calibration_split(100, 1.0, 0.8, 0.8, 20)


def test_a_judge_who_lets_everything_pass_knows_nothing_though_it_agrees_with_nine_of_ten():
    table = JudgeTable(both=900, human_only=0, judge_only=100, neither=0)
    value, low, high = informedness(table)
    assert 0 == value
    assert low < 0 < high


@given(COUNTS, COUNTS, COUNTS, COUNTS)
def test_informedness_lies_in_its_interval_and_turns_with_the_judge(both, human_only, judge_only, neither):
    value, low, high = informedness(JudgeTable(both, human_only, judge_only, neither))
    if np.isnan(value):
        assert (-1.0, 1.0) == (low, high)
        return
    assert -1 - 1e-9 <= low <= value <= high <= 1 + 1e-9
    turned = informedness(JudgeTable(human_only, both, neither, judge_only))
    assert (-value, -high, -low) == pytest.approx(turned, abs=1e-9)


def test_the_interval_of_informedness_holds_its_level():
    rng, draws = np.random.default_rng(1), 400
    for hits, spared in ((0.9, 0.2), (0.6, 0.5), (0.99, 0.97)):
        cells = zip(rng.binomial(40, hits, draws), rng.binomial(30, spared, draws), strict=True)
        found = [informedness(JudgeTable(a, 40 - a, 30 - b, b)) for a, b in cells]
        truth = hits + spared - 1
        assert np.mean([low <= truth <= high for _, low, high in found]) >= 0.95


@given(COUNTS, COUNTS, COUNTS, COUNTS)
def test_the_correlation_is_that_of_zeros_and_ones(both, human_only, judge_only, neither):
    table = JudgeTable(both, human_only, judge_only, neither)
    times = [both, human_only, judge_only, neither]
    human, judge = np.repeat([1, 1, 0, 0], times), np.repeat([1, 0, 1, 0], times)
    varies = len(set(human)) == 2 and len(set(judge)) == 2
    expected = np.corrcoef(human, judge)[0, 1] if varies else 0.0
    assert expected == pytest.approx(correlation(table), abs=1e-9)
    low, high = correlation_interval(table)
    assert -1 <= low <= correlation(table) <= high <= 1


@pytest.mark.parametrize(
    "cells", [(0.8, 0.05, 0.05, 0.1), (0.4, 0.1, 0.05, 0.45), (0.2, 0.02, 0.3, 0.48), (0.5, 0.01, 0.01, 0.48)]
)
def test_the_interval_of_the_correlation_holds_its_level(cells):
    drawn = np.random.default_rng(2).multinomial(100, cells, 800)
    truth = correlation(JudgeTable(*cells))
    ends = [correlation_interval(JudgeTable(*map(float, row))) for row in drawn]
    assert np.mean([low <= truth <= high for low, high in ends]) >= 0.93


def test_counts_below_0_are_refused():
    with pytest.raises(ValueError, match="none can be below 0"):
        JudgeTable(1, -1, 0, 4)
