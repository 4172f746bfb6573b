"""Verdicts: met, missed or undecided, with the reason, on each slice and as a whole."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shipworthy.stats.multiplicity import holm
from shipworthy.tally import Tallies
from tests.judge.claims import claim, verdict, verdicts
from tests.metrics.every import EVERY
from tests.tally.counting import Rows, overall, sliced, tallies_of

GOOD, FAIR, BAD = {"tp": 950, "fn": 50}, {"tp": 40, "fn": 10}, {"tp": 500, "fn": 500}


@pytest.mark.parametrize(
    ("comparator", "expected"),
    [
        (">=", ("met", "undecided", "missed")),
        (">", ("met", "undecided", "missed")),
        ("<=", ("missed", "undecided", "met")),
        ("<", ("missed", "undecided", "met")),
    ],
)
def test_a_claim_is_met_where_its_bound_clears_and_missed_where_the_opposite_one_fails(comparator, expected):
    answers = tuple(
        verdict(f"recall {comparator} 0.8", overall(**cells)).verdict for cells in (GOOD, FAIR, BAD)
    )
    assert expected == answers


@pytest.mark.parametrize(
    ("main", "condition", "expected"),
    [
        (GOOD, {"fp": 1, "tn": 999}, "met"),
        (GOOD, {"fp": 10, "tn": 990}, "undecided"),
        (GOOD, {"fp": 90, "tn": 910}, "missed"),
        (FAIR, {"fp": 1, "tn": 999}, "undecided"),
        (FAIR, {"fp": 90, "tn": 910}, "missed"),
        (BAD, {"fp": 1, "tn": 999}, "missed"),
        (BAD, {"fp": 10, "tn": 990}, "missed"),
    ],
)
def test_a_claim_with_a_condition_is_met_only_where_both_are(main, condition, expected):
    found = verdict("recall >= 0.8 at false_positive_rate <= 1 %", overall(**main, **condition))
    assert expected == found.verdict
    assert "recall" == found.estimate.metric
    assert "false_positive_rate" == found.at.metric


def test_the_reason_names_the_condition_that_fails():
    found = verdict("recall >= 0.8 at false_positive_rate <= 1 %", overall(**GOOD, fp=90, tn=910))
    assert found.reason.startswith("the condition false_positive_rate <= 1 %: the lower bound at 95 %")


def test_where_both_halves_are_open_the_reason_tells_both():
    found = verdict("recall >= 0.8 at false_positive_rate <= 1 %", overall(**FAIR, fp=10, tn=990))
    assert "; the condition false_positive_rate <= 1 %: the estimate equals the bound" in found.reason


def test_a_missed_condition_may_be_missed_in_two_ways():
    alone = verdict("recall >= 0.8", overall(**BAD))
    both = verdict("recall >= 0.8 at false_positive_rate <= 1 %", overall(tp=30, fn=20, fp=0, tn=3_000))
    single = verdict("recall >= 0.8", overall(tp=30, fn=20))
    assert alone.p_missed < 1e-8
    assert 2 * single.p_missed == pytest.approx(both.p_missed)


SLICES = {"g0": GOOD, "g1": FAIR, "g2": BAD}


def test_every_slice_has_its_verdict_and_the_roll_up_stands_first():
    whole, *parts = verdicts("recall >= 0.8 for every colour", sliced("colour", SLICES))
    assert {} == whole.slice
    assert [{"colour": "g0"}, {"colour": "g1"}, {"colour": "g2"}] == [each.slice for each in parts]
    assert ["met", "undecided", "missed"] == [each.verdict for each in parts]
    assert "missed" == whole.verdict
    assert whole.reason.startswith("of 3 slices 1 met, 1 undecided, 1 missed; colour = g2: the upper bound")


def test_the_roll_up_is_met_where_every_slice_is():
    whole = verdict(
        "recall >= 0.8 for every colour", sliced("colour", {"g0": GOOD, "g1": {"tp": 900, "fn": 100}})
    )
    assert "met" == whole.verdict
    assert {"colour": "g1"} == whole.estimate.slice


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 20)), min_size=1, max_size=6))
def test_the_roll_up_is_missed_where_a_slice_is_after_holm(groups):
    slices = {f"g{at}": {"tp": tp, "fn": fn} for at, (tp, fn) in enumerate(groups)}
    whole, *parts = verdicts("recall >= 0.8 for every colour", sliced("colour", slices))
    adjusted = float(min(holm([each.p_missed for each in parts])))
    assert adjusted == pytest.approx(whole.p_missed)
    expected = (
        "missed"
        if adjusted <= 0.05
        else "met"
        if all(each.verdict == "met" for each in parts)
        else "undecided"
    )
    assert expected == whole.verdict


def test_one_slice_missed_by_a_hair_among_many_is_not_yet_a_miss():
    slices = {"g0": {"tp": 30, "fn": 15}, **{f"g{at}": GOOD for at in range(1, 9)}}
    whole, first, *_ = verdicts("recall >= 0.8 for every colour", sliced("colour", slices))
    assert ("missed", "undecided") == (first.verdict, whole.verdict)


def test_slices_stand_in_the_order_of_the_examples():
    found = verdicts(
        "recall >= 0.8 for every colour", sliced("colour", SLICES), {"colour": ["g2", "g0", "g1"]}
    )
    assert ["g2", "g0", "g1"] == [each.slice["colour"] for each in found[1:]]


def test_a_slice_without_test_rows_is_undecided_and_says_so():
    known = {"colour": ["g0", "g9"]}
    whole, _, absent = verdicts("recall >= 0.8 for every colour", sliced("colour", {"g0": GOOD}), known)
    assert ("undecided", "undecided") == (whole.verdict, absent.verdict)
    assert "no test row counts for recall where colour = g9" == absent.reason
    assert (None, None, 1.0) == (absent.needs_more, absent.needs_more_80, absent.p_missed)
    assert whole.needs_more is None


def test_a_slice_that_where_and_every_name_together_is_missed_when_it_has_no_rows():
    rows = Rows(
        [0] * 400, {"colour": ["red"] * 200 + ["blue"] * 200, "size": ["tiny"] * 200 + ["large"] * 200}
    )
    text = "recall >= 0.8 for every size where colour = 'red'"
    known = {"colour": ["red", "blue"], "size": ["tiny", "large"]}
    whole, *parts = verdicts(text, tallies_of(rows, claim(text).needs), known)
    assert [{"colour": "red", "size": "tiny"}, {"colour": "red", "size": "large"}] == [
        each.slice for each in parts
    ]
    assert ["met", "undecided"] == [each.verdict for each in parts]
    assert "undecided" == whole.verdict


def test_a_slice_is_picked_out_by_where():
    found = verdicts("recall >= 0.8 where colour = 'g2'", sliced("colour", SLICES))
    assert 1 == len(found)
    assert ("missed", {}, {"colour": "g2"}) == (found[0].verdict, found[0].slice, found[0].estimate.slice)


def test_a_slice_that_does_not_exist_is_undecided_and_named():
    found = verdict("recall >= 0.8 where colour = 'green'", sliced("colour", SLICES))
    assert "undecided" == found.verdict
    assert "no test row counts for recall where colour = green" == found.reason


def test_a_claim_on_no_rows_at_all_is_undecided():
    tallies = tallies_of(Rows([], {"colour": []}), claim("recall >= 0.8 for every colour").needs)
    (whole,) = verdicts("recall >= 0.8 for every colour", tallies)
    assert ("undecided", "no test row is in any of its slices", 1.0) == (
        whole.verdict,
        whole.reason,
        whole.p_missed,
    )
    assert "no test row counts for recall" == verdict("recall >= 0.8", overall()).reason


def test_a_gap_is_not_met_while_a_group_of_the_examples_has_no_test_row():
    """A group that nobody looked at is not a fair one."""
    tallies = sliced("colour", {"g0": GOOD, "g1": GOOD})
    assert "met" == verdict("gap(recall, colour) <= 0.1", tallies).verdict
    found = verdict("gap(recall, colour) <= 0.1", tallies, {"colour": ["g0", "g1", "g2"]})
    assert ("undecided", "no test row where colour = g2") == (found.verdict, found.reason)


def test_a_gap_is_missed_whatever_a_group_without_test_rows_would_show():
    tallies = sliced("colour", {"g0": GOOD, "g1": BAD})
    assert "missed" == verdict("gap(recall, colour) <= 0.1", tallies, {"colour": ["g0", "g1", "g2"]}).verdict


def test_a_gap_of_one_group_has_nothing_to_compare():
    found = verdict("gap(recall, colour) <= 0.1", sliced("colour", {"g0": GOOD}))
    assert ("undecided", "only the group g0 of colour has rows that count: there is nothing to compare") == (
        found.verdict,
        found.reason,
    )


def test_a_constant_column_is_undecided_and_says_why():
    rows = Rows([8] * 50, {}, {"ms": [3.0] * 50})
    found = verdict("mean(ms) <= 5", tallies_of(rows, claim("mean(ms) <= 5").needs))
    why = (
        "values of ms are the same, or nearly so beside their size, so the sample shows no spread to judge by"
    )
    assert ("undecided", why) == (found.verdict, found.reason)


def test_values_that_hardly_differ_beside_their_size_are_not_said_to_be_the_same():
    rows = Rows([8] * 200, {}, {"ms": [1.7e9 + at % 7 for at in range(200)]})
    found = verdict("mean(ms) <= 5", tallies_of(rows, claim("mean(ms) <= 5").needs))
    assert "undecided" == found.verdict
    assert "or nearly so beside their size" in found.reason


def endless(rows, needs):
    """The tallies of rows whose numbers are too great to be counted in silence."""
    with np.errstate(over="ignore", invalid="ignore"):
        return tallies_of(rows, needs)


@pytest.mark.parametrize("value", [np.inf, -np.inf, 1e308])
def test_a_mean_without_end_is_undecided_and_says_why(value):
    rows = Rows([8] * 50, {}, {"ms": [value, value, *[3.0] * 48]})
    found = verdict("mean(ms) <= 5", endless(rows, claim("mean(ms) <= 5").needs))
    assert ("undecided", None, "values of ms are infinite, or too great to be summed") == (
        found.verdict,
        found.estimate.value,
        found.reason,
    )


@pytest.mark.parametrize("value", [1e155, 1e200])
def test_a_mean_whose_squares_have_no_end_is_undecided(value):
    rows = Rows([8] * 50, {}, {"ms": [value * (1 + at % 3) for at in range(50)]})
    found = verdict("mean(ms) <= 5", endless(rows, claim("mean(ms) <= 5").needs))
    assert "undecided" == found.verdict
    assert np.isfinite(found.estimate.value)


def test_what_has_no_end_leaves_other_claims_alone():
    rows = Rows([0] * 40 + [1] * 10, {}, {"ms": [np.inf] * 50})
    both = claim("mean(ms) <= 5").needs | claim("recall >= 0.5").needs
    found = verdict("recall >= 0.5", endless(rows, both))
    assert found.estimate.value is not None


def test_a_price_that_is_the_same_for_every_row_is_a_fact():
    rows = Rows([8] * 50, {}, {"cost_usd": [0.003] * 50})
    assert (
        "met"
        == verdict("mean(cost_usd) <= 0.003", tallies_of(rows, claim("mean(cost_usd) <= 1").needs)).verdict
    )
    assert (
        "missed"
        == verdict("mean(cost_usd) <= 0.002", tallies_of(rows, claim("mean(cost_usd) <= 1").needs)).verdict
    )


def test_a_stricter_level_than_the_requirement_asks_for_may_be_set():
    cells = {"tp": 88, "fn": 12}
    assert "met" == verdict("recall >= 0.8", overall(**cells)).verdict
    assert "undecided" == verdict("recall >= 0.8", overall(**cells), level=0.999).verdict
    assert "undecided" == verdict("recall >= 0.8 with 99.9 % confidence", overall(**cells)).verdict


def test_more_rows_would_not_help_while_half_have_no_answer():
    found = verdict("recall >= 0.8", overall(tp=500, fn=20, xp=520))
    assert ("undecided", None) == (found.verdict, found.needs_more)
    assert found.reason.endswith("more rows would not decide while so many have no answer")


def test_a_few_rows_are_too_few_for_the_bound_of_a_tail():
    rows = Rows([8] * 5, {}, {"ms": [1.0, 2.0, 3.0, 4.0, 5.0]})
    found = verdict("p95(ms) <= 9", tallies_of(rows, claim("p95(ms) <= 9").needs))
    assert ("undecided", "5 rows are too few for a bound at 95 %") == (found.verdict, found.reason)
    assert found.needs_more > 0


EDGES = {
    "no rows": Rows([], {"colour": [], "size": []}, {"ms": [], "flag": [], "cost_usd": []}),
    "one row": Rows(
        [0], {"colour": ["red"], "size": ["tiny"]}, {"ms": [2.0], "flag": [1.0], "cost_usd": [0.1]}
    ),
    "one unit": Rows(
        [0, 1],
        {"colour": ["red"] * 2, "size": ["tiny"] * 2},
        {c: [1.0, 0.0] for c in ("ms", "flag", "cost_usd")},
        [7, 7],
    ),
    "one class": Rows(
        [0, 0, 1],
        {"colour": ["red", "blue", "red"], "size": ["tiny"] * 3},
        {c: [1.0, 1.0, 0.0] for c in ("ms", "flag", "cost_usd")},
    ),
    "all unanswered": Rows(
        [2, 5, 8],
        {"colour": ["red", "blue", "red"], "size": ["tiny"] * 3},
        {c: [None] * 3 for c in ("ms", "flag", "cost_usd")},
    ),
    "all unlabelled": Rows(
        [6, 7, 8],
        {"colour": ["red", "blue", "red"], "size": ["tiny"] * 3},
        {c: [1.0, None, 1.0] for c in ("ms", "flag", "cost_usd")},
    ),
    "equal values": Rows(
        [0, 4] * 4,
        {"colour": ["red", "blue"] * 4, "size": ["tiny"] * 8},
        {c: [1.0] * 8 for c in ("ms", "flag", "cost_usd")},
    ),
}


@pytest.mark.parametrize("edge", EDGES)
@pytest.mark.parametrize("text", EVERY)
@pytest.mark.parametrize("comparator", [">=", "<="])
def test_the_edges_are_judged_without_an_accident(edge, text, comparator):
    """The condition, the slices and the known groups go through the same edge."""
    for tail in ("", " for every size", " where size = 'tiny'") if ", size)" not in text else ("",):
        words = f"{text} {comparator} 0.3{tail}"
        known = {"size": ["tiny", "huge"], "colour": ["red", "blue"]}
        found = verdicts(words, tallies_of(EDGES[edge], claim(words).needs), known)
        assert all(each.reason for each in found)
        if edge == "no rows":
            assert {"undecided"} == {each.verdict for each in found}


@pytest.mark.parametrize("text", EVERY)
def test_a_handful_of_rows_decides_nothing_about_a_small_bound(text):
    """Two right answers in two do not make a metric met, but for a stated price (and two rows bound a tail from below)."""
    rows = Rows(
        [0, 4],
        {"colour": ["red", "blue"], "size": ["tiny"] * 2},
        {c: [1.0, 1.0] for c in ("ms", "flag", "cost_usd")},
    )
    if text not in ("mean(cost_usd)", "p95(ms)"):
        for comparator in (">=", "<="):
            words = f"{text} {comparator} 0.7"
            assert "undecided" == verdict(words, tallies_of(rows, claim(words).needs)).verdict


def test_histograms_alone_make_the_slices_of_a_quantile():
    rows = Rows(
        [8] * 400, {"size": ["tiny"] * 200 + ["large"] * 200}, {"ms": [1.0, 2.0] * 100 + [8.0, 9.0] * 100}
    )
    text = "p50(ms) <= 5 for every size"
    tallies = tallies_of(rows, claim(text).needs)
    whole, *parts = verdicts(text, Tallies({}, tallies.histograms))
    assert {"large": "missed", "tiny": "met"} == {each.slice["size"]: each.verdict for each in parts}
    assert "missed" == whole.verdict


@pytest.mark.parametrize("text", ["p95(ms) <= 5", "mean(ms) <= 5"])
def test_where_all_rows_weigh_nothing_no_row_counts(text):
    counted = tallies_of(Rows([0, 1, 4], {}, {"ms": [1.0, 2.0, 9.0]}), claim(text).needs)
    none = counted.scaled(0.0)
    cubes = {by: replace(cube, counts=counted.cubes[by].counts) for by, cube in none.cubes.items()}
    found = verdict(text, replace(none, cubes=cubes, clustered=True))
    assert ("undecided", None) == (found.verdict, found.estimate.value)
    assert f"no test row counts for {text.split(' ')[0]}" == found.reason
