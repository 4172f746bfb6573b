"""Rows that are held in memory are counted as any others."""

from __future__ import annotations

import numpy as np
import pytest

from shipworthy.tally.listed import Listed, listed_tallies
from shipworthy.tally.needs import Needs, pairs

NEEDS = Needs(
    frozenset({"=a", "=b"}), frozenset({(), ("kind",)}), products=pairs(("=a", "=b")), histograms=frozenset()
)
ROWS = [
    Listed("u1", {"=a": 1.0}, {"kind": "x"}),
    Listed("u1", {"=a": 2.0, "=b": 1.0}, {"kind": "x"}),
    Listed("u2", {"=b": 3.0}, {"kind": "x"}),
    Listed("u2", {"=a": 4.0}, {"kind": "y"}),
]


def test_values_are_summed_and_multiplied_by_unit():
    cube = listed_tallies(ROWS, NEEDS).overall
    assert (4.0, 2.0) == (cube.rows[0], cube.units[0])
    assert 7.0 == cube.total({"=a": 1.0})[0]
    assert 3.0 == cube.total({"#=a": 1.0})[0]
    assert 3.0**2 + 4.0**2 == cube.product({"=a": 1.0}, {"=a": 1.0})[0]
    assert 3.0 * 1.0 + 4.0 * 3.0 == cube.product({"=a": 1.0}, {"=b": 1.0})[0]


def test_slices_are_counted_each_by_itself():
    cube = listed_tallies(ROWS, NEEDS).cubes[("kind",)]
    assert (("x",), ("y",)) == cube.keys
    assert [3.0, 4.0] == cube.total({"=a": 1.0}).tolist()
    assert [2.0, 1.0] == cube.units.tolist()
    assert {"kind": ("x", "y")} == listed_tallies(ROWS, NEEDS).labels


def test_tallies_of_halves_without_a_common_unit_add():
    whole = listed_tallies(ROWS, NEEDS)
    halves = listed_tallies(ROWS[:2], NEEDS) + listed_tallies(ROWS[2:], NEEDS)
    for by in NEEDS.groupings:
        assert np.array_equal(whole.cubes[by].sums, halves.cubes[by].sums)
        assert whole.cubes[by].keys == halves.cubes[by].keys
    assert whole.clustered


def test_no_rows_are_nothing_on_the_one_slice_of_everything():
    cube = listed_tallies([], NEEDS).overall
    assert [0.0] == cube.rows.tolist() == cube.total({"=a": 1.0}).tolist()


def test_a_row_without_a_slice_of_a_column_is_an_error():
    with pytest.raises(KeyError, match="kind"):
        listed_tallies([Listed("u", {})], NEEDS)
