"""At a quality exactly at the bound, claims about scores are wrong no more often than they say, clustered or not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np
import pytest
from scipy.special import expit

from shipworthy.tally import CELLS, Cube, Histogram, Tallies
from tests.judge.at_bound import assert_rare, keys, rates
from tests.tally.counting import cube

DRAWS = 200
GROUPS = 32
EDGES = np.linspace(0, 1, 201)
"""Scores are whole in two hundredths, so that a bucket holds one score."""

ALIKE = 0.02
"""Points of error beyond the nominal rate that a jackknife of few units is known for."""


@dataclass(frozen=True)
class World:
    """Rows of units whose scores and labels go together: the log odds of a row are `mean` + unit + own part."""

    rows: int
    units: int
    alike: float = 0.0
    mean: float = -1.0
    sure: float = 1.0

    def drawn(self, rng: np.random.Generator, draws: int) -> tuple[np.ndarray, np.ndarray]:
        """Positives and negatives by draw, group and bucket of score (draws, groups, buckets)."""
        each = self.rows // self.units
        shared = rng.normal(size=(draws, self.units, 1))
        own = rng.normal(size=(draws, self.units, each))
        odds = self.mean + 1.2 * (np.sqrt(self.alike) * shared + np.sqrt(1 - self.alike) * own)
        hidden = np.sqrt(self.alike) * rng.normal(size=(draws, self.units, 1))
        score = np.searchsorted(EDGES, expit(odds), side="right") - 1
        true = expit(
            self.sure * np.log(EDGES[score] + 1e-3) - self.sure * np.log1p(1e-3 - EDGES[score]) + hidden
        )
        label = rng.uniform(size=odds.shape) < true
        unit = np.broadcast_to(np.arange(self.units)[:, None] * 7919 % 10_007 % GROUPS, score.shape)
        at = (np.arange(draws)[:, None, None] * GROUPS + unit) * len(EDGES) + score
        size = draws * GROUPS * len(EDGES)
        found = (
            np.bincount(at[label == yes], minlength=size).reshape(draws, GROUPS, -1) for yes in (True, False)
        )
        positives, negatives = (each.astype(float) for each in found)
        return positives, negatives


def tallies(world: World, rng: np.random.Generator, draws: int) -> Tallies:
    """The tallies of many draws, each a slice."""
    positives, negatives = world.drawn(rng, draws)
    clustered = world.units < world.rows
    found = {
        key: histogram(p, q, clustered=clustered)
        for key, p, q in zip(keys(draws), positives, negatives, strict=True)
    }
    return Tallies({("draw",): cells(world, positives, negatives)}, {("score", ("draw",)): found}, clustered)


def histogram(positives: np.ndarray, negatives: np.ndarray, *, clustered: bool) -> Histogram:
    p, q = positives.sum(axis=0), negatives.sum(axis=0)
    some = p + q > 0
    score, p, q = EDGES[some], p[some], q[some]
    groups = (
        np.stack([negatives[:, some].T, positives[:, some].T], axis=2)
        if clustered
        else np.zeros((len(p), 0, 2))
    )
    sums = np.column_stack([q * score, p * score, (p + q) * score**2])
    return Histogram(np.arange(len(p)) * 1.0, score, score, np.column_stack([q, p, 0 * p]), sums, groups)


def cells(world: World, positives: np.ndarray, negatives: np.ndarray) -> Cube:
    """Rows by class; of clustered rows, units of a class are taken to have as many of its rows each."""
    draws = len(positives)
    sums = np.zeros((draws, len(CELLS)))
    sums[:, 0], sums[:, 3] = positives.sum(axis=(1, 2)), negatives.sum(axis=(1, 2))
    each = world.rows / world.units
    products = np.einsum("di,ij->dij", sums * max(1.0, each / 2), np.eye(len(CELLS)))
    rows, units = np.full(draws, float(world.rows)), np.full(draws, float(world.units))
    return cube(("draw",), keys(draws), CELLS, rows, units, sums, products, clustered=each > 1)


@cache
def truth(world: World, metric: str) -> float:
    """The metric of a million rows."""
    many = World(world.rows * 10, world.units * 10, world.alike, world.mean, world.sure)
    rng = np.random.default_rng(99)
    parts = [np.stack([each.sum(axis=(0, 1)) for each in many.drawn(rng, 20)]) for _ in range(10)]
    positives, negatives = np.sum(parts, axis=0)
    value: float = EXACT[metric](positives, negatives)
    return value


def auc(p: np.ndarray, q: np.ndarray) -> float:
    return float(np.sum(p * (np.cumsum(q) - q / 2)) / p.sum() / q.sum())


def average_precision(p: np.ndarray, q: np.ndarray) -> float:
    above = np.cumsum((p + q)[::-1])[::-1]
    return float(np.sum(p * np.cumsum(p[::-1])[::-1] / np.maximum(above, 1)) / p.sum())


def recall_at(p: np.ndarray, q: np.ndarray) -> float:
    false = np.append(np.cumsum(q[::-1])[::-1], 0) / q.sum()
    true = np.append(np.cumsum(p[::-1])[::-1], 0) / p.sum()
    return float(true[false <= 0.1].max())


def fpr_at(p: np.ndarray, q: np.ndarray) -> float:
    false = np.append(np.cumsum(q[::-1])[::-1], 0) / q.sum()
    true = np.append(np.cumsum(p[::-1])[::-1], 0) / p.sum()
    return float(false[true >= 0.8].min())


def calibration(p: np.ndarray, q: np.ndarray) -> float:
    """Of ten bins of equal mass."""
    n = p + q
    bins = np.minimum((10 * (np.cumsum(n) - n / 2) / n.sum()).astype(int), 9)
    off = np.bincount(bins, p, 10) - np.bincount(bins, n * EDGES, 10)
    return float(np.abs(off).sum() / n.sum())


EXACT: dict[str, Callable[[np.ndarray, np.ndarray], float]] = {
    "auc": auc,
    "average_precision": average_precision,
    "recall_at_fpr(10 %)": recall_at,
    "fpr_at_recall(80 %)": fpr_at,
    "calibration_error": calibration,
}
WORLDS = {
    "independent rows": World(400, 400),
    "independent rows of a score that is too sure": World(400, 400, sure=0.5),
    "sixty users alike in score and label": World(600, 60, alike=0.5),
    "two hundred users, too sure": World(1_000, 200, alike=0.5, sure=0.6),
    "many users, few positives": World(2_400, 400, alike=0.4, mean=-3.0),
}


QUICK = [
    (metric, world)
    for metric in EXACT
    for world in WORLDS
    if world == "independent rows" or (metric[:3] in ("auc", "rec") and world.startswith("sixty"))
]
"""Each metric once, and clustered rows; below, every metric is held in every world over more draws."""


def assert_held(metric: str, world: str, draws: int, seed: int) -> None:
    setting = WORLDS[world]
    found = tallies(setting, np.random.default_rng(seed), draws)
    bound = truth(setting, metric)
    slack = ALIKE if setting.units < setting.rows else 0.0
    assert_rare(rates(f"{metric} >= {bound:.9f}", found), draws, slack)


@pytest.mark.parametrize(("metric", "world"), QUICK)
def test_claims_about_scores_are_wrong_no_more_often_than_they_say(metric, world):
    assert_held(metric, world, DRAWS, len(world))


@pytest.mark.slow
@pytest.mark.parametrize("world", WORLDS)
@pytest.mark.parametrize("metric", EXACT)
def test_over_five_times_the_draws_the_rates_are_held_too(metric, world):
    assert_held(metric, world, 5 * DRAWS, 7)
