"""What a claim still needs: the rows that decide it and no fewer, and how they are found, paid for and waited for."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from shipworthy.plan import shares
from shipworthy.stats.proportion import clopper_pearson_lower, clopper_pearson_upper
from shipworthy.stats.sample_size import trials_to_decide
from shipworthy.tally import Tallies
from shipworthy.tally.needs import pairs
from tests.judge.claims import claim, verdict
from tests.metrics.kinds import NUMBER, predicted
from tests.plan.planned import MEASURED, PRICES, only, opened
from tests.plan.ranked import RANKING, gains, of_requests
from tests.tally.counting import Rows, counts, cube_of_counts, histogram_of, overall, sliced, tallies_of


def answer_at(bound: float, rate: float, n: int) -> str:
    """The verdict on recall if the rate held in n positives, events rounded against the verdict to come."""
    found = -(-round(rate * n * 1e9) // 10**9) if rate < bound else int(rate * n + 1e-9)
    return str(verdict(f"recall >= {bound}", overall(tp=found, fn=n - found)).verdict)


@settings(suppress_health_check=[HealthCheck.filter_too_much])
@given(st.integers(0, 60), st.integers(0, 30), st.sampled_from([0.2, 0.5, 0.8, 0.9]))
def test_the_rows_of_an_even_chance_decide_and_one_fewer_does_not(tp, fn, bound):
    found = opened(f"recall >= {bound}", overall(tp=tp, fn=fn))
    assume(found.verdict == "undecided" and found.even is not None and tp + fn > 0)
    rate, n = tp / (tp + fn), tp + fn
    needed = trials_to_decide(rate, bound)
    assume(needed > n)
    need = only(found)
    assert "undecided" != answer_at(bound, rate, n + need.even.counted)
    assert "undecided" == answer_at(bound, rate, n + need.even.counted - 1)
    assert need.towards == answer_at(bound, rate, n + need.even.counted)


@pytest.mark.parametrize(("tp", "fn"), [(40, 5), (88, 14), (13, 4)])
def test_with_the_rows_of_an_80_percent_chance_four_draws_in_five_decide(tp, fn):
    need = only(opened("recall >= 0.8", overall(tp=tp, fn=fn)))
    rate, n = tp / (tp + fn), tp + fn + need.likely.counted
    drawn = np.random.default_rng(3).binomial(n, rate, 40_000)
    bound = clopper_pearson_lower(drawn, n) if rate > 0.8 else 1 - clopper_pearson_upper(drawn, n)
    decided = np.mean(bound >= (0.8 if rate > 0.8 else 0.2))
    assert 0.79 <= decided <= 0.84


def test_rows_are_translated_through_the_share_of_positives():
    """10 positives in 100 labelled rows: 49 more of them are among 490, or 281 to 898 by the interval of that share."""
    need = only(opened("recall >= 95 %", overall(tp=10, tn=90), PRICES))
    assert ("positives", 49) == (need.rows, need.even.counted)
    assert 0.1 == need.share.value
    assert need.even.label == need.even.collect
    assert (490, -(-49 // need.share.high), -(-49 // need.share.low)) == tuple(vars(need.even.label).values())
    assert 245.0 == need.even.cost.value
    assert 4.9 == need.even.weeks.value


def test_flagged_rows_are_known_before_they_are_labelled():
    """One row in ten is flagged: only those are labelled, but ten times as many must be collected."""
    need = only(opened("precision >= 0.6", overall(tp=7, fp=3, tn=85, fn=5), PRICES))
    assert "flagged rows" == need.rows
    assert need.even.counted == need.even.label.value == need.even.label.high
    assert 10 * need.even.counted == need.even.collect.value
    assert need.even.counted / 100 == pytest.approx(need.even.weeks.value)


def test_a_measured_flow_waits_for_the_rows_to_collect():
    need = only(opened("precision >= 0.6", overall(tp=7, fp=3, tn=85, fn=5), MEASURED))
    assert need.even.collect.value / 100 == pytest.approx(need.even.weeks.value)


def test_rows_of_a_slice_are_collected_among_all_and_labelled_among_its_own():
    tallies = sliced("colour", {"red": {"tp": 8, "fn": 2, "tn": 10}, "blue": {"tp": 900, "fn": 10, "tn": 70}})
    need = only(opened("recall >= 0.7 for every colour", tallies))
    assert {"colour": "red"} == need.slice
    assert 2 * need.even.counted == need.even.label.value
    assert 100 * need.even.counted == need.even.collect.value


def test_a_column_needs_rows_and_no_labels():
    rows = Rows([8] * 100, {}, {"ms": [1.0, 2.0, 3.0, 4.0, 5.0] * 20})
    need = only(opened("mean(ms) <= 3.2", tallies_of(rows, claim("mean(ms) <= 3.2").needs), PRICES))
    assert ("rows with a value of ms", None) == (need.rows, need.even.label)
    assert (None, None) == (need.even.cost, need.even.weeks)
    assert need.even.counted == need.even.collect.value


def test_a_column_that_is_measured_on_few_rows_has_no_plan_beyond_them():
    rows = Rows([8] * 100, {}, {"ms": [1.0, 2.0, 3.0, 4.0, 5.0] * 20})
    tallies = tallies_of(rows, claim("mean(ms) <= 3.05").needs)
    need = only(opened("mean(ms) <= 3.05", tallies, most={"ms": 1_000}))
    assert (None, None) == (need.even, need.likely)
    assert "measured on at most 1,000 test rows" in need.reason


def test_without_a_row_half_of_the_allowed_errors_are_assumed():
    """The exact numbers for a true recall of 0.975; how common positives are is taken from the whole."""
    tallies = sliced("colour", {"blue": {"tp": 500, "fn": 2, "tn": 502}})
    found = opened("recall >= 0.95 for every colour", tallies, known={"colour": ["blue", "red"]})
    need = only(found)
    assert {"colour": "red"} == need.slice
    assert 0.975 == need.assumed
    assert (trials_to_decide(0.975, 0.95), "met") == (need.even.counted, need.towards)
    assert 2 * need.even.counted == need.even.label.value
    assert (None, True) == (need.even.collect.value, need.even.collect.low > 0)


def test_without_a_positive_the_rows_to_label_are_only_bounded_from_below():
    need = only(opened("recall >= 0.95", overall(tn=1_000)))
    assert (None, None) == (need.even.label.value, need.even.label.high)
    assert need.even.label.low > need.even.counted


def test_both_sides_of_a_condition_are_planned():
    found = opened("recall >= 0.8 at false_positive_rate <= 10 %", overall(tp=41, fn=7, fp=4, tn=50))
    assert ["recall", "false_positive_rate"] == [need.metric for need in found.needs]
    assert ["positives", "negatives"] == [need.rows for need in found.needs]
    assert found.even is not None
    assert found.even.label is not None
    wanted = [need.even.label.value for need in found.needs if need.even and need.even.label]
    assert max(value for value in wanted if value) == found.even.label.value


@pytest.mark.parametrize(("tp", "fn", "answer"), [(38, 12, "missed"), (44, 6, "met")])
def test_it_says_which_answer_the_labels_would_lead_to(tp, fn, answer):
    assert answer == only(opened("recall >= 0.8", overall(tp=tp, fn=fn))).towards


def test_where_no_number_decides_it_says_why():
    found = opened("recall >= 0.8", overall(tp=40, fn=10))
    need = only(found)
    assert (None, None, None) == (need.even, need.likely, found.even)
    assert need.reason.startswith("the estimate equals the bound")


def test_a_group_without_rows_is_named():
    tallies = sliced("colour", {"red": {"tp": 60, "fn": 2}, "green": {"tp": 50, "fn": 3}})
    known = {"colour": ["blue", "green", "red"]}
    need = only(opened("gap(recall, colour) <= 0.4", tallies, known=known))
    assert need.even is None
    assert "colour = blue" in need.reason


@pytest.mark.parametrize(
    ("cells", "answer"), [({"tp": 990, "fn": 10}, "met"), ({"tp": 10, "fn": 990}, "missed")]
)
def test_what_is_decided_needs_nothing(cells, answer):
    found = opened("recall >= 0.8", overall(**cells))
    assert (answer, (), None) == (found.verdict, found.needs, found.even)


def test_clustered_rows_widen_the_range():
    cells = counts(tp=40, fn=7, tn=200)
    one = cube_of_counts(cells)
    grouped = replace(one, units=one.rows / 5)
    definition = claim("recall >= 0.8").definition
    spans: list[Any] = [
        shares(definition, Tallies({(): cube}, {}, clustered), (), cube, clustered=clustered).of_all
        for cube, clustered in ((grouped, True), (one, False))
    ]
    wide, narrow = spans
    assert wide.value == narrow.value
    assert wide.high - wide.low > 2 * (narrow.high - narrow.low)


def test_how_many_items_more_requests_would_show_is_not_planned():
    requests = of_requests(gains(np.random.default_rng(1), (1, 40)), "=ndcg@10")
    shown = histogram_of([1.0, 2.0, 3.0], labels=[1, 1, 0])
    need = only(
        opened(
            "coverage@10 >= 90 %", replace(requests, histograms={("=item@10", ()): {(): shown}}), task=RANKING
        )
    )
    assert ("requests", None, None) == (need.rows, need.even, need.likely)
    assert "no number of rows can be planned" in need.reason


def test_a_range_that_no_row_has_is_not_planned_for():
    """Labels do not make a candidate predict ranges."""
    tallies = predicted(np.ones((1, 5)), np.ones((1, 5)))
    cube = tallies.overall
    names = (*cube.names, "=covered", "#=covered")
    none = np.zeros((1, 2))
    sums, products = np.hstack([cube.sums, none]), dict.fromkeys(pairs(names[-2:]), np.zeros(1))
    blank = replace(cube, names=names, sums=sums, counts=sums, products={**cube.products, **products})
    need = only(opened("interval_coverage >= 0.8", Tallies({(): blank}, {}), task=NUMBER))
    assert (None, None) == (need.even, need.likely)
    assert "no test row counts" in need.reason
