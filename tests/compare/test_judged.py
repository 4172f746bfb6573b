"""Two candidates that a judge graded are compared by what people said of both answers to some of the rows."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from shipworthy.compare.difference import difference
from shipworthy.compare.judged import FEW, LEFT, PARTS, judged_bounds, judged_column
from shipworthy.metrics import define
from shipworthy.spec.language import read_requirement
from shipworthy.spec.task import Task
from shipworthy.stats.judged import judged_rows
from shipworthy.stats.prediction_powered import prediction_powered
from shipworthy.tally import Cube
from shipworthy.tally.cube import present
from shipworthy.tally.needs import pairs

TASK = Task("text", grades=("helpful",), judged=(("helpful", "at random"),))
HELPFUL = define(read_requirement("pass_rate(helpful) >= 0").metric, None, TASK)
NAMES = tuple(f"{part}:{judged_column(HELPFUL)}" for part in (*PARTS, LEFT))
DRAWS, ROWS = 500, 400
MOST = 0.05 + 3 * np.sqrt(0.05 * 0.95 / DRAWS)


def cube_of(values: Any) -> Cube:
    """The cube of independent rows (draws, rows, 6), each draw being a slice."""
    table = np.asarray(values, dtype=float)
    draws, rows, _ = table.shape
    sums, squares = table.sum(axis=1), np.einsum("dri,drj->dij", table, table)
    place = {name: at for at, name in enumerate(NAMES)}
    products = {each: squares[:, place[each[0]], place[each[1]]] for each in pairs(NAMES)}
    names = tuple(each for name in NAMES for each in (name, present(name)))
    counted = np.stack([sums, np.full_like(sums, rows)], axis=-1).reshape(draws, -1)
    number = np.full(draws, float(rows))
    keys = tuple((f"{draw:04d}",) for draw in range(draws))
    return Cube(("draw",), keys, names, number, number, counted, counted, products)


def drawn(
    rates: tuple[float, float],
    judge: tuple[tuple[float, float], tuple[float, float]],
    labelled: int,
    hidden: float = 0.0,
    seed: int = 3,
) -> np.ndarray:
    """Draws of rows; `judge` is its sensitivity and its false passes for each candidate, `hidden` how often it fails to judge a fail of the first."""
    rng, size = np.random.default_rng(seed), (DRAWS, ROWS)
    people = [rng.random(size) < rate for rate in rates]
    said = [
        np.where(own, rng.random(size) < right, rng.random(size) < wrong)
        for own, (right, wrong) in zip(people, judge, strict=True)
    ]
    gone = ~people[0] & (rng.random(size) < hidden)
    known = np.broadcast_to(np.arange(ROWS) < labelled, size) & ~gone
    others = ~known & ~gone
    of_people, of_judge = ((each[0].astype(float) - each[1] + 1) / 2 for each in (people, said))
    parts = (of_people * known, of_judge * known, known, of_judge * others, others, gone)
    return np.stack([np.asarray(each, dtype=float) for each in parts], axis=-1)


def test_the_difference_is_that_of_prediction_powered_inference_on_rows():
    rows = drawn((0.8, 0.6), ((0.9, 0.2), (0.8, 0.4)), 100)[:1]
    known, others = rows[0, :, 2] == 1, rows[0, :, 4] == 1
    found = difference(HELPFUL, cube_of(rows), TASK)
    direct = prediction_powered(judged_rows(rows[0, known, 0], rows[0, known, 1], rows[0, others, 3]))
    assert pytest.approx(2 * direct.value - 1) == found.value[0]
    assert (100, ("ppi",)) == (found.n[0], found.method)
    assert found.low[0] < found.value[0] < found.high[0]


JUDGES = {
    "fair and good": ((0.9, 0.1), (0.9, 0.1)),
    "kind to the first": ((0.98, 0.5), (0.8, 0.1)),
    "by chance": ((0.5, 0.5), (0.5, 0.5)),
}


@pytest.mark.parametrize("judge", JUDGES.values(), ids=JUDGES)
@pytest.mark.parametrize("rate", [0.5, 0.9])
def test_equally_good_candidates_are_seldom_called_better_or_worse(judge, rate):
    """Where the judge is kind to one of them too, whose raw share is then far ahead."""
    lower, upper = judged_bounds(HELPFUL, cube_of(drawn((rate, rate), judge, 80)), 0.95)
    assert np.mean(lower > 0) <= MOST
    assert np.mean(upper < 0) <= MOST


def test_rows_that_the_judge_could_not_judge_count_by_their_weight():
    """They are a tenth of the rows, and half of the weight where each weighs nine times as much as another."""
    values = drawn((0.8, 0.6), ((0.9, 0.2), (0.9, 0.2)), 200)[:1]
    values[0, 360:] = [0, 0, 0, 0, 0, 1]
    rows = cube_of(values)
    times = np.array([9.0 if name.startswith(f"{LEFT}:") else 1.0 for name in rows.names])
    products = {each: found * (81.0 if each[0] == NAMES[5] else 1.0) for each, found in rows.products.items()}
    heavy = replace(rows, sums=rows.sums * times, products=products)
    low, less = (float(judged_bounds(HELPFUL, each, 0.95)[0][0]) for each in (rows, heavy))
    assert less < 0.55 * (low + 1) - 1


@pytest.mark.parametrize("hidden", [0.1, 0.4])
def test_rows_that_could_not_be_judged_turn_nothing_into_better(hidden):
    table = drawn((0.7, 0.7), JUDGES["fair and good"], 120, hidden)
    lower, upper = judged_bounds(HELPFUL, cube_of(table), 0.95)
    assert np.mean(lower > 0) <= MOST
    assert np.mean(upper < 0) <= MOST


def test_a_clear_difference_is_found_with_a_few_labels_and_a_good_judge():
    table = drawn((0.85, 0.55), JUDGES["fair and good"], 80)
    lower, _ = judged_bounds(HELPFUL, cube_of(table), 0.95)
    assert np.mean(lower > 0) > 0.9


def test_without_two_labelled_rows_nothing_is_said():
    found = difference(HELPFUL, cube_of(drawn((0.8, 0.6), JUDGES["fair and good"], 1)[:1]), TASK)
    assert (FEW,) == found.notes
    assert np.isnan(found.value[0])
    assert np.isinf([found.bounds(0.95)[0][0], found.bounds(0.95)[1][0]]).all()
