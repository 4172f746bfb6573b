"""The delta method: a ratio is its special case, and bounds err no more often than they say."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shipworthy.stats import ratio, smooth

SCALES = ["plain", "logit", "fisher", "log", "log_rest"]


def sums_of(rows):
    """Units, sums and sums of products of rows (..., n, k)."""
    return rows.shape[-2], rows.sum(axis=-2), np.einsum("...ni,...nj->...ij", rows, rows)


def macro_recall(rows):
    """The mean of three classes' recalls and its gradient, from hits and rows by class (..., n, 6)."""
    hits, size = np.split(rows.sum(axis=-2), 2, axis=-1)
    return np.mean(hits / size, axis=-1), np.concatenate([1 / size, -hits / size**2], axis=-1) / 3


def r_squared(rows):
    """1 - residuals / variation and its gradient, from rows of 1, y, y squared and the squared residual."""
    n, y, yy, rest = (rows.sum(axis=-2)[..., i] for i in range(4))
    total = yy - y**2 / n
    by_total = rest / total**2
    gradient = [by_total * (y / n) ** 2, by_total * -2 * y / n, by_total, -1 / total]
    return 1 - rest / total, np.stack(gradient, axis=-1)


@given(st.lists(st.tuples(st.floats(-1e3, 1e3), st.floats(0.1, 1e3)), min_size=2, max_size=30))
def test_a_ratio_of_two_sums_is_the_special_case(pairs):
    rows = np.array(pairs)
    units, (a, b), products = sums_of(rows)
    expected = ratio.linearised_variance(units, a, b, products[0, 0], products[0, 1], products[1, 1])
    found = smooth.variance(units, [1 / b, -a / b**2], [a, b], products)
    scale = units / (units - 1) * np.sum(rows[:, 0] ** 2) / b**2
    assert float(expected) == pytest.approx(float(found), rel=1e-6, abs=1e-10 * (1e-9 + scale))


def test_with_unit_gradient_it_is_the_variance_of_a_sum():
    sample = np.random.default_rng(1).normal(3, 2, (50, 1))
    assert 50 * sample.var(ddof=1) == pytest.approx(float(smooth.variance(50, [1.0], *sums_of(sample)[1:])))


@pytest.mark.parametrize("figure", [macro_recall, r_squared])
def test_it_agrees_with_the_jackknife_over_units(figure):
    rows = rows_of(figure, np.random.default_rng(2), (1, 1000))[0]
    _, gradient = figure(rows)
    left_out = np.array([figure(np.delete(rows, at, axis=0))[0] for at in range(1000)])
    jackknife = 999 / 1000 * np.sum((left_out - left_out.mean()) ** 2)
    assert jackknife == pytest.approx(float(smooth.variance(1000, gradient, *sums_of(rows)[1:])), rel=0.02)


def test_the_covariance_with_itself_is_the_variance_and_it_is_linear():
    rows = rows_of(r_squared, np.random.default_rng(3), (4, 60))
    units, sums, products = sums_of(rows)
    _, gradient = r_squared(rows)
    other = np.ones_like(gradient)
    together = smooth.variance(units, gradient + other, sums, products)
    parts = [
        smooth.covariance(units, one, two, sums, products)
        for one, two in ((gradient, gradient), (gradient, other), (other, gradient), (other, other))
    ]
    np.testing.assert_allclose(together, np.sum(parts, axis=0), rtol=1e-8)


def test_one_unit_or_an_unknown_gradient_has_an_infinite_variance():
    products = np.ones((2, 2, 2))
    found = smooth.variance([1, 5], [[1.0, 2.0], [np.nan, 1.0]], np.ones((2, 2)), products)
    assert [np.inf, np.inf] == found.tolist()


@pytest.mark.parametrize(
    ("scale", "ends"),
    [("plain", (-np.inf, np.inf)), ("logit", (0, 1)), ("fisher", (-1, 1)), ("log", (0, np.inf)),
     ("log_rest", (-np.inf, 1))],
)  # fmt: skip
def test_where_nothing_is_known_the_bounds_are_the_ends_of_the_scale(scale, ends):
    assert ends == smooth.interval(np.nan, np.inf, 0, scale=scale)
    assert ends == smooth.interval(0.5, 0.1, 1, scale=scale)
    if scale != "plain":
        assert ends == smooth.interval(0.5, 0.0, 100, scale=scale)


@given(st.floats(0.01, 0.99), st.floats(1e-6, 0.1), st.integers(2, 1000), st.sampled_from(SCALES))
def test_bounds_lie_on_their_sides_and_within_the_scale(value, variance, units, scale):
    low, high = smooth.interval(value, variance, units, scale=scale)
    least, greatest = smooth.interval(np.nan, np.inf, 0, scale=scale)
    assert least <= low <= value + 1e-9
    assert value - 1e-9 <= high <= greatest


@given(st.floats(0.001, 0.999), st.floats(1e-9, 0.2), st.integers(2, 10_000), st.floats(0.5, 0.999))
def test_on_the_logit_and_the_plain_scale_the_bounds_are_those_of_a_ratio(value, variance, units, level):
    assert ratio.logit_lower(value, variance, units, level) == pytest.approx(
        float(smooth.lower(value, variance, units, level, "logit")), abs=1e-12
    )
    assert ratio.t_upper(value, variance, units, level) == pytest.approx(
        float(smooth.upper(value, variance, units, level))
    )


def rows_of(figure, rng, shape):
    """Random units: three classes of ten rows or fewer, or a line with noise."""
    if figure is macro_recall:
        size = rng.poisson([6, 3, 1], (*shape, 3)) + 0.0
        return np.concatenate([rng.binomial(size.astype(int), [0.9, 0.7, 0.5]), size], axis=-1)
    x = rng.normal(size=shape)
    y = x + rng.normal(scale=0.5, size=shape)
    return np.stack([np.ones_like(x), y, y**2, (y - x) ** 2], axis=-1)


@pytest.mark.parametrize(
    ("figure", "scale", "truth"), [(macro_recall, "logit", 0.7), (r_squared, "log_rest", 0.8)]
)
@pytest.mark.parametrize("units", [50, 200])
def test_bounds_of_macro_recall_and_r_squared_err_at_about_the_nominal_rate(figure, scale, truth, units):
    """But for the upper bound of R squared, which errs in 7.5 % of samples of fifty units."""
    rows = rows_of(figure, np.random.default_rng(units), (4000, units))
    value, gradient = figure(rows)
    variance = smooth.variance(units, gradient, *sums_of(rows)[1:])
    assert np.mean(smooth.lower(value, variance, units, scale=scale) > truth) <= 0.05 + 0.012
    assert np.mean(smooth.upper(value, variance, units, scale=scale) < truth) <= 0.05 + (
        0.03 if units == 50 else 0.012
    )
