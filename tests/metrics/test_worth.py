"""What rows are worth: bounds of shares and means err at about the nominal rate, whoever has how many rows or how much weight."""

from __future__ import annotations

import numpy as np
import pytest

from shipworthy.metrics import define
from shipworthy.metrics.bounded import bounded_mean
from shipworthy.metrics.sums import Sums
from shipworthy.spec.language import Metric
from shipworthy.stats import ratio
from shipworthy.stats.proportion import clopper_pearson_lower, clopper_pearson_upper
from shipworthy.tally.cube import Cube
from shipworthy.tally.needs import pair

DRAWS = 2000


def poisson(rng, shape):
    return rng.poisson(5, shape) + 1


def lognormal(rng, shape):
    return np.ceil(rng.lognormal(1, 1.3, shape)).astype(int)


def pareto(rng, shape):
    return np.clip(np.ceil(rng.pareto(1.1, shape)), 1, 5000).astype(int)


def giants(rng, shape):
    return np.where(rng.random(shape) < 0.01, 1000, 1)


def robots(rng, shape):
    return np.where(rng.random(shape) < 0.05, 50, 1)


def events_of(rng, rows, share, alike):
    """Events of units with so many rows, whose intra-class correlation is `alike`."""
    if alike == 1:
        return rows * (rng.random(rows.shape) < share)
    odds = (1 - alike) / alike
    return rng.binomial(rows, rng.beta(share * odds, (1 - share) * odds, rows.shape))


def sums_of(a, b, rows):
    events, all_rows, aa, ab, bb = (np.sum(x, axis=1, dtype=float) for x in (a, b, a * a, a * b, b * b))
    return Sums(events, all_rows, aa, ab, bb, rows.sum(axis=1).astype(float))


def errors(sums, truth):
    """How often the lower and the upper bound of a share are wrong."""
    found, trials = sums.ratio, sums.ratio.trials(0.95)
    events = np.nan_to_num(found.value) * trials
    lower, upper = (bound(events, trials) for bound in (clopper_pearson_lower, clopper_pearson_upper))
    return np.mean(lower > truth), np.mean(upper < truth)


@pytest.mark.parametrize("share", [0.02, 0.2, 0.9])
@pytest.mark.parametrize("alike", [0.05, 0.3, 1])
@pytest.mark.parametrize("units", [60, 400])
@pytest.mark.parametrize("sizes", [poisson, lognormal, pareto, giants, robots])
def test_bounds_of_shares_hold_whatever_the_sizes_of_units(sizes, units, alike, share):
    """With units counted, and the variance over units alone, up to 87 % of these were wrong."""
    rng = np.random.default_rng(units)
    rows = sizes(rng, (DRAWS, units))
    found = sums_of(events_of(rng, rows, share, alike), rows, rows)
    assert max(errors(found, share)) <= 0.05 + 0.015


@pytest.mark.parametrize("alike", [0.05, 1])
@pytest.mark.parametrize("sizes", [poisson, lognormal, pareto, giants])
def test_bounds_of_means_hold_whatever_the_sizes_of_units(sizes, alike):
    """With as many degrees of freedom as units, up to 23 % were wrong; now up to 8 %, where a few units hold nearly all rows."""
    rng = np.random.default_rng(400)
    rows = sizes(rng, (DRAWS, 400))
    noise = rng.normal(size=rows.shape) * np.sqrt((1 - alike) / rows)
    found = sums_of(rows * (rng.normal(size=rows.shape) * np.sqrt(alike) + noise), rows, rows).ratio
    wrong = [
        np.mean(ratio.t_lower(found.value, found.variance, found.units) > 0),
        np.mean(ratio.t_upper(found.value, found.variance, found.units) < 0),
    ]
    assert max(wrong) <= 0.08 + 0.01


def any_rows(rng, shape, share):
    """Weights that know nothing of the event, differing by half on the log scale."""
    return rng.lognormal(0, 0.7, shape), rng.uniform(size=shape) < share, share


def few_heavy_rows(rng, shape, share):
    """One row in a hundred weighs a thousand times as much."""
    return np.where(rng.uniform(size=shape) < 0.01, 1000.0, 1.0), rng.uniform(size=shape) < share, share


def heavy_rows_have_more_events(rng, shape, share):
    """One row in ten weighs nine times as much, and among them the event is more than twice as frequent."""
    heavy = rng.uniform(size=shape) < 0.1
    events = rng.uniform(size=shape) < np.where(heavy, 2 * share, share * 8 / 9)
    return np.where(heavy, 9.0, 1.0), events, share * (2 + 8 / 9) / 2


def events_oversampled(rng, shape, share):
    """Ten times as many events as there are in the world, or half."""
    taken = min(10 * share, 0.5)
    events = rng.uniform(size=shape) < taken
    return np.where(events, share / taken, (1 - share) / (1 - taken)), events, share


def high_scores_oversampled(rng, shape, share):
    """Half of the rows come from the twentieth of the world that has half of the events."""
    high = rng.uniform(size=shape) < 0.5
    shares = min(share * 10, 0.95), share * 0.5 / 0.95
    events = rng.uniform(size=shape) < np.where(high, *shares)
    return np.where(high, 0.1, 1.9), events, 0.05 * shares[0] + 0.95 * shares[1]


@pytest.mark.parametrize("share", [0.01, 0.05, 0.2])
@pytest.mark.parametrize("rows", [100, 500])
@pytest.mark.parametrize(
    "law",
    [any_rows, few_heavy_rows, heavy_rows_have_more_events, events_oversampled, high_scores_oversampled],
)
def test_bounds_of_weighted_shares_hold_whatever_weights_have_to_do_with_the_event(law, rows, share):
    """Kish's number alone errs in up to 16 % of these, the variance alone in up to 35 %."""
    w, events, truth = law(np.random.default_rng(rows), (DRAWS, rows), share)
    assert max(errors(sums_of(w * events, w, np.ones_like(w)), truth)) <= 0.05 + 0.015


@pytest.mark.parametrize("share", [0.02, 0.2])
def test_bounds_of_weighted_rows_in_units_hold(share):
    rng = np.random.default_rng(7)
    rows = rng.poisson(6, (DRAWS, 80)) + 1
    w = rng.lognormal(0, 0.5, rows.shape)
    assert max(errors(sums_of(w * events_of(rng, rows, share, 0.2), w * rows, rows), share)) <= 0.05 + 0.015


def test_weights_whose_mean_is_one_are_weights():
    """A sixteenth of the rows weigh 8.5, the others 0.5: together as much as there are rows."""
    w = np.where(np.arange(1600) % 16 == 0, 8.5, 0.5)[None, :]
    found = sums_of(w * (np.arange(1600) % 3 > 0), w, np.ones_like(w)).ratio
    assert 1600 == w.sum()
    assert 1600**2 / np.sum(w**2) == pytest.approx(float(found.units[0]))
    assert found.trials(0.95) < 340


def test_rows_of_no_weight_are_worth_nothing():
    nothing, rows = np.zeros((2, 40)), np.ones((2, 40))
    found = sums_of(nothing, nothing, rows).ratio
    assert np.isnan(found.value).all()
    assert [0, 0] == found.trials(0.95).tolist()


@pytest.mark.parametrize("weight", [0.001, 1, 1000])
def test_equal_weights_are_worth_their_rows(weight):
    w = np.full((1, 40), float(weight))
    found = sums_of(w * (np.arange(40) < 10), w, np.ones_like(w)).ratio
    assert not found.clustered.any()
    assert 40 == found.trials(0.95)


@pytest.mark.parametrize("units", [60, 400])
@pytest.mark.parametrize("law", ["uniform", "reciprocal ranks", "good orders"])
def test_intervals_of_means_from_0_to_1_cover_what_they_say(law, units):
    rng = np.random.default_rng(units)

    def drawn(shape):
        if law == "uniform":
            return rng.uniform(size=shape)
        if law == "reciprocal ranks":
            return 1 / np.minimum(rng.geometric(0.5, shape), 12)
        return np.where(rng.random(shape) < 0.6, 1.0, rng.choice([0, 0.39, 0.43, 0.5, 0.63], shape))

    values, truth = drawn((DRAWS, units)), drawn(1_000_000).mean()
    definition, rows = define(Metric("brier"), None), np.full(DRAWS, float(units))
    (a,), (b,) = definition.numerator, definition.denominator
    sums = np.stack([values.sum(axis=1), rows], axis=1)
    products = {pair(a, a): (values**2).sum(axis=1), pair(a, b): sums[:, 0], pair(b, b): rows}
    keys = tuple((str(at),) for at in range(DRAWS))
    found = bounded_mean(definition, Cube(("draw",), keys, (a, b), rows, rows, sums, sums, products), 0.95)
    covered = np.mean((found.low <= truth) & (truth <= found.high))
    assert found.method.count("delta_logit") > 0.5 * DRAWS
    assert 0.93 <= covered <= 0.97
