"""Errors and numbers of items for repeated answers: the figures of Miller (2024), "Adding error bars to evals", worked out again."""

from __future__ import annotations

from math import sqrt

import numpy as np
import pytest

from shipworthy.stats import paired
from shipworthy.stats.power import difference_variance, items_for_difference, shown_difference
from shipworthy.stats.ratio import linearised_variance, t_interval

TWO_SIDED = 0.975
SCORES = np.array([[1, 1, 1], [0, 0, 0], [1, 0, 1], [1, 1, 1]], float)
"""Four clusters of three."""


def variance_of_mean(totals, sizes):
    sums = len(totals), totals.sum(), sizes.sum(), totals @ totals, totals @ sizes, sizes @ sizes
    return float(linearised_variance(*sums))


def test_the_error_of_clusters_is_the_published_one():
    """With the factor C / (C - 1) that statsmodels and Inspect use, and without it, as in the paper; alone it is .142."""
    clustered = variance_of_mean(SCORES.sum(axis=1), np.full(4, 3.0))
    assert 0.2357023 == pytest.approx(sqrt(clustered), abs=1e-7)
    assert 0.2041241 == pytest.approx(sqrt(clustered * 3 / 4), abs=1e-7)
    assert 0.1421338 == pytest.approx(sqrt(variance_of_mean(SCORES.ravel(), np.ones(12))), abs=1e-7)


@pytest.mark.parametrize(
    ("rate", "rows", "error"),
    [
        (0.655, 5000, 0.006723),
        (0.630, 5000, 0.006828),
        (0.753, 2500, 0.008625),
        (0.836, 164, 0.028914),
        (0.867, 164, 0.026516),
    ],
)
def test_the_error_of_a_share_is_the_published_one(rate, rows, error):
    events = rate * rows
    of_mean = linearised_variance(rows, events, rows, events, events, rows) * (rows - 1) / rows
    assert error == pytest.approx(sqrt(of_mean), abs=1e-6)


def test_the_error_of_a_paired_difference_is_the_published_one():
    """Two models that are right in 65.5 and 63.0 % of 5,000 questions, with a correlation of a half."""
    a, b, n = 0.655, 0.630, 5000
    both = 0.5 * sqrt(a * (1 - a) * b * (1 - b)) + a * b
    table = paired.pairs(n * both, n * (a - both), n * (b - both), n * (1 - a - b + both))
    assert 0.0067759 == pytest.approx(sqrt(table.variance), abs=1e-7)
    assert 0.0095820 == pytest.approx(sqrt((a * (1 - a) + b * (1 - b)) / n), abs=1e-6)
    low, high = t_interval(table.value, table.variance, n)
    assert (0.0117, 0.0383) == pytest.approx((float(low), float(high)), abs=5e-5)
    shown = paired.difference_interval(table)
    assert (float(low), float(high)) == pytest.approx(tuple(map(float, shown)), abs=5e-5)


def test_the_items_of_a_difference_are_the_published_ones():
    """968.997 of them where answers do not vary, and four times as many where each varies and is asked once."""
    assert 969 == items_for_difference(0.03, difference_variance(1 / 9), TWO_SIDED)
    assert 3876 == items_for_difference(0.03, difference_variance(1 / 9, (1 / 6, 1 / 6)), TWO_SIDED)


@pytest.mark.parametrize(("tries", "least"), [(1, 0.1327), (10, 0.0757)])
def test_the_least_difference_that_198_items_show(tries, least):
    variance = difference_variance(1 / 9, (1 / 6, 1 / 6), (tries, tries))
    assert least == pytest.approx(shown_difference(198, variance, TWO_SIDED), abs=5e-5)


@pytest.mark.parametrize(("tries", "saved"), [(1, 0), (2, 1 / 3), (4, 1 / 2), (6, 5 / 9)])
def test_asking_again_saves_as_much_as_published(tries, saved):
    """Items whose chance to pass is anything from 0 to 1: 1/12 varies between them, 1/6 within."""
    once = difference_variance(1 / 12, (1 / 6, 0))
    assert 1 - saved == pytest.approx(difference_variance(1 / 12, (1 / 6, 0), (tries, 1)) / once)


def test_items_that_were_planned_show_the_difference_as_often_as_they_promise():
    difference, tries = 0.06, 4
    own = np.random.default_rng(1).random((2_000_000,)) * (1 - difference)
    within = float(np.mean(own * (1 - own))), float(np.mean((own + difference) * (1 - own - difference)))
    variance = difference_variance(0.0, within, (tries, tries))
    n = items_for_difference(difference, variance)
    assert n is not None
    rng = np.random.default_rng(2)
    rate = rng.random((4_000, n)) * (1 - difference)
    found = (rng.binomial(tries, rate + difference) - rng.binomial(tries, rate)) / tries
    bound = found.mean(axis=1) - 1.645 * found.std(axis=1, ddof=1) / sqrt(n)
    assert 0.8 == pytest.approx(np.mean(bound > 0), abs=0.02)


@pytest.mark.parametrize(
    ("between", "within", "tries"), [(-0.1, (0, 0), (1, 1)), (0.1, (0, -1), (1, 1)), (0.1, (0, 0), (1, 0))]
)
def test_variances_and_tries_that_cannot_be_are_refused(between, within, tries):
    with pytest.raises(ValueError, match="at least"):
        difference_variance(between, within, tries)


def test_no_items_show_no_difference():
    with pytest.raises(ValueError, match="would matter"):
        items_for_difference(0.0, 0.1)
    with pytest.raises(ValueError, match="at least one"):
        shown_difference(0, 0.1)
