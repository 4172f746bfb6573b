"""Money by outcome where rows differ in weight: the bounds are those of the weighted mean."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shipworthy.metrics import define, measure
from shipworthy.spec.claim import Metric
from shipworthy.spec.model import Value
from shipworthy.tally import CELLS, Tallies
from tests.tally.counting import counts, cube_of_counts

MONEY = Value(true_positive=2.0, false_positive=-30.0, false_negative=-1.0, true_negative=0.5)
ANSWERED = ("tp", "fn", "fp", "tn")


def bounds(rows, weight, squares, level=0.95):
    """What net_value comes to on slices whose cells (S, 4) have these rows, weights and squared weights."""
    tables = [counts(**dict(zip(ANSWERED, part.T, strict=True))) for part in (rows, weight, squares)]
    keys = [(f"{at:04d}",) for at in range(len(rows))]
    plain = cube_of_counts(tables[0], ("draw",), keys)
    products = {**plain.products, **{(cell, cell): tables[2][:, at] for at, cell in enumerate(CELLS)}}
    cube = replace(plain, sums=tables[1], products=products)
    return measure(define(Metric("net_value"), MONEY), Tallies({("draw",): cube}, {}), ("draw",), level)


@given(
    st.lists(st.integers(0, 40), min_size=4, max_size=4).filter(sum),
    st.lists(st.sampled_from([0.02, 1.0, 7.0, 300.0]), min_size=4, max_size=4),
)
def test_every_bound_lies_on_its_side_of_the_weighted_mean(cells, weights):
    rows, each = np.array([cells], dtype=float), np.array(weights)
    found = bounds(rows, rows * each, rows * each**2)
    value = found.value[0]
    assert (rows * each * [2, -1, -30, 0.5]).sum() / (rows * each).sum() == pytest.approx(value)
    slack = 1e-9 * (1 + abs(value))
    assert max(found.low[0], found.lower[0]) <= value + slack
    assert min(found.high[0], found.upper[0]) >= value - slack


@pytest.mark.parametrize("factor", [0.01, 1_000.0])
def test_rows_of_one_weight_are_rows_without(factor):
    rows = np.array([[90.0, 10.0, 2.0, 300.0]])
    plain, found = bounds(rows, rows, rows), bounds(rows, factor * rows, factor**2 * rows)
    for part in ("value", "low", "high", "lower", "upper"):
        assert getattr(plain, part) == pytest.approx(getattr(found, part), rel=1e-9)


def test_a_bound_is_wrong_at_most_once_in_twenty_where_a_rare_dear_outcome_weighs_more():
    """4,000 draws of 300 rows, of which 2 % are false positives that weigh three times the others."""
    rng = np.random.default_rng(5)
    chances, weights = np.array([0.3, 0.08, 0.02, 0.6]), np.array([1.0, 1.0, 3.0, 1.0])
    rows = rng.multinomial(300, chances, 4_000).astype(float)
    found = bounds(rows, rows * weights, rows * weights**2)
    true = (chances * weights * [2, -1, -30, 0.5]).sum() / (chances * weights).sum()
    most = 0.05 + 3 * np.sqrt(0.05 * 0.95 / 4_000)
    assert (found.lower > true).mean() <= most
    assert (found.upper < true).mean() <= most
