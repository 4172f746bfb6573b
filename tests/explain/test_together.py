"""Columns that go along with each other are found, and named as sets."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import rankdata, spearmanr

from shipworthy.explain.together import association, groups, ranks

RNG = np.random.default_rng(0)
FIRST = RNG.normal(size=200)
OTHER = RNG.normal(size=200)


def test_numbers_go_along_by_the_size_of_their_rank_correlation():
    second = FIRST + RNG.normal(size=200)
    assert association(FIRST, second) == pytest.approx(abs(spearmanr(FIRST, second).statistic))
    assert association(FIRST, -np.exp(FIRST)) == pytest.approx(1.0)


def test_ranks_of_equal_numbers_are_their_mean():
    values = RNG.integers(0, 5, 50).astype(float)
    assert rankdata(values).tolist() == ranks(values).tolist()


def test_unknown_numbers_are_left_out():
    holes = np.where(np.arange(200) < 50, np.nan, FIRST)
    assert association(holes, FIRST) == pytest.approx(1.0)
    assert 0.0 == association(np.full(200, np.nan), FIRST)


def test_categories_go_along_by_what_one_says_of_the_other():
    town = tuple(RNG.choice(["ghent", "lyon", "turin"], 200).tolist())
    country = tuple({"ghent": "be", "lyon": "fr", "turin": "it"}[each] for each in town)
    coin = tuple(RNG.choice(["heads", None], 200).tolist())
    assert association(town, country) == pytest.approx(1.0)
    assert association(town, coin) < 0.1
    assert 0.0 == association(town, ("ghent",) * 200)


def test_numbers_and_words_and_texts_are_not_compared():
    words = tuple(str(each) for each in FIRST)
    assert (0.0, 0.0) == (association(FIRST, words), association(None, words))


def test_a_chain_is_one_set_and_a_column_alone_is_none():
    assert ((0, 2, 3),) == groups([FIRST, OTHER, FIRST * 2, -FIRST, None])
    assert () == groups([FIRST, OTHER])
    assert ((0, 3), (1, 2)) == groups([FIRST, OTHER, OTHER + 1, FIRST])
