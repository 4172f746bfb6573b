"""What moves a choice, and what it is worth to know it, against worlds with known answers."""

import numpy as np
import pytest
from scipy import stats

from shipworthy.economics.drawing import draws
from shipworthy.economics.movers import movers, rank_correlation, worth_of_all, worth_of_knowing
from shipworthy.evidence import Assumed

INPUTS = [
    Assumed("a", "", -1.0, None, 1.0, "uniform", "", "assumption"),
    Assumed("b", "", -0.5, None, 0.5, "uniform", "", "assumption"),
    Assumed("idle", "", 0.0, None, 1.0, "uniform", "", "assumption"),
    Assumed("fixed", "", 1.0, None, 1.0, "uniform", "", "evidence"),
]


def leaving(drawn):
    """Two options: one leaves a + b, the other nothing."""
    return np.array([drawn["a"] + drawn["b"], np.zeros(drawn["a"].size)])


DRAWN = draws(INPUTS, 40_000, 3)


def test_the_widest_input_comes_first_and_one_that_does_nothing_last():
    found = movers(INPUTS, DRAWN, leaving, (0, 1))
    assert ["a", "b", "idle"] == [each.input for each in found]
    assert pytest.approx((-0.9, 0.9)) == (found[0].at_low, found[0].at_high)
    assert [True, True, False] == [each.flips for each in found]
    assert pytest.approx(0.0, abs=0.02) == found[2].correlation


def test_rank_correlation_is_spearmans():
    x, y = DRAWN["a"], np.exp(DRAWN["a"]) + DRAWN["b"]
    assert pytest.approx(stats.spearmanr(x, y).statistic) == rank_correlation(x, y)
    assert 0.0 == rank_correlation(x, np.ones(x.size))


def test_worth_of_knowing_everything_and_one_thing():
    """max(a, 0) over a uniform on -1 to 1 has the mean 1/4; of b likewise 1/8; knowing neither leaves 0.

    E max(a + b, 0) = E(a + b)^+ = 1/4 + Var(b) / 4 = 1/4 + 1/48, as a is wider than b.
    """
    left = leaving(DRAWN)
    assert pytest.approx(1 / 4, abs=0.01) == worth_of_knowing(DRAWN["a"], left)
    assert pytest.approx(1 / 8, abs=0.01) == worth_of_knowing(DRAWN["b"], left)
    assert pytest.approx(0, abs=0.004) == worth_of_knowing(DRAWN["idle"], left)
    assert pytest.approx(1 / 4 + 1 / 48, abs=0.01) == worth_of_all(left)
