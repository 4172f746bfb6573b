"""Bounds of a share: `events` among `trials`, exact (Clopper-Pearson) or approximate (Wilson).

Events and trials may be real numbers, as effective counts of clustered rows are. Without trials the bounds
are 0 and 1.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import betainc, betaincc, betainccinv, betaincinv, ndtri, stdtrit

from shipworthy.stats.floats import Bools, Floats, floats
from shipworthy.stats.level import one_sided, tail

FEW_EVENTS = 10
"""Below this many events or non-events the displayed interval is the exact one."""

ROUNDING = 1e-9
"""Events may exceed trials by this share of them, as effective counts do by rounding."""


def clopper_pearson_lower(events: ArrayLike, trials: ArrayLike, level: ArrayLike = 0.95) -> Floats:
    """Exact one-sided lower bound of a share (Clopper and Pearson 1934), at least `level` sure.

    Raises:
        ValueError: events below 0 or above trials, or a level outside (0, 1).
    """
    k, n, alpha = floats(*_counts(events, trials), tail(level))
    seen = k > 0
    bound = betaincinv(np.where(seen, k, 1), np.where(seen, n - k + 1, 1), alpha)
    return np.where(seen, bound, 0.0)[()]


def clopper_pearson_upper(events: ArrayLike, trials: ArrayLike, level: ArrayLike = 0.95) -> Floats:
    """Exact one-sided upper bound of a share (Clopper and Pearson 1934), at least `level` sure.

    Raises:
        ValueError: events below 0 or above trials, or a level outside (0, 1).
    """
    k, n, alpha = floats(*_counts(events, trials), tail(level))
    spared = k < n
    bound = betainccinv(np.where(spared, k + 1, 1), np.where(spared, n - k, 1), alpha)
    return np.where(spared, bound, 1.0)[()]


def clopper_pearson(
    events: ArrayLike, trials: ArrayLike, confidence: ArrayLike = 0.95
) -> tuple[Floats, Floats]:
    """Exact two-sided interval (low, high) of a share, with equal tails."""
    level = one_sided(confidence)
    return clopper_pearson_lower(events, trials, level), clopper_pearson_upper(events, trials, level)


def clopper_pearson_p_value(events: ArrayLike, trials: ArrayLike, bound: ArrayLike, *, above: bool) -> Floats:
    """Exact p-value against the claim that the share is at most (`above`) or at least (not `above`) `bound`.

    With `above`, small values say that the share lies above the bound. The p-value is at most 1 - level
    exactly where the one-sided Clopper-Pearson bound at that level passes `bound`.
    """
    k, n, p = floats(*_counts(events, trials), bound)
    inside = (k > 0) if above else (k < n)
    if above:
        value = betainc(np.where(inside, k, 1), np.where(inside, n - k + 1, 1), p)
    else:
        value = betaincc(np.where(inside, k + 1, 1), np.where(inside, n - k, 1), p)
    return np.where(inside, value, 1.0)[()]


def wilson(events: ArrayLike, trials: ArrayLike, confidence: ArrayLike = 0.95) -> tuple[Floats, Floats]:
    """Two-sided score interval (low, high) of a share (Wilson 1927)."""
    k, n, z = floats(*_counts(events, trials), ndtri(one_sided(confidence)))
    tried = n > 0
    n = np.where(tried, n, 1)
    share = k / n
    centre = share + z**2 / (2 * n)
    half = z * np.sqrt(share * (1 - share) / n + z**2 / (4 * n**2))
    scale = 1 + z**2 / n
    # At no events and at no non-events the ends are 0 and 1; rounding would leave them a little off.
    low = np.where(tried & (k > 0), np.clip((centre - half) / scale, 0, 1), 0.0)
    high = np.where(tried & (k < n), np.clip((centre + half) / scale, 0, 1), 1.0)
    return low[()], high[()]


def displayed(
    events: ArrayLike, trials: ArrayLike, confidence: ArrayLike = 0.95
) -> tuple[Floats, Floats, Bools]:
    """The interval that people see: Wilson, but Clopper-Pearson where events or non-events are few.

    Returns:
        low, high, and whether the interval is the exact one (fewer than ten events or non-events).
    """
    k, n, level = floats(*_counts(events, trials), np.asarray(confidence, dtype=np.float64))
    exact = np.asarray((k < FEW_EVENTS) | (n - k < FEW_EVENTS))
    low, high = (np.array(end) for end in wilson(k, n, level))
    low[exact], high[exact] = clopper_pearson(k[exact], n[exact], level[exact])
    return low[()], high[()], exact[()]


def effective_trials(
    trials: ArrayLike,
    rate: ArrayLike,
    variance: ArrayLike,
    units: ArrayLike,
    level: ArrayLike = 0.95,
    *,
    groups: ArrayLike = np.inf,
) -> Floats:
    """How many independent trials the clustered trials are worth (Korn and Graubard 1998).

    trials / design effect, times their squared ratio of Student quantiles for a variance that is itself an
    estimate. Theirs has units - 1 degrees of freedom; with rare events few of the units say anything of the
    variance, so the degrees here are at most half the effective events (or non-events), less one. Without
    that, simulated wrong verdicts on rare clustered events reach 17 %; with it, they stay near 5 %. The cut
    is never below one trial per unit.

    Args:
        trials: how many rows the rate counts.
        rate: the share of events among them.
        variance: the linearised variance of the rate over independent units.
        units: how many units the rows come from; as many as trials means that nothing is clustered.
        level: the one-sided level of the bound that is to be made.
        groups: of units, where the variance is that between so many of them: it has no more degrees of freedom.

    Returns:
        Between 0 and `trials`; 0 where the variance is infinite. Where the rate is 0 or 1, and so says
        nothing of its variance, one trial per unit.
    """
    n, p, v, m, most, sure = floats(trials, rate, variance, units, groups, 1 - tail(level))
    inside = (p > 0) & (p < 1) & (m < n)
    p = np.where(inside, p, 0.5)
    # A variance too great for the rate overflows to infinity, which is worth nothing, as it should be.
    with np.errstate(over="ignore"):
        whole = n / np.maximum(np.where(inside, v, 0) * n / (p * (1 - p)), 1)
    degrees = np.maximum(np.minimum(np.minimum(m, most), whole * np.minimum(p, 1 - p) / 2) - 1, 1)
    shrunk = whole * certainty(n, degrees, sure)
    return np.where(inside, np.maximum(shrunk, np.minimum(whole, m)), np.minimum(m, n))[()]


def certainty(trials: ArrayLike, degrees: ArrayLike, level: ArrayLike = 0.95) -> Floats:
    """What share of effective trials is left where their design effect is an estimate (Korn and Graubard 1998).

    The squared ratio of Student's quantiles on trials - 1 degrees of freedom and on those of the variance, at
    most 1. At least one degree is taken for granted.
    """
    n, of_variance, sure = floats(trials, degrees, level)
    known = stdtrit(np.maximum(n - 1, 1), sure)
    estimated = stdtrit(np.maximum(of_variance, 1), sure)
    left = np.divide(known, estimated, where=known < estimated, out=np.ones_like(known))
    return np.asarray(left**2)[()]


def _counts(events: ArrayLike, trials: ArrayLike) -> tuple[Floats, Floats]:
    """Events and trials as arrays, events clipped to the trials where rounding took them past."""
    k, n = floats(events, trials)
    slack = ROUNDING * np.maximum(n, 1)
    if not np.all((n >= 0) & (k >= -slack) & (k <= n + slack)):
        raise ValueError("a share needs 0 <= events <= trials: these counts do not come from one table")
    return np.clip(k, 0, n), n
