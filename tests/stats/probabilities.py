"""Probabilities with labels for the tests: drawn rows, their histogram, and a law to sample from."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st
from scipy.special import expit, logit

from shipworthy.stats.calibration import Buckets

LOGIT_BUCKETS = 64


@st.composite
def rows(draw):
    """Probabilities with ties, the ends included, and labels."""
    scores = draw(st.lists(st.integers(0, 20), min_size=1, max_size=40))
    labels = draw(st.lists(st.booleans(), min_size=len(scores), max_size=len(scores)))
    return np.array(scores) / 20, np.array(labels)


def buckets_of(scores, labels, bucket=None):
    """The histogram of rows, by score itself without buckets."""
    _, at = np.unique(scores if bucket is None else bucket, return_inverse=True)
    size = at.max() + 1 if at.size else 0
    least, greatest = np.full(size, np.inf), np.full(size, -np.inf)
    np.minimum.at(least, at, scores)
    np.maximum.at(greatest, at, scores)
    positives, negatives, sums, squares = (
        np.bincount(at, each, size) for each in (labels, ~labels, scores, scores**2)
    )
    return Buckets(least, greatest, positives.astype(float), negatives.astype(float), sums, squares)


def logit_buckets(scores, labels):
    """Buckets of the width that logs are scanned with."""
    return buckets_of(scores, labels, np.floor(logit(scores) * LOGIT_BUCKETS))


def drawn(rng, n, centre, chance=lambda scores: scores):
    """Scores spread on the logit scale, and labels that come with some chance at each score."""
    scores = expit(rng.normal(centre, 1.5, n))
    return scores, rng.uniform(size=n) < chance(scores)


NOTHING = buckets_of(np.zeros(0), np.zeros(0, dtype=bool))
