"""One part of the data against another: which metric gets worse, by how much, and whether that is chance."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from shipworthy.metrics.definition import Definition
from shipworthy.metrics.measured import CONFIDENCE
from shipworthy.metrics.sums import Sums
from shipworthy.stats.difference import mover_lower, mover_upper
from shipworthy.stats.proportion import wilson
from shipworthy.stats.ratio import dice_from_jaccard, t_p_value
from shipworthy.stats.two_groups import fisher_p_value, welch_interval, welch_p_value
from shipworthy.tally.cube import Floats

LEVEL = 0.95
"""Of the bound that clustered rows are made effective for."""

ROUNDING = 1e-9


@dataclass(frozen=True)
class Sought:
    """A metric that slices are searched by, and whether a greater value is the better one."""

    definition: Definition
    higher: bool

    @property
    def counted(self) -> bool:
        """Whether it is a share of rows (or F1, which rises with one), so that exact tests apply."""
        return self.definition.kind in ("share", "dice")

    def value(self, ratio: Floats) -> Floats:
        """The metric from the ratio of its sums."""
        return np.asarray(dice_from_jaccard(ratio)) if self.definition.kind == "dice" else ratio

    def worse(self, one: Floats, other: Floats) -> NDArray[np.bool_]:
        """Where the first value is the worse one."""
        return np.asarray(one < other if self.higher else one > other)


def p_worse(sought: Sought, one: Sums, other: Sums) -> Floats:
    """One-sided p-values (S,) against the claim that the first part is no worse; 1 where it does not even look worse.

    Shares: Fisher's exact test, as slices often have so few events that the score test would find too much; of
    clustered rows, on whole effective counts rounded against a finding. Means: Welch's test, and beside it the
    one with the spread of both parts together, whichever is the more doubtful: a slice in which nothing rare
    happened has no spread of its own.
    """
    p = np.ones(len(one.b))
    looks = np.flatnonzero(sought.worse(*(part.ratio.value for part in (one, other))))
    if not looks.size:
        return p
    one, other = one[looks], other[looks]
    p[looks] = _p_counts(sought, one, other) if sought.counted else _p_means(sought, one, other)
    return p


def _p_counts(sought: Sought, one: Sums, other: Sums) -> Floats:
    bad, trials = _effective(sought, one)
    rest_bad, rest_trials = _effective(sought, other)
    n, m = np.floor(trials + ROUNDING), np.floor(rest_trials + ROUNDING)
    k = np.floor(bad * n / trials + ROUNDING)
    j = np.minimum(np.ceil(rest_bad * m / rest_trials - ROUNDING), m)
    return np.asarray(fisher_p_value(np.minimum(k, n), n, j, m))


def _effective(sought: Sought, sums: Sums) -> tuple[Floats, Floats]:
    """Bad events and trials: as counted, or what they are worth where units have several of the rows or weights differ."""
    bad = sums.b - sums.a if sought.higher else sums.a
    ratio = sums.ratio
    if np.all(~ratio.clustered & (sums.b == sums.n)):
        return bad, sums.n
    trials = np.maximum(ratio.trials(LEVEL), 1.0)
    return trials * np.divide(bad, sums.b, where=sums.b > 0, out=np.zeros_like(bad)), trials


def _p_means(sought: Sought, one: Sums, other: Sums) -> Floats:
    first, second = one.ratio, other.ratio
    sign = -1 if sought.higher else 1
    distance = sign * (first.value - second.value)
    welch = welch_p_value(distance, first.variance, first.units, second.variance, second.units)
    units = first.units + second.units
    pooled = t_p_value(distance, _pooled_variance(one, other), units, 0.0, above=True)
    return np.maximum(welch, pooled)


def _pooled_variance(one: Sums, other: Sums) -> Floats:
    """The variance of the difference if both parts had the spread of the whole that they make up."""
    whole = one + other
    spread = whole.ratio.variance * whole.n
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.where((one.n > 0) & (other.n > 0), spread * (1 / one.n + 1 / other.n), np.inf))


@dataclass(frozen=True, eq=False)
class Contrast:
    """Values of both parts and their difference with its interval and squared standard error; all arrays (S,)."""

    value: Floats
    rest: Floats
    low: Floats
    high: Floats
    variance: Floats

    @property
    def difference(self) -> Floats:
        """The first value less the second."""
        return self.value - self.rest


def contrast(sought: Sought, one: Sums, other: Sums) -> Contrast:
    """Both parts side by side, treated as independent: of units in both, alike rows make the interval too wide, not too narrow.

    Shares have Newcombe's interval, F1 the same through the Jaccard index, means Welch's. The standard error is
    that of no difference, so that it is never 0 where nothing rare happened.
    """
    value, rest = (sought.value(part.ratio.value) for part in (one, other))
    if sought.counted:
        low, high, variance = _counts_interval(sought, one, other)
    else:
        first, second = one.ratio, other.ratio
        low, high = welch_interval(
            value - rest, first.variance, first.units, second.variance, second.units, CONFIDENCE
        )
        variance = np.maximum(_pooled_variance(one, other), first.variance + second.variance)
    return Contrast(value, rest, low, high, variance)


def row_spread(sought: Sought, whole: Sums) -> float:
    """The standard deviation of the metric between single rows of the whole (as clustered as they are): its unit of size."""
    if sought.counted:
        bad = (
            float((whole.b - whole.a if sought.higher else whole.a)[0] / whole.b[0])
            if whole.b[0] > 0
            else 0.0
        )
        return float(np.sqrt(bad * (1 - bad)) * _slope(sought, np.array([1 - bad]))[0])
    return float(np.sqrt(whole.ratio.variance * whole.n)[0])


def _counts_interval(sought: Sought, one: Sums, other: Sums) -> tuple[Floats, Floats, Floats]:
    limits, bad_and_trials = [], []
    for part in (one, other):
        bad, trials = _effective(sought, part)
        events = trials - bad if sought.higher else bad
        ends = wilson(np.minimum(events, trials), trials, CONFIDENCE)
        limits.append([sought.value(end) for end in (part.ratio.value, *ends)])
        bad_and_trials.append((bad, trials))
    low, high = mover_lower(*limits[0], *limits[1]), mover_upper(*limits[0], *limits[1])
    (bad, n), (rest_bad, m) = bad_and_trials
    share = (bad + rest_bad) / np.maximum(n + m, 1)
    with np.errstate(divide="ignore"):
        variance = share * (1 - share) * (1 / n + 1 / m)
    return np.asarray(low), np.asarray(high), variance * _slope(sought, 1 - share) ** 2


def _slope(sought: Sought, jaccard: Floats) -> Floats:
    """How fast the metric moves with the share behind it: for F1, the derivative of 2J / (1 + J)."""
    return 2 / (1 + jaccard) ** 2 if sought.definition.kind == "dice" else np.ones_like(jaccard)
