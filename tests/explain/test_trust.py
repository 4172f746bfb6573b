"""Reasons of a model that is known: those of a sum are shown, those of chaos are withheld."""

from __future__ import annotations

import numpy as np
import pytest

from shipworthy.explain.blend import whole
from shipworthy.explain.shapley import sampled
from shipworthy.explain.trust import FAITHFUL, STABLE, fidelity, greatest, near_rows, stability, withheld
from tests.explain.models import additive, chaotic, crossed, port

COLUMNS, BACKGROUND = 6, np.arange(100)
POOL = np.random.default_rng(0).normal(size=(1_020, COLUMNS))


def trusted(model, at, pool=POOL, top=3):
    """The stability and the fidelity of the reasons of one row."""
    predict, row = port(pool, model), whole(np.array([at]), pool.shape[1])[0]
    near = [near_rows(pool[:, column], at) for column in range(pool.shape[1])]

    def contribute(row, background, seed):
        return sampled(predict, row, background, seed=seed)

    found = contribute(row, BACKGROUND, 0)
    stable = stability(contribute, row, BACKGROUND, near, top=top)
    return stable, fidelity(predict, found, row, BACKGROUND)


def test_reasons_of_a_sum_foretell_it_and_stay():
    found = [trusted(additive, at) for at in range(1_000, 1_020)]
    assert [1.0] * 20 == pytest.approx([fidelity for _, fidelity in found])
    assert np.mean([stable for stable, _ in found]) > 0.9
    assert ["", ""] == [withheld(*each) for each in found][:2]


def test_the_reasons_of_a_known_model_are_in_their_order():
    pool = np.vstack([np.zeros((100, 4)), np.ones((1, 4))])
    found = sampled(
        port(pool, lambda rows: rows @ [1.0, -5.0, 3.0, 0.0]), whole(np.array([100]), 4)[0], BACKGROUND
    )
    assert frozenset({(1, False), (2, True)}) == greatest(found.each, 2)
    assert [1.0, -5.0, 3.0, 0.0] == pytest.approx(found.each.tolist())


def test_reasons_of_chaos_are_withheld_for_every_row():
    found = [trusted(chaotic, at) for at in range(1_000, 1_020)]
    assert all(withheld(*each) for each in found)
    assert max(stable for stable, _ in found) < STABLE
    assert max(fidelity for _, fidelity in found) < FAITHFUL


def test_a_column_that_matters_only_by_another_lowers_fidelity():
    parity = np.sign(POOL)
    pool = np.vstack([parity[:1_000], np.ones((1, COLUMNS))])
    _, product = trusted(lambda rows: rows.prod(axis=1), 1_000, pool)
    _, mixed = trusted(crossed, 1_010)
    _, plain = trusted(additive, 1_010)
    assert 0.0 == pytest.approx(product, abs=0.05)
    assert product < mixed < plain


def test_where_nothing_moves_the_answer_there_is_nothing_to_withhold():
    assert (1.0, 1.0) == trusted(lambda rows: np.zeros(len(rows)), 1_010)


def test_a_model_of_one_column_is_foretold():
    assert 1.0 == pytest.approx(trusted(lambda rows: np.exp(rows[:, 0]), 1_010, POOL[:, :1], top=1)[1])


def test_near_are_equal_numbers_and_those_a_hundredth_of_the_rows_away():
    values = np.array([5.0, 1.0, 2.0, 3.0, np.nan, np.inf, *[7.0] * 94])
    assert {0, 3} <= set(near_rows(values, 0).tolist()) <= {0, 3, *range(6, 100)}
    assert [4, 5] == near_rows(values, 4).tolist()
    assert set(range(6, 100)) <= set(near_rows(values, 50).tolist())


def test_a_number_that_most_rows_share_hardly_moves():
    """The rows beyond a tie are few among those that are near, so that 0 stays 0 most of the time."""
    values = np.array([0.0] * 900 + [1.0] * 100)
    assert 10 / 910 == np.mean(values[near_rows(values, 0)])


def test_what_is_withheld_says_why_with_its_figures():
    told = withheld(0.4, 0.2)
    assert "40 % of them stay" in told
    assert "foretell 20 %" in told
    assert "" == withheld(STABLE, FAITHFUL)
