"""Tallies: shards and days add, and one slice can be cut out."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shipworthy.tally import Needs, Tallies
from tests.tally.counting import Rows, tallies_of
from tests.tally.same import assert_same_tallies
from tests.tally.strategies import halves, logs, together

NEEDS = Needs(
    frozenset({"ms"}),
    frozenset({(), ("colour",), ("colour", "size")}),
    frozenset({("ms", ()), ("ms", ("colour",)), ("cost_usd", ("size",))}),
)


@given(halves())
def test_the_sum_of_two_shards_is_the_tallies_of_the_whole(pair):
    first, second = pair
    expected = tallies_of(together(first, second), NEEDS)
    assert_same_tallies(expected, tallies_of(first, NEEDS) + tallies_of(second, NEEDS))


@given(logs(clustered=True), logs(clustered=True), logs(clustered=True))
def test_adding_is_associative_and_commutative(a, b, c):
    x, y, z = (tallies_of(log, NEEDS) for log in (a, b, c))
    assert_same_tallies((x + y) + z, x + (y + z))
    assert_same_tallies(x + y, y + x)


@given(logs())
def test_the_tallies_of_no_rows_are_neutral(log):
    no_units: list[int] | None = None if log.units is None else []
    empty = tallies_of(Rows([], {"colour": [], "size": []}, {"ms": [], "cost_usd": []}, no_units), NEEDS)
    tallies = tallies_of(log, NEEDS)
    assert_same_tallies(tallies, tallies + empty)


@given(logs(least=1), st.sampled_from(["red", "blue", "green"]))
def test_the_tallies_of_one_slice_are_those_of_its_rows(log, colour):
    inside = [at for at in range(len(log)) if log.slices["colour"][at] == colour]
    needs = replace(
        NEEDS,
        groupings=frozenset({("colour",), ("colour", "size")}),
        histograms=frozenset({("ms", ("colour",))}),
    )
    expected = tallies_of(log.picked(inside), needs)
    assert_same_tallies(expected, tallies_of(log, NEEDS).where(("colour",), (colour,)))


@given(logs())
def test_the_slice_of_everything_is_everything(log):
    tallies = tallies_of(log, NEEDS)
    assert_same_tallies(tallies, tallies.where((), ()))


def test_one_scan_brings_back_the_whole_and_its_histograms():
    tallies = tallies_of(
        Rows(
            [0, 4],
            {"colour": ["red", "blue"], "size": ["tiny"] * 2},
            {"ms": [1.0, 2.0], "cost_usd": [0.0, None]},
        ),
        NEEDS,
    )
    assert 2 == tallies.overall.rows[0]
    assert 2 == tallies.histogram("ms").weight
    assert 1 == tallies.histogram("ms", ("colour",), ("red",)).weight
    assert 0 == tallies.histogram("ms", ("colour",), ("green",)).weight


@given(logs(least=1), st.floats(1, 100))
def test_scaling_multiplies_cubes_and_histograms(log, factor):
    tallies = tallies_of(log, NEEDS)
    scaled = tallies.scaled(factor)
    assert factor * tallies.overall.rows[0] == pytest.approx(scaled.overall.rows[0])
    assert factor * tallies.histogram("ms").n.sum() == pytest.approx(scaled.histogram("ms").n.sum())
    assert isinstance(scaled, Tallies)
