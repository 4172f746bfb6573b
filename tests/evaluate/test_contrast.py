"""One part of the data against another, held against scipy and against rows."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from shipworthy.evaluate.contrast import contrast, p_worse
from shipworthy.metrics.sums import sums_of
from tests.evaluate.lattices import sought
from tests.tally.counting import Rows, counts, cube_of, cube_of_counts

OUTCOMES = {"tp": 1.0, "fn": -1.0, "fp": -5.0, "tn": 0.0}


def parts(metric, one, other):
    """The metric's sums on two groups of independent rows with these outcomes."""
    (each,) = sought(metric)
    table = np.array([counts(**one), counts(**other)])
    sums = sums_of(
        cube_of_counts(table, ("g",), [("a",), ("b",)]),
        each.definition.numerator,
        each.definition.denominator,
    )
    return each, sums[np.array([0])], sums[np.array([1])]


ONE, OTHER = {"tp": 20, "fn": 12, "fp": 9, "tn": 30}, {"tp": 300, "fn": 80, "fp": 60, "tn": 700}
BAD = {
    "recall": ((12, 32), (80, 380)),
    "precision": ((9, 29), (60, 360)),
    "false_positive_rate": ((9, 39), (60, 760)),
    "accuracy": ((21, 71), (140, 1140)),
    "f1": ((21, 41), (140, 440)),
}


@pytest.mark.parametrize("metric", BAD)
def test_shares_are_compared_by_fishers_exact_test(metric):
    (k, n), (j, m) = BAD[metric]
    expected = stats.fisher_exact([[k, n - k], [j, m - j]], alternative="greater").pvalue
    each, one, other = parts(metric, ONE, OTHER)
    assert expected == pytest.approx(float(p_worse(each, one, other)[0]), rel=1e-9)
    assert 1 == p_worse(each, other, one)[0]


def test_the_interval_of_two_shares_is_newcombes():
    """Newcombe 1998, table II, method 10: 56/70 - 48/80 has 0.0524 to 0.3339."""
    each, one, other = parts("recall", {"tp": 56, "fn": 14}, {"tp": 48, "fn": 32})
    found = contrast(each, one, other)
    assert (0.0524, 0.3339) == pytest.approx((float(found.low[0]), float(found.high[0])), abs=5e-5)
    assert 0.2 == pytest.approx(float(found.difference[0]))


def test_f1_has_the_value_and_interval_of_f1():
    each, one, other = parts("f1", ONE, OTHER)
    found = contrast(each, one, other)
    assert (40 / 61, 600 / 740) == pytest.approx((float(found.value[0]), float(found.rest[0])))
    assert found.low[0] < found.difference[0] < found.high[0] < 0


def test_money_is_compared_by_welch_unless_the_pooled_spread_doubts_more():
    each, one, other = parts("net_value", ONE, OTHER)
    rows = [np.repeat([*OUTCOMES.values()], [part[name] for name in OUTCOMES]) for part in (ONE, OTHER)]
    welch = stats.ttest_ind(*rows, equal_var=False, alternative="less").pvalue
    found = float(p_worse(each, one, other)[0])
    assert welch == pytest.approx(found, rel=1e-9) or found > welch
    interval = stats.ttest_ind(*rows, equal_var=False).confidence_interval(0.95)
    drawn = contrast(each, one, other)
    assert (interval.low, interval.high) == pytest.approx((float(drawn.low[0]), float(drawn.high[0])))


def test_a_slice_in_which_nothing_rare_happened_is_not_sure_of_it():
    """Twenty rows without a hit have no spread; the spread of all rows says that this is chance."""
    each, one, other = parts("net_value", {"tn": 20}, {"tp": 20, "tn": 980})
    assert p_worse(each, one, other)[0] > 0.2
    assert np.isfinite(contrast(each, one, other).variance[0])


def test_units_of_several_rows_count_for_less():
    """Ten rows of each unit, all alike, are worth no more than one."""
    (each,) = sought("accuracy")
    ratio = each.definition.numerator, each.definition.denominator
    found = {}
    for size in (1, 10):
        outcome = [3] * 12 * size + [4] * 18 * size + [3] * 10 * size + [4] * 60 * size
        group = ["a"] * 30 * size + ["b"] * 70 * size
        cube = cube_of(Rows(outcome, {"g": group}, units=[at // size for at in range(len(outcome))]), ("g",))
        sums = sums_of(cube, *ratio)
        found[size] = float(p_worse(each, sums[np.array([0])], sums[np.array([1])])[0])
    assert 0.001 < found[1] < found[10] < 0.1
