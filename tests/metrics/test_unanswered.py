"""Rows without an answer: bounds hold however those rows would have been answered."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shipworthy.tally import CELLS
from tests.metrics.every import EVERY, SHARES, defined, measured
from tests.tally.counting import Rows, overall, tallies_of

ANSWERS = {"xp": ("tp", "fn"), "xn": ("fp", "tn"), "xx": ("up", "un")}
OF_ANSWERS = [name for name in SHARES if name != "automated_share"]
"""That share counts what is answered, so that an answer would change it: it is not about how the rest would go."""
OF_OUTCOMES = [*OF_ANSWERS, "f1", "net_value"]
TINY = st.fixed_dictionaries({cell: st.integers(0, 2) for cell in CELLS})


def completions(table):
    """Every table that the unanswered rows of a table could have given."""
    ways = [range(table[cell] + 1) for cell in ANSWERS]
    for yes in product(*ways):
        moved = dict(table)
        for (cell, (positive, negative)), count in zip(ANSWERS.items(), yes, strict=True):
            moved[positive] += count
            moved[negative] += table[cell] - count
            moved[cell] = 0
        yield moved


@pytest.mark.parametrize("name", OF_OUTCOMES)
@given(table=TINY)
def test_the_bounds_contain_the_value_of_every_completion(name, table):
    found = measured(name, overall(**table))
    for moved in completions(table):
        value = measured(name, overall(**moved)).value[0]
        if not np.isnan(value):
            assert found.low[0] - 1e-9 <= value <= found.high[0] + 1e-9
            assert found.lower[0] - 1e-9 <= value <= found.upper[0] + 1e-9


@pytest.mark.parametrize("name", [*OF_ANSWERS, "f1"])
@given(table=TINY)
def test_the_bounds_contain_the_bounds_of_every_completion(name, table):
    found = measured(name, overall(**table))
    for moved in completions(table):
        completed = measured(name, overall(**moved))
        assert found.lower[0] <= completed.lower[0] + 1e-9
        assert completed.upper[0] <= found.upper[0] + 1e-9


@pytest.mark.parametrize(
    ("name", "cell"),
    [
        ("recall", "xn"),
        ("recall", "xx"),
        ("false_positive_rate", "xp"),
        ("base_rate", "xp"),
        ("accuracy", "xx"),
        ("net_value", "xx"),
    ],
)
def test_rows_that_no_answer_could_bring_into_a_metric_do_not_widen_it(name, cell):
    table = {"tp": 8, "fn": 2, "fp": 3, "tn": 40}
    plain = measured(name, overall(**table))
    if name == "base_rate":
        assert "worst_case" not in measured(name, overall(**table, **{cell: 5})).method[0]
        return
    with_rows = measured(name, overall(**table, **{cell: 5}))
    assert (plain.lower[0], plain.upper[0], plain.method) == (
        with_rows.lower[0],
        with_rows.upper[0],
        with_rows.method,
    )


def test_only_the_slices_with_unanswered_rows_are_marked():
    rows = Rows([0] * 30 + [1] * 5 + [0] * 30 + [2], {"size": ["large"] * 35 + ["small"] * 31})
    found = measured("recall", tallies_of(rows, defined("recall").needs(("size",))), ("size",))
    assert ["worst_case" in method for method in found.method] == [False, True]


@pytest.mark.parametrize("name", OF_OUTCOMES)
def test_where_nothing_is_answered_there_is_no_value_and_no_certainty(name):
    found = measured(name, overall(xp=20, xn=300, xx=4))
    if name == "base_rate":
        assert 20 / 320 == found.value[0]
        return
    assert np.isnan(found.value[0])
    assert 0 == found.n[0]
    assert found.lower[0] < 0.2
    assert found.upper[0] > 0.1


@pytest.mark.parametrize("text", EVERY)
def test_no_rows_at_all_have_no_value(text):
    rows = Rows([], {"colour": [], "size": []}, {"ms": [], "flag": [], "cost_usd": []})
    found = measured(text, tallies_of(rows, defined(text).needs(())))
    assert np.isnan(found.value).all()
    assert 0 == found.n.sum()
