"""Gaps and ratios between the groups of a column."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.metrics.every import defined, measured
from tests.tally.counting import Rows, sliced, tallies_of

GROUPS = st.lists(
    st.tuples(st.integers(0, 20), st.integers(1, 40)).map(lambda group: (20 * group[0], 20 * group[1])),
    min_size=2,
    max_size=6,
)


def of_groups(groups):
    """True positives and misses by group."""
    return sliced("colour", {f"g{at}": {"tp": tp, "fn": fn} for at, (tp, fn) in enumerate(groups)})


@given(GROUPS)
def test_the_gap_is_the_greatest_less_the_least(groups):
    shares = [tp / (tp + fn) for tp, fn in groups]
    found = measured("gap(recall, colour)", of_groups(groups))
    assert max(shares) - min(shares) == pytest.approx(float(found.value[0]))
    assert 0 <= found.lower[0] <= found.value[0] <= found.upper[0] <= 1
    assert sum(tp + fn for tp, fn in groups) == found.n[0]


@given(GROUPS)
def test_the_ratio_is_the_least_by_the_greatest(groups):
    shares = [tp / (tp + fn) for tp, fn in groups]
    found = measured("ratio(recall, colour)", of_groups(groups))
    expected = min(shares) / max(shares) if max(shares) > 0 else 1.0
    assert expected == pytest.approx(float(found.value[0]))
    assert 0 <= found.lower[0] <= found.value[0] + 1e-12
    assert found.value[0] <= found.upper[0] + 1e-12 <= 1 + 2e-12


@given(st.tuples(st.integers(1, 50), st.integers(1, 50)), st.integers(2, 6))
def test_groups_that_are_alike_have_no_gap_and_a_ratio_of_one(group, groups):
    alike = of_groups([(20 * group[0], 20 * group[1])] * groups)
    gap, ratio = measured("gap(recall, colour)", alike), measured("ratio(recall, colour)", alike)
    assert (0, 0) == (gap.value[0], gap.lower[0])
    assert (1, 1) == (ratio.value[0], ratio.upper[0])


def test_more_rows_narrow_the_gap():
    wide, narrow = (
        measured("gap(recall, colour)", of_groups([(80 * n, 20 * n), (90 * n, 10 * n)])) for n in (1, 50)
    )
    assert wide.lower[0] < narrow.lower[0] < 0.1 < narrow.upper[0] < wide.upper[0]


@pytest.mark.parametrize("name", ["gap", "ratio"])
def test_one_group_has_nothing_to_compare_and_says_so(name):
    found = measured(f"{name}(recall, colour)", of_groups([(8, 2)]))
    assert np.isnan(found.value[0])
    assert "only the group g0 of colour has rows that count: there is nothing to compare" == found.notes[0]


def test_a_group_without_rows_that_count_leaves_the_gap_open():
    """A group of negatives has no recall: it may have any."""
    groups = {"g0": {"tp": 900, "fn": 100}, "g1": {"tp": 900, "fn": 100}, "g2": {"tn": 50}}
    found = measured("gap(recall, colour)", sliced("colour", groups))
    assert 0 == found.value[0]
    assert found.upper[0] > 0.85
    assert 0 == measured("ratio(recall, colour)", sliced("colour", groups)).lower[0]


def test_a_group_without_an_event_counts_with_its_limits():
    """No event among twenty rows is no proof of a ratio of zero."""
    found = measured("ratio(recall, colour)", of_groups([(0, 20), (10, 10)]))
    assert 0 == found.value[0]
    assert 0 == found.lower[0]
    assert 0 < found.upper[0]


def test_groups_are_compared_within_each_slice():
    rows = Rows(
        [0] * 24 + [1] * 6 + [0] * 15 + [1] * 15 + [0] * 6,
        {"size": ["large"] * 60 + ["small"] * 6, "colour": ["red"] * 30 + ["blue"] * 30 + ["red"] * 6},
    )
    found = measured(
        "gap(recall, colour)", tallies_of(rows, defined("gap(recall, colour)").needs(("size",))), ("size",)
    )
    assert (("large",), ("small",)) == found.keys
    assert 0.3 == pytest.approx(found.value[0])
    assert np.isnan(found.value[1])
    assert ["", "only the group red of colour has rows that count: there is nothing to compare"] == list(
        found.notes
    )


def test_the_gap_of_net_value_is_in_money():
    groups = {"g0": {"tp": 500, "tn": 500}, "g1": {"tp": 500, "fp": 500}}
    found = measured("gap(net_value, colour)", sliced("colour", groups))
    assert 1.25 - (-1.5) == pytest.approx(float(found.value[0]))
    assert found.lower[0] < 2.75 < found.upper[0]


def test_a_group_with_few_rows_is_undecided_and_named():
    """Three of four is no recall to compare with; the claim stays open for that group, and may be missed by the others."""
    found = measured("gap(recall, colour)", of_groups([(900, 100), (900, 100), (1, 18)]))
    assert 0 == found.value[0]
    assert found.upper[0] > 0.5
    assert "groups of colour with fewer than 20 rows that count are undecided: g2 (19)" == found.notes[0]
    apart = measured("gap(recall, colour)", of_groups([(900, 100), (500, 500), (1, 18)]))
    assert 0.35 < apart.lower[0] < 0.4 == pytest.approx(float(apart.value[0]))


def test_groups_of_two_columns_are_crossed():
    rows = Rows(
        [0] * 60 + [1] * 20 + [0] * 60 + [1] * 60,
        {"size": ["large"] * 80 + ["small"] * 120, "colour": ["red", "blue"] * 100},
    )
    found = measured(
        "gap(recall, colour, size)", tallies_of(rows, defined("gap(recall, colour, size)").needs(()))
    )
    assert 0.75 - 0.5 == pytest.approx(float(found.value[0]))
    assert 200 == found.n[0]


@pytest.mark.parametrize(
    ("text", "value"),
    [("worst_group(recall, colour)", 0.5), ("worst_group(false_negative_rate, colour)", 0.5)],
)
def test_the_worst_group_is_the_least_favourable_one(text, value):
    found = measured(text, of_groups([(90, 10), (50, 50), (70, 30)]))
    assert value == pytest.approx(float(found.value[0]))
    assert found.lower[0] < value < found.upper[0]


def test_the_bound_for_every_group_is_the_worst_of_their_own_bounds():
    groups = of_groups([(90, 10), (50, 50), (70, 30)])
    own = measured("recall", groups, ("colour",))
    assert own.lower.min() == measured("worst_group(recall, colour)", groups).lower[0]
    strict = measured("recall", groups, ("colour",), 1 - 0.05 / 3)
    assert strict.upper.min() == measured("worst_group(recall, colour)", groups).upper[0]


def test_a_group_with_few_rows_is_not_the_worst_but_keeps_the_claim_open():
    found = measured("worst_group(recall, colour)", of_groups([(90, 10), (0, 3)]))
    assert 0.9 == pytest.approx(float(found.value[0]))
    assert found.lower[0] < 0.02
    assert "groups of colour with fewer than 20 rows that count are undecided: g1 (3)" == found.notes[0]
