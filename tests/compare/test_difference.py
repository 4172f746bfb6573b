"""The difference of two candidates is that of other libraries, is antisymmetric, and is never surer than the rows allow."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import ttest_rel
from statsmodels.stats.contingency_tables import mcnemar

from shipworthy.compare.difference import LEAST_P, difference
from shipworthy.metrics import define, measure
from shipworthy.spec.claim import Metric
from shipworthy.spec.task import BINARY
from shipworthy.tally import Cube, Tallies
from tests.compare.tables import MONEY, NAMES, counts, cube_of, cube_of_units, question, swapped

METRICS = [
    "accuracy", "error_rate", "recall", "precision", "false_positive_rate", "specificity", "false_negative_rate",
    "negative_predictive_value", "false_discovery_rate", "false_omission_rate", "f1", "net_value",
]  # fmt: skip
ANSWERED = ("tp_tp", "tp_fn", "fn_tp", "fn_fn", "fp_fp", "fp_tn", "tn_fp", "tn_tn")
TABLE = st.fixed_dictionaries({cell: st.integers(0, 12) for cell in ANSWERED})
GAPS = {cell: st.integers(0, 3) for cell in ("tp_xp", "xp_fn", "xp_xp", "fp_xn", "xn_tn", "xn_xn", "up_un")}
GAPPED = st.fixed_dictionaries({**{cell: st.integers(0, 6) for cell in ANSWERED}, **GAPS})
ONE = {"tp_tp": 40, "tp_fn": 12, "fn_tp": 3, "fn_fn": 20, "fp_fp": 15, "fp_tn": 9, "tn_fp": 14, "tn_tn": 300}


def found(name: str, **cells: float):
    return difference(question(name).definition, cube_of(counts(**cells)), BINARY)


def cells_of(side: int, **cells: float) -> dict[str, float]:
    """One candidate's own outcomes."""
    own: dict[str, float] = {}
    for name, count in cells.items():
        cell = name.split("_")[side]
        own[cell] = own.get(cell, 0) + count
    return own


@pytest.mark.parametrize("name", METRICS)
@given(table=TABLE)
def test_values_are_those_of_each_candidate_by_itself(name, table):
    from tests.tally.counting import overall

    both = found(name, **table)
    for side, value in ((0, both.first), (1, both.second)):
        alone = measure(define(Metric(name), MONEY), overall(**cells_of(side, **table)), (), 0.95)
        assert float(alone.value[0]) == pytest.approx(float(value[0]), nan_ok=True)


@pytest.mark.parametrize("name", METRICS)
@given(table=GAPPED)
def test_exchanging_the_candidates_turns_the_sign(name, table):
    one, other = found(name, **table), found(name, **swapped(**table))
    (lower, upper), (least, greatest) = one.bounds(0.9), other.bounds(0.9)
    assert np.array([-one.value, -one.high, -one.low, -upper, -lower]) == pytest.approx(
        np.array([other.value, other.low, other.high, least, greatest]), nan_ok=True, abs=1e-9
    )


@pytest.mark.parametrize("name", METRICS)
@given(rows=st.integers(1, 400), share=st.floats(0.05, 0.95))
def test_the_same_answers_give_no_difference_and_no_certainty(name, rows, share):
    yes = round(rows * share)
    same = found(name, tp_tp=yes, fn_fn=rows - yes, fp_fp=yes, tn_tn=rows - yes)
    lower, upper = same.bounds(0.95)
    if not np.isnan(same.value[0]):
        assert 0 == pytest.approx(same.value[0])
        assert lower[0] < 0 < upper[0]
        assert (1.0, 1.0) == (same.least_error(0.0)[0][0], same.least_error(0.0)[1][0])


@pytest.mark.parametrize(
    ("name", "pair"), [("recall", ("tp_fn", "fn_tp")), ("specificity", ("tn_fp", "fp_tn"))]
)
@given(b=st.integers(0, 30), c=st.integers(0, 30))
def test_the_p_value_of_a_share_is_mcnemars(name, pair, b, c):
    rows = found(name, **{pair[0]: b, pair[1]: c, "tp_tp": 40, "tn_tn": 40})
    expected = float(mcnemar([[40, b], [c, 0]], exact=True).pvalue)
    assert expected == pytest.approx(float(rows.exact_p[0]))
    assert (b, c) == (rows.only_first[0], rows.only_second[0])


def test_many_discordant_rows_leave_the_bounds_where_the_normal_law_has_them():
    rows = found("accuracy", **{name: 100 * count for name, count in ONE.items()})
    n = 100 * sum(ONE.values())
    b, c = 100 * (12 + 14), 100 * (3 + 9)
    error = np.sqrt(((b + c) / n - ((b - c) / n) ** 2) / n)
    lower, upper = rows.bounds(0.95)
    assert (b - c) / n == pytest.approx(rows.value[0])
    assert [(b - c) / n - 1.645 * error, (b - c) / n + 1.645 * error] == pytest.approx(
        [lower[0], upper[0]], abs=0.1 * error
    )


@pytest.mark.parametrize("name", METRICS)
def test_the_variance_is_that_of_a_bootstrap_of_rows(name):
    table = counts(**{cell: 20 * count for cell, count in ONE.items()})
    rng = np.random.default_rng(7)
    drawn = rng.multinomial(int(table.sum()), table / table.sum(), size=4_000)
    keys = [(f"{at:05d}",) for at in range(len(drawn))]
    values = difference(question(name).definition, cube_of(drawn, ("draw",), keys), BINARY).value
    one = difference(question(name).definition, cube_of(table), BINARY)
    low, high = one.bounds(0.95)
    spread = float(np.std(values))
    assert 2 * 1.645 * spread == pytest.approx(float(high[0] - low[0]), rel=0.08)


def test_units_that_repeat_a_row_are_worth_one_row_each():
    """Every unit holds the same row four times: the clustered bounds are no tighter than those of single rows."""
    rng = np.random.default_rng(3)
    share = counts(**ONE) / sum(ONE.values())
    rows = rng.multinomial(1, share, size=(1, 500))
    for name in ("recall", "precision", "net_value"):
        definition = question(name).definition
        single = difference(definition, cube_of(rows.sum(axis=1)), BINARY).bounds(0.95)
        fourfold = difference(definition, cube_of_units(4.0 * rows), BINARY).bounds(0.95)
        assert fourfold[0][0] <= single[0][0] + 1e-9
        assert fourfold[1][0] >= single[1][0] - 1e-9
        assert fourfold[1][0] - fourfold[0][0] < 1.6 * (single[1][0] - single[0][0])


def column_cube(first: list[float], second: list[float]) -> Cube:
    gap = np.array(first) - np.array(second)
    names = tuple(f"{mark}{side}:latency_ms" for side in "abd" for mark in ("", "#"))
    sums = np.array([[sum(first), len(first), sum(second), len(first), gap.sum(), len(first)]], dtype=float)
    n = np.array([float(len(first))])
    products = {
        ("d:latency_ms", "d:latency_ms"): np.array([float(gap @ gap)]),
        ("#d:latency_ms", "d:latency_ms"): np.array([float(gap.sum())]),
        ("#d:latency_ms", "#d:latency_ms"): n,
    }
    return Cube((), ((),), names, n, n, sums, sums, products)


@given(st.lists(st.tuples(st.floats(0, 50), st.floats(0, 50)), min_size=3, max_size=40))
def test_times_are_compared_by_the_paired_t_test(pairs):
    first, second = ([pair[at] for pair in pairs] for at in (0, 1))
    gaps = np.array(first) - np.array(second)
    rows = difference(question("mean(latency_ms)").definition, column_cube(first, second), BINARY)
    assert gaps.mean() == pytest.approx(float(rows.value[0]), abs=1e-9)
    if np.std(gaps) < 1e-3 or not gaps.mean():  # on neither side of 0 nothing is proved
        return
    test = ttest_rel(first, second)
    interval = test.confidence_interval(0.95)
    assert (interval.low, interval.high) == pytest.approx((rows.low[0], rows.high[0]), rel=1e-6, abs=1e-6)
    more, less = rows.least_error(0.0)
    one_sided = max(float(test.pvalue) / 2, LEAST_P)
    assert one_sided == pytest.approx(min(float(more[0]), float(less[0])), rel=1e-4)


@pytest.mark.parametrize("name", ["recall", "accuracy", "precision", "net_value"])
@given(table=GAPPED)
def test_bounds_hold_however_unanswered_rows_would_have_been_answered(name, table):
    """Each extreme completion's value lies within the bounds."""
    rows = found(name, **table)
    lower, upper = rows.bounds(0.95)
    for first in ("tp", "fn"):
        for second in ("tp", "fn"):
            moved: dict[str, float] = {}
            for cell, count in table.items():
                one, other = cell.split("_")
                if one[0] == "u":
                    continue
                name_of = "_".join(
                    {"xp": pick, "xn": "fp" if pick == "tp" else "tn"}.get(part, part)
                    for part, pick in ((one, first), (other, second))
                )
                moved[name_of] = moved.get(name_of, 0) + count
            value = found(name, **moved).value[0]
            if not np.isnan(value):
                assert lower[0] - 1e-9 <= value <= upper[0] + 1e-9


def test_rows_that_nobody_left_unanswered_are_not_widened():
    assert "worst_case" not in found("recall", **ONE, up_un=5, xn_tn=4).method[0]
    assert "worst_case" in found("recall", **ONE, xp_tp=1).method[0]


def test_a_candidate_that_flags_nothing_has_no_precision_to_compare():
    rows = found("precision", fn_tp=5, tn_tn=80, tn_fp=3)
    assert np.isnan(rows.value[0])
    assert (-1.0, 1.0) == (rows.bounds(0.95)[0][0], rows.bounds(0.95)[1][0])
    assert "no row that both answered counts for the challenger" == rows.notes[0]


def test_no_rows_have_no_difference():
    assert np.isnan(found("recall").value[0])


def test_every_joint_outcome_has_one_label():
    assert 27 == len(NAMES)
    assert "tp / fn" in NAMES
    assert "tp / tn" not in NAMES


def test_tallies_of_the_two_halves_of_the_rows_add():
    """Joint tallies are cubes like any other."""
    half = cube_of(counts(**ONE))
    whole = Tallies({(): half + half}, {})
    twice = found("recall", **{name: 2 * count for name, count in ONE.items()})
    assert twice.value == difference(question("recall").definition, whole.overall, BINARY).value


MONEY_OF_REVIEW = {"xp": -0.01, "xn": -0.03}
DEFERRED = {**ONE, "xp_tp": 8, "xn_tn": 25, "xp_fn": 4, "xn_fp": 3}


def reviewed(name: str, who: int, **cells: float):
    money = (MONEY_OF_REVIEW, None) if who == 0 else (None, MONEY_OF_REVIEW)
    return difference(question(name).definition, cube_of(counts(**cells)), BINARY, money)


def test_money_counts_the_rows_that_a_person_decides():
    rows = reviewed("net_value", 0, **DEFERRED)
    n = sum(DEFERRED.values())
    money = {"tp": 0.02, "fn": -0.05, "fp": -0.2, "tn": 0.0, **MONEY_OF_REVIEW}
    values = [
        sum(money[cell] * count for cell, count in cells_of(side, **DEFERRED).items()) / n for side in (0, 1)
    ]
    assert n == rows.n[0]
    assert values == pytest.approx([rows.first[0], rows.second[0]])
    assert "worst_case" not in rows.method[0]


def test_other_metrics_leave_the_rows_that_a_person_decides_out_and_are_not_widened():
    for name in ("recall", "precision", "f1"):
        with_person, without = reviewed(name, 0, **DEFERRED), found(name, **ONE)
        assert without.value == with_person.value
        assert without.bounds(0.95) == with_person.bounds(0.95)


def test_exchanging_the_candidates_turns_the_sign_where_one_leaves_rows_to_a_person():
    one, other = reviewed("net_value", 0, **DEFERRED), reviewed("net_value", 1, **swapped(**DEFERRED))
    assert -one.value == pytest.approx(other.value)
    assert -one.bounds(0.95)[0] == pytest.approx(other.bounds(0.95)[1])


def test_what_the_other_left_unanswered_still_widens_where_one_leaves_rows_to_a_person():
    wide = reviewed("recall", 0, **DEFERRED, tp_xp=5)
    assert "worst_case" in wide.method[0]
    assert wide.bounds(0.95)[0] < reviewed("recall", 0, **DEFERRED).bounds(0.95)[0]


def test_the_share_that_is_answered_is_compared_on_all_rows():
    rows = found("automated_share", **DEFERRED)
    n = sum(DEFERRED.values())
    assert n == rows.n[0]
    assert -40 / n == pytest.approx(rows.value[0])


def weighed(cube: Cube, factor: float) -> Cube:
    """The same rows, each of this weight."""
    squares = {each: factor**2 * product for each, product in cube.products.items()}
    return replace(cube, sums=factor * cube.sums, products=squares)


@pytest.mark.parametrize("name", ["recall", "precision", "net_value"])
def test_rows_that_all_weigh_the_same_are_worth_what_they_are_worth_without_weights(name):
    definition, cube = question(name).definition, cube_of(counts(**ONE))
    plain, heavy = (difference(definition, each, BINARY) for each in (cube, weighed(cube, 3.0)))
    assert plain.value == pytest.approx(heavy.value)
    assert plain.n == heavy.n
    assert heavy.bounds(0.95)[0] == pytest.approx(plain.bounds(0.95)[0], abs=1e-9)


def test_rows_that_weigh_more_count_more():
    definition, light = question("accuracy").definition, cube_of(counts(**ONE))
    more = cube_of(counts(tp_fn=30, fn_tp=5, tn_tn=100))
    both = replace(
        light + more,
        sums=(weighed(light, 1.0) + weighed(more, 4.0)).sums,
        products=(weighed(light, 1.0) + weighed(more, 4.0)).products,
    )
    found = difference(definition, both, BINARY)
    n = sum(ONE.values()) + 4 * 135
    assert (12 + 14 - 3 - 9 + 4 * (30 - 5)) / n == pytest.approx(found.value[0])
    lower, upper = found.bounds(0.95)
    assert lower[0] < found.value[0] < upper[0]
    assert found.low[0] < found.value[0] < found.high[0]
    assert found.units[0] < found.n[0]
