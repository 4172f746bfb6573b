"""Bounds of a quantile by order statistics: exact whatever the distribution, from ranks alone."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import betaincc, ndtri

from shipworthy.stats.floats import Floats, Ints, floats
from shipworthy.stats.level import one_sided, tail
from shipworthy.stats.proportion import FEW_EVENTS


def tail_probability(n: ArrayLike, rank: ArrayLike, p: ArrayLike) -> Floats:
    """The chance that the value of 1-based `rank` among n lies above the p-quantile it comes from.

    It does when fewer than `rank` of the n values lie below the quantile: P(Binomial(n, p) < rank). Rank 0
    counts as the least possible value (never above), n + 1 as the greatest (always).
    """
    size, place, share = floats(n, rank, p)
    inside = (place >= 1) & (place <= size)
    chance = betaincc(np.where(inside, place, 1), np.where(inside, size - place + 1, 1), share)
    return np.where(inside, chance, np.where(place < 1, 0.0, 1.0))[()]


def rank_lower(n: ArrayLike, p: ArrayLike, level: ArrayLike = 0.95) -> Ints:
    """The greatest 1-based rank whose value is a lower bound of the p-quantile, at least `level` sure.

    Returns:
        The rank, or 0 where n values are too few to have such a bound.
    """
    return _last_rank(n, p, tail(level))


def rank_upper(n: ArrayLike, p: ArrayLike, level: ArrayLike = 0.95) -> Ints:
    """The least 1-based rank whose value is an upper bound of the p-quantile, at least `level` sure.

    Returns:
        The rank, or n + 1 where n values are too few to have such a bound.
    """
    # Counted from the other end, an upper bound of the p-quantile is a lower bound of the (1 - p)-quantile.
    size = np.asarray(n, dtype=np.int64)
    return (size + 1 - _last_rank(size, 1 - np.asarray(p, dtype=np.float64), tail(level)))[()]


def ranks(n: ArrayLike, p: ArrayLike, confidence: ArrayLike = 0.95) -> tuple[Ints, Ints]:
    """The 1-based ranks (low, high) that enclose the p-quantile, with equal tails; 0 and n + 1 for none."""
    level = one_sided(confidence)
    return rank_lower(n, p, level), rank_upper(n, p, level)


def displayed(n: ArrayLike, p: ArrayLike, confidence: ArrayLike = 0.95) -> tuple[Ints, Ints]:
    """The 1-based ranks (low, high) of the interval that people see; 0 and n + 1 for none.

    Those of `ranks` are at least as sure as they say, and surer as a rank cannot be split. Here a value at the
    quantile counts half (mid-p; Lancaster 1961), so that intervals are as sure as they say on average, but where
    fewer than ten values are expected on a side of the quantile.
    """
    size, share = floats(n, p)
    few = np.minimum(size * share, size * (1 - share)) < FEW_EVENTS
    error = tail(one_sided(confidence))
    low = _last_rank(n, p, error, middle=~few)
    from_the_end = _last_rank(n, 1 - share, error, middle=~few)
    return low, (np.asarray(n, dtype=np.int64) + 1 - from_the_end)[()]


def _last_rank(n: ArrayLike, p: ArrayLike, alpha: Floats, *, middle: ArrayLike = False) -> Ints:
    """The greatest rank whose chance to lie above the quantile is at most alpha, stepped to from a normal guess.

    In the `middle` the chance is the mean of those of the rank and of the one before it.
    """
    shape = np.broadcast_shapes(np.shape(n), np.shape(p), np.shape(alpha), np.shape(middle))
    size, share, error, mean = (x.ravel() for x in floats(n, p, alpha, middle))

    def chance(at: Ints, rank: Floats) -> Floats:
        found, before = (tail_probability(size[at], each, share[at]) for each in (rank, rank - 1))
        return np.where(mean[at] > 0, (found + before) / 2, found)

    if not np.all((share > 0) & (share < 1)):
        raise ValueError(f"a quantile lies strictly between 0 and 1, found {p!r}: write 0.95 for p95")
    z = ndtri(error)
    guess = size * share + z * np.sqrt(size * share * (1 - share)) + (z**2 - 1) * (1 - 2 * share) / 6
    rank = np.clip(np.floor(guess + 0.5), 0, size)
    settled = np.zeros(rank.shape, dtype=bool)
    at = np.flatnonzero(rank > 0)
    while at.size:
        at = at[chance(at, rank[at]) > error[at]]
        rank[at] -= 1
        settled[at] = True
        at = at[rank[at] > 0]
    at = np.flatnonzero(~settled & (rank < size))
    while at.size:
        at = at[chance(at, rank[at] + 1) <= error[at]]
        rank[at] += 1
        at = at[rank[at] < size[at]]
    return rank.astype(np.int64).reshape(shape)[()]
