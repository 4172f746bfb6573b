"""For classes and numbers too, wrong *met* and wrong *missed* each stay within the 5 % that verdicts promise.

Each draw is one slice of a cube at a quality exactly at the bound, as in `test_error_rates`.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from shipworthy.spec.task import Task
from shipworthy.tally import Tallies
from tests.dear import few
from tests.judge.at_bound import ALPHA, DRAWS, assert_rare, keys, rates
from tests.metrics.kinds import NUMBER, THREE, confused, confused_units, predicted

SHARES = np.array([[0.36, 0.06, 0.03], [0.05, 0.25, 0.05], [0.02, 0.03, 0.15]])
RARE = np.array([[0.70, 0.015, 0.005], [0.01, 0.19, 0.01], [0.004, 0.006, 0.06]])
RECALLS, PRECISIONS = (
    {name: np.diag(table) / table.sum(axis=axis) for name, table in (("usual", SHARES), ("rare", RARE))}
    for axis in (1, 0)
)
F1 = {name: 2 * RECALLS[name] * PRECISIONS[name] / (RECALLS[name] + PRECISIONS[name]) for name in RECALLS}


def of_shares(rng: np.random.Generator, shares: np.ndarray, rows: int, draws: int) -> Tallies:
    found = np.zeros((draws, 4, 4))
    found[:, :3, :3] = rng.multinomial(rows, shares.ravel(), draws).reshape(draws, 3, 3)
    return confused(found, by=("draw",), keys=keys(draws))


def of_units(rng: np.random.Generator, draws: int) -> Tallies:
    """Users with one to five rows each, some easy, some hard: the recall of each class is 0.75."""
    rows, easy = rng.integers(1, 6, (draws, 120)), rng.beta(3, 1, (draws, 120))
    units = np.zeros((draws, 120, 4, 4))
    draw, user = np.meshgrid(np.arange(draws), np.arange(120), indexing="ij")
    for number in range(5):
        label = rng.choice(3, (draws, 120), p=[0.5, 0.3, 0.2])
        right = rng.random((draws, 120)) < easy
        answer = np.where(right, label, (label + rng.integers(1, 3, (draws, 120))) % 3)
        np.add.at(units, (draw, user, label, answer), 1.0 * (number < rows))
    return confused_units(units, by=("draw",), keys=keys(draws))


def errors(rng: np.random.Generator, rows: int, draws: int, *, tailed: bool = False) -> Tallies:
    labels = rng.normal(10, 2, (draws, rows))
    noise = rng.laplace(0, 1, (draws, rows)) if tailed else rng.normal(0, 1, (draws, rows))
    return predicted(labels, labels + noise, by=("draw",), keys=keys(draws))


Scenario = Callable[[np.random.Generator, int], tuple[str, Task, Tallies]]
SCENARIOS: dict[str, Scenario] = {
    "accuracy": lambda rng, draws: (
        f"accuracy >= {np.trace(SHARES):.12f}", THREE, of_shares(rng, SHARES, 300, draws)),
    "macro recall": lambda rng, draws: (
        f"macro_recall >= {RECALLS['usual'].mean():.12f}", THREE, of_shares(rng, SHARES, 400, draws)),
    "macro recall of few rows": lambda rng, draws: (
        f"macro_recall >= {RECALLS['usual'].mean():.12f}", THREE, of_shares(rng, SHARES, 60, draws)),
    "macro recall with a rare class": lambda rng, draws: (
        f"macro_recall >= {RECALLS['rare'].mean():.12f}", THREE, of_shares(rng, RARE, 300, draws)),
    "macro precision with a rare class": lambda rng, draws: (
        f"macro_precision >= {PRECISIONS['rare'].mean():.12f}", THREE, of_shares(rng, RARE, 300, draws)),
    "macro f1": lambda rng, draws: (
        f"macro_f1 >= {F1['usual'].mean():.12f}", THREE, of_shares(rng, SHARES, 400, draws)),
    "macro f1 with a rare class": lambda rng, draws: (
        f"macro_f1 >= {F1['rare'].mean():.12f}", THREE, of_shares(rng, RARE, 300, draws)),
    "weighted f1": lambda rng, draws: (
        f"weighted_f1 >= {(F1['usual'] * SHARES.sum(axis=1)).sum():.12f}", THREE, of_shares(rng, SHARES, 400, draws)),
    "macro recall of users": lambda rng, _: ("macro_recall >= 0.75", THREE, of_units(rng, 500)),
    "mae": lambda rng, draws: (f"mae <= {np.sqrt(2 / np.pi):.12f}", NUMBER, errors(rng, 200, draws)),
    "mae of few long-tailed errors": lambda rng, draws: ("mae <= 1", NUMBER, errors(rng, 50, draws, tailed=True)),
    "rmse": lambda rng, draws: ("rmse <= 1", NUMBER, errors(rng, 200, draws)),
    "rmse of few long-tailed errors": lambda rng, draws: (
        f"rmse <= {np.sqrt(2):.12f}", NUMBER, errors(rng, 50, draws, tailed=True)),
    "bias": lambda rng, draws: ("bias <= 0", NUMBER, errors(rng, 100, draws)),
    "r2": lambda rng, draws: ("r2 >= 0.75", NUMBER, errors(rng, 400, draws)),
    "r2 of few rows": lambda rng, draws: ("r2 >= 0.75", NUMBER, errors(rng, 50, draws)),
}  # fmt: skip


@pytest.mark.parametrize("name", few(SCENARIOS, *({*SCENARIOS} - {"r2", "rmse"})))
def test_wrong_verdicts_stay_within_the_stated_error(name):
    text, task, tallies = SCENARIOS[name](np.random.default_rng(11), DRAWS)
    assert_rare(rates(text, tallies, None, task), len(tallies.cubes["draw",]))


@pytest.mark.parametrize(
    ("text", "task", "make"),
    [
        ("macro_recall >= 0.73", THREE, lambda rng, draws: of_shares(rng, SHARES, 2_000, draws)),
        ("mae <= 0.86", NUMBER, lambda rng, draws: errors(rng, 800, draws)),
    ],
)
def test_what_is_clearly_better_than_its_bound_is_met(text, task, make):
    met, missed = rates(text, make(np.random.default_rng(2), 300), None, task)
    assert met > 0.5
    assert missed < ALPHA / 10
