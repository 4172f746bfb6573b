"""Whether scores are too extreme or too timid: the logistic regression of the label on the score's log odds."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import expit, logit

from shipworthy.stats.calibration import EDGE, Buckets
from shipworthy.stats.floats import Floats

STEPS = 100
"""Newton steps before a regression is given up; ten are usual."""


@dataclass(frozen=True)
class Line:
    """log odds of the label = intercept + slope * log odds of the score; 0 and 1 are perfect.

    A slope below 1 says that scores are too extreme, one above 1 that they are too timid (Cox 1958). Both have
    normal errors in large samples; where no line fits they are NaN with infinite errors.
    """

    intercept: float
    slope: float
    intercept_error: float
    slope_error: float


def calibration_line(buckets: Buckets) -> Line:
    """Calibration slope and intercept: logistic regression of the label on the score's log odds (Cox 1958).

    By Newton's method on the buckets, each at its mean score; errors from Fisher's information. No line fits
    scores that are all alike or that part the labels with no overlap, or next to none.
    """
    some = buckets.n > 0
    x, n, p = logit(np.clip(buckets.mean[some], EDGE, 1 - EDGE)), buckets.n[some], buckets.positives[some]
    unknown = Line(np.nan, np.nan, np.inf, np.inf)
    if not _overlap(x, p, n - p):
        return unknown
    design = np.column_stack([np.ones_like(x), x])
    found = np.array([logit(p.sum() / n.sum()), 0.0])
    for _ in range(STEPS):
        chance = expit(design @ found)
        information = design.T @ (design * (n * chance * (1 - chance))[:, None])
        step = np.linalg.solve(information, design.T @ (p - n * chance))
        found, taken = _risen(design, n, p, found, step)
        if taken < 1e-10 * (1 + np.abs(found).max()):
            errors = np.sqrt(np.diag(np.linalg.inv(information)))
            return Line(float(found[0]), float(found[1]), float(errors[0]), float(errors[1]))
    return unknown


def _risen(design: Floats, n: Floats, p: Floats, found: Floats, step: Floats) -> tuple[Floats, float]:
    """The coefficients after the step, halved until the likelihood does not fall, and how far they moved."""

    def log_likelihood(at: Floats) -> float:
        odds = design @ at
        return float(np.sum(p * odds - n * np.logaddexp(0, odds)))

    here = log_likelihood(found)
    while np.abs(step).max() > 1e-12 and log_likelihood(found + step) < here - 1e-12 * abs(here):
        step = step / 2
    return found + step, float(np.abs(step).max())


def _overlap(x: Floats, p: Floats, q: Floats) -> bool:
    """Whether some positive lies below some negative and some above one, so that a finite line fits best."""
    positive, negative = x[p > 0], x[q > 0]
    if not positive.size or not negative.size:
        return False
    return bool(positive.min() < negative.max() and negative.min() < positive.max())
