"""Bounds of a mean in [0, 1]: they are Clopper and Pearson's for zeros and ones, and err at most at the nominal rate."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shipworthy.stats import bounded, proportion


def of_values(values: Any, axis: int = -1) -> tuple[Any, Any, Any]:
    """The mean, its linearised variance and the units of values."""
    n = values.shape[axis]
    return values.mean(axis=axis), values.var(axis=axis, ddof=1) / n, n


@given(st.integers(0, 60), st.integers(2, 60), st.floats(0.5, 0.999))
def test_of_zeros_and_ones_they_are_those_of_clopper_and_pearson(events, trials, level):
    events = min(events, trials)
    found = of_values(np.repeat([1.0, 0.0], [events, trials - events]))
    lower = proportion.clopper_pearson_lower(events, trials, level)
    upper = proportion.clopper_pearson_upper(events, trials, level)
    assert [lower, upper] == pytest.approx([bounded.lower(*found, level), bounded.upper(*found, level)])


@given(st.lists(st.floats(0, 1), min_size=2, max_size=20), st.floats(0.5, 0.99))
def test_bounds_lie_around_the_value_and_widen_with_the_level(values, level):
    found = of_values(np.array(values))
    lower, upper = (side(*found, np.array([level, 0.999])) for side in (bounded.lower, bounded.upper))
    assert 0 <= lower[1] <= lower[0] + 1e-12 <= found[0] + 1e-9
    assert found[0] - 1e-9 <= upper[0] <= upper[1] + 1e-12 <= 1 + 1e-9
    assert bounded.interval(*found) == (bounded.lower(*found, 0.975), bounded.upper(*found, 0.975))


def test_less_than_two_units_say_nothing():
    assert (0.0, 1.0) == bounded.interval(0.3, np.inf, 1)
    assert (0.0, 1.0) == bounded.interval(np.nan, np.inf, 0)


LAWS = {
    "uniform": lambda rng, shape: rng.uniform(size=shape),
    "near 0, seldom near 1": lambda rng, shape: np.where(
        rng.uniform(size=shape) < 0.02, rng.uniform(0.8, 1, shape), 0.001
    ),
    "a good Brier score": lambda rng, shape: rng.beta(0.3, 6.0, shape),
    "reciprocal ranks": lambda rng, shape: 1 / rng.integers(1, 12, shape),
    "zeros and a continuous part": lambda rng, shape: rng.beta(2, 2, shape) * (rng.uniform(size=shape) < 0.3),
}


@pytest.mark.parametrize("law", LAWS)
@pytest.mark.parametrize("n", [20, 100, 500])
def test_bounds_err_at_most_at_the_nominal_rate(law, n):
    rng = np.random.default_rng(n)
    truth = LAWS[law](rng, 2_000_000).mean()
    found = of_values(LAWS[law](rng, (4_000, n)))
    assert np.mean(bounded.lower(*found) > truth) <= 0.05 + 0.0105
    assert np.mean(bounded.upper(*found) < truth) <= 0.05 + 0.0105
