"""Contributions to one answer: held against Shapley's formula, and against the exact ones of a sum."""

from __future__ import annotations

import numpy as np
import pytest

from shipworthy.explain.blend import whole
from shipworthy.explain.shapley import linear, sampled
from tests.explain.models import additive, chaotic, crossed, port, shapley_by_enumeration

POOL = np.random.default_rng(0).normal(size=(161, 4))
ROW, BACKGROUND = 160, np.arange(160)


def row_of(pool):
    return whole(np.array([ROW]), pool.shape[1])[0]


@pytest.mark.parametrize("columns", [3, 4])
@pytest.mark.parametrize("model", [additive, crossed, chaotic])
def test_contributions_are_those_of_the_formula_within_their_errors(model, columns):
    pool = POOL[:, :columns]
    found = sampled(port(pool, model), row_of(pool), BACKGROUND, seed=1)
    exact = shapley_by_enumeration(model, pool, ROW, BACKGROUND)
    assert (np.abs(found.each - exact) <= 4 * found.errors + 1e-9).all()


@pytest.mark.parametrize("model", [additive, crossed, chaotic])
def test_contributions_add_up_to_the_answer_less_the_mean_of_the_background(model):
    found = sampled(port(POOL, model), row_of(POOL), BACKGROUND)
    assert found.value - found.base == pytest.approx(found.each.sum())
    assert (found.value, found.base) == pytest.approx((model(POOL[[ROW]])[0], model(POOL[BACKGROUND]).mean()))


def test_of_a_sum_they_are_the_exact_ones_without_noise():
    weights = np.array([2.0, -1.0, 0.5, 0.0])
    parts = POOL * weights
    exact = linear(parts, row_of(POOL), BACKGROUND, 3.0)
    found = sampled(port(POOL, lambda rows: rows @ weights + 3.0), row_of(POOL), BACKGROUND)
    assert found.each == pytest.approx(exact.each)
    assert (found.value, found.base) == pytest.approx((exact.value, exact.base))
    assert exact.each == pytest.approx(weights * (POOL[ROW] - POOL[BACKGROUND].mean(axis=0)))


def test_a_column_that_the_model_does_not_read_contributes_nothing():
    found = sampled(port(POOL, additive), row_of(POOL), BACKGROUND)
    assert (0.0, 0.0) == (found.each[3], found.errors[3])


def test_columns_that_do_the_same_contribute_the_same_within_error():
    found = sampled(
        port(POOL[:, [0, 0]], lambda rows: rows[:, 0] * rows[:, 1]), row_of(POOL[:, :2]), BACKGROUND
    )
    assert abs(found.each[0] - found.each[1]) <= 4 * np.hypot(*found.errors)


def test_the_stated_error_is_that_of_other_draws():
    """Over other background rows and orders, contributions scatter as their standard error says."""
    rng = np.random.default_rng(3)
    pool = rng.normal(size=(20_001, 3))
    row = whole(np.array([20_000]), 3)[0]
    drawn = [
        sampled(port(pool, crossed), row, rng.integers(0, 20_000, 100), seed=seed) for seed in range(300)
    ]
    scatter = np.std([each.each for each in drawn], axis=0)
    stated = np.sqrt(np.mean([each.errors**2 for each in drawn], axis=0))
    np.testing.assert_allclose(stated, scatter, rtol=0.15)
