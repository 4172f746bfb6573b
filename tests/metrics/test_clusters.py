"""Rows of one unit are not independent: what is known rests on units."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shipworthy.metrics import measure
from shipworthy.metrics.sums import sums_of
from shipworthy.tally import Cube
from tests.metrics.every import defined, measured
from tests.tally.counting import Rows, overall, tallies_of
from tests.tally.strategies import logs

TP, FN, TN = 0, 1, 4


def tallies(rows, text):
    return tallies_of(rows, defined(text).needs(()))


@pytest.mark.parametrize(
    "text", ["recall", "accuracy", "f1", "net_value", "mean(ms)", "p50(ms)", "gap(recall, colour)"]
)
@given(log=logs(least=1, clustered=False))
def test_units_of_one_row_each_are_independent_rows(text, log):
    units = Rows(log.outcome, log.slices, log.numbers, range(len(log)))
    expected, actual = measured(text, tallies(log, text)), measured(text, tallies(units, text))
    for end in ("value", "low", "high", "lower", "upper", "n", "units"):
        np.testing.assert_allclose(getattr(actual, end), getattr(expected, end), rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("text", ["recall", "f1", "net_value", "mean(ms)", "p75(ms)"])
def test_rows_that_are_copied_prove_no_more_than_one_row_of_each(text):
    """Each user's row ten times over: the same value, and bounds at least as wide as those of the users."""
    rng = np.random.default_rng(1)
    outcome = rng.choice([TP, FN, 3, TN], 60, p=[0.3, 0.1, 0.1, 0.5]).tolist()
    ms = rng.lognormal(3, 1, 60).tolist()
    once = Rows(outcome, {}, {"ms": ms})
    copied = Rows(
        [cell for cell in outcome for _ in range(10)],
        {},
        {"ms": [value for value in ms for _ in range(10)]},
        [user for user in range(60) for _ in range(10)],
    )
    few, many = measured(text, tallies(once, text)), measured(text, tallies(copied, text))
    assert few.value[0] == pytest.approx(many.value[0], rel=0.005)
    assert few.units[0] == pytest.approx(many.units[0])
    assert 10 * few.n[0] == many.n[0]
    slack = 1e-9 * abs(few.value[0])
    assert many.lower[0] <= few.lower[0] + slack
    assert many.upper[0] >= few.upper[0] - slack


def test_positives_of_a_few_users_count_as_those_users():
    """Sixty positives of six users, beside a thousand users without one."""
    outcome = [TP] * 50 + [FN] * 10 + [TN] * 1_000
    users = [row // 10 for row in range(60)] + list(range(100, 1_100))
    found = measured("recall", tallies(Rows(outcome, units=users), "recall"))
    assert 60 == found.n[0]
    assert 6 == found.units[0]
    independent = measured("recall", overall(tp=50, fn=10, tn=1_000))
    assert found.lower[0] < independent.lower[0] - 0.1


def test_rows_without_a_value_give_a_mean_no_degrees_of_freedom():
    timed = [4.0, 5.0, 6.5]
    rows = Rows([8] * 500, {}, {"ms": [*timed, *[None] * 497]})
    alone = Rows([8] * 3, {}, {"ms": timed})
    expected, actual = (
        measured("mean(ms)", tallies(alone, "mean(ms)")),
        measured("mean(ms)", tallies(rows, "mean(ms)")),
    )
    assert 3 == actual.units[0]
    for end in ("low", "high", "lower", "upper"):
        assert getattr(expected, end)[0] == pytest.approx(getattr(actual, end)[0])


@pytest.mark.parametrize(
    ("values", "users"),
    [
        ([0.0, 0.5, 1.0], None),
        ([2.0, 0.0, 1.0], None),
        ([-1.0, 1.0, 0.0], None),
        ([3.0, 0.0, 1.0], [1, 1, 2]),
        ([-1.0, 0.0, 0.0], [1, 1, 2]),
    ],
)
def test_the_rate_of_a_column_that_is_no_yes_or_no_says_what_to_use(values, users):
    found = measured("rate(flag)", tallies(Rows([8] * 3, {}, {"flag": values}, users), "rate(flag)"))
    assert np.isnan(found.value[0])
    assert "flag holds other values than 0 and 1; use mean(flag)" == found.notes[0]


@given(st.integers(1, 40), st.integers(1, 6), st.floats(0.5, 0.99))
def test_all_right_is_worth_one_trial_for_each_user(users, rows, level):
    log = Rows([TP] * (users * rows), units=[user for user in range(users) for _ in range(rows)])
    found = measure(defined("recall"), tallies(log, "recall"), (), level)
    assert (1 - level) ** (1 / users) == pytest.approx(float(found.lower[0]))


@pytest.mark.parametrize("users", [240, 120, 30])
def test_what_weighed_rows_are_worth_does_not_depend_on_the_unit_of_the_weights(users):
    """Weights of mean 1 sum up to the number of rows, as rows without weights do."""
    whose = np.arange(240) % users
    weight, right = np.tile([0.5, 1.5], 120), np.arange(240) % 4 > 0
    held = {name: np.bincount(whose, weight * cell) for name, cell in {"tp": right, "fn": ~right}.items()}

    def worth(unit: float) -> tuple[float, float]:
        sums = np.array([[unit * each.sum() for each in held.values()]])
        products = {
            (a, b): np.array([unit**2 * held[a] @ held[b]])
            for a, b in [("tp", "tp"), ("fn", "tp"), ("fn", "fn")]
        }
        rows, units = np.array([240.0]), np.array([float(users)])
        counts = np.array([[180.0, 60.0]])
        cube = Cube((), ((),), ("tp", "fn"), rows, units, sums, counts, products)
        found = sums_of(cube, {"tp": 1.0}, {"tp": 1.0, "fn": 1.0}).ratio
        return float(found.units[0]), float(found.variance[0])

    assert worth(0.1) == pytest.approx(worth(1.0))
