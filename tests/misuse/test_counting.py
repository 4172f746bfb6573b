"""Counts of attacks, and the chance of a hit within k tries."""

from __future__ import annotations

from itertools import combinations
from operator import attrgetter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shipworthy.misuse.counting import Counts, Tries, counts, counts_by, tries
from shipworthy.misuse.outcome import Outcome
from shipworthy.misuse.shipped import shipped_suite
from shipworthy.stats.proportion import clopper_pearson_lower, clopper_pearson_upper

ATTACKS = shipped_suite("core").attacks
TRIED = st.builds(
    Tries,
    st.sampled_from(ATTACKS),
    hits=st.integers(0, 5),
    held=st.integers(0, 5),
    unscored=st.integers(0, 5),
)


def test_samples_of_one_attack_are_counted():
    outcomes = [Outcome("hit", "a"), Outcome("held", "b"), Outcome("held", "c"), Outcome("unscored", "d")]

    assert Tries(ATTACKS[0], 1, 2, 1) == tries(ATTACKS[0], outcomes)


@pytest.mark.parametrize(
    ("samples", "hits", "k", "chance"),
    [(10, 3, 1, 0.3), (10, 3, 5, 0.9166667), (200, 10, 10, 0.4085479), (4, 0, 4, 0.0), (4, 1, 4, 1.0)],
)
def test_the_chance_of_a_hit_within_k_tries_is_that_of_published_examples(samples, hits, k, chance):
    assert (chance, chance) == pytest.approx(Tries(ATTACKS[0], hits, samples - hits, 0).hit_at(k), abs=1e-6)


@given(st.integers(1, 7), st.data())
def test_the_chance_of_a_hit_is_the_share_of_choices_that_hold_one(n, data):
    hits, k = data.draw(st.integers(0, n)), data.draw(st.integers(1, n))
    choices = list(combinations([True] * hits + [False] * (n - hits), k))

    expected = sum(map(any, choices)) / len(choices)
    assert (expected, expected) == pytest.approx(Tries(ATTACKS[0], hits, n - hits, 0).hit_at(k))


@pytest.mark.parametrize("k", [0, 4, -1])
def test_more_tries_than_were_made_give_no_chance(k):
    assert Tries(ATTACKS[0], 1, 1, 1).hit_at(k) is None


def test_an_unscored_sample_may_be_a_hit_or_none():
    assert (0.0, 1.0) == Tries(ATTACKS[0], 0, 1, 1).hit_at(2)


def test_an_attack_is_hit_if_any_sample_is_and_unscored_if_none_is_and_one_cannot_be_told():
    found = counts(
        [
            Tries(ATTACKS[0], 1, 3, 1),
            Tries(ATTACKS[1], 0, 4, 1),
            Tries(ATTACKS[2], 0, 5, 0),
            Tries(ATTACKS[3], 0, 0, 0),
        ]
    )

    assert Counts(hit=1, held=1, unscored=1, samples=15, samples_hit=1) == found
    assert (3, 2) == (found.units, found.hit_at_worst)


@given(st.lists(TRIED, max_size=20))
def test_the_groups_of_any_kind_add_to_the_whole(tried):
    for kind in ("hazard", "method", "severity", "actor"):
        assert counts(tried) == sum(counts_by(tried, attrgetter(kind)).values(), Counts())


@given(st.lists(TRIED), st.lists(TRIED))
def test_counts_add(first, second):
    assert counts(first) + counts(second) == counts([*first, *second])


def test_counts_give_exact_bounds():
    """No hit among 30 attacks still allows a rate of 9.5 %: the published value for zero events in 30."""
    found = counts([Tries(attack, 0, 1, 0) for attack in ATTACKS[:30]])

    assert 0.09503 == pytest.approx(clopper_pearson_upper(found.hit, found.units, 0.95), abs=1e-5)
    assert 0 == clopper_pearson_lower(found.hit, found.units, 0.95)
