"""Better, no worse, worse or undecided: what is proved is said, corrected for how many challengers there are."""

from __future__ import annotations

import numpy as np
import pytest

from shipworthy.compare.asking import Asked
from shipworthy.compare.contrast import Joined
from shipworthy.compare.verdict import comparisons
from shipworthy.tally import Tallies
from tests.compare.tables import counts, cube_of, overall, question, swapped

CLEAR = {
    "tp_tp": 300,
    "tp_fn": 60,
    "fn_tp": 10,
    "fn_fn": 100,
    "tn_tn": 2_000,
    "fp_fp": 50,
    "tn_fp": 5,
    "fp_tn": 5,
}
ALIKE = {
    "tp_tp": 600,
    "tp_fn": 2,
    "fn_tp": 2,
    "fn_fn": 300,
    "tn_tn": 2_000,
    "fp_fp": 100,
    "tn_fp": 3,
    "fp_tn": 3,
}


def verdicts(name: str, margin: float | None = None, **challengers: Tallies):
    found, _ = comparisons(
        Asked((question(name, margin),), ()),
        {each: Joined(tallies) for each, tallies in challengers.items()},
        "champion",
    )
    return found


@pytest.mark.parametrize(
    ("cells", "margin", "word"),
    [
        (CLEAR, None, "better"),
        (CLEAR, 0.01, "better"),
        (swapped(**CLEAR), None, "worse"),
        (swapped(**CLEAR), 0.5, "no_worse"),
        (ALIKE, 0.02, "no_worse"),
        (ALIKE, None, "undecided"),
        (ALIKE, 0.0001, "undecided"),
        ({"tp_tp": 5}, 0.01, "undecided"),
    ],
)
def test_the_verdict_is_what_the_bounds_prove(cells, margin, word):
    [found] = verdicts("recall", margin, one=overall(**cells))
    assert word == found.verdict
    assert found.reason


def test_less_of_a_metric_is_better_where_less_is_better():
    fewer = {"tn_fp": 40, "fp_tn": 2, "tn_tn": 400, "fp_fp": 30}
    [found] = verdicts("false_positive_rate", 0.01, one=overall(**fewer))
    assert ("better", "lower") == (found.verdict, found.better)
    assert found.difference < 0
    [turned] = verdicts("false_positive_rate", 0.01, one=overall(**swapped(**fewer)))
    assert ("worse", -found.difference) == (turned.verdict, turned.difference)


def test_several_challengers_are_corrected_together():
    close = overall(tp_fn=13, fn_tp=4, tp_tp=300, fn_fn=100)
    [alone] = verdicts("recall", one=close)
    assert "better" == alone.verdict
    many = verdicts("recall", **{f"c{at}": overall(tp_tp=300, fn_fn=100) for at in range(5)}, one=close)
    found = next(each for each in many if each.challenger == "one")
    assert "undecided" == found.verdict
    assert 6 * alone.p_better == pytest.approx(found.p_better)
    assert alone.p_value == found.p_value


def test_comparisons_stand_challenger_by_challenger():
    asked = Asked((question("recall"), question("accuracy")), ())
    found, _ = comparisons(asked, {"b": Joined(overall(**ALIKE)), "a": Joined(overall(**CLEAR))}, "champion")
    assert [("b", "recall"), ("b", "accuracy"), ("a", "recall"), ("a", "accuracy")] == [
        (each.challenger, each.metric) for each in found
    ]


@pytest.mark.parametrize("name", ["recall", "precision", "net_value"])
@pytest.mark.parametrize(
    "cells",
    [{"tp_fn": 8, "fn_tp": 4, "tp_tp": 60, "fn_fn": 20, "fp_tn": 2, "tn_fp": 3, "fp_fp": 9, "tn_tn": 90}],
)
def test_so_many_more_rows_at_the_same_rate_decide(name, cells):
    [found] = verdicts(name, one=overall(**cells))
    assert "undecided" == found.verdict
    factor = (found.n + found.needs_more) / found.n
    [more] = verdicts(name, one=overall(**{cell: factor * count for cell, count in cells.items()}))
    assert "undecided" != more.verdict
    [less] = verdicts(name, one=overall(**{cell: 0.98 * factor * count for cell, count in cells.items()}))
    assert "undecided" == less.verdict
    assert found.needs_more_80 > found.needs_more


def test_the_same_answers_are_never_decided_without_a_margin():
    [found] = verdicts("accuracy", one=overall(tp_tp=500, tn_tn=500))
    assert ("undecided", None) == (found.verdict, found.needs_more)
    assert "both are right and wrong on the same rows" in found.reason
    [close] = verdicts("accuracy", 0.01, one=overall(tp_tp=500, tn_tn=500))
    assert "no_worse" == close.verdict


def test_a_slice_is_shown_only_where_a_difference_is_found():
    rows = {
        "big": {"tp_fn": 40, "fn_tp": 2, "tp_tp": 60, "fn_fn": 20},
        "small": {"tp_fn": 5, "fn_tp": 4, "tp_tp": 60, "fn_fn": 20},
    }
    table = np.stack([counts(**rows[key]) for key in rows])
    cubes = {("size",): cube_of(table, ("size",), [(key,) for key in rows]), (): cube_of(table.sum(axis=0))}
    asked = Asked((question("recall"),), (("size",),))
    _, found = comparisons(asked, {"one": Joined(Tallies(cubes, {}))}, "champion")
    assert [({"size": "big"}, "better")] == [(each.slice, each.verdict) for each in found]


def test_slices_of_equal_candidates_are_seldom_found():
    """Benjamini-Hochberg: with nothing to find, in at most 5 % of samples is anything found."""
    rng = np.random.default_rng(2)
    share = counts(tp_tp=60, fn_fn=20, tp_fn=10, fn_tp=10)
    draws, hits = 60, 0
    asked = Asked((question("recall"),), (("size",),))
    keys = [(f"s{at}",) for at in range(8)]
    for _ in range(draws):
        table = rng.multinomial(120, share / share.sum(), size=8)
        cubes = {("size",): cube_of(table, ("size",), keys), (): cube_of(table.sum(axis=0))}
        hits += bool(comparisons(asked, {"one": Joined(Tallies(cubes, {}))}, "champion")[1])
    assert hits / draws <= 0.05 + 3 * np.sqrt(0.05 * 0.95 / draws)
