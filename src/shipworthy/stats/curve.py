"""What a score flags at each threshold: the ROC and the precision-recall curve, and rates at a threshold.

Everything starts from a histogram of the score: for each bucket, in ascending order of score on the last axis,
how many labelled rows of each class it holds. Threshold i flags bucket i and all above it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from shipworthy.stats.floats import Floats, Ints, floats, quotient

ROUNDING = 1e-9
"""A rate may pass its bound by this share of a class, as products of decimal fractions do by rounding."""


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


def _above(counts: Floats) -> Floats:
    """Rows of each bucket and above (..., B + 1), the last being none."""
    from_top = np.cumsum(counts[..., ::-1], axis=-1)[..., ::-1]
    return np.concatenate([from_top, np.zeros((*counts.shape[:-1], 1))], axis=-1)
