"""Ranking: the histogram's figures are those of the rows, and bounds err no more often than they say."""

from __future__ import annotations

from functools import partial

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shipworthy.stats import proportion, ranking
from tests.dear import few
from tests.stats.scored import binormal, half_lost, histogram, rows, samples

LEVELS = st.floats(0.5, 0.999)
VALUE_ALONE = partial(ranking.average_precision, draws=2)
BOTH = pytest.mark.parametrize("estimate", [ranking.auc, ranking.average_precision])


def auc_of_pairs(scores, labels):
    """Every positive against every negative."""
    difference = scores[labels][:, None] - scores[~labels]
    return np.mean(np.sign(difference) / 2 + 0.5)


def average_precision_of_rows(scores, labels):
    """Each positive's precision at its own score."""
    return np.mean([labels[scores >= score].mean() for score in scores[labels]])


@given(rows())
def test_the_auc_is_the_share_of_pairs_in_order_with_ties_half(pair):
    assert auc_of_pairs(*pair) == pytest.approx(float(ranking.auc(*histogram(*pair)).value))


@given(rows())
def test_average_precision_is_the_mean_precision_at_the_positives(pair):
    found = VALUE_ALONE(*histogram(*pair))
    expected = average_precision_of_rows(*pair)
    assert [expected] * 4 == pytest.approx([found.value, found.tied, found.floor, found.ceiling])


@given(rows(), st.lists(st.floats(0, 12), max_size=4))
def test_whatever_the_buckets_the_exact_figures_lie_in_their_ranges(pair, cuts):
    scores, labels = pair
    buckets = histogram(scores, labels, np.searchsorted(np.sort(cuts), scores))
    for exact, found in (
        (auc_of_pairs(*pair), ranking.auc(*buckets)),
        (average_precision_of_rows(*pair), VALUE_ALONE(*buckets)),
    ):
        assert found.floor - 1e-9 <= exact <= found.ceiling + 1e-9
        assert found.floor - 1e-9 <= found.value <= found.ceiling + 1e-9
        assert found.floor - 1e-9 <= found.tied <= found.ceiling + 1e-9


def test_the_range_of_a_bucket_is_reached_by_its_worst_and_its_best_order():
    """Three positives and two negatives in one bucket, under a positive and a negative."""
    found = VALUE_ALONE([0, 5], [1, 5], [3, 1], [2, 1])
    top = 1 / 2
    assert (top + 2 / 5 + 3 / 6 + 4 / 7) / 4 == pytest.approx(float(found.floor))
    assert (top + 3 * 4 / 5) / 4 == pytest.approx(float(found.ceiling))


def test_the_value_of_a_wide_bucket_is_about_the_mean_over_random_orders():
    rng = np.random.default_rng(2)
    labels = np.repeat([True, False], [40, 160])
    found = VALUE_ALONE([0], [1], [40], [160])
    orders = [average_precision_of_rows(np.arange(200.0), rng.permutation(labels)) for _ in range(400)]
    assert np.mean(orders) == pytest.approx(float(found.value), abs=0.02)


@BOTH
@given(pair=rows(), level=LEVELS)
def test_bounds_lie_in_the_unit_interval_and_widen_with_the_level(estimate, pair, level):
    found = estimate(*histogram(*pair))
    levels = np.array([level, (1 + level) / 2])
    lower, upper = ranking.lower(found, levels), ranking.upper(found, levels)
    assert 0 <= lower[1] <= lower[0] <= 1
    assert 0 <= upper[0] <= upper[1] <= 1
    low, high, _ = ranking.interval(found, level)
    assert 0 <= low <= found.tied + 1e-9
    assert found.tied - 1e-9 <= high <= 1


@BOTH
@given(pair=rows())
def test_at_95_percent_the_bounds_enclose_the_value(estimate, pair):
    found = estimate(*histogram(*pair))
    assert ranking.lower(found) <= found.value <= ranking.upper(found)


@given(rows(), LEVELS)
def test_exchanging_the_labels_mirrors_the_auc_and_its_bounds(pair, level):
    least, greatest, positives, negatives = histogram(*pair)
    found = ranking.auc(least, greatest, positives, negatives)
    mirrored = ranking.auc(least, greatest, negatives, positives)
    assert found.value == pytest.approx(1 - mirrored.value)
    assert ranking.lower(found, level) == pytest.approx(1 - ranking.upper(mirrored, level), abs=1e-9)


@given(rows())
def test_a_bucket_of_several_scores_widens_the_bounds_by_half_its_pairs(pair):
    least, greatest, positives, negatives = histogram(*pair)
    pairs = positives[0] * negatives[0] / (positives.sum() * negatives.sum())
    ties = ranking.auc(least, greatest, positives, negatives)
    least[0] -= 1
    open_order = ranking.auc(least, greatest, positives, negatives)
    assert pairs / 2 == pytest.approx(float(open_order.ceiling - open_order.value), abs=1e-12)
    expected = max(float(ranking.lower(ties)) - pairs / 2, 0)
    assert expected == pytest.approx(float(ranking.lower(open_order)), abs=1e-12)


@BOTH
@pytest.mark.parametrize(
    ("positives", "negatives"), [([], []), ([0, 0], [3, 4]), ([2, 1], [0, 0]), ([0], [0])]
)
def test_without_both_classes_nothing_is_known(estimate, positives, negatives):
    scores = np.arange(len(positives))
    found = estimate(scores, scores, positives, negatives)
    assert np.isnan(found.value)
    assert (0, 1) == (found.floor, found.ceiling)
    assert (0, 1) == (ranking.lower(found), ranking.upper(found))
    assert (0, 1, True) == ranking.interval(found)


@pytest.mark.parametrize(("positives", "negatives"), [(30, 30), (1, 1), (1, 50), (12, 4000), (200, 7)])
def test_a_perfect_auc_is_bounded_by_the_pairs_of_the_smaller_class(positives, negatives):
    """So many disjoint pairs are all in order with a chance of at most auc ** pairs."""
    found = ranking.auc([0, 1], [0, 1], [0, positives], [negatives, 0])
    assert 1.0 == found.value
    assert 0.05 ** (1 / min(positives, negatives)) == pytest.approx(float(ranking.lower(found)))
    assert 1.0 == ranking.upper(found)
    low, high, exact = ranking.interval(found)
    assert (0.025 ** (1 / min(positives, negatives)), 1.0, True) == pytest.approx((low, high, exact))


def test_a_perfect_average_precision_is_not_certain():
    found = ranking.average_precision([0, 1], [0, 1], [0, 30], [500, 0])
    assert 1.0 == found.value
    assert 0.6 < ranking.lower(found) <= 0.05 ** (1 / 30)


def test_a_score_that_is_constant_is_not_certain_to_rank_by_chance():
    found = ranking.auc([0.5], [0.5], [40], [50])
    assert 0.5 == found.value
    low, high, exact = ranking.interval(found)
    assert exact
    assert low < 0.47
    assert high > 0.53


@pytest.mark.parametrize("hits", [0, 3, 37, 40])
def test_against_one_far_and_certain_negative_score_the_bounds_are_clopper_pearsons(hits):
    """Each positive then lies above or below, so the AUC is a share of positives."""
    found = ranking.auc([0, 1, 2], [0, 1, 2], [40 - hits, 0, hits], [0, 1e12, 0])
    assert proportion.clopper_pearson_lower(hits, 40) == pytest.approx(float(ranking.lower(found)), abs=1e-6)
    assert proportion.clopper_pearson_upper(hits, 40) == pytest.approx(float(ranking.upper(found)), abs=1e-6)


@BOTH
def test_slices_together_give_what_each_gives_alone(estimate):
    rng = np.random.default_rng(4)
    scores, positives, negatives = np.arange(6.0), rng.poisson(9, (3, 6)), rng.poisson(30, (3, 6))
    together = estimate(scores, scores + 0.5, positives, negatives)
    for i in range(3):
        alone = estimate(scores, scores + 0.5, positives[i], negatives[i])
        assert [together.value[i], together.floor[i], together.ceiling[i]] == pytest.approx(
            [alone.value, alone.floor, alone.ceiling]
        )
        assert ranking.lower(together)[i] == pytest.approx(float(ranking.lower(alone)), abs=0.02)
        assert ranking.interval(together)[0][i] == pytest.approx(ranking.interval(alone)[0], abs=0.02)


def test_the_same_seed_gives_the_same_bounds():
    table = ([0, 1, 2], [0, 1, 2], [3, 9, 20], [40, 20, 5])
    first, again, other = (ranking.average_precision(*table, seed=seed) for seed in (7, 7, 8))
    assert ranking.lower(first) == ranking.lower(again)
    assert ranking.lower(first) != ranking.lower(other)


@pytest.mark.parametrize("auc", [0.6, 0.9, 0.99])
@pytest.mark.parametrize(
    ("positives", "negatives"), [(30, 30), (30, 300), (100, 1000), (300, 300), (300, 30)]
)
@pytest.mark.parametrize("law", [binormal, lambda auc: binormal(auc, 3.0), half_lost])
def test_bounds_of_the_auc_err_at_most_at_the_nominal_rate(auc, positives, negatives, law):
    """With DeLong's variance alone the lower bound would err in up to 35 % of these samples."""
    found = ranking.auc(0, 0, *samples(law(auc), positives, negatives, 2000, seed=positives + negatives))
    assert np.mean(ranking.lower(found) > auc) <= 0.05 + 0.012
    assert np.mean(ranking.upper(found) < auc) <= 0.05 + 0.012


@pytest.mark.parametrize("auc", [0.6, 0.9, 0.99])
@pytest.mark.parametrize(("positives", "negatives"), [(30, 300), (100, 100), (300, 1000)])
def test_the_displayed_interval_of_the_auc_covers_about_as_often_as_it_says(auc, positives, negatives):
    found = ranking.auc(0, 0, *samples(binormal(auc), positives, negatives, 2000, seed=positives))
    low, high, _ = ranking.interval(found)
    assert np.mean((low <= auc) & (auc <= high)) >= 0.95 - 0.025


def test_bounds_stay_close_to_delongs_where_mistakes_are_many():
    """With thousands of rows one more makes no difference."""
    found = ranking.auc(0, 0, *samples(binormal(0.8), 5000, 5000, 20, seed=1))
    delong = found.value - 1.6449 * np.sqrt(found.variance)
    np.testing.assert_allclose(ranking.lower(found), delong, atol=3e-4)


@pytest.mark.parametrize("spread", [1.0, 3.0])
@pytest.mark.parametrize("auc", few([0.6, 0.9, 0.99], 0.9))
@pytest.mark.parametrize(("positives", "negatives"), [(30, 100), (30, 1000), (100, 1000)])
def test_bounds_of_average_precision_err_at_most_at_about_the_nominal_rate(auc, spread, positives, negatives):
    """Scores in fifty grades; the truth is the average precision of the grades' own shares."""
    lower, upper, low, high, truth = average_precision_bounds(auc, spread, positives, negatives, repeats=300)
    assert np.mean(lower > truth) <= 0.05 + 0.03
    assert np.mean(upper < truth) <= 0.05 + 0.03
    assert np.mean((low <= truth) & (truth <= high)) >= 0.95 - 0.06


def average_precision_bounds(auc, spread, positives, negatives, repeats):
    """One-sided and displayed bounds of repeated samples, and the true value."""
    rng = np.random.default_rng([positives, negatives, round(100 * auc)])
    draw = binormal(auc, spread)
    positive, negative = draw[0](rng, 400_000), draw[1](rng, 400_000)
    cuts = np.quantile(np.concatenate([positive, np.sort(negative)[-40_000:]]), np.arange(1, 50) / 50)
    p, q = (np.bincount(np.searchsorted(cuts, x), minlength=50) / x.size for x in (positive, negative))
    truth = VALUE_ALONE(0, 0, p * positives, q * negatives).value
    sampled = rng.multinomial(positives, p, repeats), rng.multinomial(negatives, q, repeats)
    found = ranking.average_precision(0, 0, *sampled, draws=150)
    low, high, _ = ranking.interval(found)
    return ranking.lower(found), ranking.upper(found), low, high, truth
