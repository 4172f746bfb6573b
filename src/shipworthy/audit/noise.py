"""Labels that look wrong: a floor under the disagreement says how many there are, self-confidence which ones; beside them confident learning.

Numbers in, numbers out: the probabilities come from a model that did not see the row that it judges.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import expit, logit, stdtrit

from shipworthy.stats.floats import Bools, Floats, Ints

BINS = 100
"""Rows are put together by how sure the model is of them."""

SHARES = np.concatenate([np.linspace(0, 0.1, 201), np.linspace(0.105, 0.45, 70)])
"""Shares of wrong labels that are considered."""

STEPS = 100
"""Of Newton's method."""

NEARLY = 1e-6
"""Probabilities are kept so far from 0 and 1."""


@dataclass(frozen=True, eq=False)
class Noise:
    """What a model that did not see them says of the labels of n rows.

    Attributes:
        share: of wrong labels, if they are wrong whatever the row is like.
        low: the lower end of its interval (two-sided, 95 %).
        high: the upper end.
        joint: the estimated share of rows by given and by true class, from confident learning (K, K).
        suspects: the places of rows whose label the model contradicts, the least self-confidence (what the model gives the
            label) first, as many as are estimated to be wrong.
    """

    share: float
    low: float
    high: float
    joint: Floats
    suspects: Ints


def noise(given: Ints, probabilities: Floats) -> Noise:
    """How many labels are wrong, and which ones look it.

    Args:
        given: the class that each row is labelled with, as its number (n,).
        probabilities: of each class by a model that did not see the row (n, K).

    Raises:
        ValueError: there is no row of some class, or the shapes do not fit.
    """
    if probabilities.ndim != 2 or given.shape != probabilities.shape[:1]:
        raise ValueError(f"labels {given.shape} and probabilities {probabilities.shape} do not fit")
    share, low, high = noise_share(given, probabilities)
    own = probabilities[np.arange(len(given)), given]
    contradicted = np.flatnonzero(own < probabilities.max(axis=1))
    order = contradicted[np.argsort(own[contradicted], kind="stable")]
    return Noise(share, low, high, confident(given, probabilities)[1], order[: round(share * len(given))])


def confident(given: Ints, probabilities: Floats) -> tuple[Bools, Floats]:
    """The rows that confident learning counts to another class, and its joint of given and true classes.

    A row counts to the likeliest of the classes whose probability is at least the average one among the rows labelled
    so; what is counted is scaled to the given labels (Northcutt, Jiang and Chuang 2021).
    """
    rows, classes = probabilities.shape
    sizes = np.bincount(given, minlength=classes).astype(np.float64)
    if not sizes.all():
        raise ValueError("every class has at least one row")
    own = probabilities[np.arange(rows), given]
    thresholds = np.bincount(given, own, minlength=classes) / sizes
    reached = np.where(probabilities >= thresholds - NEARLY, probabilities, -1.0)
    true = np.where(reached.max(axis=1) >= 0, reached.argmax(axis=1), -1)
    counted = true >= 0
    joint = np.zeros((classes, classes))
    np.add.at(joint, (given[counted], true[counted]), 1.0)
    joint[np.arange(classes), np.arange(classes)] += joint.sum(axis=1) == 0
    joint *= (sizes / joint.sum(axis=1))[:, None]
    return counted & (true != given), joint / joint.sum()


def noise_share(given: Ints, probabilities: Floats) -> tuple[float, float, float]:
    """The share of wrong labels with a likelihood interval: the floor that disagreement does not fall under.

    Where a model is surer, fewer true answers differ from it; wrong labels differ as often as ever. With e the chance
    that the truth differs, a logistic curve of how sure the model is, a label differs with chance
    s + (1 - s K / (K - 1)) e, and s is what is asked for (Elkan and Noto 2008 use the same floor).
    """
    classes = probabilities.shape[1]
    sure, differs = (
        np.clip(probabilities.max(axis=1), NEARLY, 1 - NEARLY),
        probabilities.argmax(axis=1) != given,
    )
    bins = np.array_split(np.argsort(sure, kind="stable"), min(BINS, len(given)))
    at = np.array([float(logit(sure[each]).mean()) for each in bins])
    n, d = (
        np.array([float(part(each)) for each in bins]) for part in (len, lambda each: differs[each].sum())
    )
    wide = classes / (classes - 1)
    likelihood = _profile(at, n, d, wide)
    near = SHARES[likelihood >= likelihood.max() - float(stdtrit(1e9, 0.975)) ** 2 / 2]
    return float(SHARES[likelihood.argmax()]), float(near.min()), float(near.max())


def _profile(at: Floats, n: Floats, d: Floats, wide: float) -> Floats:
    """The greatest log likelihood of each share (S,), over the logistic curves."""
    scale = max(float(at.std()), 1e-9)
    x = (at - at.mean()) / scale
    design = np.stack([np.ones_like(x), -x], axis=1)
    squares = (design[:, :, None] * design[:, None, :]).reshape(-1, 4)
    rate = np.clip(d.sum() / n.sum(), 1e-4, 0.5)
    beta = np.tile([float(logit(rate)), 1.0], (SHARES.size, 1))
    share, best = SHARES[:, None], np.full(SHARES.size, -np.inf)
    for _ in range(STEPS):
        e = expit(beta @ design.T)
        p = np.clip(share + (1 - wide * share) * e, 1e-12, 1 - 1e-12)
        best = np.maximum(best, (d * np.log(p) + (n - d) * np.log1p(-p)).sum(axis=1))
        slope = (1 - wide * share) * e * (1 - e)
        weight = n * slope**2 / (p * (1 - p))
        score = ((d - n * p) * slope / (p * (1 - p))) @ design
        bend = (weight @ squares).reshape(-1, 2, 2) + 1e-9 * np.eye(2)
        step = np.linalg.solve(bend, score[..., None])[..., 0]
        beta = beta + np.clip(step, -1.0, 1.0)
        beta[:, 1] = np.maximum(beta[:, 1], 0.0)
    return best
