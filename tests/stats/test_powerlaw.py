"""Learning curves drawn from a known law: the intervals hold what they promise."""

import numpy as np
import pytest

from shipworthy.stats import powerlaw

SIZES = np.array([100, 200, 400, 800, 1_600, 3_200], dtype=float)

LAWS = [(0.90, -1.5, 0.5), (0.85, -3.0, 0.7), (0.75, -0.8, 0.3), (0.20, 2.0, 0.5)]


def drawn(law, seed, *, repeats=6, shift=0.01, noise=0.4):
    a, b, c = law
    rng = np.random.default_rng(seed)
    values = a + b * SIZES**-c + rng.normal(0, shift, (repeats, 1))
    return values + rng.normal(0, 1, (repeats, SIZES.size)) * noise / np.sqrt(SIZES)


@pytest.mark.parametrize("law", LAWS)
def test_intervals_of_the_asymptote_of_more_rows_and_of_the_rows_to_a_target_cover_the_truth(law):
    a, b, c = law
    target = a + 0.5 * b * SIZES[-1] ** -c
    rows, held, rounds = ((target - a) / b) ** (-1 / c), np.zeros(3), 150
    for seed in range(rounds):
        found = powerlaw.fit(SIZES, drawn(law, seed))
        low, high = powerlaw.asymptote_interval(found)
        held[0] += low <= a <= high
        least, greatest = powerlaw.value_interval(found, 4 * SIZES[-1])
        held[1] += least <= a + b * (4 * SIZES[-1]) ** -c <= greatest
        needed = powerlaw.rows_to_reach(found, target, rising=b < 0)
        held[2] += needed.low <= rows <= needed.high
    assert (held / rounds >= 0.9).all(), held / rounds


@pytest.mark.parametrize("law", LAWS)
def test_a_curve_without_noise_gives_its_law_back(law):
    a, b, c = law
    found = powerlaw.fit(SIZES, np.tile(a + b * SIZES**-c, (3, 1)))
    assert a == pytest.approx(found.asymptote, abs=0.01)
    assert a + b * 12_800**-c == pytest.approx(powerlaw.value_at(found, 12_800), abs=1e-3)
    assert c == pytest.approx(found.exponents[found.best], rel=0.03)


def test_a_target_beyond_the_asymptote_needs_no_number_of_rows():
    law = (0.85, -40.0, 1.2)
    found = powerlaw.fit(SIZES, drawn(law, 3, noise=0.05, shift=0.0))
    assert np.inf == powerlaw.rows_to_reach(found, 0.95, rising=True).low
    assert powerlaw.asymptote_interval(found)[1] < 0.95


def test_a_target_below_every_value_is_reached_by_few_rows():
    found = powerlaw.fit(SIZES, drawn((0.9, -1.5, 0.5), 5, noise=0.05, shift=0.0))
    assert powerlaw.rows_to_reach(found, 0.7, rising=True).high <= SIZES[0]


def test_the_interval_of_endless_rows_is_that_of_the_asymptote():
    found = powerlaw.fit(SIZES, drawn((0.9, -1.5, 0.5), 1))
    low, high = powerlaw.value_interval(found, [np.inf, 3_200])
    assert powerlaw.asymptote_interval(found) == (low[0], high[0])
    assert high[1] - low[1] < high[0] - low[0]


@pytest.mark.parametrize(("sizes", "repeats"), [(3, 5), (6, 1)])
def test_too_few_sizes_or_repeats_are_refused(sizes, repeats):
    with pytest.raises(ValueError, match="a curve needs"):
        powerlaw.fit(SIZES[:sizes], np.zeros((repeats, sizes)))
