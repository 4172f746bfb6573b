"""Where the pilot's figures are the true ones, the planned rows decide in half of the draws, and in four of five.

The pilot of each claim has exactly the true shares and moments; fresh rows are then drawn, as many as were planned. The
plans of shares are exact. Those of other metrics follow from normal errors, on which a draw's own spread bears too.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pytest

from shipworthy.judge import claim_of
from shipworthy.judge.comparison import compared
from shipworthy.spec.language import read_requirement
from shipworthy.spec.task import Task
from shipworthy.tally import Tallies
from tests.dear import few
from tests.judge.at_bound import keys
from tests.metrics.kinds import NUMBER, THREE, confused, predicted
from tests.plan.planned import only, opened
from tests.plan.ranked import RANKING, gains, of_requests

DRAWS = 600
PILOT = 200_000
SHARES = np.array([[0.40, 0.03, 0.02], [0.03, 0.26, 0.03], [0.02, 0.03, 0.18]])


@dataclass(frozen=True)
class World:
    """Rows that can be drawn, and a pilot of so many rows with their true figures."""

    task: Task
    pilot: Callable[[int], Tallies]
    draws: Callable[[int], Tallies]


def classes() -> World:
    def cells(counts: np.ndarray) -> np.ndarray:
        table = np.zeros((len(counts), 4, 4))
        table[:, :3, :3] = counts.reshape(-1, 3, 3)
        return table

    def draw(rows: int) -> Tallies:
        found = np.random.default_rng(rows).multinomial(rows, SHARES.ravel(), DRAWS)
        return confused(cells(found), by=("draw",), keys=keys(DRAWS))

    return World(THREE, lambda rows: confused(cells(rows * SHARES[np.newaxis])), draw)


def numbers(tail: float) -> World:
    """Errors of a normal law, or of one with longer tails."""

    def made(rng: np.random.Generator, shape: tuple[int, ...]) -> tuple[np.ndarray, np.ndarray]:
        labels, error = rng.normal(10, 2, shape), rng.normal(0.1, 1, shape)
        return labels, labels + np.sign(error) * np.abs(error) ** tail

    def pilot(rows: int) -> Tallies:
        labels, answers = made(np.random.default_rng(0), (1, PILOT))
        return predicted(labels, answers).scaled(rows / PILOT)

    def draw(rows: int) -> Tallies:
        labels, answers = made(np.random.default_rng(rows), (DRAWS, rows))
        return predicted(labels, answers, by=("draw",), keys=keys(DRAWS))

    return World(NUMBER, pilot, draw)


def requests() -> World:
    def pilot(rows: int) -> Tallies:
        return of_requests(gains(np.random.default_rng(0), (1, PILOT)), "=ndcg@10").scaled(rows / PILOT)

    def draw(rows: int) -> Tallies:
        values = gains(np.random.default_rng(rows), (DRAWS, rows))
        return of_requests(values, "=ndcg@10", by=("draw",), keys=keys(DRAWS))

    return World(RANKING, pilot, draw)


CLAIMS = {
    "recall(dog) >= 0.75": classes(),
    "precision('old cow') >= 0.70": classes(),
    "f1(dog) >= 0.78": classes(),
    "confusion(cat, dog) <= 10 %": classes(),
    "accuracy >= 0.80": classes(),
    "macro_recall >= 0.78": classes(),
    "macro_f1 >= 0.78": classes(),
    "macro_f1 >= 0.87": classes(),
    "weighted_f1 >= 0.80": classes(),
    "mae <= 0.88": numbers(1.0),
    "bias >= -0.1": numbers(1.0),
    "r2 >= 0.70": numbers(1.0),
    "mean(abs_error) <= 0.88": numbers(1.0),
    "ndcg@10 >= 0.44": requests(),
}
TAILED = {
    "rmse <= 1.1": numbers(1.0),
    "mae <= 1.0": numbers(1.3),
    "rmse <= 1.5": numbers(1.3),
    "p75(abs_error) <= 1.3": numbers(1.0),
}
"""Squares and long tails: most samples hold less than their share of the great values, so that fewer rows would do."""


def decided(text: str, world: World, rows: int) -> float:
    """The share of draws of so many rows in which the claim is met or missed."""
    [(definition, bound)] = claim_of(read_requirement(text), None, world.task).comparisons
    side = compared(definition, bound, world.draws(rows), ("draw",), 0.95, both=False)
    return float((side.met | side.missed).mean())


def chances(text: str, world: World) -> tuple[float, float]:
    """How often the rows that are planned for an even chance, and for one of 80 %, decide."""
    need = only(opened(text, world.pilot(50), task=world.task))
    even, likely = (decided(text, world, round(50 + each.collect.value)) for each in (need.even, need.likely))
    return even, likely


@pytest.mark.parametrize("text", few(CLAIMS, *({*CLAIMS} - {"r2 >= 0.70", "mean(abs_error) <= 0.88"})))
def test_the_planned_rows_decide_as_often_as_they_say(text):
    even, likely = chances(text, CLAIMS[text])
    assert 0.5 == pytest.approx(even, abs=0.08)
    assert 0.8 == pytest.approx(likely, abs=0.08)


@pytest.mark.parametrize("text", few(TAILED, "mae <= 1.0"))
def test_of_long_tails_the_planned_rows_decide_at_least_as_often(text):
    even, likely = chances(text, TAILED[text])
    assert 0.45 <= even <= 0.8
    assert 0.75 <= likely
