"""Risk control: proved settings are truly safe at the stated rate, and testing goes as the procedure says."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import binom

from shipworthy.stats.conformal import controlled, least_trials


def test_299_trials_without_an_error_prove_one_percent():
    assert 299 == least_trials(0.01)
    assert 0.99**299 <= 0.05 < 0.99**298


def test_one_setting_is_tested_at_the_whole_error():
    """With all starts at one setting the four quarters add up: an exact binomial test at 5 %."""
    for errors in range(6):
        expected = binom.cdf(errors, 500, 0.02) <= 0.05
        assert [expected] == controlled([errors], [500], 0.02).tolist()


def test_a_setting_that_fails_ends_the_run_until_the_next_start():
    trials = np.arange(100, 1_001, 100)
    errors = np.array([0, 0, 30, 30, 30, 30, 30, 30, 30, 30])
    assert not controlled(errors, trials, 0.05)[2:4].any()
    late = np.where(trials < 300, 30, 0)
    assert [False] * 2 + [True] * 8 == controlled(late, trials, 0.05).tolist()


def test_a_setting_before_all_starts_is_never_proved():
    """200 rows without an error prove nothing of 1 %, and so the run begins where some could."""
    assert [False, True] == controlled([0, 0], [200, 500], 0.01).tolist()


def test_the_first_start_has_a_quarter_of_the_error():
    """A p-value between 1.25 % and 5 % at the first of several starts does not count."""
    trials = [200, 20_000]
    assert 0.0125 < binom.cdf(1, 200, 0.03) <= 0.05
    assert [False, True] == controlled([1, 100], trials, 0.03).tolist()


@pytest.mark.parametrize(("bound", "size"), [(0.01, 4_000), (0.05, 800), (0.1, 300), (0.02, 300)])
@pytest.mark.parametrize("shape", ["at the bound", "rising through it", "falling through it"])
def test_a_setting_that_is_not_safe_is_proved_at_most_once_in_twenty(bound, size, shape):
    """4,000 samples of 12 nested settings; each setting adds rows of its own error rate."""
    rng = np.random.default_rng(7)
    steps = 12
    rates = {
        "at the bound": np.full(steps, bound * 1.0001),
        "rising through it": np.linspace(0.3, 2.2, steps) * bound,
        "falling through it": np.linspace(3.0, 0.2, steps) * bound,
    }[shape]
    rows = np.full(steps, size // steps)
    true = np.cumsum(rates * rows) / np.cumsum(rows)
    wrong = 0
    for errors in np.cumsum(rng.binomial(rows, rates, size=(4_000, steps)), axis=1):
        wrong += bool((controlled(errors, np.cumsum(rows), bound) & (true > bound)).any())
    assert wrong / 4_000 <= 0.05 + 3 * np.sqrt(0.05 * 0.95 / 4_000)


def test_safe_settings_are_found_where_there_are_enough_rows():
    rng = np.random.default_rng(1)
    rows = np.full(20, 200)
    rates = np.linspace(0.001, 0.008, 20)
    found = [controlled(np.cumsum(rng.binomial(rows, rates)), np.cumsum(rows), 0.01)[-1] for _ in range(200)]
    assert np.mean(found) > 0.9


def test_nothing_is_proved_of_no_settings_and_of_no_trials():
    assert 0 == controlled([], [], 0.01).size
    assert not controlled([0, 0], [0, 0], 0.01).any()


@pytest.mark.parametrize(("trials", "bound"), [([5, 4], 0.1), ([4, 5], 0.0), ([4, 5], 1.0)])
def test_an_order_or_a_bound_without_meaning_is_refused(trials, bound):
    with pytest.raises(ValueError, match="never fall"):
        controlled([0, 0], trials, bound)
