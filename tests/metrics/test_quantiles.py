"""Quantiles of rows that count by a weight: ranks are shares of the whole weight, whatever its unit."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shipworthy.metrics import Measured
from shipworthy.metrics.quantiles import quantile
from shipworthy.stats.quantile import displayed, rank_lower, rank_upper
from shipworthy.tally import Cube
from tests.tally.counting import histogram_of

LEVEL = 0.95
SHARES = st.sampled_from([0.05, 0.25, 0.5, 0.9, 0.95])
UNITS_OF_WEIGHT = st.sampled_from([0.1, 1e-4, 1 / 3, 0.007, 7.0, 1e6])
ROWS = st.lists(st.tuples(st.integers(1, 60), st.integers(0, 4)), min_size=1, max_size=80)
SOME = ROWS.filter(lambda rows: any(weight for _, weight in rows))
ENDS = ("value", "low", "high", "lower", "upper")


def weighed(values: Sequence[float], weights: Sequence[float], p: float) -> Measured:
    """The quantile of rows of these weights, each a unit of its own."""
    one, n = ("#ms",), [float(len(values))]
    w = np.array(weights, dtype=float)
    cube = Cube(
        (),
        ((),),
        one,
        np.array(n),
        np.array(n),
        np.array([[w.sum()]]),
        np.array([n]),
        {("#ms", "#ms"): np.array([(w**2).sum()])},
    )
    return quantile("ms", p, {(): histogram_of(values, weights=weights)}, cube, LEVEL)


def plain(values: Sequence[float], p: float) -> Measured:
    """The quantile of rows without weights."""
    return quantile("ms", p, {(): histogram_of(values)}, None, LEVEL)


def numbers(found: Measured) -> list[float]:
    """What is shown and judged by."""
    return [float(getattr(found, name)[0]) for name in (*ENDS, "n", "units")]


@given(SOME, SHARES, UNITS_OF_WEIGHT)
def test_the_unit_of_the_weights_changes_nothing(rows, p, unit):
    values, weights = [float(value) for value, _ in rows], [weight for _, weight in rows]
    expected = numbers(weighed(values, weights, p))
    assert expected == pytest.approx(numbers(weighed(values, [unit * each for each in weights], p)), rel=1e-9)


@given(st.lists(st.floats(0.1, 10), min_size=1, max_size=80), SHARES, UNITS_OF_WEIGHT)
def test_equal_weights_give_what_no_weights_give(values, p, unit):
    expected, actual = plain(values, p), weighed(values, [unit] * len(values), p)
    assert numbers(expected)[:-1] == numbers(actual)[:-1]
    assert len(values) == pytest.approx(actual.units[0])


@given(SOME, SHARES)
def test_whole_weights_give_the_value_of_repeated_rows_and_count_each_row_once(rows, p):
    values, weights = np.array(rows, dtype=float).T
    repeated = np.repeat(values, weights.astype(int))
    found = weighed(values.tolist(), weights.tolist(), p)
    assert np.quantile(repeated, p, method="inverted_cdf") == found.value[0]
    assert len(rows) == found.n[0]


@given(SOME, SHARES)
def test_the_bounds_are_the_rows_at_the_shares_of_the_weight_where_the_ranks_of_units_lie(rows, p):
    """Against fractions: rank r of m units is the part of the weight from (r - 1) / m to r / m."""
    weights = [Fraction(weight) for _, weight in rows]
    m = math.floor(sum(weights) ** 2 / sum(weight**2 for weight in weights))
    low, high = displayed(m, p)
    expected = [
        *(greatest_from(rows, low, m), least_until(rows, high, m)),
        *(greatest_from(rows, rank_lower(m, p, LEVEL), m), least_until(rows, rank_upper(m, p, LEVEL), m)),
    ]
    found = weighed([float(value) for value, _ in rows], [float(weight) for _, weight in rows], p)
    assert expected == numbers(found)[1:5]
    assert found.low[0] <= found.value[0] <= found.high[0]


def greatest_from(rows: Sequence[tuple[int, int]], rank: int, of: int) -> float:
    """The value that the part of the weight of this rank begins with."""
    start, before = Fraction(int(rank) - 1, of) * sum(weight for _, weight in rows), 0
    for value, weight in sorted(rows):
        before += weight
        if rank >= 1 and before > start:
            return float(value)
    return -math.inf


def least_until(rows: Sequence[tuple[int, int]], rank: int, of: int) -> float:
    """The value that the part of the weight of this rank ends with."""
    end, before = Fraction(int(rank), of) * sum(weight for _, weight in rows), 0
    for value, weight in sorted(rows):
        before += weight
        if rank <= of and weight and before >= end:
            return float(value)
    return math.inf


@given(st.lists(st.floats(0.1, 10), min_size=1, max_size=20), SHARES)
def test_rows_of_no_weight_have_no_quantile(values, p):
    found = numbers(weighed(values, [0.0] * len(values), p))
    assert math.isnan(found[0])
    assert [-math.inf, math.inf, -math.inf, math.inf, len(values), 0] == found[1:]
