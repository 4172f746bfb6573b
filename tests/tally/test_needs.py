"""Needs merge with `|`: in any order, any number of times."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from shipworthy.tally import Needs
from shipworthy.tally.needs import OVERALL, grouping, merged, pairs

columns = st.sampled_from(["a", "b", "c"])
groupings = st.lists(columns, max_size=3).map(grouping)
needs = st.builds(
    Needs,
    st.frozensets(columns),
    st.frozensets(groupings),
    st.frozensets(st.tuples(columns, groupings)),
    st.lists(columns, max_size=2).map(pairs),
)


@given(needs, needs, needs)
def test_merging_is_associative_commutative_and_idempotent(a, b, c):
    assert (a | b) | c == a | (b | c)
    assert a | b == b | a
    assert a | a == a


@given(needs)
def test_needing_nothing_is_neutral(need):
    assert need == Needs() | need
    assert need == need | Needs()


@given(st.lists(needs, max_size=4), st.randoms())
def test_merging_many_in_any_order_needs_the_same(many, random):
    shuffled = [*many, *many]
    random.shuffle(shuffled)
    assert merged(many) == merged(shuffled)


def test_a_grouping_names_each_column_once_in_sorted_order():
    assert ("a", "b") == grouping(["b", "a", "b"])
    assert OVERALL == grouping([])


def test_it_is_sliced_by_every_column_of_a_grouping_or_histogram():
    need = Needs(frozenset({"x"}), frozenset({("b",), ()}), frozenset({("x", ("a", "c"))}))
    assert ("a", "b", "c") == need.sliced_by
