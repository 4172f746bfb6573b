"""Differences shrink towards none by how little their own data say."""

from __future__ import annotations

import numpy as np
import pytest

from shipworthy.stats.shrinkage import shrunken


def test_pure_noise_shrinks_to_nearly_nothing():
    rng = np.random.default_rng(0)
    variances = rng.uniform(0.1, 4, 5_000)
    noise = rng.normal(0, np.sqrt(variances))
    assert np.abs(shrunken(noise, variances)).mean() < 0.1 * np.abs(noise).mean()


def test_of_equal_differences_the_less_certain_shrinks_more():
    found = shrunken([1.0, 1.0, -1.0], [0.01, 0.5, 0.1])
    assert 1 > found[0] > -found[2] > found[1] > 0


def test_the_spread_of_true_differences_is_recovered():
    """Shrunken values are nearer to the truth than the raw ones, and about as near as the best of all can be."""
    rng = np.random.default_rng(1)
    truth, variances = rng.normal(0, 1, 20_000), rng.uniform(0.5, 2, 20_000)
    raw = rng.normal(truth, np.sqrt(variances))
    error = np.mean((shrunken(raw, variances) - truth) ** 2)
    assert np.mean(variances / (1 + variances)) == pytest.approx(error, rel=0.03)
    assert error < np.mean((raw - truth) ** 2)


def test_what_is_not_known_shrinks_to_nothing():
    assert [0, 0] == shrunken([np.nan, 2.0], [1.0, np.inf]).tolist()
    assert [] == shrunken([], []).tolist()
