"""Answers that mean the same are one cluster, and the entropy of the clusters is the published one."""

from __future__ import annotations

from math import log
from operator import eq

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shipworthy.stats.semantic_entropy import clusters, entropy, near, same_text, semantic_entropy


def test_the_entropy_of_four_answers_in_three_clusters_is_the_published_one():
    assert 1.0397208 == pytest.approx(semantic_entropy([0, 1, 1, 2]), abs=1e-7)


def test_the_entropy_of_given_shares_is_the_published_one():
    assert 0.8979457 == pytest.approx(entropy([0.6, 0.3, 0.1]), abs=1e-7)


def test_probable_answers_count_more():
    """Shares .6, .3 and .1, the first of two answers."""
    found = semantic_entropy(["a", "a", "b", "c"], np.log([0.4, 0.2, 0.3, 0.1]))
    assert 0.8979457 == pytest.approx(found, abs=1e-7)
    assert found == pytest.approx(semantic_entropy([0, 0, 1, 2], np.log([0.4, 0.2, 0.3, 0.1]) - 900))


@given(st.lists(st.integers(0, 5), min_size=1, max_size=20))
def test_entropy_lies_between_one_meaning_and_as_many_as_answers(ids):
    found = semantic_entropy(ids)
    assert -1e-12 <= found <= log(len(ids)) + 1e-9
    assert (len(set(ids)) == 1) == (found < 1e-9)
    assert found == pytest.approx(semantic_entropy(ids, [-2.5] * len(ids)))


def test_without_answers_nothing_is_known():
    assert np.isnan(semantic_entropy([]))


@pytest.mark.parametrize("logs", [[0.0], [0.0, float("-inf")], [0.0, float("nan")]])
def test_probabilities_of_other_answers_are_refused(logs):
    with pytest.raises(ValueError, match="log-probability"):
        semantic_entropy([0, 1], logs)


@pytest.mark.parametrize("shares", [[0.5, 0.4], [1.2, -0.2]])
def test_shares_that_are_none_are_refused(shares):
    with pytest.raises(ValueError, match="add up to 1"):
        entropy(shares)


def test_equal_answers_are_one_cluster():
    assert (0, 1, 0, 2, 1) == clusters(["a", "b", "a", "c", "b"], eq)


def test_texts_are_the_same_but_for_case_space_and_punctuation():
    answers = ["Within 30 days.", "within  30 days", "Within 3 days.", "WITHIN 30 DAYS!"]
    assert (0, 0, 1, 0) == clusters(answers, same_text)
    assert same_text("ﬁve Straße", "five STRASSE")


def test_near_embeddings_are_one_cluster():
    found = clusters(np.array([[1.0, 0], [0.9, 0.1], [0, 2.0], [0, 0]]), near(0.9))
    assert (0, 0, 1, 2) == found


def test_an_impossible_cosine_is_refused():
    with pytest.raises(ValueError, match="from -1 to 1"):
        near(90)


@given(st.lists(st.text("ab !", max_size=3), max_size=12))
def test_answers_share_a_cluster_where_they_are_the_same(answers):
    found = clusters(answers, same_text)
    for one, first in zip(answers, found, strict=True):
        for other, second in zip(answers, found, strict=True):
            assert same_text(one, other) == (first == second)
