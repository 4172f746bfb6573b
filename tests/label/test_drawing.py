"""Which rows come next, and with which chance."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shipworthy.label.drawing import Guess, discord, doubt, evenly, in_proportion, proportional

strata = st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), min_size=1, max_size=6)


@given(st.integers(0, 200), strata)
def test_as_many_rows_are_drawn_as_are_wanted_or_there(wanted, strata):
    rows, labelled = zip(*strata, strict=True)
    drawn = evenly(wanted, rows, labelled)
    assert min(wanted, sum(rows)) == sum(drawn)
    assert all(0 <= each <= there for each, there in zip(drawn, rows, strict=True))


@given(st.integers(0, 200), strata)
def test_no_slice_gets_rows_while_one_with_fewer_labels_has_some_left(wanted, strata):
    rows, labelled = zip(*strata, strict=True)
    drawn = evenly(wanted, rows, labelled)
    after = [have + each for have, each in zip(labelled, drawn, strict=True)]
    left = [have for have, each, there in zip(after, drawn, rows, strict=True) if each < there]
    grown = [have for have, each in zip(after, drawn, strict=True) if each > 0]
    assert not left or not grown or max(grown) <= min(left) + 1


def test_slices_behind_catch_up():
    assert (10, 0, 0) == evenly(10, [100, 100, 100], [0, 20, 30])
    assert (30, 10, 0) == evenly(40, [100, 100, 100], [0, 20, 30])


@given(st.integers(1, 100), st.lists(st.tuples(st.floats(0, 10), st.integers(0, 60)), min_size=1, max_size=5))
def test_shares_are_kept_as_far_as_there_are_rows(wanted, strata):
    shares, rows = zip(*strata, strict=True)
    if sum(shares) <= 0:
        return
    drawn = in_proportion(wanted, shares, rows)
    assert sum(drawn) <= wanted
    assert all(0 <= each <= there for each, there in zip(drawn, rows, strict=True))


def test_a_row_is_drawn_as_often_as_its_chance_says():
    interest = np.array([0.0, 0.1, 0.2, 0.4, 0.8, 0.8, 5.0])
    times = np.zeros(7)
    chances = np.zeros(7)
    for seed in range(4_000):
        drawn = proportional(interest, 3, seed)
        assert 3 == len(drawn) == len({row for row, _ in drawn})
        for row, chance in drawn:
            times[row] += 1
            chances[row] = chance
    assert times / 4_000 == pytest.approx(chances, abs=0.03)
    assert [0.0, 1.0] == [chances[0], chances[6]]
    assert 3 == pytest.approx(chances.sum())


@given(st.lists(st.floats(0, 1), min_size=0, max_size=40), st.integers(1, 10))
def test_rows_without_any_interest_are_never_drawn(interest, wanted):
    drawn = proportional(interest, wanted, 0)
    assert all(interest[row] > 0 and 0 < chance <= 1 for row, chance in drawn)
    assert len(drawn) == min(wanted, sum(each > 0 for each in interest))


def test_doubt_is_what_is_left_of_sureness():
    assert [1.0, 0.0, 0.0, 0.5] == doubt(Guess(("a", "b", "c", "d"), (0.0, 1.0, None, 0.5))).tolist()


def test_discord_of_classes_is_the_share_of_pairs_that_differ():
    guesses = [Guess(row, (None,) * 3) for row in (("a", "a", None), ("a", "b", "b"), ("a", "c", "b"))]
    assert [0.0, 1.0, 0.0] == discord(guesses).tolist()


def test_discord_of_numbers_is_their_spread():
    guesses = [Guess(row, (None,) * 2) for row in ((1.0, 2.0), (3.0, 2.0))]
    assert [1.0, 0.0] == discord(guesses).tolist()
