"""Every metric that a requirement may name: its value, its direction, its bounds, and what cannot change it."""

from __future__ import annotations

import math

import numpy as np
import pytest
import sklearn.metrics as oracle
from hypothesis import given
from hypothesis import strategies as st

from shipworthy.judge.comparison import estimate_of
from shipworthy.metrics import METRICS, entry_of, measure
from shipworthy.tally import Tallies
from tests.metrics.every import EVERY, MONEY, SHARES, defined, measured
from tests.tally.counting import Rows, counts, cube_of_counts, overall, tallies_of
from tests.tally.strategies import halves, logs, together

ENDS = ("value", "low", "high", "lower", "upper")
CELL = st.integers(0, 30)
TABLE = st.tuples(CELL, CELL, CELL, CELL)


def negative(score):
    """The score of the negative class."""
    return lambda true, answer: score(true, answer, pos_label=0, zero_division=np.nan)


def positive(score):
    return lambda true, answer: score(true, answer, zero_division=np.nan)


def rest(score):
    return lambda true, answer: 1 - score(true, answer)


recall, precision = positive(oracle.recall_score), positive(oracle.precision_score)
ORACLES = {
    "accuracy": oracle.accuracy_score,
    "error_rate": oracle.zero_one_loss,
    "recall": recall,
    "precision": precision,
    "false_positive_rate": rest(negative(oracle.recall_score)),
    "specificity": negative(oracle.recall_score),
    "false_negative_rate": rest(recall),
    "negative_predictive_value": negative(oracle.precision_score),
    "false_discovery_rate": rest(precision),
    "false_omission_rate": rest(negative(oracle.precision_score)),
    "selection_rate": lambda _, answer: np.mean(answer),
    "base_rate": lambda true, _: np.mean(true),
    "automated_share": lambda *_: 1.0,
    "f1": positive(oracle.f1_score),
}


def of_table(table):
    tp, fn, fp, tn = table
    return overall(tp=tp, fn=fn, fp=fp, tn=tn)


def rows_of(table):
    """The rows of a confusion table: true answers, and given answers."""
    tp, fn, fp, tn = table
    return [1] * (tp + fn) + [0] * (fp + tn), [1] * tp + [0] * fn + [1] * fp + [0] * tn


def test_every_share_has_an_oracle():
    assert {*SHARES, "f1"} == {*ORACLES}


@pytest.mark.parametrize("name", ORACLES)
@given(table=TABLE.filter(any))
def test_values_are_those_of_scikit_learn(name, table):
    expected = float(ORACLES[name](*rows_of(table)))
    actual = measured(name, of_table(table)).value[0]
    assert expected == pytest.approx(actual, abs=1e-12, nan_ok=True)


@given(TABLE.filter(any))
def test_net_value_is_the_mean_of_the_money_of_each_row(table):
    money = np.repeat([2.0, -1.0, -5.0, 0.5], table)
    assert money.mean() == pytest.approx(measured("net_value", of_table(table)).value[0])


@given(st.lists(st.none() | st.integers(-9, 9).map(float), min_size=1, max_size=30))
def test_means_and_quantiles_are_over_the_rows_that_have_a_value(values):
    rows = Rows([8] * len(values), {}, {"ms": values})
    known = [value for value in values if value is not None]
    found = {
        text: measured(text, tallies_of(rows, defined(text).needs(()))) for text in ("mean(ms)", "p95(ms)")
    }
    if not known:
        assert math.isnan(found["mean(ms)"].value[0])
        assert () == found["p95(ms)"].keys
        return
    assert np.mean(known) == pytest.approx(found["mean(ms)"].value[0], abs=1e-12)
    assert np.quantile(known, 0.95, method="inverted_cdf") == pytest.approx(
        found["p95(ms)"].value[0], rel=0.0051
    )
    assert [len(known)] * 2 == [found[text].n[0] for text in found]


@given(st.lists(st.sampled_from([None, 0.0, 1.0]), min_size=1, max_size=30))
def test_a_rate_is_the_share_of_the_rows_that_say_yes(values):
    rows = Rows([8] * len(values), {}, {"flag": values})
    known = [value for value in values if value is not None]
    actual = measured("rate(flag)", tallies_of(rows, defined("rate(flag)").needs(())))
    expected = np.mean(known) if known else np.nan
    assert expected == pytest.approx(actual.value[0], nan_ok=True)
    same = measured("recall", overall(tp=known.count(1.0), fn=known.count(0.0)))
    for end in ("low", "high", "lower", "upper"):
        assert getattr(same, end)[0] == pytest.approx(getattr(actual, end)[0])


DIRECTED = [name for name, entry in METRICS.items() if name in ORACLES and entry.direction != "either"] + [
    "auc",
    "net_value",
]
"""Metrics of answers: one right answer more is better."""


@pytest.mark.parametrize("name", DIRECTED)
@given(table=TABLE, missed=st.booleans())
def test_one_error_less_never_makes_a_metric_worse(name, table, missed):
    tp, fn, fp, tn = table
    if (fn if missed else fp) == 0:
        return
    better = (tp + 1, fn - 1, fp, tn) if missed else (tp, fn, fp - 1, tn + 1)
    before, after = measured(name, of_table(table)), measured(name, of_table(better))
    sign = 1 if METRICS[name].direction == "higher" else -1
    # Bounds of an auc rest on its variance, which an error less can lower by more than it raises the value.
    for end in ("value",) if name == "auc" else ("value", "lower", "upper"):
        x, y = getattr(before, end)[0], getattr(after, end)[0]
        if not (math.isnan(x) or math.isnan(y)):
            assert sign * (y - x) >= -1e-9


@pytest.mark.parametrize("text", EVERY)
@given(log=logs(), level=st.sampled_from([0.8, 0.95, 0.99]))
def test_the_value_lies_within_its_bounds(text, log, level):
    for by in ((), ("size",)):
        found = measured(text, tallies_of(log, defined(text).needs(by)), by, level)
        known = ~np.isnan(found.value)
        slack = 0.0051 * np.abs(found.value[known]) + 1e-9
        for least, greatest in (("low", "high"), ("lower", "upper")):
            assert (getattr(found, least)[known] <= found.value[known] + slack).all()
            assert (found.value[known] <= getattr(found, greatest)[known] + slack).all()


@pytest.mark.parametrize("text", EVERY)
@given(log=logs())
def test_a_higher_level_never_narrows_the_bounds(text, log):
    tallies = tallies_of(log, defined(text).needs(()))
    narrow, wide = measured(text, tallies, (), 0.9), measured(text, tallies, (), 0.99)
    assert (wide.lower <= narrow.lower + 1e-9).all()
    assert (wide.upper >= narrow.upper - 1e-9).all()


@pytest.mark.parametrize("text", EVERY)
@given(log=logs())
def test_no_number_that_does_not_exist_leaks_into_the_evidence(text, log):
    definition = defined(text)
    found = measured(text, tallies_of(log, definition.needs(("size",))), ("size",))
    for at, key in [*enumerate(found.keys), (None, ("huge",))]:
        estimate = estimate_of(definition, found, at, "c", {"size": key[0]}, 0.95)
        numbers = [getattr(estimate, end) for end in ENDS]
        assert all(number is None or math.isfinite(number) for number in numbers)
        assert (estimate.value is None) or estimate.n > 0
        assert 0 <= estimate.units <= estimate.n


def assert_same(expected, actual):
    assert expected.keys == actual.keys
    for end in (*ENDS, "n", "units"):
        np.testing.assert_allclose(
            getattr(actual, end), getattr(expected, end), rtol=1e-9, atol=1e-9, err_msg=end
        )
    assert expected.method == actual.method


@pytest.mark.parametrize("text", EVERY)
@given(log=logs(), random=st.randoms())
def test_the_order_of_rows_changes_nothing(text, log, random):
    needs, order = defined(text).needs(("size",)), list(range(len(log)))
    random.shuffle(order)
    expected = measured(text, tallies_of(log, needs), ("size",))
    assert_same(expected, measured(text, tallies_of(log.picked(order), needs), ("size",)))


@pytest.mark.parametrize("text", EVERY)
@given(pair=halves())
def test_shards_give_the_same_as_the_whole(text, pair):
    first, second = pair
    needs = defined(text).needs(("size",))
    expected = measured(text, tallies_of(together(first, second), needs), ("size",))
    assert_same(expected, measured(text, tallies_of(first, needs) + tallies_of(second, needs), ("size",)))


@pytest.mark.parametrize("text", EVERY)
@given(log=logs())
def test_the_names_of_slices_and_groups_change_nothing(text, log):
    """Names that sort the other way round."""
    names = {"size": {"large": "c", "small": "b", "tiny": "a"}, "colour": {"blue": "z", "red": "y"}}
    renamed = Rows(
        log.outcome,
        {column: [names[column][value] for value in values] for column, values in log.slices.items()},
        log.numbers,
        log.units,
    )
    needs = defined(text).needs(("size",))
    expected, actual = (measured(text, tallies_of(rows, needs), ("size",)) for rows in (log, renamed))
    assert {(names["size"][key[0]],) for key in expected.keys} == {*actual.keys}
    for at, key in enumerate(expected.keys):
        same = actual.keys.index((names["size"][key[0]],))
        for end in ENDS:
            assert getattr(expected, end)[at] == pytest.approx(getattr(actual, end)[same], nan_ok=True)


@given(TABLE.filter(lambda table: table[0] + table[1] + table[2] > 0))
def test_f1_lies_within_zero_and_one_and_between_precision_and_recall(table):
    found = {name: measured(name, of_table(table)) for name in ("f1", "precision", "recall")}
    f1 = found["f1"]
    assert 0 <= f1.lower[0] <= f1.value[0] <= f1.upper[0] <= 1
    parts = [found[name].value[0] for name in ("precision", "recall")]
    if not any(map(math.isnan, parts)):
        assert min(parts) - 1e-12 <= f1.value[0] <= max(parts) + 1e-12


def test_perfect_answers_are_no_proof_of_perfection():
    """Zero errors seen are not zero errors."""
    perfect = overall(tp=30, tn=400)
    for name in DIRECTED:
        found = measured(name, perfect)
        assert (found.lower[0] < found.value[0]) or (found.upper[0] > found.value[0])


def test_every_entry_says_what_it_is_and_what_it_cannot_do():
    for entry in [*METRICS.values(), entry_of("p95")]:
        assert entry.definition
        assert entry.estimator
        assert entry.cannot
        assert entry_of(entry.name) == entry


def test_money_that_is_the_same_for_every_outcome_is_certain():
    same = MONEY.model_copy(
        update=dict.fromkeys(("true_positive", "false_positive", "false_negative", "true_negative"), 3.0)
    )
    found = measure(defined("net_value", same), overall(tp=4, fn=1, tn=7), (), 0.95)
    assert [3.0] * 5 == pytest.approx([float(getattr(found, end)[0]) for end in ENDS])


def test_many_slices_are_measured_as_each_alone():
    table = counts(tp=[5, 40, 0], fn=[5, 2, 0], fp=[1, 0, 0], tn=[9, 300, 4])
    keys = [("a",), ("b",), ("c",)]
    together_ = measured(
        "recall", Tallies({("part",): cube_of_counts(table, ("part",), keys)}, {}), ("part",)
    )
    for at in range(3):
        alone = measured("recall", Tallies({(): cube_of_counts(table[at])}, {}))
        for end in ENDS:
            assert getattr(alone, end)[0] == pytest.approx(getattr(together_, end)[at], nan_ok=True)
