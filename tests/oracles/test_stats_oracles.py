"""The statistics agree with other libraries and with published numbers."""

from __future__ import annotations

import numpy as np
import pytest
import scipy.stats
from statsmodels.regression.linear_model import WLS
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import (
    confint_proportions_2indep,
    proportion_confint,
    samplesize_proportions_2indep_onetail,
)
from statsmodels.stats.sandwich_covariance import cov_cluster

from shipworthy.stats import (
    difference,
    multiplicity,
    paired,
    paired_ratio,
    power,
    proportion,
    quantile,
    ratio,
    sample_size,
    smooth,
)

EVENTS = np.array([0, 1, 2, 5, 9, 10, 17, 50, 199, 200, 0, 3, 999_990])
TRIALS = np.array([1, 1, 7, 20, 400, 10, 20, 100, 200, 200, 3000, 100_000, 1_000_000])


@pytest.mark.parametrize("confidence", [0.5, 0.9, 0.95, 0.999])
def test_clopper_pearson_is_that_of_statsmodels(confidence):
    """Both ends of the exact interval, from no events to all events."""
    expected = proportion_confint(EVENTS, TRIALS, alpha=1 - confidence, method="beta")
    np.testing.assert_allclose(
        proportion.clopper_pearson(EVENTS, TRIALS, confidence), expected, rtol=1e-9, atol=1e-12
    )


def test_the_one_sided_clopper_pearson_bounds_are_quantiles_of_the_beta_distribution():
    """The textbook form, for real counts too."""
    events, trials = np.array([0.5, 3.25, 11.0]), np.array([9.5, 40.0, 1234.5])
    np.testing.assert_allclose(
        proportion.clopper_pearson_lower(events, trials, 0.9),
        scipy.stats.beta.ppf(0.1, events, trials - events + 1),
        rtol=1e-10,
    )
    np.testing.assert_allclose(
        proportion.clopper_pearson_upper(events, trials, 0.9),
        scipy.stats.beta.ppf(0.9, events + 1, trials - events),
        rtol=1e-10,
    )


@pytest.mark.parametrize("confidence", [0.5, 0.9, 0.95, 0.999])
def test_wilson_is_that_of_statsmodels(confidence):
    """Both ends of the score interval."""
    expected = proportion_confint(EVENTS, TRIALS, alpha=1 - confidence, method="wilson")
    np.testing.assert_allclose(proportion.wilson(EVENTS, TRIALS, confidence), expected, rtol=1e-9, atol=1e-12)


def test_nothing_seen_has_the_published_upper_bounds():
    """The exact form of the rule of three: 1 - 0.05 ** (1 / n)."""
    np.testing.assert_allclose(
        proportion.clopper_pearson_upper(0, [30, 100, 3000]), [0.09503, 0.02951, 0.000998], atol=5e-6
    )


@pytest.mark.parametrize(("above", "alternative"), [(True, "greater"), (False, "less")])
def test_the_exact_p_value_is_that_of_the_binomial_test(above, alternative):
    """One-sided, at several bounds."""
    for events, trials, bound in [(0, 20, 0.1), (3, 20, 0.1), (20, 20, 0.9), (190, 200, 0.97)]:
        expected = scipy.stats.binomtest(events, trials, bound, alternative=alternative).pvalue
        assert expected == pytest.approx(
            float(proportion.clopper_pearson_p_value(events, trials, bound, above=above)), rel=1e-9
        )


def test_the_clustered_standard_error_of_a_mean_is_the_published_one():
    """Twelve scores in four clusters of three: .2357023 with the factor C / (C - 1)."""
    scores = np.array([1, 1, 1, 0, 0, 0, 1, 0, 1, 1, 1, 1]).reshape(4, 3)
    a, b = scores.sum(axis=1), np.full(4, 3)
    variance = ratio.linearised_variance(4, a.sum(), b.sum(), (a * a).sum(), (a * b).sum(), (b * b).sum())
    assert float(np.sqrt(variance)) == pytest.approx(0.2357023, abs=1e-7)


@pytest.mark.parametrize(
    ("share", "rows", "error"),
    [(0.655, 5000, 0.006723), (0.630, 5000, 0.006828), (0.753, 2500, 0.008625), (0.836, 164, 0.028914)],
)
def test_the_standard_errors_of_published_benchmarks_come_out(share, rows, error):
    """Bernoulli errors of MATH, MGSM and HumanEval (Miller 2024), but for the factor n / (n - 1)."""
    events = share * rows
    variance = ratio.linearised_variance(rows, events, rows, events, events, rows)
    assert float(np.sqrt(variance * (rows - 1) / rows)) == pytest.approx(error, abs=1e-6)


def test_the_variance_is_that_of_cluster_robust_regression():
    """A weighted mean's standard error by statsmodels, clustered by unit, with its C / (C - 1) alone."""
    rng = np.random.default_rng(7)
    unit = np.repeat(np.arange(60), rng.integers(1, 9, 60))
    weight, score = rng.uniform(0.5, 2, unit.size), rng.normal(size=unit.size) + rng.normal(size=60)[unit]
    fit = WLS(score, np.ones(unit.size), weights=weight).fit()
    robust = cov_cluster(fit, unit, use_correction=False)
    a, b = np.bincount(unit, weight * score), np.bincount(unit, weight)
    variance = ratio.linearised_variance(60, a.sum(), b.sum(), (a * a).sum(), (a * b).sum(), (b * b).sum())
    assert float(robust.item()) * 60 / 59 == pytest.approx(float(variance), rel=1e-10)


def test_the_t_interval_of_a_mean_is_that_of_scipy():
    """One sample, unit denominators."""
    sample = np.random.default_rng(11).gamma(2.0, size=23)
    variance = ratio.linearised_variance(23, sample.sum(), 23, (sample**2).sum(), sample.sum(), 23)
    low, high = ratio.t_interval(sample.mean(), variance, 23, 0.9)
    expected = scipy.stats.ttest_1samp(sample, 0).confidence_interval(0.9)
    np.testing.assert_allclose((low, high), (expected.low, expected.high), rtol=1e-10)
    greater = scipy.stats.ttest_1samp(sample, 1.7, alternative="greater").pvalue
    assert greater == pytest.approx(float(ratio.t_p_value(sample.mean(), variance, 23, 1.7, above=True)))


@pytest.mark.parametrize(
    ("events_1", "trials_1", "events_2", "trials_2"),
    [(56, 70, 48, 80), (9, 10, 3, 10), (6, 7, 2, 7), (5, 56, 0, 29), (0, 10, 0, 20), (10, 10, 0, 20)],
)
def test_newcombe_is_that_of_statsmodels(events_1, trials_1, events_2, trials_2):
    """The examples of Newcombe's own paper (1998)."""
    expected = confint_proportions_2indep(events_1, trials_1, events_2, trials_2, method="newcomb")
    actual = difference.newcombe(events_1, trials_1, events_2, trials_2)
    np.testing.assert_allclose(actual, expected, atol=1e-12)


def test_newcombe_gives_the_published_interval():
    """Newcombe (1998), method 10, 56/70 against 48/80: 0.0524 to 0.3339."""
    np.testing.assert_allclose(difference.newcombe(56, 70, 48, 80), (0.0524, 0.3339), atol=5e-5)


@pytest.mark.parametrize("groups", [2, 3, 5, 12, 40])
@pytest.mark.parametrize("level", [0.9, 0.95, 0.99])
def test_the_studentised_level_is_that_of_scipys_studentised_range(groups, level):
    """At infinite degrees of freedom."""
    width = scipy.stats.studentized_range.ppf(level, groups, np.inf)
    expected = scipy.stats.norm.cdf(width / np.sqrt(2))
    assert expected == pytest.approx(difference.studentised_level(groups, level), abs=1e-8)


@pytest.mark.parametrize(("groups", "width"), [(2, 2.77), (3, 3.31), (5, 3.86), (10, 4.47)])
def test_the_studentised_range_is_the_published_one(groups, width):
    """The 5 % table, infinite degrees of freedom."""
    point = scipy.stats.norm.ppf(difference.studentised_level(groups, 0.95)) * np.sqrt(2)
    assert width == pytest.approx(float(point), abs=0.006)


@pytest.mark.parametrize("p", [0.05, 0.5, 0.9, 0.95, 0.999])
@pytest.mark.parametrize("level", [0.9, 0.95, 0.995])
def test_quantile_ranks_are_those_of_the_binomial_distribution(p, level):
    """Every n up to 300, and some large ones: greatest and least rank with enough probability."""
    n = np.concatenate([np.arange(1, 301), [1000, 12_345, 1_000_000]])
    below = scipy.stats.binom(n, p)
    lower, upper = quantile.rank_lower(n, p, level), quantile.rank_upper(n, p, level)
    # A lower rank r errs when fewer than r values lie below the quantile; an upper one when r or more do.
    assert np.all(below.cdf(lower - 1) <= 1 - level + 1e-12)
    assert np.all(below.cdf(lower) > 1 - level - 1e-12)
    assert np.all(below.sf(upper - 1) <= 1 - level + 1e-12)
    assert np.all((upper == 0) | (below.sf(upper - 2) > 1 - level - 1e-12))


def test_the_median_of_published_tables_has_the_known_ranks():
    """Two-sided 95 % ranks of the median: 3 and 8 of 10 would hold 89 %, so 2 and 9; 40 and 61 of 100."""
    assert (2, 9) == tuple(quantile.ranks(10, 0.5))
    assert (40, 61) == tuple(quantile.ranks(100, 0.5))
    assert (0, 6) == tuple(quantile.ranks(5, 0.5))


def test_fifty_nine_values_bound_the_95th_percentile():
    """The known smallest sample whose greatest value is an upper bound of p95 at 95 % (Wilks 1941)."""
    assert [59, 59] == [int(quantile.rank_upper(n, 0.95)) for n in (58, 59)]


@pytest.mark.parametrize(("events", "trials"), [(0, 2995), (1, 4742), (2, 6294), (3, 7752), (5, 10_511)])
def test_a_false_positive_rate_of_one_in_a_thousand_needs_the_known_negatives(events, trials):
    """Exact, one-sided 95 %."""
    assert trials == sample_size.events_allowed_trials(events, 0.001)


@pytest.mark.parametrize(("misses", "trials"), [(0, 59), (10, 336)])
def test_a_recall_of_95_percent_needs_the_known_positives(misses, trials):
    """Exact, one-sided 95 %."""
    assert trials == sample_size.events_allowed_trials(misses, 0.95, at_least=True)


def test_power_for_a_mean_is_the_published_one_but_for_students_t():
    """Miller (2024): 969 and 3876 questions by the normal law; Student's t asks for two more."""
    assert 971 == sample_size.units_with_power(0.0, 1 / 9, 0.03, level=0.975)
    assert 3878 == sample_size.units_with_power(0.0, 1 / 9 + 2 / 6, 0.03, level=0.975)


@pytest.mark.parametrize(
    ("adjust", "method"), [(multiplicity.holm, "holm"), (multiplicity.benjamini_hochberg, "fdr_bh")]
)
@pytest.mark.parametrize("seed", range(5))
def test_adjusted_p_values_are_those_of_statsmodels(adjust, method, seed):
    """With ties, zeros and ones."""
    rng = np.random.default_rng(seed)
    p_values = np.round(np.concatenate([rng.uniform(size=30) ** 3, [0, 1, 0.01, 0.01]]), 2)
    expected = multipletests(p_values, method=method)[1]
    np.testing.assert_allclose(adjust(p_values), expected, atol=1e-12)


@pytest.mark.parametrize("rate", [0.05, 0.5, 0.8])
@pytest.mark.parametrize("difference", [0.01, 0.1])
def test_rows_of_two_groups_are_those_of_statsmodels(rate, difference):
    expected = samplesize_proportions_2indep_onetail(
        difference, rate, 0.8, 1, 0.05, value=0, alternative="larger"
    )
    assert expected <= power.unpaired_rows(rate, rate + difference) <= expected + 1


@pytest.mark.parametrize(("only_a", "only_b"), [(0, 1), (0, 3), (1, 7), (5, 5), (10, 2), (120, 90)])
def test_the_exact_mcnemar_test_is_that_of_statsmodels(only_a, only_b):
    expected = mcnemar([[30, only_a], [only_b, 9]], exact=True).pvalue
    assert min(expected, 1) == pytest.approx(float(paired.mcnemar_p_value(only_a, only_b)))


def test_a_published_paired_table_has_its_score_interval_and_p_values():
    """Airway reactivity before and after transplantation, 21 children (Fagerland, Lydersen and Laake 2013, 2014)."""
    table = paired.pairs(1, 1, 7, 12)
    assert [-0.517, -0.026] == pytest.approx(paired.difference_interval(table), abs=5e-4)
    assert 0.0703 == pytest.approx(float(paired.mcnemar_p_value(1, 7)), abs=5e-5)
    assert 0.0391 == pytest.approx(float(paired.mcnemar_p_value(1, 7, mid=True)), abs=5e-5)


def test_the_variance_of_a_paired_difference_is_that_of_cluster_robust_regression():
    """Net right answers by user: only A right less only B right."""
    rng = np.random.default_rng(21)
    users = np.repeat(np.arange(60), rng.integers(1, 9, 60))
    net = rng.choice([-1.0, 0.0, 1.0], users.size, p=[0.1, 0.8, 0.1]) + 0.0
    fit = WLS(net, np.ones((users.size, 1))).fit()
    expected = cov_cluster(fit, users, use_correction=False)[0, 0] * 60 / 59
    rows, sums = np.bincount(users).astype(float), np.bincount(users, net)
    first = np.stack([sums, rows], axis=-1)
    products = first.T @ first
    found = paired_ratio.linearised_covariance(60, first.sum(axis=0), first.sum(axis=0), products)
    assert expected == pytest.approx(float(found))


def test_a_correlation_and_its_fisher_interval_are_those_of_scipy_for_normal_values():
    """The delta method knows no normality, so the interval agrees in large samples."""
    x, y = np.random.default_rng(22).multivariate_normal([0, 0], [[1, 0.6], [0.6, 1]], 20_000).T
    rows = np.stack([x - x.mean(), y - y.mean()], axis=-1)
    rows = np.stack([rows[:, 0] ** 2, rows[:, 1] ** 2, rows[:, 0] * rows[:, 1]], axis=-1)
    xx, yy, xy = rows.sum(axis=0)
    value = xy / np.sqrt(xx * yy)
    gradient = [-value / (2 * xx), -value / (2 * yy), 1 / np.sqrt(xx * yy)]
    variance = smooth.variance(20_000, gradient, rows.sum(axis=0), rows.T @ rows)
    expected = scipy.stats.pearsonr(x, y).confidence_interval()
    found = smooth.interval(value, variance, 20_000, scale="fisher")
    assert [expected.low, expected.high] == pytest.approx(found, abs=5e-4)
