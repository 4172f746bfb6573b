"""Choices along a line against the best of them: the truly best is kept, and the shortfall bounded, as often as stated."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import ndtri

from shipworthy.stats.best import against_best, critical_values

SHAPES = {
    "flat": np.zeros(25),
    "peaked": -0.02 * np.abs(np.arange(25) - 12),
    "two peaks": -0.05 * np.minimum(np.abs(np.arange(25) - 4), np.abs(np.arange(25) - 20)),
    "falling": -0.03 * np.arange(25),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_the_best_is_kept_and_the_shortfall_of_the_chosen_bounded(shape):
    """2,000 samples; the chosen one is the one that looks best, which is where a plain bound would fail."""
    rng = np.random.default_rng(3)
    true, clock = SHAPES[shape], np.cumsum(np.linspace(0.5, 2, 25)) * 1e-3
    best, steps = int(np.argmax(true)), np.sqrt(np.diff(clock, prepend=0.0))
    lost = short = 0
    limits = critical_values(clock)
    for walk in np.cumsum(rng.standard_normal((2_000, 25)) * steps, axis=1):
        seen = true + walk
        found = against_best_with(limits, seen, clock)
        chosen = int(np.argmax(seen))
        lost += not found[1][best]
        short += bool(true[best] - true[chosen] > found[0][chosen])
    most = 0.05 + 3 * np.sqrt(0.05 * 0.95 / 2_000)
    assert lost / 2_000 <= most
    assert short / 2_000 <= most


def against_best_with(limits, seen, clock):
    """The definition, pair by pair, with critical values that were made once."""
    error = np.sqrt(np.abs(clock[:, None] - clock[None, :]))
    lead = seen[:, None] - seen[None, :]
    upper = np.max(lead + limits[:, None] * error, axis=0)
    behind = np.max(-lead - limits[:, None] * error, axis=1)
    return np.maximum(upper, 0), behind <= 0


def test_it_follows_the_definition():
    rng = np.random.default_rng(5)
    clock = np.cumsum(rng.uniform(0.1, 1, 12))
    seen = rng.normal(size=12)
    expected = against_best_with(critical_values(clock), seen, clock)
    found = against_best(seen, clock)
    np.testing.assert_allclose(expected[0], found.upper)
    assert expected[1].tolist() == found.perhaps_best.tolist()


def test_two_choices_are_one_plain_comparison():
    assert critical_values([0.0, 1.0]) == pytest.approx([ndtri(0.95)] * 2, abs=0.06)


def test_alike_choices_and_a_choice_alone_fall_short_of_nothing():
    assert [0.0] == against_best([3.0], [1.0]).upper.tolist()
    found = against_best([1.0, 1.0], [2.0, 2.0])
    assert [0.0, 0.0] == found.upper.tolist()
    assert found.perhaps_best.all()


def test_what_is_far_worse_is_not_perhaps_the_best():
    found = against_best([0.0, 5.0, 0.0], [0.0, 1e-4, 2e-4])
    assert [False, True, False] == found.perhaps_best.tolist()
    assert found.upper[1] == 0.0


def test_the_spare_variance_widens_every_statement():
    value, clock = [0.0, 0.1, 0.05], [0.0, 0.01, 0.02]
    assert (against_best(value, clock, 0.01).upper > against_best(value, clock).upper).all()
