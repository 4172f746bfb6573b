"""One comparison: the answer, the p-value that goes with it, and the estimate."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shipworthy.judge.comparison import LEAST_P, compared, estimate_of, p_missed
from shipworthy.metrics import measure
from shipworthy.stats.proportion import clopper_pearson_p_value
from shipworthy.tally import Tallies
from tests.judge.claims import claim
from tests.metrics.every import EVERY
from tests.tally.counting import Rows, counts, cube_of_counts, overall, tallies_of
from tests.tally.strategies import logs

EVENTS = st.tuples(st.integers(0, 40), st.integers(0, 40)).filter(any)
BOUNDS = st.sampled_from([0.05, 0.3, 0.5, 0.8, 0.95])
NOTHING = Rows([], {"colour": [], "size": []}, {"ms": [], "flag": [], "cost_usd": []})
ONE_VALUE = Rows([8], {}, {"ms": [4.0]})


def compare(text, tallies, *, level=0.95, both=False):
    ((definition, bound),) = claim(text).comparisons
    return compared(definition, bound, tallies, (), level, both=both)


def p_of(text, tallies):
    ((definition, bound),) = claim(text).comparisons
    found = measure(definition, tallies, (), 0.95)
    if not found.keys:
        return 1.0
    estimate = estimate_of(definition, found, 0, "c", {}, 0.95)
    return p_missed(definition, bound, tallies, (), (), estimate)


@given(EVENTS, BOUNDS, st.sampled_from([">=", ">", "<=", "<"]))
def test_the_p_value_of_a_share_is_the_exact_one(events, bound, comparator):
    tp, fn = events
    actual = p_of(f"recall {comparator} {bound}", overall(tp=tp, fn=fn))
    lower = comparator in (">=", ">")
    beyond = tp / (tp + fn) < bound if lower else tp / (tp + fn) > bound
    exact = float(clopper_pearson_p_value(tp, tp + fn, bound, above=not lower))
    assert (max(exact, LEAST_P) if beyond else 1.0) == pytest.approx(actual, rel=1e-9)


@given(EVENTS, BOUNDS, st.sampled_from([0.8, 0.95, 0.999]))
def test_a_share_is_missed_exactly_where_its_p_value_is_within_the_error(events, bound, level):
    tp, fn = events
    tallies = overall(tp=tp, fn=fn)
    p, missed = (
        p_of(f"recall >= {bound}", tallies),
        compare(f"recall >= {bound}", tallies, level=level).missed[0],
    )
    if abs(p - (1 - level)) > 1e-9 and p > LEAST_P:
        assert (p <= 1 - level) == missed


@pytest.mark.parametrize(
    "text", ["f1 >= 0.7", "net_value >= 1", "gap(recall, colour) <= 0.1", "mean(ms) <= 0.5", "p50(ms) <= 1"]
)
@given(log=logs(least=4, most=30))
def test_elsewhere_too_the_p_value_says_what_the_bounds_say(text, log):
    tallies = tallies_of(log, claim(text).needs)
    p = p_of(text, tallies)
    for level in (0.8, 0.95):
        found = compare(text, tallies, level=level)
        if found.missed.any():
            assert p <= (1 - level) * 1.0002
        elif p < 1:
            assert p >= (1 - level) * 0.9998


@given(EVENTS, BOUNDS, st.sampled_from([">=", "<="]))
def test_nothing_is_met_and_missed_at_once(events, bound, comparator):
    found = compare(f"recall {comparator} {bound}", overall(tp=events[0], fn=events[1]))
    assert not (found.met & found.missed).any()


@given(EVENTS, BOUNDS)
def test_one_of_two_comparisons_is_missed_with_half_the_error(events, bound):
    tallies = overall(tp=events[0], fn=events[1])
    half = compare(f"recall >= {bound}", tallies, both=True)
    strict, plain = (
        compare(f"recall >= {bound}", tallies, level=0.975),
        compare(f"recall >= {bound}", tallies),
    )
    assert (strict.missed[0], plain.met[0]) == (half.missed[0], half.met[0])


@pytest.mark.parametrize("text", EVERY)
def test_without_rows_nothing_is_decided(text):
    bound = "recall >= 0" if text == "recall" else f"{text} >= 0.1"
    empty = tallies_of(NOTHING, claim(bound).needs)
    found = compare(bound, empty)
    assert not (found.met | found.missed).any()


def test_a_bound_without_a_value_behind_it_decides_nothing():
    """All rows unanswered: no value, whatever the completions allow."""
    found = compare("recall >= 0.01", overall(xp=5_000))
    assert "undecided" == found.answer(0)


@given(st.lists(EVENTS, min_size=1, max_size=5), BOUNDS)
def test_many_slices_are_compared_as_each_alone(slices, bound):
    ((definition, limit),) = claim(f"recall >= {bound}").comparisons
    table = counts(tp=[tp for tp, _ in slices], fn=[fn for _, fn in slices])
    keys = [(f"{at}",) for at in range(len(slices))]
    cubes = Tallies({("part",): cube_of_counts(table, ("part",), keys)}, {})
    many = compared(definition, limit, cubes, ("part",), 0.95, both=False)
    for at, (tp, fn) in enumerate(slices):
        assert compare(f"recall >= {bound}", overall(tp=tp, fn=fn)).answer(0) == many.answer(at)


def test_an_estimate_keeps_what_was_measured_and_drops_what_is_not_finite():
    ((definition, _),) = claim("mean(ms) <= 3").comparisons
    found = measure(definition, tallies_of(ONE_VALUE, definition.needs(())), (), 0.9)
    estimate = estimate_of(definition, found, 0, "c", {}, 0.9)
    assert (4.0, None, None, None, None) == (
        estimate.value,
        estimate.low,
        estimate.high,
        estimate.lower,
        estimate.upper,
    )
    assert (1, 1, 0.9, 0.95) == (estimate.n, estimate.units, estimate.level, estimate.confidence)
    assert estimate_of(definition, replace(found, n=np.zeros(1)), 0, "c", {}, 0.9).value is None
