"""Paired ratios: claims about precision and F1 hold their level, and identical candidates are not certain."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shipworthy.stats import paired, paired_ratio, proportion, ratio

LABEL, BY_A, BY_B = np.array(list(itertools.product((0, 1), repeat=3))).T


def precision(predicted):
    """What a row of each cell adds to true positives, and to predicted ones."""
    return LABEL * predicted, predicted


def f1(predicted):
    """What a row of each cell adds to twice the true positives, and to both kinds of positives."""
    return 2 * LABEL * predicted, LABEL + predicted


def accuracy(predicted):
    """What a row of each cell adds to right answers, and to rows."""
    return (predicted == LABEL) + 0, np.ones_like(LABEL)


COUNTS = st.lists(st.integers(0, 200), min_size=8, max_size=8)


@given(COUNTS.filter(any), st.floats(0.5, 0.999))
def test_for_shares_of_the_same_denominator_it_is_the_paired_bound(counts, level):
    right_a, right_b = accuracy(BY_A)[0], accuracy(BY_B)[0]
    cells = [(right_a & right_b), right_a & ~right_b, ~right_a & right_b, (1 - right_a) & (1 - right_b)]
    table = paired.pairs(*(np.dot(counts, cell & 1) for cell in cells))
    for side, bound in (("lower", paired.difference_lower), ("upper", paired.difference_upper)):
        found = paired_ratio.cells_difference(counts, accuracy(BY_A), accuracy(BY_B), level, side)
        assert bound(table, level) == pytest.approx(float(found), abs=1e-9)
    value, variance = paired_ratio.cells_variance(counts, accuracy(BY_A), accuracy(BY_B))
    assert table.value == pytest.approx(float(value), abs=1e-12)
    if sum(counts) >= 2:
        assert table.variance * table.n / (table.n - 1) == pytest.approx(float(variance), abs=1e-12)


@pytest.mark.parametrize("figure", [precision, f1])
@given(counts=COUNTS, level=st.floats(0.5, 0.999))
def test_bounds_lie_around_the_value_and_exchanging_the_candidates_mirrors_them(figure, counts, level):
    a, b = figure(BY_A), figure(BY_B)
    value, variance = paired_ratio.cells_variance(counts, a, b)
    lower, upper = (paired_ratio.cells_difference(counts, a, b, level, side) for side in ("lower", "upper"))
    if np.isfinite(value):
        assert lower - 1e-9 <= value <= upper + 1e-9
    else:
        assert (-np.inf, np.inf, np.inf) == (lower, upper, variance)
    assert -upper == pytest.approx(float(paired_ratio.cells_difference(counts, b, a, level)), abs=1e-9)


def test_the_variance_from_cells_is_that_of_the_rows():
    counts = np.random.default_rng(1).integers(1, 30, 8)
    rows = np.repeat(np.arange(8), counts)
    a_1, b_1, a_2, b_2 = (part[rows] + 0.0 for predicted in (BY_A, BY_B) for part in precision(predicted))
    value, variance = paired_ratio.cells_variance(counts, precision(BY_A), precision(BY_B))
    assert a_1.sum() / b_1.sum() - a_2.sum() / b_2.sum() == pytest.approx(float(value))
    assert variance_of_difference(a_1, b_1, a_2, b_2) == pytest.approx(float(variance))


def test_candidates_that_never_differed_are_not_certain_to_be_equal():
    """Rows of each kind that only one of them flags may come with a chance of 3 in 1,000."""
    counts = [900, 0, 0, 5, 5, 0, 0, 90]
    lower = paired_ratio.cells_difference(counts, precision(BY_A), precision(BY_B))
    worst = proportion.clopper_pearson_upper(0, 1000) * 1000 / 95 * (90 / 95)
    assert -worst * 1.5 < lower < -worst * 0.5


def test_slices_together_give_what_each_gives_alone():
    counts = np.random.default_rng(2).poisson(20, (3, 8))
    together = paired_ratio.cells_difference(counts, f1(BY_A), f1(BY_B), [0.9, 0.95, 0.99])
    alone = [
        paired_ratio.cells_difference(row, f1(BY_A), f1(BY_B), level)
        for row, level in zip(counts, [0.9, 0.95, 0.99], strict=True)
    ]
    np.testing.assert_allclose(together, alone)


def cell_shares(prevalence, recalls, false_rates, alike):
    """The chance of each cell; with the chance `alike` the candidates judge a row by one and the same draw."""
    shares = np.zeros(8)
    for at, (label, a, b) in enumerate(zip(LABEL, BY_A, BY_B, strict=True)):
        by_a, by_b = recalls if label else false_rates
        apart = (by_a if a else 1 - by_a) * (by_b if b else 1 - by_b)
        both, neither = min(by_a, by_b), 1 - max(by_a, by_b)
        together = {(1, 1): both, (0, 0): neither, (1, 0): by_a - both, (0, 1): by_b - both}[(a, b)]
        shares[at] = (prevalence if label else 1 - prevalence) * ((1 - alike) * apart + alike * together)
    return shares


@pytest.mark.parametrize("figure", [precision, f1])
@pytest.mark.parametrize("alike", [0, 0.9, 0.99])
@pytest.mark.parametrize(
    ("prevalence", "recalls", "false_rates"),
    [
        (0.05, (0.8, 0.8), (0.01, 0.01)),
        (0.05, (0.8, 0.85), (0.002, 0.01)),
        (0.3, (0.9, 0.9), (0.05, 0.05)),
        (0.3, (0.95, 0.94), (0.001, 0.003)),
    ],
)
def test_claims_about_precision_and_f1_err_at_most_at_the_nominal_rate(
    figure, alike, prevalence, recalls, false_rates
):
    """Where Student's t errs in up to 75 %."""
    shares = cell_shares(prevalence, recalls, false_rates, alike)
    truth, _ = paired_ratio.cells_variance(shares * 1e6, figure(BY_A), figure(BY_B))
    for rows in (200, 1000, 5000):
        counts = np.random.default_rng(rows).multinomial(rows, shares, 2000)
        lower, upper = (
            paired_ratio.cells_difference(counts, figure(BY_A), figure(BY_B), 0.95, side)
            for side in ("lower", "upper")
        )
        assert np.mean(lower > truth + 1e-9) <= 0.05 + 0.013
        assert np.mean(upper < truth - 1e-9) <= 0.05 + 0.013


@pytest.mark.parametrize("alike", [0.5, 0.95])
def test_clustered_claims_err_at_about_the_nominal_rate(alike):
    """Sixty users, each with a mixture of cells of their own."""
    shares = cell_shares(0.3, (0.9, 0.85), (0.02, 0.03), alike)
    rng = np.random.default_rng(8)
    own = rng.dirichlet(5 * shares + 1e-9, (1500, 60))
    cells = rng.multinomial(rng.poisson(10, (1500, 60)) + 1, own).astype(float)
    truth, _ = paired_ratio.cells_variance(shares * 1e6, f1(BY_A), f1(BY_B))
    counts = cells.sum(axis=1)
    parts = [cells @ part for predicted in (BY_A, BY_B) for part in f1(predicted)]
    _, independent = paired_ratio.cells_variance(counts, f1(BY_A), f1(BY_B))
    variance = variance_of_difference(*parts)
    discordant = counts[:, BY_A != BY_B].sum(axis=1)
    share = paired.effective_share(counts.sum(axis=1), discordant, independent, variance, 60)
    for side, wrong in (("lower", np.greater), ("upper", np.less)):
        bound = paired_ratio.cells_difference(share[:, None] * counts, f1(BY_A), f1(BY_B), 0.95, side)
        assert np.mean(wrong(bound, truth)) <= 0.05 + 0.015


def drawn_ratios(rng, repeats, units):
    """Two precisions over shared units: a_1, b_1, a_2, b_2, each (repeats, units)."""
    quality = rng.beta(4, 2, (repeats, units))
    b_1, b_2 = rng.poisson(4, (2, repeats, units)) + 0.0
    return (
        rng.binomial(b_1.astype(int), quality) + 0.0,
        b_1,
        rng.binomial(b_2.astype(int), quality) + 0.0,
        b_2,
    )


def test_the_variance_of_a_difference_is_that_of_the_linearised_difference():
    a_1, b_1, a_2, b_2 = (x[0] for x in drawn_ratios(np.random.default_rng(5), 1, 80))
    parts = [(a - a.sum() / b.sum() * b) / b.sum() for a, b in ((a_1, b_1), (a_2, b_2))]
    expected = 80 / 79 * np.sum((parts[0] - parts[1]) ** 2)
    assert expected == pytest.approx(float(variance_of_difference(a_1, b_1, a_2, b_2)))


def variance_of_difference(a_1, b_1, a_2, b_2):
    units = a_1.shape[-1]
    first, second = np.stack([a_1, b_1], axis=-1), np.stack([a_2, b_2], axis=-1)
    products = np.einsum("...ni,...nj->...ij", first, second)
    shared = paired_ratio.linearised_covariance(units, first.sum(axis=-2), second.sum(axis=-2), products)
    variance_1, variance_2 = (
        ratio.linearised_variance(units, *(x.sum(axis=-1) for x in (a, b, a * a, a * b, b * b)))
        for a, b in ((a_1, b_1), (a_2, b_2))
    )
    return paired_ratio.difference_variance(variance_1, variance_2, shared)


def test_a_figure_less_itself_has_no_variance():
    a, b, *_ = drawn_ratios(np.random.default_rng(6), 5, 40)
    assert [0.0] * 5 == variance_of_difference(a, b, a, b).tolist()


def test_an_unknown_part_makes_the_variance_infinite():
    assert np.isnan(paired_ratio.linearised_covariance(1, [1, 2], [1, 2], np.ones((2, 2))))
    assert np.isnan(paired_ratio.linearised_covariance(9, [1, 0], [1, 2], np.ones((2, 2))))
    assert np.inf == paired_ratio.difference_variance(1.0, 2.0, np.nan)


@pytest.mark.parametrize("units", [30, 200])
def test_bounds_of_a_difference_of_ratios_err_at_the_nominal_rate(units):
    a_1, b_1, a_2, b_2 = drawn_ratios(np.random.default_rng(units), 4000, units)
    value = a_1.sum(axis=-1) / b_1.sum(axis=-1) - a_2.sum(axis=-1) / b_2.sum(axis=-1)
    variance = variance_of_difference(a_1, b_1, a_2, b_2)
    assert np.mean(ratio.t_lower(value, variance, units) > 0) == pytest.approx(0.05, abs=0.012)
    assert np.mean(ratio.t_upper(value, variance, units) < 0) == pytest.approx(0.05, abs=0.012)
