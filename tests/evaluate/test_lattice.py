"""Slices know which of them lie in which, and which share rows."""

from __future__ import annotations

import numpy as np

from shipworthy.evaluate.lattice import lattice_of
from tests.tally.counting import Rows, cube_of

ROWS = Rows(
    [4] * 6,
    {
        "a": ["x", "x", "x", "y", "y", "y"],
        "b": ["p", "p", "q", "r", "r", "r"],
        "c": ["1", "2", "1", "1", "2", "2"],
    },
)
GROUPINGS = [("a",), ("b",), ("c",), ("a", "b"), ("a", "c"), ("b", "c"), ("a", "b", "c")]


def lattice(*groupings):
    cubes = {by: cube_of(ROWS, by) for by in ((), *groupings)}
    found = lattice_of(cubes)
    names = [dict(zip(by, key, strict=True)) for by, key in found.slices]
    rows = np.concatenate([cubes[by].rows[order] for by, order in found.order.items()])
    return found, names, rows


def test_coarse_slices_come_before_fine_ones():
    found, names, _ = lattice(*GROUPINGS[::-1])
    assert [1] * 7 + [2] * 12 + [3] * 5 == found.depth.tolist()
    assert [{"a": "x"}, {"a": "y"}, {"b": "p"}] == names[:3]


def test_the_ancestors_of_a_slice_are_those_with_fewer_of_its_columns():
    found, names, _ = lattice(*GROUPINGS)
    for at, name in enumerate(names):
        expected = [i for i, other in enumerate(names) if other.items() < name.items()]
        assert expected == sorted({*found.ancestors(np.array([at]))[0].tolist()} - {-1})


def test_slices_of_the_same_rows_have_the_same_first():
    found, names, rows = lattice(*GROUPINGS)

    def members(name):
        return {at for at in range(6) if all(ROWS.slices[c][at] == v for c, v in name.items())}

    first = found.same_rows(rows)
    for at, name in enumerate(names):
        same = [i for i, other in enumerate(names) if members(other) == members(name)]
        assert same[0] == first[at]


def test_two_slices_overlap_in_the_slice_of_both_names():
    found, names, _ = lattice(*GROUPINGS)
    x, p, r, one = (names.index(each) for each in ({"a": "x"}, {"b": "p"}, {"b": "r"}, {"c": "1"}))
    assert {"a": "x", "b": "p"} == names[found.overlap(x, p)]
    assert {"a": "x", "c": "1"} == names[found.overlap(one, x)]
    assert -1 == found.overlap(x, r) == found.overlap(p, r)
    assert found.apart(x, r)
    assert found.apart(p, r)
    assert not found.apart(x, p)


def test_slices_whose_common_rows_were_not_counted_are_not_known_to_be_apart():
    found, names, _ = lattice(("a",), ("b",))
    assert not found.apart(names.index({"a": "x"}), names.index({"b": "r"}))
