"""The rows that a spread plans show the difference as often as they promise, on the same rows and on rows of their own."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from shipworthy.compare import Joined, counts_same_rows, spread, spread_needs, spread_of_one
from shipworthy.compare.difference import difference
from shipworthy.metrics import define
from shipworthy.spec.claim import Metric
from shipworthy.spec.task import BINARY, Task
from shipworthy.stats.sample_size import units_with_power
from shipworthy.tally import Cube, Tallies
from shipworthy.tally.cube import row_values
from tests.compare.tables import MONEY, counts, drawn, overall, question
from tests.tally.counting import overall as one_of

SHARES = {
    "tp_tp": 0.18, "tp_fn": 0.05, "fn_tp": 0.02, "fn_fn": 0.05,
    "fp_fp": 0.04, "fp_tn": 0.02, "tn_fp": 0.04, "tn_tn": 0.60,
}  # fmt: skip
DRAWS = 800


def of_counts(name: str, **cells: float) -> Any:
    return spread(question(name).definition, Joined(overall(**cells)))


@pytest.mark.parametrize("name", ["precision", "f1", "net_value"])
def test_the_planned_rows_show_the_difference_in_four_of_five_draws(name):
    whole = overall(**{cell: 100_000 * share for cell, share in SHARES.items()})
    definition = question(name).definition
    found = spread(definition, Joined(whole))
    value = float(difference(definition, whole.overall, BINARY).value[0])
    rows = units_with_power(value, found.paired**2, 0.0)
    assert rows is not None
    cells = np.random.default_rng(1).multinomial(rows, [*SHARES.values()], DRAWS)
    table = counts(**dict(zip(SHARES, cells.T, strict=True)))
    lower, _ = difference(definition, drawn(table), BINARY).bounds(0.95)
    assert 0.8 == pytest.approx(np.mean(lower > 0), abs=0.06)


def test_the_spread_of_apart_rows_is_that_of_both_metrics_by_themselves():
    """As two samples of the rows, each answered by one of the two."""
    cells = {cell: 10_000 * share for cell, share in SHARES.items()}
    found = of_counts("precision", **cells)
    rng = np.random.default_rng(2)
    table = rng.multinomial(2_000, [*SHARES.values()], (2, DRAWS))
    at = {cell: position for position, cell in enumerate(SHARES)}
    tp, fp = (
        [table[side][:, [at[c] for c in SHARES if c.split("_")[side] == own]].sum(axis=1) for side in (0, 1)]
        for own in ("tp", "fp")
    )
    values = [tp[side] / (tp[side] + fp[side]) for side in (0, 1)]
    assert np.std(values[0] - values[1]) * np.sqrt(2_000) == pytest.approx(found.apart, rel=0.08)


def test_candidates_that_answer_alike_differ_less_than_those_that_do_not():
    alike = of_counts("f1", tp_tp=80, tp_fn=10, fn_tp=5, fn_fn=10, tn_tn=100, fp_fp=20)
    assert alike.paired < alike.apart


@pytest.mark.parametrize("name", ["f1", "precision", "net_value"])
def test_one_candidate_stands_for_two_that_err_independently(name):
    cells = {"tp": 80.0, "fn": 20.0, "fp": 10.0, "tn": 190.0}
    definition = question(name).definition
    found = spread_of_one(definition, one_of(**cells), BINARY)
    twin = spread(definition, Joined(overall(**{f"{cell}_{cell}": n for cell, n in cells.items()})))
    assert (300, 300) == (found.rows, twin.rows)
    assert found.paired == found.apart == pytest.approx(twin.apart)


def columned(first: np.ndarray, second: np.ndarray, definition: Any, task: Task) -> Cube:
    """The cube of two candidates' values of a column on the same rows."""
    column = definition.column
    values = {f"a:{column}": first, f"b:{column}": second, f"d:{column}": first - second}
    names = row_values(values)
    stacked = np.zeros((len(first), len(names)))
    for name, value in values.items():
        stacked[:, names.index(name)], stacked[:, names.index(f"#{name}")] = value, 1.0
    needs = spread_needs(definition, task)
    products = {
        (a, b): np.array([stacked[:, names.index(a)] @ stacked[:, names.index(b)]]) for a, b in needs.products
    }
    rows, sums = np.array([float(len(first))]), stacked.sum(axis=0)[np.newaxis]
    return Cube((), ((),), names, rows, rows, sums, sums, products)


@pytest.mark.parametrize(("name", "kind"), [("mae", "regression"), ("ndcg@10", "ranking")])
def test_of_a_column_it_is_the_standard_deviation_of_the_rows_differences(name, kind):
    rng = np.random.default_rng(3)
    first = rng.gamma(2.0, 1.0, 400)
    second = first + rng.normal(0.1, 0.5, 400)
    task = Task(kind)
    definition = define(Metric(name), None, task)
    found = spread(definition, Joined(Tallies({(): columned(first, second, definition, task)}, {}), task))
    assert 400 == found.rows
    assert np.std(first - second, ddof=1) == pytest.approx(found.paired)
    assert np.hypot(np.std(first, ddof=1), np.std(second, ddof=1)) == pytest.approx(found.apart)


@pytest.mark.parametrize(
    ("name", "same"), [("precision", False), ("f1", False), ("net_value", True), ("recall", True)]
)
def test_metrics_of_other_rows_for_each_candidate_count_every_labelled_row(name, same):
    assert same is counts_same_rows(define(Metric(name), MONEY), BINARY)
