"""The saw of whole events: the first number of trials that decides a share, that stays so, or does so with a given chance.

Events are whole numbers, so the evidence is a saw over the number of trials. Each tooth keeps one number of
events (or of non-events, whichever are fewer) and rises or falls along its length, so teeth are searched by
their best ends.
"""

from __future__ import annotations

from collections.abc import Callable
from math import ceil, floor, sqrt
from typing import NamedTuple

import numpy as np
from scipy.special import betainc, betaincc, ndtri

from shipworthy.stats.floats import Bools, Floats
from shipworthy.stats.search import smallest

CAP = 10**9
"""More observations than this count as never."""

SLACK = 1e-9
"""A rate that comes from a division is taken for the whole number of events that it stands for."""

FINE = 1e-12
"""The same for a rate of which every number of trials counts: so little that no whole event is taken for less."""

LOOK_BACK = 8
"""Teeth of the saw that are looked at before the first good one that halving found."""


class Below(NamedTuple):
    """A share to be proved below a bound: the rate, the bound and both complements, free of cancellation."""

    rate: float
    rest: float
    bound: float
    rest_bound: float


def trials_for(events: int, bound: float, alpha: float) -> int | None:
    """The smallest n at which P(Binomial(n, bound) <= events) <= alpha."""
    z = -float(ndtri(alpha))
    spread = z * sqrt(bound * (1 - bound))
    root = (spread + sqrt(spread**2 + 4 * bound * (events + 1))) / max(2 * bound, 1e-12)
    return smallest(
        lambda n: float(betaincc(events + 1, n - events, bound)) <= alpha, events + 1, CAP, guess=root**2
    )


def last_trials(events: int, bound: float, alpha: float) -> int:
    """The greatest n at which P(Binomial(n, bound) >= events) <= alpha; events - 1 where there is none."""
    z = -float(ndtri(alpha))
    spread = z * sqrt(bound * (1 - bound))
    root = max(sqrt(spread**2 + 4 * bound * events) - spread, 0) / max(2 * bound, 1e-12)
    beyond = smallest(
        lambda n: float(betainc(events, n - events + 1, bound)) > alpha, events, CAP, guess=root**2
    )
    return CAP if beyond is None else beyond - 1


def first_by_events(claim: Below, alpha: float, start: int) -> int | None:
    """The first n from `start` that decides with ceil(rate * n) events, these being the fewer.

    While the number of events stays, more trials help: the last n of a tooth is its best.
    """
    rate = claim.rate * (1 - SLACK)
    first, many = ceil(rate * start), 64
    while floor((first - 1) / rate) < CAP:
        events = np.arange(first, first + many, dtype=np.float64)
        last = np.floor(events / rate)
        decided = betaincc(events + 1, last - events, claim.bound) <= alpha
        if decided.any():
            k = int(events[np.argmax(decided)])
            enough = trials_for(k, claim.bound, alpha)
            return None if enough is None else max(floor((k - 1) / rate) + 1, enough)
        first, many = first + many, 2 * many
    return None


def first_by_others(claim: Below, alpha: float, start: int) -> int | None:
    """The first n from `start` that decides with floor(rest * n) non-events, these being the fewer.

    While the number of non-events stays, more trials hurt: the first n of a tooth is its best.
    """
    rest = claim.rest * (1 + SLACK)
    first, many = floor(rest * start), 64
    while ceil(first / rest) < CAP:
        others = np.arange(first, first + many, dtype=np.float64)
        n = np.maximum(np.ceil(others / rest), start)
        decided = (others > 0) & (betaincc(n - others + 1, np.maximum(others, 1), claim.bound) <= alpha)
        if decided.any():
            return int(n[np.argmax(decided)])
        first, many = first + many, 2 * many
    return None


def steady_by_events(claim: Below, alpha: float, start: int, end: int) -> int:
    """The first n from which on every one decides with ceil(rate * n) events, these being the fewer.

    Args:
        claim: what is to be proved.
        alpha: the error.
        start: no n before it decides.
        end: every n from it on decides, whatever the rounding.
    """
    rate = claim.rate * (1 - FINE)
    if not rate:
        return start

    def open_(events: Floats) -> Bools:
        n = np.floor((events - 1) / rate) + 1
        return np.asarray((n <= events) | (betaincc(events + 1, n - events, claim.bound) > alpha))

    last = _last_tooth(open_, max(ceil(rate * (start - 1)), 1), ceil(rate * end))
    if last is None:
        return start
    enough = trials_for(last, claim.bound, alpha)
    return min(floor(last / rate) + 1, CAP if enough is None else enough)


def steady_by_others(claim: Below, alpha: float, start: int, end: int) -> int:
    """The first n from which on every one decides with floor(rest * n) non-events, these being the fewer.

    The arguments are those of `steady_by_events`.
    """
    rest = claim.rest * (1 + FINE)

    def open_(others: Floats) -> Bools:
        n = np.ceil((others + 1) / rest) - 1
        return np.asarray((others < 1) | (betaincc(n - others + 1, others, claim.bound) > alpha))

    last = _last_tooth(open_, floor(rest * (start - 1)), floor(rest * end))
    return start if last is None else ceil((last + 1) / rest)


def _last_tooth(open_: Callable[[Floats], Bools], first: int, last: int) -> int | None:
    """The last tooth whose worst end does not decide."""
    many = 64
    while last >= first:
        teeth = np.arange(max(first, last - many + 1), last + 1, dtype=np.float64)
        found = np.flatnonzero(open_(teeth))
        if found.size:
            return int(teeth[found[-1]])
        last, many = last - len(teeth), 2 * many
    return None


def powered_by_events(claim: Below, alpha: float, miss: float) -> int | None:
    """The smallest n with power, by the greatest number of events that still decides.

    While that number stays, more trials bring more events: the first n of a tooth is its best.
    """

    def enough(events: int) -> bool:
        n = trials_for(events, claim.bound, alpha)
        return n is None or float(betainc(events + 1, n - events, claim.rate)) <= miss

    guess = _powered_guess(claim, alpha, miss)
    events = _first_tooth(enough, 0, guess * claim.bound + float(ndtri(alpha)) * sqrt(guess * claim.bound))
    return None if events is None else trials_for(events, claim.bound, alpha)


def powered_by_others(claim: Below, alpha: float, miss: float) -> int | None:
    """The smallest n with power, by the least number of non-events that decides.

    While that number stays, more trials bring more of them: the last n of a tooth is its best.
    """

    def reached(others: int, n: int) -> bool:
        return n >= others and float(betaincc(others, n - others + 1, claim.rest)) <= miss

    def enough(others: int) -> bool:
        return reached(others, last_trials(others, claim.rest_bound, alpha))

    guess = _powered_guess(claim, alpha, miss) * claim.rest_bound
    others = _first_tooth(enough, 1, guess - float(ndtri(alpha)) * sqrt(guess))
    if others is None:
        return None
    begin = max(last_trials(others - 1, claim.rest_bound, alpha) + 1, others) if others > 1 else 1
    end = last_trials(others, claim.rest_bound, alpha)
    return smallest(lambda n: reached(others, n), begin, end, guess=begin)


def _powered_guess(claim: Below, alpha: float, miss: float) -> float:
    """About where the number of trials lies, by the normal approximation."""
    deciding = -float(ndtri(alpha)) * sqrt(claim.bound * claim.rest_bound)
    reserve = -float(ndtri(miss)) * sqrt(claim.rate * claim.rest)
    return ((deciding + reserve) / (claim.bound - claim.rate)) ** 2


def _first_tooth(enough: Callable[[int], bool], least: int, guess: float) -> int | None:
    """The first tooth that is enough; ends of teeth rise but for rounding, so a few before are tried too."""
    found = smallest(enough, least, CAP, guess)
    if found is None:
        return None
    return next(tooth for tooth in range(max(least, found - LOOK_BACK), found + 1) if enough(tooth))
