"""Two samples of categories: the size of the test, the coverage of the bounds, and golden numbers."""

from __future__ import annotations

import numpy as np
import pytest

from shipworthy.stats import drift

POPULATION = np.array([0.30, 0.20, 0.15, 0.10, 0.10, 0.05, 0.05, 0.03, 0.02])


def test_the_stability_index_is_that_of_the_published_example() -> None:
    """50/30/20 against 40/30/30 has a PSI of .062861."""
    assert drift.psi([50, 30, 20], [40, 30, 30]) == pytest.approx(0.062861, abs=1e-6)


def test_the_p_value_is_that_of_the_chi_square_test_of_scipy() -> None:
    """Two samples with enough rows in every category are tested as a contingency table."""
    from scipy.stats import chi2_contingency

    first, second = [120, 80, 60, 40], [200, 190, 100, 110]
    assert drift.p_value(drift.two_samples(first, second)) == pytest.approx(
        float(chi2_contingency([first, second], correction=False).pvalue)
    )


@pytest.mark.parametrize(("n", "m"), [(60, 90), (400, 4_000), (3_000, 3_000)])
def test_identical_populations_alarm_at_the_nominal_rate(n: int, m: int) -> None:
    """At any size the test rejects about 5 % of samples from one population, and the lower bound leaves 0 as rarely."""
    rng, rounds = np.random.default_rng(7), 400
    pairs = [
        drift.two_samples(rng.multinomial(n, POPULATION), rng.multinomial(m, POPULATION))
        for _ in range(rounds)
    ]
    rejected = np.mean([drift.p_value(each) <= 0.05 for each in pairs])
    assert 0.02 <= rejected <= 0.08
    assert np.mean([drift.lower(each) > 0 for each in pairs[:150]]) <= 0.10


@pytest.mark.parametrize("moved", [0.05, 0.2])
def test_the_bounds_cover_the_true_distance(moved: float) -> None:
    """Each one-sided bound is wrong in at most about 5 % of samples of two different populations."""
    other = POPULATION + moved * np.array([-1, 0, 0, 0, 0, 0, 0, 0, 1])
    rng, rounds = np.random.default_rng(3), 150
    true = drift.total_variation(POPULATION, other)
    assert true == pytest.approx(moved)
    pairs = [
        drift.two_samples(rng.multinomial(700, POPULATION), rng.multinomial(500, other))
        for _ in range(rounds)
    ]
    assert np.mean([drift.lower(each) > true for each in pairs]) <= 0.08
    assert np.mean([drift.upper(each) < true for each in pairs]) <= 0.08


def test_clustered_rows_keep_the_size_of_the_test() -> None:
    """Rows of one unit that are all alike count as one row, however many they are."""
    rng, rejected = np.random.default_rng(11), []
    for _ in range(300):
        sides = []
        for units in (150, 200):
            rows = 8 * rng.multinomial(units, POPULATION)
            effect = drift.design_effect(rows, 8 * rows, 8 * rows)
            assert effect == pytest.approx(8, rel=0.01)
            sides.append(rows / effect)
        rejected.append(drift.p_value(drift.two_samples(*sides)) <= 0.05)
    assert 0.02 <= np.mean(rejected) <= 0.08


def test_independent_rows_have_a_design_effect_of_one() -> None:
    """Where each row is its own unit, squares and products are the counts."""
    rows = np.array([50.0, 30.0, 20.0])
    assert drift.design_effect(rows, rows, rows) == pytest.approx(1.0)


def test_bounds_widen_with_the_level_far_out_too() -> None:
    """Levels beyond what random tables resolve are bounded by an inequality, which is wider."""
    samples = drift.two_samples([300, 500, 200], [500, 300, 200])
    lower = [drift.lower(samples, level) for level in (0.9, 0.95, 0.99, 0.999, 0.999999)]
    assert lower == sorted(lower, reverse=True)
    assert lower[-1] < samples.distance


def test_a_sample_without_rows_says_nothing() -> None:
    """Its bounds are those of ignorance."""
    samples = drift.two_samples([0, 0], [3, 4])
    assert (drift.lower(samples), drift.upper(samples), drift.p_value(samples)) == (0.0, 1.0, 1.0)
    assert np.isnan(samples.distance)
