"""Whether one group is worse than another: exact for shares, Student with a guard for means, vectorised over pairs."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import gammaln, stdtr, stdtrit

from shipworthy.stats.floats import Floats, floats
from shipworthy.stats.level import one_sided

BLOCK = 32
"""Terms of a tail that are added at a time."""

NEGLIGIBLE = 1e-12
"""A term below this share of its sum ends the tail: what is left out is smaller than rounding."""


def fisher_p_value(
    events_1: ArrayLike, trials_1: ArrayLike, events_2: ArrayLike, trials_2: ArrayLike
) -> Floats:
    """Fisher's exact p-value against the claim that group 1 has no greater share of events than group 2.

    P(X >= events_1), X being hypergeometric given both sizes and the sum of events (Fisher 1935). However few
    the events, it never rejects too often, as the score test does; the price is some power in tiny groups.

    Args:
        events_1: whole numbers, at most `trials_1`.
        trials_1: size of group 1.
        events_2: whole numbers, at most `trials_2`.
        trials_2: size of group 2.

    Raises:
        ValueError: a count is negative, not whole, or above its trials.
    """
    k, n, j, m = floats(events_1, trials_1, events_2, trials_2)
    for events, trials in ((k, n), (j, m)):
        whole = (events == np.rint(events)) & (trials == np.rint(trials))
        if not np.all(whole & (events >= 0) & (events <= trials)):
            raise ValueError("Fisher's test takes whole numbers of events, from 0 to their trials")
    shape, (k, n, j, m) = k.shape, (np.array(each).ravel() for each in (k, n, j, m))
    # Below the mean, the tail of the other group's greater counts is the short one.
    above, never = k * (n + m) > n * (k + j), k == 0
    turned = ~above & ~never
    k, n, j, m = (np.where(turned, there, here) for here, there in ((k, j + 1), (n, m), (j, k - 1), (m, n)))
    tail = _tail(np.where(never, 0, k), n, np.where(never, 0, j), m)
    return np.clip(np.where(never, 1.0, np.where(turned, 1 - tail, tail)), 0, 1).reshape(shape)[()]


def _tail(k: Floats, n: Floats, j: Floats, m: Floats) -> Floats:
    """P(X >= k) of a hypergeometric count beyond its mean, summed from the observed term outwards, block by block."""
    first = _log_chance(k, n, j, m)
    total, term, at = np.ones_like(k), np.ones_like(k), np.arange(k.size)
    step = np.arange(BLOCK)
    while at.size:
        more, fewer = k[at, np.newaxis] + step, j[at, np.newaxis] - step
        ratios = np.maximum(n[at, np.newaxis] - more, 0) * np.maximum(fewer, 0)
        ratios /= (more + 1) * np.maximum(m[at, np.newaxis] - fewer + 1, 1)
        terms = term[at, np.newaxis] * np.cumprod(ratios, axis=1)
        total[at] += terms.sum(axis=1)
        term[at] = terms[:, -1]
        k[at] += BLOCK
        j[at] -= BLOCK
        at = at[term[at] > NEGLIGIBLE * total[at]]
    return np.exp(first) * total


def _log_chance(k: Floats, n: Floats, j: Floats, m: Floats) -> Floats:
    """The logarithm of P(X = k) = C(n, k) C(m, j) / C(n + m, k + j)."""
    return _log_choose(n, k) + _log_choose(m, j) - _log_choose(n + m, k + j)


def _log_choose(n: Floats, k: Floats) -> Floats:
    return np.asarray(gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1))


def welch_interval(
    difference: ArrayLike,
    variance_1: ArrayLike,
    units_1: ArrayLike,
    variance_2: ArrayLike,
    units_2: ArrayLike,
    confidence: float = 0.95,
) -> tuple[Floats, Floats]:
    """Two-sided interval of the difference of two independent means (Welch 1947).

    Args:
        difference: of the two values.
        variance_1: squared standard error of the first value.
        units_1: independent units behind it.
        variance_2: that of the second value.
        units_2: the units behind that.
        confidence: of the interval.

    Returns:
        low and high; infinite where a variance is.
    """
    d, v_1, n_1, v_2, n_2 = floats(difference, variance_1, units_1, variance_2, units_2)
    degrees, error = _welch(v_1, n_1, v_2, n_2)
    half = np.where(np.isfinite(error), stdtrit(degrees, one_sided(confidence)), 1) * error
    return (d - half)[()], (d + half)[()]


def welch_p_value(
    difference: ArrayLike,
    variance_1: ArrayLike,
    units_1: ArrayLike,
    variance_2: ArrayLike,
    units_2: ArrayLike,
) -> Floats:
    """Welch's p-value against the claim that value 1 - value 2 is at most 0; 1 where a variance is unknown."""
    d, v_1, n_1, v_2, n_2 = floats(difference, variance_1, units_1, variance_2, units_2)
    degrees, error = _welch(v_1, n_1, v_2, n_2)
    known = np.isfinite(error) & np.isfinite(d)
    with np.errstate(divide="ignore", invalid="ignore"):
        score = np.where(d == 0, 0.0, d / np.where(known, error, 1))
    return np.where(known, stdtr(degrees, -np.where(known, score, 0)), 1.0)[()]


def _welch(v_1: Floats, n_1: Floats, v_2: Floats, n_2: Floats) -> tuple[Floats, Floats]:
    """Degrees of freedom (Satterthwaite 1946) and the standard error of a difference."""
    total = v_1 + v_2
    known = np.isfinite(total) & (total > 0)
    one, two = (np.where(known, v, 0.5) / np.where(known, total, 1) for v in (v_1, v_2))
    degrees = 1 / (one**2 / np.maximum(n_1 - 1, 1) + two**2 / np.maximum(n_2 - 1, 1))
    return np.maximum(degrees, 1), np.sqrt(total)
