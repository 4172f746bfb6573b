"""What drives a model: held against scikit-learn, and its intervals against their nominal coverage."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.inspection import permutation_importance
from sklearn.linear_model import LinearRegression, LogisticRegression

from shipworthy.explain.drivers import Judged, growth
from tests.dear import few
from tests.explain.models import port


def judged(pool, model, labels, *, weights=None, units=None):
    """Rows judged by the squared error of a model."""
    rows = len(pool)
    loss = port(pool, model)
    return Judged(
        lambda origin: (loss(origin) - labels) ** 2,
        pool.shape[1],
        np.ones(rows) if weights is None else weights,
        np.arange(rows) if units is None else units,
    )


def drawn(rng, rows=300, columns=3):
    """Rows of which the last column has nothing to do with the label, and a slightly overfitted model of them."""
    pool = rng.normal(size=(rows, columns))
    labels = pool[:, 0] - pool[:, 1] / 2 + rng.normal(size=rows)
    few = rng.normal(size=(30, columns))
    model = LinearRegression().fit(few, few[:, 0] - few[:, 1] / 2 + rng.normal(size=30))
    return pool, labels, model


def test_means_are_those_of_scikit_learn():
    """Other permutations, so they agree within the error of permutations, which is small over 2,000 rows."""
    pool, labels, model = drawn(np.random.default_rng(0), 2_000)
    oracle = permutation_importance(
        model, pool, labels, scoring="neg_mean_squared_error", n_repeats=30, random_state=0
    )
    found = [growth(judged(pool, model.predict, labels), (at,), repeats=30).mean for at in range(3)]
    np.testing.assert_allclose(found, oracle.importances_mean, atol=0.02)


def test_means_of_log_loss_are_those_of_scikit_learn():
    rng = np.random.default_rng(1)
    pool = rng.normal(size=(2_000, 2))
    labels = rng.random(2_000) < 1 / (1 + np.exp(-2 * pool[:, 0]))
    model = LogisticRegression().fit(pool, labels)

    def loss(origin):
        shares = model.predict_proba(pool[origin, np.arange(2)])
        return -np.log(shares[np.arange(2_000), labels.astype(int)])

    oracle = permutation_importance(model, pool, labels, scoring="neg_log_loss", n_repeats=20, random_state=0)
    rows = Judged(loss, 2, np.ones(2_000), np.arange(2_000))
    found = [growth(rows, (at,), repeats=20).mean for at in range(2)]
    np.testing.assert_allclose(found, oracle.importances_mean, atol=0.02)


def covered(draws, truth, at, make):
    """The share of draws whose interval for column `at` holds the truth of that draw."""
    rng = np.random.default_rng(7)
    found = [make(rng) for _ in range(draws)]
    hits = [
        low <= true <= high for low, high, true in ((*growth_of(each, at), truth(each, at)) for each in found)
    ]
    return np.mean(hits)


def growth_of(made, at):
    pool, labels, model, weights, units = made
    found = growth(judged(pool, model.predict, labels, weights=weights, units=units), (at,))
    return found.low, found.high


def of_a_line(made, at):
    """The importance of a column of a linear model in all such rows: 2 w c for the weight w that it has and the slope c."""
    slopes = np.array([1.0, -0.5, 0.0])
    return 2 * made[2].coef_[at] * slopes[at]


def alone(rng):
    return (*drawn(rng), None, None)


def clustered(rng):
    """Each row stands three times, as one unit."""
    pool, labels, model = drawn(rng, 120)
    return np.repeat(pool, 3, axis=0), np.repeat(labels, 3), model, None, np.repeat(np.arange(120), 3)


@pytest.mark.parametrize("make", [alone, clustered])
@pytest.mark.parametrize("at", few([0, 1, 2], 0, 2))
def test_intervals_hold_the_true_importance_as_often_as_they_say(make, at):
    """At 0 and 1 it is greater than nothing, at 2 the column is noise and the truth is 0."""
    assert 0.93 <= covered(500, of_a_line, at, make) <= 0.985


def test_repeated_rows_of_one_unit_are_not_taken_for_so_many():
    pool, labels, model, _, units = clustered(np.random.default_rng(3))
    right, wrong = (growth(judged(pool, model.predict, labels, units=each), (0,)) for each in (units, None))
    assert right.variance > 2 * wrong.variance


def test_a_column_that_the_model_does_not_read_drives_nothing():
    pool, labels, _ = drawn(np.random.default_rng(0))
    found = growth(judged(pool, lambda rows: rows[:, 0], labels), (2,))
    assert (0.0, 0.0, 0.0) == (found.mean, found.low, found.high)


def test_columns_that_say_the_same_hide_each_other_until_they_are_dealt_together():
    rng = np.random.default_rng(0)
    pool = rng.normal(size=(500, 1)).repeat(2, axis=1)
    rows = judged(pool, lambda rows: rows.mean(axis=1), pool[:, 0])
    one, both = growth(rows, (0,)), growth(rows, (0, 1))
    assert both.mean == pytest.approx(4 * one.mean, rel=0.15)


def test_rows_that_weigh_nothing_count_for_nothing():
    pool, labels, model = drawn(np.random.default_rng(2), 400)
    weights = np.repeat([1.0, 0.0], 200)
    heavy = growth(judged(pool, model.predict, np.where(weights > 0, labels, 1e6), weights=weights), (0,))
    assert heavy.mean < 10


def test_one_row_says_nothing_of_its_uncertainty():
    found = growth(judged(np.ones((1, 1)), lambda rows: rows[:, 0], np.zeros(1)), (0,))
    assert (-np.inf, np.inf) == (found.low, found.high)
