"""How well a score ranks positives above negatives: AUC and average precision.

Everything starts from a histogram of the score: for each bucket, in ascending order of score on the last axis,
its least and greatest score and how many labelled rows of each class it holds (effective counts will do).
A bucket of one score holds genuine ties and costs nothing; a bucket of several leaves the order inside it open,
and the value, its range and its bounds say so. Without positives or without negatives nothing is known: the
value is NaN, its range and its bounds are 0 and 1.

A sample that ranks all but perfectly has seen too few mistakes for its own spread to be believed: bounds from
DeLong's variance alone are then wrong in up to 35 % of simulated samples. So claims are judged by `lower` and
`upper`, which count one adverse row more, as Clopper and Pearson's bound does, and `interval` is what people see.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import digamma, expit, logit, ndtri

from shipworthy.stats.bounded import beta_quantile
from shipworthy.stats.curve import flagged
from shipworthy.stats.floats import Bools, Floats, floats, quotient
from shipworthy.stats.level import one_sided, tail
from shipworthy.stats.proportion import FEW_EVENTS


@dataclass(frozen=True, eq=False)
class Ranking:
    """A share of rightly ranked pairs or rows, with all that its bounds need; arrays over slices.

    Attributes:
        value: the best estimate.
        floor: the least that it can be, in whatever order the rows inside a bucket lie.
        ceiling: the most that it can be.
        tied: what it is if the rows of a bucket are taken as ties; the variances are those of this value.
        variance: of `tied`; infinite where a class has fewer than two rows.
        adverse: mean and variance after one row more that ranks worst, a positive or a negative (..., 2).
        favourable: mean and variance after one row more that ranks best, a positive or a negative (..., 2).
    """

    value: Floats
    floor: Floats
    ceiling: Floats
    tied: Floats
    variance: Floats
    adverse: tuple[Floats, Floats]
    favourable: tuple[Floats, Floats]


def lower(ranking: Ranking, level: ArrayLike = 0.95) -> Floats:
    """One-sided lower bound: the least value that fits the sample and one adverse row, in any order of ties.

    The sampling error is that of random (Dirichlet) weights of the rows seen and of one unseen row at the
    worst place, of the class where it costs most (Gaffke 2005; Learned-Miller and Thomas 2019, for the mean of
    a bounded variable); a beta distribution with its mean and variance gives the quantile. For a value that
    can only be 0 or 1 this is the Clopper-Pearson bound, and for a perfect AUC it is error ** (1 / rows of the
    smaller class), which disjoint pairs prove. Simulated, it errs at most at the nominal rate.
    """
    bound = np.min(beta_quantile(*ranking.adverse, tail(level)[..., None]), axis=-1)
    return _known(ranking, np.clip(bound - (ranking.tied - ranking.floor), 0, 1), 0.0)


def upper(ranking: Ranking, level: ArrayLike = 0.95) -> Floats:
    """One-sided upper bound: the greatest value that fits the sample and one favourable row; see `lower`."""
    bound = np.max(beta_quantile(*ranking.favourable, 1 - tail(level)[..., None]), axis=-1)
    return _known(ranking, np.clip(bound + (ranking.ceiling - ranking.tied), 0, 1), 1.0)


def interval(ranking: Ranking, confidence: ArrayLike = 0.95) -> tuple[Floats, Floats, Bools]:
    """The two-sided interval that people see: normal on the logit scale, widened by the order of ties.

    Where the variance is worth fewer than ten mistakes (or ten pairs ranked right) the logit scale covers too
    little, and the ends are those of `lower` and `upper`.

    Returns:
        low, high, and whether the ends are those of one row more.
    """
    level = one_sided(confidence)
    few = _few(ranking)
    share, variance = np.where(few, 0.5, ranking.tied), np.where(few, 1.0, ranking.variance)
    half = ndtri(level) * np.sqrt(variance) / (share * (1 - share))
    low = expit(logit(share) - half) - (ranking.tied - ranking.floor)
    high = expit(logit(share) + half) + (ranking.ceiling - ranking.tied)
    low = np.where(few, lower(ranking, level), np.clip(low, 0, 1))
    high = np.where(few, upper(ranking, level), np.clip(high, 0, 1))
    return low[()], high[()], few[()]


def auc(least: ArrayLike, greatest: ArrayLike, positives: ArrayLike, negatives: ArrayLike) -> Ranking:
    """The area under the ROC curve: the chance that a positive scores above a negative, a tie counting half.

    The Mann-Whitney statistic; its variance is that of DeLong, DeLong and Clarke-Pearson (1988), from each row's
    placement among the rows of the other class. Both are exact where every bucket holds one score; else a
    bucket of several scores can move the value by half its pairs, pos * neg / (2 P N), either way.

    Args:
        least: the least score of each bucket (..., B), ascending.
        greatest: the greatest score of each bucket.
        positives: rows with a positive label in each bucket.
        negatives: rows with a negative label in each bucket.
    """
    low, high, p, q = floats(least, greatest, positives, negatives)
    all_p, all_q = p.sum(axis=-1), q.sum(axis=-1)
    whole_p, whole_q = np.where(all_p > 0, all_p, 1), np.where(all_q > 0, all_q, 1)
    place_p = (np.cumsum(q, axis=-1) - q / 2) / whole_q[..., None]
    place_q = 1 - (np.cumsum(p, axis=-1) - p / 2) / whole_p[..., None]
    value = np.sum(p * place_p, axis=-1) / whole_p
    spread_p = np.sum(p * (place_p - value[..., None]) ** 2, axis=-1) / whole_p
    spread_q = np.sum(q * (place_q - value[..., None]) ** 2, axis=-1) / whole_q
    slack = np.sum(np.where(low < high, p * q, 0.0), axis=-1) / (2 * whole_p * whole_q)
    spreads = (all_p, all_q, spread_p, spread_q)
    mean, variance = _with_adverse_row(value, *spreads)
    mirrored, mirrored_variance = _with_adverse_row(1 - value, *spreads)
    enough = (all_p >= 2) & (all_q >= 2)
    known = (all_p > 0) & (all_q > 0)
    delong = spread_p / np.where(enough, all_p - 1, 1) + spread_q / np.where(enough, all_q - 1, 1)
    return Ranking(
        value=np.where(known, value, np.nan)[()],
        floor=np.where(known, value - slack, 0.0)[()],
        ceiling=np.where(known, value + slack, 1.0)[()],
        tied=np.where(known, value, np.nan)[()],
        variance=np.where(enough, delong, np.inf)[()],
        adverse=(mean, variance),
        favourable=(1 - mirrored, mirrored_variance),
    )


def average_precision(
    least: ArrayLike,
    greatest: ArrayLike,
    positives: ArrayLike,
    negatives: ArrayLike,
    draws: int = 1000,
    seed: int = 0,
) -> Ranking:
    """Average precision: the mean over positives of the precision at their own score, without interpolation.

    In a bucket of several scores the order is taken as random for the value, as worst and as best for its
    range. The variances are those of resampling the bucket's two cells with gamma weights (the Bayesian bootstrap;
    Rubin 1981), so they cost the same however many rows there are.

    Args:
        least: the least score of each bucket (..., B), ascending.
        greatest: the greatest score of each bucket.
        positives: rows with a positive label in each bucket.
        negatives: rows with a negative label in each bucket.
        draws: how many samples are drawn for the variances.
        seed: where their random numbers start; the same seed gives the same bounds.
    """
    low, high, p, q = floats(least, greatest, positives, negatives)
    all_p, all_q = p.sum(axis=-1), q.sum(axis=-1)
    known, whole = (all_p > 0) & (all_q > 0), np.where(all_p > 0, all_p, 1)
    above_p, above_q = (counts[..., 1:] for counts in flagged(p, q))
    single, some = low >= high, p > 0
    ties = np.divide(p * (above_p + p), above_p + p + above_q + q, where=some, out=np.zeros_like(p))
    best = np.divide(p * (above_p + p), above_p + p + above_q, where=some, out=np.zeros_like(p))
    worst = _precision_sum(p, above_p, above_q + q, np.zeros_like(q))
    middle = _precision_sum(p, above_p, above_q, q / (p + 1))
    value, floor, ceiling = (
        np.where(known, np.sum(np.where(single, ties, each), axis=-1) / whole, unknown)[()]
        for each, unknown in ((middle, np.nan), (worst, 0.0), (best, 1.0))
    )
    tied = np.where(known, np.sum(ties, axis=-1) / whole, np.nan)[()]
    variance, adverse, favourable = _resampled(p, q, draws, seed)
    enough = (all_p >= 2) & (all_q >= 2)
    return Ranking(value, floor, ceiling, tied, np.where(enough, variance, np.inf)[()], adverse, favourable)


def _with_adverse_row(
    value: Floats, all_p: Floats, all_q: Floats, spread_p: Floats, spread_q: Floats
) -> tuple[Floats, Floats]:
    """Mean and variance of the AUC after a positive below all negatives, and a negative above all positives.

    With Dirichlet weights the n rows of a class and the new one have the variance of their placements / (n + 2), the
    m rows of the other class theirs / (m + 1), their placements shrunk by n / (n + 1).
    """

    def added(n: Floats, m: Floats, own: Floats, other: Floats) -> tuple[Floats, Floats]:
        kept = n / (n + 1)
        own_variance = (kept * own + kept / (n + 1) * value**2) / (n + 2)
        return kept * value, own_variance + kept**2 * other / (m + 1)

    by_positive = added(all_p, all_q, spread_p, spread_q)
    by_negative = added(all_q, all_p, spread_q, spread_p)
    mean, variance = (np.stack(pair, axis=-1) for pair in zip(by_positive, by_negative, strict=True))
    return mean, variance


def _resampled(
    p: Floats, q: Floats, draws: int, seed: int
) -> tuple[Floats, tuple[Floats, Floats], tuple[Floats, Floats]]:
    """The variance of average precision, and mean and variance after one adverse or favourable row."""
    random = np.random.default_rng(seed)
    w, v = random.standard_gamma(p, (draws, *p.shape)), random.standard_gamma(q, (draws, *q.shape))
    new = random.standard_exponential((draws, *p.shape[:-1], 1))
    true, false = flagged(w, v)
    all_w, all_v, one = true[..., 0], false[..., 0], new[..., 0]
    true, false = true[..., :-1], false[..., :-1]

    def mean_precision(
        hits: Floats, alarms: Floats, weight: Floats | float = 0.0, precision: Floats | float = 0.0
    ) -> Floats:
        """Over the drawn positives, and a new one with its own weight and precision."""
        total = np.sum(w * quotient(hits, hits + alarms, empty=0.0), axis=-1)
        return quotient(total + weight * precision, all_w + weight, empty=0.0)

    plain = mean_precision(true, false)
    last = (all_w + one) / (all_w + one + all_v)
    adverse = np.stack([mean_precision(true, false, one, last), mean_precision(true, false + new)], axis=-1)
    # A new negative below all positives leaves every precision as it is.
    favourable = np.stack([mean_precision(true + new, false, one, 1.0), plain], axis=-1)
    return (
        np.var(plain, axis=0),
        (np.mean(adverse, axis=0), np.var(adverse, axis=0)),
        (np.mean(favourable, axis=0), np.var(favourable, axis=0)),
    )


def _precision_sum(p: Floats, above_p: Floats, above_q: Floats, between: Floats) -> Floats:
    """The sum over i = 1..p of (T + i) / (T + i + F + i * between), with T and F rows above the bucket.

    With p positives and q negatives in random order, q / (p + 1) negatives are expected between neighbours.
    """
    slope = 1 + between
    start = (above_p + above_q) / slope
    steps = digamma(start + p + 1) - digamma(start + 1)
    return np.asarray((p + (above_p - start) * steps) / slope)


def _few(ranking: Ranking) -> Bools:
    """Whether the variance is that of fewer than ten independent mistakes, or ten pairs ranked right."""
    share, variance = np.asarray(ranking.tied), np.asarray(ranking.variance)
    usable = (share > 0) & (share < 1) & (variance > 0) & np.isfinite(variance)
    share, variance = np.where(usable, share, 0.5), np.where(usable, variance, 1.0)
    trials = share * (1 - share) / variance
    return np.asarray(~usable | (trials * np.minimum(share, 1 - share) < FEW_EVENTS))


def _known(ranking: Ranking, bound: Floats, unknown: float) -> Floats:
    """The bound, or the vacuous one where there is no value."""
    return np.where(np.isnan(ranking.value), unknown, bound)[()]
