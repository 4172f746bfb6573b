"""Each shape has the points and the moments that it is known by."""

import numpy as np
import pytest
from scipy import stats

from shipworthy.economics.drawing import draws, likely_ones, medians, points, quantiles
from shipworthy.evidence import Assumed

SHARES = np.linspace(0.001, 0.999, 199)


def shaped(shape, low=2.0, likely=None, high=10.0):
    return Assumed("x", "", low, likely, high, shape, "", "assumption")


@pytest.mark.parametrize(
    ("given", "oracle"),
    [
        (shaped("uniform"), stats.uniform(2, 8)),
        (shaped("triangular", likely=4.0), stats.triang(0.25, 2, 8)),
        (shaped("triangular", likely=2.0), stats.triang(0.0, 2, 8)),
        (shaped("triangular", likely=10.0), stats.triang(1.0, 2, 8)),
        (shaped("normal", likely=6.0), stats.norm(6, 8 / (2 * 1.959963984540054))),
        (shaped("lognormal"), stats.lognorm(np.log(5) / (2 * 1.6448536269514722), scale=np.sqrt(20))),
    ],
)
def test_points_are_those_of_the_distribution(given, oracle):
    np.testing.assert_allclose(oracle.ppf(SHARES), points(given, SHARES), rtol=1e-9)


def test_one_number_is_that_number_everywhere():
    assert [3.0, 3.0] == list(points(shaped("uniform", 3.0, None, 3.0), [0.1, 0.9]))


def test_draws_have_the_mean_of_their_shape():
    [found] = draws([shaped("triangular", likely=3.0)], 200_000, 7).values()
    assert pytest.approx(5.0, abs=0.02) == found.mean()


def test_medians_and_likely_ones_are_one_draw():
    given = shaped("triangular", likely=3.0)
    assert [3.0] == list(likely_ones([given])["x"])
    assert pytest.approx(stats.triang(1 / 8, 2, 8).median()) == medians([given])["x"][0]


def test_what_never_comes_has_no_quantile():
    found = quantiles(np.array([1.0, 2.0, np.inf]))
    assert (2.0, 2.0, None) == (found.low, found.middle, found.high)
