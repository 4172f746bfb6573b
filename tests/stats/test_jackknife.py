"""The jackknife of groups: it is the linearised variance where there is one, and holds clustered rankings."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import ndtri

from shipworthy.stats import jackknife, proportion, ranking
from tests.dear import few

GROUPS = 32
BUCKETS = 60


def test_the_mean_of_equal_groups_has_the_variance_of_their_means():
    groups = np.random.default_rng(1).normal(size=(GROUPS, 25))
    left_out = (groups.sum() - groups.sum(axis=1)) / (groups.size - 25)
    expected = groups.mean(axis=1).var(ddof=1) / GROUPS
    assert expected == pytest.approx(float(jackknife.variance(left_out)))


def test_a_figure_that_needs_one_group_has_an_infinite_variance():
    found = jackknife.variance(np.array([[0.5, 0.5], [0.6, np.nan], [0.7, 0.1]]))
    assert np.isfinite(found[0])
    assert np.inf == found[1]
    assert np.inf == jackknife.variance([0.4])
    assert np.inf == jackknife.variance([])


def test_the_share_is_never_above_1_and_shrinks_with_the_design_effect():
    shares = jackknife.effective_share([0.5, 1.0, 2.0, 4.0], 1.0, GROUPS, 1000, 100)
    assert shares[0] == shares[1] <= 1
    assert shares[1] / 2 == pytest.approx(shares[2])
    assert shares[1] / 4 == pytest.approx(shares[3])
    assert proportion.certainty(1000, GROUPS - 1) == shares[0]


def test_where_nothing_is_known_of_the_spread_each_unit_counts_as_one_row():
    assert [0.25, 0.25] == jackknife.effective_share([0.0, np.inf], [0.0, 1.0], GROUPS, 80, 20).tolist()


def clustered(rng, units, auc, prevalence, alike, repeats):
    """Histograms by group of rows whose scores and labels are alike within a unit: (repeats, G, B) each.

    Also the units with a positive, and the rows' units, scores and labels of the first repeat.
    """
    rows = rng.poisson(8, (repeats, units)) + 1
    there = np.arange(rows.max()) < rows[..., None]
    shape, one = there.shape, (repeats, units, 1)
    mixed = (np.sqrt(x) * rng.normal(size=one) + np.sqrt(1 - x) * rng.normal(size=shape) for x in alike)
    by_score, by_label = mixed
    labels = by_label < ndtri(prevalence)
    shift = np.sqrt(2) * ndtri(auc)
    bucket = np.clip((by_score + shift * labels + 3) / (6 + shift) * BUCKETS, 0, BUCKETS - 1).astype(int)
    group = np.argsort(rng.uniform(size=(repeats, units)), axis=1) % GROUPS
    at = ((np.arange(repeats)[:, None] * GROUPS + group)[..., None]) * BUCKETS + bucket
    counts = (
        np.bincount(at[there & each], minlength=repeats * GROUPS * BUCKETS).reshape(repeats, GROUPS, BUCKETS)
        for each in (labels, ~labels)
    )
    positives, negatives = (each.astype(float) for each in counts)
    unit = np.broadcast_to(np.arange(units)[:, None], shape[1:])[there[0]]
    with_positive = np.sum(np.any(there & labels, axis=2), axis=1)
    return positives, negatives, with_positive, (unit, bucket[0][there[0]], labels[0][there[0]])


def jackknifed(positives, negatives, with_positive):
    """The ranking of the counts' worth, and the jackknife's variance of the plain one."""
    p, q = positives.sum(axis=1), negatives.sum(axis=1)
    left_out = ranking.auc(0, 0, p[:, None] - positives, q[:, None] - negatives).tied
    variance = jackknife.variance(np.moveaxis(left_out, 1, 0))
    plain = ranking.auc(0, 0, p, q)
    share = jackknife.effective_share(variance, plain.variance, GROUPS, p.sum(axis=1), with_positive)
    return plain, variance, ranking.auc(0, 0, share[:, None] * p, share[:, None] * q)


@pytest.mark.parametrize("alike", [(0.3, 0.0), (0.3, 0.5), (0.6, 0.8)])
@pytest.mark.parametrize("prevalence", [0.03, 0.3])
@pytest.mark.parametrize("auc", few([0.7, 0.9, 0.98], 0.9))
@pytest.mark.parametrize("units", [40, 200])
def test_bounds_of_a_clustered_auc_err_at_about_the_nominal_rate(units, auc, prevalence, alike):
    """As if rows were independent they would err in up to 22 %."""
    rng = np.random.default_rng(units)
    p, q, *_ = clustered(rng, 2000, auc, prevalence, alike, repeats=10)
    truth = ranking.auc(0, 0, p.sum(axis=(0, 1)), q.sum(axis=(0, 1))).value
    repeats = 500
    _, _, found = jackknifed(*clustered(rng, units, auc, prevalence, alike, repeats)[:3])
    assert np.mean(ranking.lower(found) > truth) <= 0.05 + 0.025
    assert np.mean(ranking.upper(found) < truth) <= 0.05 + 0.025


def obuchowski(units, scores, labels):
    """The variance of a clustered AUC from every pair of rows (Obuchowski 1997)."""
    pairs = np.sign(scores[labels][:, None] - scores[~labels]) / 2 + 0.5
    value, many = pairs.mean(), units.max() + 1
    by_positive = np.bincount(units[labels], pairs.mean(axis=1) - value, many)
    by_negative = np.bincount(units[~labels], pairs.mean(axis=0) - value, many)
    p, q = labels.sum(), (~labels).sum()
    i_p, i_q = np.unique(units[labels]).size, np.unique(units[~labels]).size
    own = i_p / (i_p - 1) * np.sum(by_positive**2) / p**2 + i_q / (i_q - 1) * np.sum(by_negative**2) / q**2
    return own + 2 * many / (many - 1) * np.sum(by_positive * by_negative) / (p * q)


def test_over_many_samples_the_jackknife_of_groups_has_the_mean_of_obuchowskis_variance():
    rng, ratios = np.random.default_rng(11), []
    for _ in range(60):
        positives, negatives, with_positive, rows = clustered(rng, 150, 0.8, 0.3, (0.4, 0.5), repeats=1)
        _, variance, _ = jackknifed(positives, negatives, with_positive)
        ratios.append(variance[0] / obuchowski(*rows))
    assert np.mean(ratios) == pytest.approx(1, abs=0.08)


def test_with_one_unit_a_group_the_jackknife_is_near_obuchowskis_variance():
    rng = np.random.default_rng(12)
    for _ in range(5):
        positives, negatives, with_positive, rows = clustered(rng, GROUPS, 0.8, 0.5, (0.4, 0.3), repeats=1)
        _, variance, _ = jackknifed(positives, negatives, with_positive)
        assert obuchowski(*rows) == pytest.approx(float(variance[0]), rel=0.15)
