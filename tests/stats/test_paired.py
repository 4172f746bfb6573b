"""Paired differences: bounds hold their level in every table, and non-inferiority is not claimed by luck."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import gammaln, xlogy

from shipworthy.stats import paired, proportion, ratio

COUNTS = st.integers(0, 500)
LEVELS = st.floats(0.5, 0.999)


@given(COUNTS, COUNTS, COUNTS, COUNTS, LEVELS)
def test_bounds_enclose_the_value_and_mirror_each_other(both, only_a, only_b, neither, level):
    table, mirrored = paired.pairs(both, only_a, only_b, neither), paired.pairs(both, only_b, only_a, neither)
    lower, upper = paired.difference_lower(table, level), paired.difference_upper(table, level)
    assert -1 <= lower <= upper <= 1 + 1e-12
    if table.n > 0:
        assert lower - 1e-9 <= table.value <= upper + 1e-9
    assert -upper == pytest.approx(float(paired.difference_lower(mirrored, level)), abs=1e-12)


@given(COUNTS, COUNTS, COUNTS, COUNTS)
def test_the_displayed_interval_encloses_the_value(both, only_a, only_b, neither):
    table = paired.pairs(both, only_a, only_b, neither)
    low, high = paired.difference_interval(table)
    if table.n > 0:
        assert -1 <= low <= table.value <= high <= 1


def test_without_rows_nothing_is_known():
    table = paired.pairs(0, 0, 0, 0)
    assert (-1, 1) == (paired.difference_lower(table), paired.difference_upper(table))
    assert (-1, 1) == paired.difference_interval(table)
    assert 1 == paired.mcnemar_p_value(0, 0)
    assert 1 == paired.mcnemar_p_value(0, 0, mid=True)


def test_negative_counts_are_refused():
    with pytest.raises(ValueError, match="none can be below 0"):
        paired.pairs(3, -1, 2, 5)


@pytest.mark.parametrize("rows", [1, 10, 1000])
def test_candidates_that_never_differed_may_still_differ_by_what_zero_events_allow(rows):
    lower = paired.difference_lower(paired.pairs(rows, 0, 0, 0))
    assert -proportion.clopper_pearson_upper(0, rows) == pytest.approx(float(lower))


def enumerated(rows):
    """Every table of that many rows, and its probability for any shares of only A and only B."""
    a, b = (x.ravel() for x in np.mgrid[0 : rows + 1, 0 : rows + 1])
    a, b = a[a + b <= rows], b[a + b <= rows]
    rest = rows - a - b
    ways = gammaln(rows + 1) - gammaln(a + 1) - gammaln(b + 1) - gammaln(rest + 1)

    def chances(share_a, share_b):
        return np.exp(
            ways + xlogy(a, share_a) + xlogy(b, share_b) + xlogy(rest, max(1 - share_a - share_b, 0))
        )

    return paired.pairs(rest, a, b, 0), chances


SHARES = [0, 0.0005, 0.001, 0.003, 0.005, 0.01, 0.02, 0.03, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.9]
SUPPOSED = [(a, b) for a in SHARES for b in SHARES if a + b <= 1]


@pytest.mark.parametrize("level", [0.9, 0.95, 0.99])
@pytest.mark.parametrize("rows", [10, 30, 100, 250])
def test_claims_err_at_most_at_the_nominal_rate_in_every_table(rows, level):
    """Enumerated, not drawn; Tango's score would err in up to 9 % at 95 %."""
    table, chances = enumerated(rows)
    lower = paired.difference_lower(table, level)
    wrong = max(np.sum(chances(a, b)[lower > a - b + 1e-12]) for a, b in SUPPOSED)
    assert wrong <= (1 - level) * 1.02


@pytest.mark.parametrize("rows", [30, 100, 250])
def test_the_displayed_interval_covers_about_as_often_as_it_says_where_candidates_differ(rows):
    table, chances = enumerated(rows)
    low, high = paired.difference_interval(table)
    supposed = [(a, b) for a, b in SUPPOSED if a + b >= 0.03]
    covered = [np.sum(chances(a, b)[(low <= a - b) & (a - b <= high)]) for a, b in supposed]
    assert np.mean(covered) >= 0.95
    assert min(covered) >= 0.91


class TestMcNemar:
    @given(st.integers(0, 60), st.integers(0, 60))
    def test_the_mid_p_value_counts_the_table_seen_by_half(self, only_a, only_b):
        sides = np.arange(only_a + only_b + 1)
        chance = np.exp(gammaln(sides.size) - gammaln(sides + 1) - gammaln(sides[::-1] + 1)) / 2.0 ** (
            sides.size - 1
        )
        distance, seen = np.abs(2 * sides - sides[-1]), abs(only_a - only_b)
        expected = chance[distance > seen].sum() + chance[distance == seen].sum() / 2
        if only_a + only_b:
            assert expected == pytest.approx(float(paired.mcnemar_p_value(only_a, only_b, mid=True)))
            exact = chance[distance >= seen].sum()
            assert exact == pytest.approx(float(paired.mcnemar_p_value(only_a, only_b)))

    @pytest.mark.parametrize("discordant", [5, 10, 30, 100])
    def test_both_err_at_most_at_about_the_nominal_rate(self, discordant):
        a = np.arange(discordant + 1)
        chance = np.exp(gammaln(discordant + 1) - gammaln(a + 1) - gammaln(discordant - a + 1))
        chance /= 2.0**discordant
        exact, mid = (paired.mcnemar_p_value(a, discordant - a, mid=half) for half in (False, True))
        assert chance[exact <= 0.05].sum() <= 0.05
        assert chance[mid <= 0.05].sum() <= 0.05 + 0.015


def clustered(shares, units, size, correlation, repeats=2000):
    """Units of random size whose rows are alike: rows, only A and only B by unit (repeats, units)."""
    rng = np.random.default_rng(units)
    rows = rng.poisson(size, (repeats, units)) + 1
    weights = np.array([*shares, 1 - sum(shares)]) * (1 / correlation - 1)
    law = rng.standard_gamma(np.broadcast_to(weights, (*rows.shape, 3))) + 1e-300
    law /= law.sum(axis=-1, keepdims=True)
    only_a = rng.binomial(rows, law[..., 0])
    only_b = rng.binomial(rows - only_a, np.minimum(law[..., 1] / (law[..., 1] + law[..., 2]), 1))
    return rows.astype(float), only_a.astype(float), only_b.astype(float)


def effective(rows, only_a, only_b):
    """The table of each repeat, and the one of as many independent rows."""
    units, net = rows.shape[-1], only_a - only_b
    sums = (x.sum(axis=-1) for x in (net, rows, net * net, net * rows, rows * rows))
    variance = ratio.linearised_variance(units, *sums)
    a, b, n = (x.sum(axis=-1) for x in (only_a, only_b, rows))
    table = paired.pairs(0, a, b, n - a - b)
    return table, paired.effective_pairs(table, variance, units)


@pytest.mark.parametrize(
    "shares", [(0.01, 0.01), (0.001, 0.01), (0.05, 0.02), (0.0, 0.02), (0.3, 0.1), (0.6, 0.3)]
)
@pytest.mark.parametrize("correlation", [0.05, 0.3])
@pytest.mark.parametrize(("units", "size"), [(30, 20), (100, 5), (200, 10)])
def test_clustered_claims_err_at_about_the_nominal_rate(shares, correlation, units, size):
    """As if rows were independent they would err in up to 29 %."""
    _, table = effective(*clustered(shares, units, size, correlation))
    assert np.mean(paired.difference_lower(table) > shares[0] - shares[1]) <= 0.05 + 0.015
    assert np.mean(paired.difference_upper(table) < shares[0] - shares[1]) <= 0.05 + 0.015


def test_rows_that_are_units_are_worth_themselves():
    table = paired.pairs([5, 0], [3, 0], [1, 0], [40, 0])
    same = paired.effective_pairs(table, [0.001, np.inf], table.n)
    assert table.n.tolist() == same.n.tolist()


def test_where_candidates_never_differed_each_unit_counts_as_one_row():
    assert 7 == pytest.approx(float(paired.effective_pairs(paired.pairs(60, 0, 0, 10), 0.0, 7).n))
