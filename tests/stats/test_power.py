"""Rows for a comparison: McNemar's power is exact, and the planned rows show the difference as often as they promise."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import binom

from shipworthy.stats.power import (
    mcnemar_power,
    paired_rows,
    paired_rows_not_worse,
    unpaired_rows,
    unpaired_rows_not_worse,
)

Z, RESERVE = 1.6448536269514722, 0.8416212335729143


@pytest.mark.parametrize(
    ("pairs", "difference", "discordance"), [(1, 0.1, 0.1), (40, 0.2, 0.3), (150, 0.05, 0.4), (90, 0.1, 1.0)]
)
def test_the_power_is_the_sum_over_every_possible_outcome(pairs, difference, discordance):
    expected = 0.0
    for m in range(pairs + 1):
        wins = next(c for c in range(m + 2) if binom.sf(c - 1, m, 0.5) <= 0.05)
        chance = binom.sf(wins - 1, m, (discordance + difference) / (2 * discordance))
        expected += binom.pmf(m, pairs, discordance) * chance
    assert expected == pytest.approx(mcnemar_power(pairs, difference, discordance), abs=1e-12)


@pytest.mark.parametrize(("difference", "discordance"), [(0.02, 0.1), (0.1, 0.25), (0.05, 0.05)])
def test_the_planned_pairs_have_the_power_and_one_fewer_has_not(difference, discordance):
    n = paired_rows(difference, discordance)
    assert n is not None
    assert mcnemar_power(n, difference, discordance) >= 0.8 > mcnemar_power(n - 1, difference, discordance)


def test_the_pairs_are_near_those_of_connor():
    """(1.645 sqrt(0.1) + 0.842 sqrt(0.1 - 0.0004))^2 / 0.0004 = 1,543, and a test of whole pairs needs some more."""
    connor = (Z * np.sqrt(0.1) + RESERVE * np.sqrt(0.1 - 0.02**2)) ** 2 / 0.02**2
    assert connor == pytest.approx(paired_rows(0.02, 0.1), rel=0.06)


def test_a_very_small_difference_is_planned_too():
    n = paired_rows(0.0005, 0.1)
    assert (Z + RESERVE) ** 2 * 0.1 / 0.0005**2 == pytest.approx(n, rel=0.002)
    assert paired_rows(1e-6, 0.9) is None


def test_pairs_that_show_no_harm_do_so_as_often_as_planned():
    """Wins and losses are drawn; the bound of the difference by its linearised variance is held against the margin."""
    margin, discordance = 0.03, 0.12
    n = paired_rows_not_worse(margin, discordance)
    assert n is not None
    drawn = np.random.default_rng(1).multinomial(
        n, [discordance / 2, discordance / 2, 1 - discordance], 20_000
    )
    difference = (drawn[:, 0] - drawn[:, 1]) / n
    spread = np.sqrt(((drawn[:, 0] + drawn[:, 1]) / n - difference**2) / n)
    assert 0.8 == pytest.approx(np.mean(difference - Z * spread > -margin), abs=0.012)


def test_groups_that_show_no_harm_do_so_as_often_as_planned():
    rate, margin = 0.8, 0.04
    n = unpaired_rows_not_worse(rate, margin)
    assert n is not None
    a, b = np.random.default_rng(2).binomial(n, rate, (2, 20_000)) / n
    spread = np.sqrt((a * (1 - a) + b * (1 - b)) / n)
    assert 0.8 == pytest.approx(np.mean(a - b - Z * spread > -margin), abs=0.012)


def test_pairs_need_fewer_rows_than_groups_where_errors_are_shared():
    """Two candidates that err alike: 8 % of the rows tell them apart, where groups carry the noise of all rows."""
    paired, group = paired_rows(0.02, 0.08), unpaired_rows(0.8, 0.82)
    assert paired is not None
    assert group is not None
    assert 4 * paired < 2 * group


@pytest.mark.parametrize(
    ("difference", "discordance"), [(0.0, 0.1), (-0.1, 0.2), (0.2, 0.1), (0.1, 1.2), (float("nan"), 0.5)]
)
def test_a_difference_that_cannot_be_is_refused(difference, discordance):
    with pytest.raises(ValueError, match="difference <= discordance"):
        paired_rows(difference, discordance)
    with pytest.raises(ValueError, match="difference <= discordance"):
        paired_rows_not_worse(difference, discordance)


@pytest.mark.parametrize(("rate", "other"), [(0.5, 0.5), (0.9, 1.1), (-0.1, 0.2)])
def test_groups_need_two_different_shares(rate, other):
    with pytest.raises(ValueError, match="two different shares"):
        unpaired_rows(rate, other)


@pytest.mark.parametrize(("rate", "margin"), [(0.5, 0.0), (1.5, 0.1)])
def test_groups_need_a_margin(rate, margin):
    with pytest.raises(ValueError, match="a margin above 0"):
        unpaired_rows_not_worse(rate, margin)
