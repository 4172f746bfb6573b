"""How many more rows would decide: exact for shares, and true for everything else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shipworthy.judge.comparison import compared, estimate_of
from shipworthy.judge.planning import plan
from shipworthy.stats.sample_size import trials_to_decide, trials_with_power
from tests.judge.claims import claim, verdict, verdicts
from tests.tally.counting import Rows, overall, sliced, tallies_of
from tests.tally.strategies import logs

BOUNDS = st.sampled_from([0.2, 0.5, 0.8, 0.9])


@given(st.integers(0, 60), st.integers(0, 30), BOUNDS)
def test_the_plan_of_a_share_is_the_exact_number_of_trials(tp, fn, bound):
    found = verdict(f"recall >= {bound}", overall(tp=tp, fn=fn))
    if found.verdict != "undecided" or found.estimate.value in (None, bound):
        return
    rate = tp / (tp + fn)
    assert max(1, trials_to_decide(rate, bound) - tp - fn) == found.needs_more
    assert max(1, trials_with_power(rate, bound) - tp - fn) == found.needs_more_80
    assert found.needs_more_80 >= found.needs_more


@given(st.integers(0, 60), st.integers(0, 30), BOUNDS)
def test_the_planned_rows_decide_a_share_at_the_present_rate(tp, fn, bound):
    found = verdict(f"recall >= {bound}", overall(tp=tp, fn=fn))
    if found.needs_more is None:
        return
    n, rate = tp + fn + found.needs_more, tp / (tp + fn)
    events = -(-round(rate * n * 1e9) // 10**9) if rate < bound else int(rate * n + 1e-9)
    assert "undecided" != verdict(f"recall >= {bound}", overall(tp=events, fn=n - events)).verdict


@given(
    st.integers(0, 60),
    st.integers(0, 30),
    BOUNDS,
    st.sampled_from([0.01, 1.0, 1000.0]),
    st.sampled_from(["recall", "f1"]),
)
def test_rows_of_one_weight_are_planned_as_rows_without(tp, fn, bound, weight, metric):
    plain = verdict(f"{metric} >= {bound}", overall(tp=tp, fn=fn))
    found = verdict(f"{metric} >= {bound}", of_one_weight(overall(tp=tp, fn=fn), weight))
    assert (plain.needs_more, plain.needs_more_80) == (found.needs_more, found.needs_more_80)


def of_one_weight(tallies, weight):
    """The tallies of the same rows, where each has this weight."""
    cube = tallies.overall
    products = {each: product * weight**2 for each, product in cube.products.items()}
    return replace(
        tallies, cubes={(): replace(cube, sums=cube.sums * weight, products=products)}, clustered=True
    )


SCALED = [
    "f1 >= 0.6",
    "net_value >= 0.4",
    "net_value <= 0.4",
    "mean(ms) <= 1",
    "p75(ms) <= 2",
    "gap(recall, colour) <= 0.4",
    "gap(recall, colour) <= 0.05",
    "ratio(accuracy, colour) >= 0.7",
    "recall >= 0.6 for every size",
    "recall >= 0.6 at false_positive_rate <= 30 %",
]


@pytest.mark.parametrize("text", SCALED)
@given(log=logs(least=4, most=30))
def test_tallies_of_the_planned_size_decide(text, log):
    one = claim(text.split(" for ")[0])
    tallies = tallies_of(log, one.needs)
    for definition, bound in one.comparisons:
        side = compared(definition, bound, tallies, (), 0.95, both=one.at is not None)
        if not len(side.measured.keys) or side.answer(0) != "undecided":
            continue
        estimate = estimate_of(definition, side.measured, 0, "c", {}, 0.95)
        planned = plan(side, tallies, (), (), estimate)
        if planned.even is None:
            continue
        larger = tallies.scaled(1.1 * (estimate.n + planned.even + 20) / estimate.n)
        after = compared(definition, bound, larger, (), 0.95, both=one.at is not None)
        assert "undecided" != after.answer(0)
        assert planned.likely is not None
        assert planned.likely >= planned.even


def ranked(
    text: str, values: list[float], users: list[int] | None = None
) -> tuple[Any, int, Callable[[int], bool]]:
    """The verdict on a quantile of so many rows, their number, and whether rows of a size would decide it."""
    one = claim(text)
    tallies = tallies_of(Rows([8] * len(values), {}, {"ms": values}, users), one.needs)
    ((definition, bound),) = one.comparisons

    def decided(size: int) -> bool:
        larger = tallies.scaled(size / len(values))
        return compared(definition, bound, larger, (), 0.95, both=False).answer(0) != "undecided"

    return verdict(text, tallies), len(values), decided


def assert_decides_from(planned: int, decided: Callable[[int], bool]) -> None:
    """The size before does not decide, and all others up to twice the planned one do."""
    assert not decided(planned - 1)
    assert [] == [size for size in range(planned, 2 * planned) if not decided(size)]


@pytest.mark.parametrize(
    "text", ["p90(ms) <= 74.2", "p90(ms) <= 73.5", "p95(ms) <= 77.5", "p25(ms) >= 18", "p50(ms) < 47"]
)
def test_a_plan_on_ranks_names_the_rows_from_which_on_all_decide(text):
    """The evidence on ranks is a saw: 455 rows decide the first one, and 456 to 469 do not."""
    found, n, decided = ranked(text, [float(value) for value in range(1, 81)])
    assert_decides_from(n + found.needs_more, decided)
    assert found.needs_more_80 >= found.needs_more


@given(
    st.lists(st.integers(1, 40).map(float), min_size=5, max_size=60),
    st.sampled_from([25, 50, 75, 90]),
    st.sampled_from(["<=", "<", ">=", ">"]),
    st.integers(1, 80),
)
def test_every_size_from_the_planned_one_to_twice_it_decides(values, p, comparator, halves):
    found, n, decided = ranked(f"p{p}(ms) {comparator} {halves / 2}", values)
    if found.needs_more is not None and n + found.needs_more <= 400:
        assert_decides_from(n + found.needs_more, decided)


@pytest.mark.parametrize("rows", [2, 3, 7])
def test_a_plan_on_ranks_of_users_counts_rows_of_as_many_users(rows):
    """And of some more, as how users differ is an estimate."""
    values = [float(value) for value in range(1, 81)]
    alone, n, _ = ranked("p90(ms) <= 74.2", values)
    copied = [value for value in values for _ in range(rows)]
    found, many, decided = ranked("p90(ms) <= 74.2", copied, [row // rows for row in range(len(copied))])
    planned = many + found.needs_more
    assert rows * (n + alone.needs_more) <= planned <= 2 * rows * (n + alone.needs_more)
    assert_decides_from(planned, decided)


@pytest.mark.parametrize(
    "text",
    ["auc >= 0.72", "average_precision >= 0.6", "recall_at_fpr(20 %) >= 0.4", "calibration_error <= 0.2"],
)
def test_a_plan_on_scores_of_users_decides(text):
    """Tallies of more users have groups that differ less; else no number of rows would ever decide."""
    rng, users = np.random.default_rng(3), np.repeat(np.arange(120), 4)
    yes = rng.random(480) < 0.4
    own, others = rng.normal(size=120)[users], rng.normal(size=480)
    scores = np.clip(0.5 + 0.15 * (own + others + yes), 0.01, 0.99)
    one = claim(text)
    tallies = tallies_of(
        Rows([0 if each else 3 for each in yes], {}, {"score": scores.tolist()}, users.tolist()), one.needs
    )
    found = verdict(text, tallies)
    assert "undecided" == found.verdict
    assert "undecided" != verdict(text, tallies.scaled(1.01 * (480 + found.needs_more) / 480)).verdict
    assert "undecided" == verdict(text, tallies.scaled((480 + found.needs_more / 2) / 480)).verdict


def test_a_plan_on_ranks_does_not_depend_on_the_unit_of_the_weights():
    values = [float(value) for value in range(1, 81)]
    once = tallies_of(Rows([8] * 80, {}, {"ms": values}), claim("p90(ms) <= 74.2").needs)
    tenth = once.scaled(0.1)
    cube = tenth.cubes[()]
    squared = {each: product / 10 for each, product in cube.products.items()}
    full = replace(
        cube, rows=10 * cube.rows, units=10 * cube.units, counts=10 * cube.counts, products=squared
    )
    found = verdict("p90(ms) <= 74.2", replace(tenth, cubes={(): full}, clustered=True))
    assert verdict("p90(ms) <= 74.2", once).needs_more == found.needs_more


def test_no_number_of_rows_decides_a_quantile_whose_bucket_holds_the_bound():
    """What lies in one bucket is known to half a percent."""
    values = [0.5] * 50 + [1.0011, 1.0012, 1.0013, 1.0014] * 12
    found, _, decided = ranked("p75(ms) <= 1.00132", values)
    assert ("undecided", None) == (found.verdict, found.needs_more)
    assert not decided(10_000_000)


@pytest.mark.parametrize(("cells", "bound"), [({"tp": 40, "fn": 10}, 0.8), ({"tp": 5, "fn": 5}, 0.5)])
def test_no_number_of_rows_decides_where_the_estimate_equals_the_bound(cells, bound):
    found = verdict(f"recall >= {bound}", overall(**cells))
    assert ("undecided", None, None) == (found.verdict, found.needs_more, found.needs_more_80)
    assert found.reason.startswith("the estimate equals the bound")


def test_the_plan_of_a_roll_up_is_the_sum_over_its_open_slices():
    slices = {"g0": {"tp": 85, "fn": 15}, "g1": {"tp": 44, "fn": 6}, "g2": {"tp": 990, "fn": 10}}
    text = "recall >= 0.8 for every colour"
    whole, *parts = verdicts(text, sliced("colour", slices))
    assert sum(each.needs_more for each in parts if each.verdict == "undecided") == whole.needs_more
    assert whole.needs_more > 0


def test_a_plan_towards_a_miss_is_made_where_the_estimate_lies_beyond_the_bound():
    found = verdict("recall >= 0.8", overall(tp=38, fn=12))
    assert ("undecided", True) == (found.verdict, found.needs_more > 0)
    assert found.p_missed < 0.5


def test_a_decided_claim_has_no_plan():
    found = verdict("recall >= 0.8", overall(tp=990, fn=10))
    assert (None, None) == (found.needs_more, found.needs_more_80)


def test_the_published_numbers_of_a_rare_false_positive():
    """None seen in ten: 2,985 more to prove at most 0.1 %."""
    assert 2_985 == verdict("false_positive_rate <= 0.1 %", overall(tn=10)).needs_more
    assert 49 == verdict("recall >= 95 %", overall(tp=10)).needs_more


def test_the_plan_of_a_mean_is_near_that_of_its_variance():
    values = [1.0, 2.0, 3.0, 4.0, 5.0] * 20
    rows = Rows([8] * 100, {}, {"ms": values})
    found = verdict("mean(ms) <= 3.2", tallies_of(rows, claim("mean(ms) <= 3.2").needs))
    expected = (1.645 / 0.2) ** 2 * 2.02 - 100
    assert expected == pytest.approx(found.needs_more, rel=0.1)
    likely = ((1.645 + 0.842) / 0.2) ** 2 * 2.02 - 100
    assert likely == pytest.approx(found.needs_more_80, rel=0.1)
