"""Drawn rows that people and a judge answer, at a known rate and with a judge of known errors."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from shipworthy.stats.floats import Floats
from shipworthy.stats.judged import JudgedRows, judged_counts

JUDGES = [(0.9, 0.7), (0.99, 0.99), (0.6, 0.5), (0.7, 0.98)]
"""Sensitivity and specificity."""


def shares(rate: Floats, judge: tuple[float, float]) -> Floats:
    """Of rows that both let pass, people alone, the judge alone, nobody (..., 4)."""
    sensitivity, specificity = judge
    return np.stack(
        [
            rate * sensitivity,
            rate * (1 - sensitivity),
            (1 - rate) * (1 - specificity),
            (1 - rate) * specificity,
        ],
        axis=-1,
    )


def counted(
    rng: np.random.Generator,
    rate: Floats,
    judge: tuple[float, float],
    judged: int,
    labelled: int,
    draws: int,
) -> JudgedRows:
    """Independent rows: `labelled` of them with a label, `judged` without (rates, draws)."""
    of = shares(np.broadcast_to(rate, (*np.shape(rate)[:-1], draws)), judge)
    cells = rng.multinomial(labelled, of)
    both, human, wrong, neither = np.moveaxis(cells, -1, 0)
    return judged_counts(both, human, wrong, neither, rng.binomial(judged, of[..., 0] + of[..., 2]), judged)


@dataclass(frozen=True)
class Cluster:
    """Prompts with a rate of their own, each tried `tries` times; of `labelled` prompts all or two tries have a label."""

    labelled: int
    others: int
    tries: int
    some: bool
    alike: float = 0.5
    """The smaller, the more a prompt's tries are alike."""


CLUSTERS = [Cluster(40, 200, 5, some=False), Cluster(100, 100, 4, some=False), Cluster(50, 150, 6, some=True)]


def clustered(rng: np.random.Generator, rate: float, of: Cluster, draws: int) -> JudgedRows:
    """Tries of prompts; the judge errs alike on the tries of one prompt."""
    prompts = of.labelled + of.others
    own = rng.beta(rate * of.alike, (1 - rate) * of.alike, (draws, prompts, 1))
    human = rng.random((draws, prompts, of.tries)) < own
    lean = rng.normal(0, 0.1, (draws, prompts, 1))
    judge = rng.random(human.shape) < np.clip(np.where(human, 0.9, 0.2) + lean, 0, 1)
    labelled = np.zeros(human.shape, bool)
    labelled[:, : of.labelled, : 2 if of.some else of.tries] = True
    values = [human & labelled, judge & labelled, labelled, judge & ~labelled, ~labelled]
    totals = np.stack([each.sum(axis=2) for each in values], axis=-1).astype(np.float64)
    return JudgedRows(totals.sum(axis=1), np.einsum("dui,duj->dij", totals, totals))
