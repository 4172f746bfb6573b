"""Whether two tallies say the same."""

from __future__ import annotations

import numpy as np

from shipworthy.tally import Cube, Histogram, Tallies


def assert_same_cube(expected: Cube, actual: Cube) -> None:
    assert (expected.columns, expected.keys, expected.names) == (actual.columns, actual.keys, actual.names)
    assert expected.exclusive == actual.exclusive
    for part in ("rows", "units", "sums", "counts"):
        np.testing.assert_allclose(getattr(actual, part), getattr(expected, part), rtol=1e-12, err_msg=part)
    assert {*expected.products} == {*actual.products}
    for each, product in expected.products.items():
        np.testing.assert_allclose(actual.products[each], product, rtol=1e-12, err_msg=str(each))


def assert_same_histogram(expected: Histogram, actual: Histogram) -> None:
    for part in ("bucket", "least", "greatest", "n", "groups"):
        np.testing.assert_array_equal(getattr(expected, part), getattr(actual, part), err_msg=part)
    np.testing.assert_allclose(actual.scores, expected.scores, rtol=1e-9, atol=1e-9)


def assert_same_tallies(expected: Tallies, actual: Tallies) -> None:
    assert expected.clustered == actual.clustered
    assert {*expected.cubes} == {*actual.cubes}
    for by, cube in expected.cubes.items():
        assert_same_cube(cube, actual.cubes[by])
    assert {*expected.histograms} == {*actual.histograms}
    for need, slices in expected.histograms.items():
        assert {*slices} == {*actual.histograms[need]}
        for key, histogram in slices.items():
            assert_same_histogram(histogram, actual.histograms[need][key])
