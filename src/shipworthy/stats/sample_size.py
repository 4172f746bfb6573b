"""How many observations decide a claim: exact for shares, by Student's t for means.

A share is decided when its one-sided Clopper-Pearson bound passes the claim's bound: *met* where the rate
lies on the claimed side, *missed* where it lies beyond. Both are one question, a share below a bound being a
complement above the complement's bound; so the functions ask for the rate and the bound, not for which side
was claimed.

Answers count all observations, not those in addition; None is never, or more than a thousand million.
"""

from __future__ import annotations

from math import isfinite, sqrt

from scipy.special import betaincc, ndtri, stdtrit

from shipworthy.stats.level import tail
from shipworthy.stats.saw import (
    CAP,
    Below,
    first_by_events,
    first_by_others,
    powered_by_events,
    powered_by_others,
    steady_by_events,
    steady_by_others,
    trials_for,
)
from shipworthy.stats.search import smallest


def events_allowed_trials(
    events: int, bound: float, level: float = 0.95, *, at_least: bool = False
) -> int | None:
    """The smallest number of trials with which that many events still meet the claim.

    Args:
        events: what the claim allows few of: false positives, misses.
        bound: the claimed share.
        level: one-sided.
        at_least: the claim is share >= bound, and `events` are the trials that failed; otherwise it is
            share <= bound, and `events` are those that happened.
    """
    most = _checked(1 - bound if at_least else bound, "bound")
    return trials_for(events, most, float(tail(level)))


def trials_to_decide(rate: float, bound: float, level: float = 0.95) -> int | None:
    """The smallest number of trials that decides the claim if exactly the present rate were seen in them.

    Events are rounded against the verdict to come. What will be seen is as often worse as better, so the
    chance of deciding is about even; `trials_with_power` gives the number for a chosen chance.

    Args:
        rate: the present share.
        bound: the claimed share; nothing decides where it equals the rate.
        level: one-sided.
    """
    alpha = float(tail(level))
    claim = _claim(rate, bound)
    if claim is None:
        return None
    start = _smooth(claim, alpha, extra=0.0)
    if start is None or claim.rate == 0:
        return start
    return (first_by_events if claim.rate <= claim.rest else first_by_others)(claim, alpha, start)


def trials_to_stay_decided(rate: float, bound: float, level: float = 0.95) -> int | None:
    """The smallest number of trials from which on every number decides, if exactly the present rate were seen in them.

    A few trials more than `trials_to_decide` may bring one more event, and leave the claim open again; these do not.

    Args:
        rate: the present share; events are rounded against the verdict to come.
        bound: the claimed share; nothing decides where it equals the rate.
        level: one-sided.
    """
    alpha = float(tail(level))
    claim = _claim(rate, bound)
    if claim is None:
        return None
    # Rounding adds less than one event: where one more decides too, no tooth of the saw is left.
    start, end = (_smooth(claim, alpha, extra=extra) for extra in (0.0, 1.0))
    if start is None or end is None:
        return None
    return (steady_by_events if claim.rate <= claim.rest else steady_by_others)(claim, alpha, start, end)


def trials_with_power(rate: float, bound: float, level: float = 0.95, power: float = 0.8) -> int | None:
    """The smallest number of trials that decides with the chance `power`, if the present rate is true.

    Exact binomial power. It is a saw: with a few trials more than the answer the chance may dip below
    `power`, by less than one event's probability.

    Args:
        rate: the present share, taken for the true one.
        bound: the claimed share; nothing decides where it equals the rate.
        level: one-sided.
        power: the chance of deciding, between 0 and 1.
    """
    alpha, miss = float(tail(level)), float(tail(power))
    claim = _claim(rate, bound)
    if claim is None:
        return None
    return (
        powered_by_events(claim, alpha, miss) if claim.bound <= 0.5 else powered_by_others(claim, alpha, miss)
    )


def units_to_decide(value: float, variance_per_unit: float, bound: float, level: float = 0.95) -> int | None:
    """The smallest number of units whose one-sided Student bound passes `bound` at the present value.

    Args:
        value: the present mean or ratio.
        variance_per_unit: its variance times the number of units behind it.
        bound: the claimed value; nothing decides where it equals the present one.
        level: one-sided.
    """
    return _units(value - bound, variance_per_unit, level, reserve=0.0)


def units_with_power(
    value: float, variance_per_unit: float, bound: float, level: float = 0.95, power: float = 0.8
) -> int | None:
    """The smallest number of units that decides with the chance `power`, if the present value is true.

    n = (t + z)^2 variance / distance^2, t being Student's quantile of `level` on n - 1 degrees of freedom and
    z the normal quantile of `power`.
    """
    return _units(value - bound, variance_per_unit, level, reserve=-float(ndtri(tail(power))))


def _smooth(claim: Below, alpha: float, *, extra: float) -> int | None:
    """The smallest n that decides with rate * n events and some extra ones, which need not be whole.

    They make a smooth curve, whose root without extra events no whole number of events can beat.
    """
    p, q, most, rest = claim
    return smallest(
        lambda n: float(betaincc(p * n + 1 + extra, q * n - extra, most)) <= alpha,
        1,
        CAP,
        guess=float(ndtri(alpha)) ** 2 * most * rest / (most - p) ** 2,
    )


def _units(distance: float, variance: float, level: float, *, reserve: float) -> int | None:
    """The smallest n from 2 with (t + reserve) * sqrt(variance / n) <= |distance|."""
    alpha = float(tail(level))
    if distance == 0 or not isfinite(distance) or not isfinite(variance):
        return None
    ratio = variance / distance**2
    return smallest(
        lambda n: (float(stdtrit(n - 1, 1 - alpha)) + reserve) * sqrt(ratio / n) <= 1,
        2,
        CAP,
        guess=(reserve - float(ndtri(alpha))) ** 2 * ratio,
    )


def _checked(share: float, name: str) -> float:
    if not 0 <= share <= 1:
        raise ValueError(f"a {name} is a share from 0 to 1, found {share}: write 0.05 for 5 %")
    return share


def _claim(rate: float, bound: float) -> Below | None:
    """The claim that the rate is below its bound, or the same of the complements; None where equal."""
    p, most = _checked(rate, "rate"), _checked(bound, "bound")
    if p == most:
        return None
    return Below(p, 1 - p, most, 1 - most) if p < most else Below(1 - p, p, 1 - most, most)
