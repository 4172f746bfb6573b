"""Scores by label for the tests: drawn rows, their histogram, and laws to sample from."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st
from scipy.special import ndtri


@st.composite
def rows(draw):
    """Scores with many ties, and labels of both kinds."""
    scores = draw(st.lists(st.integers(0, 12), min_size=2, max_size=40))
    labels = draw(st.lists(st.booleans(), min_size=len(scores), max_size=len(scores)))
    labels[:2] = [True, False]
    return np.array(scores, dtype=float), np.array(labels)


def histogram(scores, labels, bucket=None):
    """Least, greatest, positives and negatives by bucket; by score itself without buckets."""
    key = scores if bucket is None else bucket
    _, at = np.unique(key, return_inverse=True)
    least, greatest = np.full(at.max() + 1, np.inf), np.full(at.max() + 1, -np.inf)
    np.minimum.at(least, at, scores)
    np.maximum.at(greatest, at, scores)
    positives, negatives = (np.bincount(at, each, len(least)) for each in (labels, ~labels))
    return least, greatest, positives.astype(float), negatives.astype(float)


def binormal(auc, spread=1.0):
    """Positive scores whose spread is not that of the negatives, at a given AUC."""
    shift = np.sqrt(1 + spread**2) * ndtri(auc)
    return lambda rng, shape: rng.normal(shift, spread, shape), lambda rng, shape: rng.normal(0, 1, shape)


def half_lost(auc):
    """A few positives that no score can tell from negatives, the others perfectly ranked."""
    return (
        lambda rng, shape: rng.uniform(size=shape) + (rng.uniform(size=shape) >= 2 * (1 - auc)),
        lambda rng, shape: rng.uniform(size=shape),
    )


def samples(draw, positives, negatives, repeats, seed):
    """Repeated samples as histograms with one row a bucket: positives and negatives (repeats, rows)."""
    rng = np.random.default_rng(seed)
    scores = np.hstack([draw[0](rng, (repeats, positives)), draw[1](rng, (repeats, negatives))])
    positive = np.argsort(scores, axis=1) < positives
    return positive.astype(float), (~positive).astype(float)
