"""Planning: the smallest number that decides, equal to an exhaustive search."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import bdtr, bdtrc

from shipworthy.stats import proportion, sample_size
from shipworthy.stats.search import smallest

PLANS = [
    (0.0, 0.001),
    (0.0005, 0.001),
    (0.001, 0.01),
    (0.03, 0.05),
    (0.049, 0.07),
    (0.07, 0.05),
    (0.002, 0.0005),
    (0.3, 0.4),
    (0.4, 0.3),
    (0.52, 0.47),
    (0.66, 0.75),
    (0.9, 0.8),
    (0.97, 0.95),
    (0.93, 0.95),
    (1.0, 0.95),
    (0.999, 0.9955),
    (0.0, 1.0),
    (1.0, 0.0),
    (0.5, 1.0),
    (0.5, 0.0),
]


def decides(events, trials, bound, level, *, above):
    """Whether the Clopper-Pearson bound of the events passes the bound, on the side asked for."""
    if above:
        return proportion.clopper_pearson_lower(events, trials, level) > bound
    return proportion.clopper_pearson_upper(events, trials, level) < bound


@pytest.mark.parametrize(("rate", "bound"), PLANS)
@pytest.mark.parametrize("level", [0.9, 0.95, 0.99])
def test_no_smaller_number_of_trials_decides_at_the_present_rate(rate, bound, level):
    """Against the bounds themselves, events rounded against the verdict."""
    answer = sample_size.trials_to_decide(rate, bound, level)
    assert answer is not None
    trials = np.arange(1, answer + 1)
    exact = rate * trials
    events = np.ceil(exact - 1e-9) if rate < bound else np.floor(exact + 1e-9)
    assert answer == 1 + int(np.argmax(decides(events, trials, bound, level, above=rate > bound)))


@pytest.mark.parametrize(("rate", "bound"), PLANS)
@pytest.mark.parametrize(("level", "power"), [(0.95, 0.8), (0.9, 0.95), (0.99, 0.5)])
def test_no_smaller_number_of_trials_has_the_power(rate, bound, level, power):
    """Against the binomial distribution, summed over the events that decide."""
    answer = sample_size.trials_with_power(rate, bound, level, power)
    assert answer is not None
    trials = np.unique(np.concatenate([np.arange(max(1, answer - 500), answer + 1), np.arange(1, 100)]))
    trials = trials[trials <= answer]
    chances = np.array([chance_to_decide(int(n), rate, bound, 1 - level) for n in trials])
    assert answer == trials[np.argmax(chances >= power - 1e-12)]


def chance_to_decide(trials, rate, bound, error):
    """The power of the exact one-sided test by its critical count, found by trying them all."""
    counts = np.arange(trials + 1)
    if rate < bound:
        critical = np.flatnonzero(bdtr(counts, trials, bound) <= error + 1e-12)
        return float(bdtr(critical[-1], trials, rate)) if critical.size else 0.0
    critical = np.flatnonzero(np.where(counts > 0, bdtrc(counts - 1, trials, bound), 1.0) <= error + 1e-12)
    return float(bdtrc(critical[0] - 1, trials, rate)) if critical.size else 0.0


SHARES = st.tuples(st.integers(0, 60), st.integers(1, 60)).map(lambda each: min(each[0] / each[1], 1.0))


@given(SHARES, st.integers(1, 99), st.sampled_from([0.8123, 0.9512, 0.9953]))
def test_every_number_of_trials_from_the_one_that_stays_decided_decides(rate, percent, level):
    """Against the bounds themselves, for every number up to thrice the answer; the one before it does not decide."""
    bound = percent / 100
    answer = sample_size.trials_to_stay_decided(rate, bound, level)
    if abs(rate - bound) < 0.01:
        return
    assert answer is not None
    trials = np.arange(max(1, answer - 1), 3 * answer + 100)
    exact = rate * trials
    events = np.ceil(exact - 1e-9) if rate < bound else np.floor(exact + 1e-9)
    decided = decides(events, trials, bound, level, above=rate > bound)
    assert decided[trials >= answer].all()
    assert answer == 1 or not decided[0]
    assert answer >= sample_size.trials_to_decide(rate, bound, level)


def test_nothing_stays_decided_where_the_rate_is_the_bound_or_about_the_bound():
    assert sample_size.trials_to_stay_decided(0.1, 0.1) is None
    assert sample_size.trials_to_stay_decided(0.1, 0.1000001) is None


@given(st.floats(0, 1), st.floats(0.0001, 0.9999))
def test_a_claim_and_its_complement_need_the_same(rate, bound):
    """Misses of recall are false positives of another claim."""
    rate, bound = round(rate, 4), round(bound, 4)
    answer, mirrored = (
        sample_size.trials_to_decide(*pair)
        for pair in [(rate, bound), (round(1 - rate, 4), round(1 - bound, 4))]
    )
    assert (answer is None) == (mirrored is None)
    if answer is not None:
        assert answer == pytest.approx(mirrored, rel=1e-6)


@given(st.floats(0, 1), st.floats(0.001, 0.999))
def test_a_better_chance_of_deciding_needs_more(rate, bound):
    needs = [sample_size.trials_with_power(rate, bound, power=power) or np.inf for power in (0.5, 0.8, 0.95)]
    assert needs == sorted(needs)


@pytest.mark.parametrize("plan", [sample_size.trials_to_decide, sample_size.trials_with_power])
def test_a_rate_equal_to_the_bound_never_decides(plan):
    assert plan(0.3, 0.3) is None


@pytest.mark.parametrize("plan", [sample_size.trials_to_decide, sample_size.trials_with_power])
def test_more_than_a_thousand_million_is_never(plan):
    assert plan(0.3, 0.300_001) is None


@pytest.mark.parametrize("plan", [sample_size.trials_to_decide, sample_size.trials_with_power])
@pytest.mark.parametrize(("rate", "bound"), [(95, 0.9), (0.9, 95), (float("nan"), 0.5)])
def test_a_percentage_is_refused_as_a_share(plan, rate, bound):
    with pytest.raises(ValueError, match=r"write 0\.05 for 5 %"):
        plan(rate, bound)


def test_the_present_rate_decides_with_about_an_even_chance():
    trials = sample_size.trials_to_decide(0.93, 0.95)
    assert 0.5 == pytest.approx(chance_to_decide(trials, 0.93, 0.95, 0.05), abs=0.06)


@pytest.mark.parametrize("at_least", [False, True])
def test_allowed_events_meet_the_claim_at_the_answer_and_not_before(at_least):
    for events in (0, 1, 4, 25):
        bound = 0.9 if at_least else 0.1
        trials = sample_size.events_allowed_trials(events, bound, at_least=at_least)
        assert trials is not None
        uppers = proportion.clopper_pearson_upper(events, [trials - 1, trials])
        assert uppers[1] <= 0.1 < uppers[0]


def test_no_number_of_trials_proves_a_rate_of_nothing():
    assert sample_size.events_allowed_trials(0, 0.0) is None


class TestUnits:
    def test_the_bound_passes_at_the_answer_and_not_before(self):
        from shipworthy.stats import ratio

        units = sample_size.units_to_decide(10.0, 4.0, 9.8)
        assert units is not None
        lowers = ratio.t_lower(10.0, 4.0 / np.array([units - 1, units]), [units - 1, units])
        assert lowers[0] < 9.8 <= lowers[1]

    def test_both_directions_need_the_same(self):
        assert sample_size.units_to_decide(3.0, 2.0, 3.25) == sample_size.units_to_decide(3.25, 2.0, 3.0)

    def test_without_spread_two_units_decide(self):
        assert 2 == sample_size.units_to_decide(1.0, 0.0, 2.0)

    @pytest.mark.parametrize(
        ("value", "variance"), [(1.0, 4.0), (2.0, np.inf), (np.nan, 1.0), (1 + 1e-9, 4.0)]
    )
    def test_nothing_decides_where_the_value_is_the_bound_or_nothing_is_known(self, value, variance):
        assert sample_size.units_to_decide(value, variance, 1.0) is None

    def test_the_promised_power_is_there(self):
        from shipworthy.stats import ratio

        units = sample_size.units_with_power(1.0, 4.0, 0.6, power=0.8)
        draws = np.random.default_rng(53).normal(1.0, 2.0, (20_000, units))
        lower = ratio.t_lower(draws.mean(axis=1), draws.var(axis=1, ddof=1) / units, units)
        assert 0.8 == pytest.approx(float(np.mean(lower > 0.6)), abs=0.012)


@pytest.mark.parametrize("plan", [sample_size.trials_to_decide, sample_size.trials_with_power])
def test_millions_are_planned_at_once(plan):
    """Both ends of the scale and the middle."""
    plans = [(0.0009, 0.001), (0.5, 0.5001), (1e-5, 1e-6), (0.99999, 0.99998), (0.0502, 0.05)]
    assert all(plan(*pair) for pair in plans)


@given(st.integers(0, 1000), st.integers(0, 1000), st.integers(0, 1200), st.floats(-10, 2000))
def test_the_search_finds_the_first_from_any_guess(least, length, first, guess):
    greatest = least + length
    expected = max(first, least) if first <= greatest else None
    assert expected == smallest(lambda n: n >= first, least, greatest, guess)
