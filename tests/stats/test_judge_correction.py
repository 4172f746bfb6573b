"""Rates corrected by a judge's errors: the published figures, and bounds that hold for weak judges and rare events."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shipworthy.stats.judge_correction import lee_interval, lower, rogan_gladen, upper
from shipworthy.stats.judge_errors import JudgeTable
from tests.dear import few

COUNTS = st.integers(0, 100)
DRAWS = 800
MOST_WRONG = 0.07
"""Of bounds that may be wrong in 5 %: two and a half standard errors of so many draws more."""


@pytest.mark.parametrize(
    ("passed", "table", "value", "low", "high"),
    [
        (400, JudgeTable(180, 20, 60, 140), 0.1666667, 0.0563507, 0.2627330),
        (800, JudgeTable(180, 20, 30, 170), 0.8666667, 0.8113983, 0.9317082),
    ],
)
def test_the_figures_are_those_of_the_authors(passed, table, value, low, high):
    """Of the repository of Lee et al. (2025), for a thousand judged and two hundred labelled rows of each kind."""
    assert value == pytest.approx(rogan_gladen(passed, 1000, table), abs=1e-6)
    assert (low, high) == pytest.approx(lee_interval(passed, 1000, table), abs=1e-6)


def test_the_worked_example_of_another_package_is_reproduced():
    assert 0.7586 == pytest.approx(rogan_gladen(320, 400, JudgeTable(78, 2, 10, 30)), abs=5e-5)


@given(COUNTS, COUNTS, COUNTS, COUNTS, COUNTS, COUNTS)
def test_bounds_hold_the_value_and_fails_mirror_passes(both, human_only, judge_only, neither, passed, failed):
    table = JudgeTable(both, human_only, judge_only, neither)
    mirrored = JudgeTable(neither, judge_only, human_only, both)
    judged = passed + failed
    assert 0 <= lower(passed, judged, table) <= 1
    assert 1 - upper(failed, judged, mirrored) == pytest.approx(lower(passed, judged, table), abs=1e-9)
    ends = lee_interval(passed, judged, table)
    assert (1 - ends[1], 1 - ends[0]) == pytest.approx(lee_interval(failed, judged, mirrored), abs=1e-9)
    value = rogan_gladen(passed, judged, table)
    if not np.isnan(value):
        assert lower(passed, judged, table) - 1e-9 <= value <= upper(passed, judged, table) + 1e-9


def test_a_judge_of_chance_refutes_nothing():
    table = JudgeTable(25, 25, 25, 25)
    assert np.isnan(rogan_gladen(500, 1000, table))
    assert (0.0, 1.0) == (lower(500, 1000, table), upper(500, 1000, table))
    assert (0.0, 1.0) == lee_interval(500, 1000, table)


def test_without_judged_or_labelled_rows_nothing_is_known():
    assert np.isnan(rogan_gladen(0, 0, JudgeTable(9, 1, 1, 9)))
    assert (0.0, 1.0) == (lower(0, 0, JudgeTable(9, 1, 1, 9)), upper(0, 0, JudgeTable(9, 1, 1, 9)))
    assert (0.0, 1.0) == (lower(40, 90, JudgeTable(9, 1, 0, 0)), upper(40, 90, JudgeTable(0, 0, 1, 9)))


@pytest.mark.parametrize("rate", [0.02, 0.1, 0.5, 0.9])
@pytest.mark.parametrize("judge", [(0.9, 0.7), (0.99, 0.99), (0.7, 0.6)])
@pytest.mark.parametrize("rows", few([(1000, 50, 50), (5000, 30, 30), (1000, 20, 60)], (1000, 20, 60)))
def test_bounds_hold_whatever_the_judge_and_the_rate(rate, judge, rows):
    (hits, spared), (judged, passes, fails) = judge, rows
    rng = np.random.default_rng(3)
    drawn = zip(
        rng.binomial(judged, rate * hits + (1 - rate) * (1 - spared), DRAWS),
        rng.binomial(passes, hits, DRAWS),
        rng.binomial(fails, spared, DRAWS),
        strict=True,
    )
    found = [(passed, JudgeTable(a, passes - a, fails - b, b)) for passed, a, b in drawn]
    assert np.mean([lower(passed, judged, table) > rate for passed, table in found]) <= MOST_WRONG
    assert np.mean([upper(passed, judged, table) < rate for passed, table in found]) <= MOST_WRONG
