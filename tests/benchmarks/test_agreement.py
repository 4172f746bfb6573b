"""Whether two sides of a benchmark gave the same answers."""

from __future__ import annotations

import pytest

from benchmarks import agreement

CELLS = {"a=x": (600.0, 60.0), "a=y": (400.0, 120.0), "a=y, b=z": (50.0, 40.0), "a=x, b=z": (5.0, 5.0)}


def test_equal_answers_differ_by_nothing():
    ours = {"recall": {"": [0.5, 0.4, 0.6]}}
    assert {"recall": 0.0} == agreement.proved_alike(ours, {"recall": {"": 0.5}})


def test_answers_that_differ_stop_the_run():
    with pytest.raises(RuntimeError, match="recall differs"):
        agreement.proved_alike({"recall": {"": [0.5]}}, {"recall": {"": 0.5001}})


def test_slices_are_the_same_in_whatever_order_their_parts_are_named():
    assert agreement.same_slices(["a=x, b=z"], ["b=z, a=x"])
    assert not agreement.same_slices(["a=x, b=z"], ["a=x"])


def test_the_worst_slices_by_rate_leave_out_those_with_few_rows():
    assert ["a=y, b=z", "a=y", "a=x"] == agreement.worst_by_rate(CELLS, 1_000.0, 0.01)


def test_the_worst_slices_by_score_weigh_errors_against_size_and_are_positive():
    """Mean 0.18. a=y: .95 (.3/.18 - 1) - .05 (1.5) = .558; a=y, b=z: .95 (.8/.18 - 1) - .05 (19) = 2.32; a=x is below 0."""
    assert ["a=y, b=z", "a=y"] == agreement.worst_by_score(CELLS, 1_000.0, 180.0, 0.01)
