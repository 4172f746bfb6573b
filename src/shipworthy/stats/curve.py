"""What a score flags at each threshold: the ROC and the precision-recall curve, and rates at a threshold.

Everything starts from a histogram of the score: for each bucket, in ascending order of score on the last axis,
how many labelled rows of each class it holds. Threshold i flags bucket i and all above it.

A threshold chosen on other rows has rates that `proportion` bounds. Where the same rows choose and judge, the
figure is a point of the curve: `recall_at_false_positive_rate` and `false_positive_rate_at_recall` bound that.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtri

from shipworthy.stats.floats import Bools, Floats, Ints, floats, quotient
from shipworthy.stats.level import one_sided, tail
from shipworthy.stats.proportion import (
    FEW_EVENTS,
    clopper_pearson_lower,
    clopper_pearson_p_value,
    clopper_pearson_upper,
)

ROUNDING = 1e-9
"""A rate may pass its bound by this share of a class, as products of decimal fractions do by rounding."""

FEW_STEPS = 5
"""With fewer buckets between thresholds than this a share does not move smoothly with them."""


@dataclass(frozen=True, eq=False)
class CurvePoint:
    """The greatest recall at a bounded false positive rate, or the mirror image of that; arrays over slices.

    The bounds are for whatever threshold lies there on the true curve. With half of the error the rows of one class
    say which thresholds surely keep the bound (order statistics, whatever the ties), with the other half the rows
    of the other class bound their share beyond (Clopper and Pearson). Both halves together err at most at the
    nominal rate, and in about a fifth of that where scores do not tie; combining them as independent errors would
    err in up to 32 % where many rows share the score at the bound. A bucket of several scores is not cut, which
    widens the bounds.

    Attributes:
        value: the rate seen; NaN without rows of both classes.
        wanted: counts by bucket of the class whose share is the rate (..., B), what is flagged on the right.
        bounded: counts of the class whose flagged share is bounded.
        at_most: the bound of that share.
        mirrored: the rate is 1 - the share.
    """

    value: Floats
    wanted: Floats
    bounded: Floats
    at_most: Floats
    mirrored: bool

    def lower(self, level: ArrayLike = 0.95) -> Floats:
        """One-sided lower bound, at least `level` sure; 0 where nothing is known."""
        return (1 - self._most(level) if self.mirrored else self._least(level))[()]

    def upper(self, level: ArrayLike = 0.95) -> Floats:
        """One-sided upper bound, at least `level` sure; 1 where nothing is known."""
        return (1 - self._least(level) if self.mirrored else self._most(level))[()]

    def interval(self, confidence: ArrayLike = 0.95) -> tuple[Floats, Floats]:
        """Two-sided interval (low, high), with equal tails."""
        level = one_sided(confidence)
        return self.lower(level), self.upper(level)

    def variance(self, confidence: ArrayLike = 0.95) -> Floats:
        """The variance of the value among independent rows: that of the share and of the threshold, by the delta method."""
        right, wrong = flagged(self.wanted, self.bounded)
        share = quotient(_taken(right, self._at), right[..., 0])
        of_share = quotient(share * (1 - share), right[..., 0])
        of_bounded = quotient(self.at_most * (1 - self.at_most), wrong[..., 0])
        return np.asarray(of_share + self._slope(confidence) ** 2 * of_bounded)[()]

    def linearised(self, positives: ArrayLike, negatives: ArrayLike, confidence: ArrayLike = 0.95) -> Floats:
        """What differs between the points of other counts (..., B) to first order, their thresholds chosen anew.

        The share of these counts at this threshold, less what the threshold moves it by where their share of the
        bounded class is another. Its variance between tallies with one group left out is that of the value.
        """
        p, q = floats(positives, negatives)
        wanted, bounded = (q[..., ::-1], p[..., ::-1]) if self.mirrored else (p, q)
        share, beyond = rates_at(wanted, bounded, np.broadcast_to(self._at, p.shape[:-1]))
        return np.asarray(share - self._slope(confidence) * beyond)[()]

    def smooth(self, confidence: ArrayLike = 0.95) -> Bools:
        """Whether the share moves with the threshold in small steps, and events and others are many on both sides.

        At least ten rows each, and five buckets between the threshold seen and where it may be.
        """
        right, wrong = flagged(self.wanted, self.bounded)
        held, allowed = _taken(right, self._at), wrong[..., 0] * self.at_most
        counts = (held, right[..., 0] - held, allowed, wrong[..., 0] - allowed)
        inner, outer = self._thresholds(one_sided(confidence))
        steps = np.minimum(inner - self._at, self._at - outer)
        return np.asarray(
            (np.min(np.stack(np.broadcast_arrays(*counts)), axis=0) >= FEW_EVENTS) & (steps >= FEW_STEPS)
        )

    def _slope(self, confidence: ArrayLike) -> Floats:
        """By how much the share grows with the bounded one, over all thresholds that are likely."""
        inner, outer = self._thresholds(one_sided(confidence))
        (low, least), (high, most) = (rates_at(self.wanted, self.bounded, at) for at in (inner, outer))
        return quotient(high - low, most - least)

    @property
    def _at(self) -> Ints:
        """The threshold seen."""
        return np.asarray(threshold_at_false_positive_rate(self.wanted, self.bounded, self.at_most))

    def _thresholds(self, level: Floats) -> tuple[Ints, Ints]:
        """The first threshold at which the bounded class is likely within its bound, the last at which it likely is not."""
        _, wrong = flagged(self.wanted, self.bounded)
        rows, bound = wrong[..., :1], self.at_most[..., None]
        reach = ndtri(level)[..., None] * np.sqrt(rows * bound * (1 - bound))
        within, beyond = wrong <= rows * bound - reach, wrong >= rows * bound + reach
        last = wrong.shape[-1] - 1
        inner = np.where(within.any(axis=-1), np.argmax(within, axis=-1), last)
        outer = np.where(beyond.any(axis=-1), last - np.argmax(beyond[..., ::-1], axis=-1), 0)
        return inner, outer

    def _least(self, level: ArrayLike) -> Floats:
        """The least share that the wanted class may have where the other surely keeps its bound."""
        right, wrong = flagged(self.wanted, self.bounded)
        half, bound = tail(level) / 2, self.at_most[..., None]
        beyond = clopper_pearson_p_value(wrong, wrong[..., :1], bound, above=False)
        surely_within = (beyond <= half[..., None]) | (bound >= 1)
        at = np.argmax(surely_within, axis=-1)
        share = clopper_pearson_lower(_taken(right, at), right[..., 0], 1 - half)
        return np.where(surely_within.any(axis=-1), share, 0.0)

    def _most(self, level: ArrayLike) -> Floats:
        """The greatest share that the wanted class may have before the other surely passes its bound."""
        right, wrong = flagged(self.wanted, self.bounded)
        half, bound = tail(level) / 2, self.at_most[..., None]
        within = clopper_pearson_p_value(wrong, wrong[..., :1], bound, above=True)
        surely_beyond = within <= half[..., None]
        at = right.shape[-1] - 1 - np.argmax(surely_beyond[..., ::-1], axis=-1)
        share = clopper_pearson_upper(_taken(right, at), right[..., 0], 1 - half)
        return np.where(surely_beyond.any(axis=-1), share, 1.0)


def flagged(positives: ArrayLike, negatives: ArrayLike) -> tuple[Floats, Floats]:
    """True and false positives at each threshold (..., B + 1).

    Threshold i flags the rows of bucket i and above, and threshold B flags none. With a threshold that other
    rows chose, `proportion` bounds the rates of these counts.
    """
    p, q = floats(positives, negatives)
    return _above(p), _above(q)


def roc_curve(positives: ArrayLike, negatives: ArrayLike) -> tuple[Floats, Floats]:
    """False positive rate and recall at each threshold of `flagged` (..., B + 1), from (1, 1) to (0, 0).

    NaN where the class has no rows.
    """
    true, false = flagged(positives, negatives)
    return quotient(false, false[..., :1]), quotient(true, true[..., :1])


def precision_recall_curve(positives: ArrayLike, negatives: ArrayLike) -> tuple[Floats, Floats]:
    """Precision and recall at each threshold of `flagged` (..., B + 1).

    Precision is NaN where nothing is flagged, at the last threshold always; recall is NaN without positives.
    """
    true, false = flagged(positives, negatives)
    return quotient(true, true + false), quotient(true, true[..., :1])


def threshold_at_false_positive_rate(positives: ArrayLike, negatives: ArrayLike, at_most: ArrayLike) -> Ints:
    """The threshold of greatest recall whose false positive rate is at most that; choose it on other rows.

    Returns:
        The index of `flagged`; without negatives B, which flags nothing, as no rate is known.
    """
    _, false = flagged(positives, negatives)
    allowed = false <= (np.asarray(at_most)[..., None] + ROUNDING) * false[..., :1]
    allowed &= (false[..., :1] > 0) | (np.arange(false.shape[-1]) == false.shape[-1] - 1)
    return np.asarray(np.argmax(allowed, axis=-1), dtype=np.int64)[()]


def threshold_at_recall(positives: ArrayLike, negatives: ArrayLike, at_least: ArrayLike) -> Ints:
    """The threshold of least false positive rate whose recall is at least that; choose it on other rows.

    Returns:
        The index of `flagged`; without positives 0, which flags everything, as no recall is known.
    """
    true, _ = flagged(positives, negatives)
    reached = true >= (np.asarray(at_least)[..., None] - ROUNDING) * true[..., :1]
    reached &= (true[..., :1] > 0) | (np.arange(true.shape[-1]) == 0)
    return np.asarray(true.shape[-1] - 1 - np.argmax(reached[..., ::-1], axis=-1), dtype=np.int64)[()]


def rates_at(positives: ArrayLike, negatives: ArrayLike, threshold: ArrayLike) -> tuple[Floats, Floats]:
    """Recall and false positive rate at a threshold of `flagged`; NaN where the class has no rows."""
    at = np.asarray(threshold, dtype=np.int64)[..., None]
    rates, recalls = roc_curve(positives, negatives)
    recall, rate = (np.take_along_axis(x, at, axis=-1)[..., 0] for x in (recalls, rates))
    return recall[()], rate[()]


def recall_at_false_positive_rate(
    positives: ArrayLike, negatives: ArrayLike, at_most: ArrayLike
) -> CurvePoint:
    """The greatest recall of any threshold whose false positive rate is at most that, chosen on the same rows.

    Args:
        positives: rows with a positive label in each bucket (..., B), scores ascending; effective counts will do.
        negatives: rows with a negative label in each bucket.
        at_most: the bound of the false positive rate, one for each slice.
    """
    p, q = floats(positives, negatives)
    return _point(p, q, np.asarray(at_most, np.float64), mirrored=False)


def false_positive_rate_at_recall(
    positives: ArrayLike, negatives: ArrayLike, at_least: ArrayLike
) -> CurvePoint:
    """The least false positive rate of any threshold whose recall is at least that, chosen on the same rows.

    Args:
        positives: rows with a positive label in each bucket (..., B), scores ascending; effective counts will do.
        negatives: rows with a negative label in each bucket.
        at_least: the bound of the recall, one for each slice.
    """
    # Flagging from below, negatives are what is wanted, and the positives among them the misses.
    p, q = (counts[..., ::-1] for counts in floats(positives, negatives))
    return _point(q, p, 1 - np.asarray(at_least, np.float64), mirrored=True)


def _point(wanted: Floats, bounded: Floats, at_most: Floats, *, mirrored: bool) -> CurvePoint:
    """The point of the curve seen in the counts."""
    at = threshold_at_false_positive_rate(wanted, bounded, at_most)
    share = np.where(bounded.sum(axis=-1) > 0, rates_at(wanted, bounded, at)[0], np.nan)
    return CurvePoint((1 - share if mirrored else share)[()], wanted, bounded, at_most, mirrored)


def _taken(counts: Floats, at: Ints) -> Floats:
    """The count at one threshold of each slice."""
    whole = np.broadcast_to(counts, (*np.shape(at), counts.shape[-1]))
    return np.asarray(np.take_along_axis(whole, np.asarray(at)[..., None], axis=-1)[..., 0])


def _above(counts: Floats) -> Floats:
    """Rows of each bucket and above (..., B + 1), the last being none."""
    from_top = np.cumsum(counts[..., ::-1], axis=-1)[..., ::-1]
    return np.concatenate([from_top, np.zeros((*counts.shape[:-1], 1))], axis=-1)
