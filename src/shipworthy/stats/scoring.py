"""How good probabilities are in one number: the Brier score with what it is made of, and log loss.

Both come from the histogram of `calibration`. Sums over rows that a bucket's counts do not fix (which score has
which label) lie between bounds that come with the value; they are exact where every bucket holds one score.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from shipworthy.stats.calibration import EDGE, Buckets, Reliability
from shipworthy.stats.floats import Floats, floats, quotient


@dataclass(frozen=True)
class Brier:
    """The mean squared error of the scores, and what it is made of.

    value = reliability - resolution + uncertainty + spread - covariance (Murphy 1973, with the two terms inside
    bins that Stephenson, Coelho and Jolliffe 2008 add so that it holds for scores that vary within a bin).

    Attributes:
        value: the mean of (score - label) ** 2.
        floor: the least that it can be, whatever row of a bucket has which label.
        ceiling: the most that it can be.
        reliability: how far the bins' scores are from their shares; 0 is perfect.
        resolution: how far the bins' shares are from the overall one; more is better.
        uncertainty: the variance of the label, which no score can change.
        spread: the variance of scores inside bins.
        covariance: twice the covariance of score and label inside bins.
    """

    value: float
    floor: float
    ceiling: float
    reliability: float
    resolution: float
    uncertainty: float
    spread: float
    covariance: float


def brier(buckets: Buckets, table: Reliability) -> Brier:
    """The Brier score and its decomposition by the bins of a reliability table.

    Where the sum of the positives' scores was not counted, it is taken as positives * mean score in each bucket,
    and lies between what its extremes allow.
    """
    total = buckets.n.sum()
    if not total:
        return Brier(np.nan, 0.0, 1.0, *(np.nan,) * 5)
    p = buckets.positives
    middle, fewest, most = _positive_scores(buckets)
    value, floor, ceiling = (
        float((buckets.squares.sum() - 2 * each + p.sum()) / total) for each in (middle, most, fewest)
    )
    overall = p.sum() / total
    return Brier(
        value,
        min(floor, value),
        max(ceiling, value),
        reliability=float(np.sum(table.weight * (table.score - table.share) ** 2)),
        resolution=float(np.sum(table.weight * (table.share - overall) ** 2)),
        uncertainty=float(overall * (1 - overall)),
        spread=float(buckets.squares.sum() / total - np.sum(table.weight * table.score**2)),
        covariance=float(2 * (middle / total - np.sum(table.weight * table.score * table.share))),
    )


def log_loss(buckets: Buckets) -> tuple[float, float, float]:
    """The mean of -log(score given to the label that came), in nats.

    Returns:
        The value at the middle of each bucket's range, and the least and the most that it can be: they differ
        by less than a bucket's width on the logit scale. `log_loss_of_sums` is exact. NaN, 0 and inf without rows.
    """
    total = buckets.n.sum()
    if not total:
        return float("nan"), 0.0, float("inf")
    least, greatest = (np.clip(x, EDGE, 1 - EDGE) for x in (buckets.least, buckets.greatest))
    floor = log_loss_of_sums(
        np.sum(buckets.positives * np.log(greatest)), np.sum(buckets.negatives * np.log1p(-least)), total
    )
    ceiling = log_loss_of_sums(
        np.sum(buckets.positives * np.log(least)), np.sum(buckets.negatives * np.log1p(-greatest)), total
    )
    return float((floor + ceiling) / 2), float(floor), float(ceiling)


def log_loss_of_sums(log_scores: ArrayLike, log_rests: ArrayLike, n: ArrayLike) -> Floats:
    """The log loss from exact sums: log(score) over positives, log(1 - score) over negatives, and the rows.

    The sums must clip scores at `EDGE` from 0 and 1, or one wrong certainty makes the loss infinite. NaN without
    rows.
    """
    hits, misses, rows = floats(log_scores, log_rests, n)
    return quotient(-(hits + misses), rows)[()]


def _positive_scores(buckets: Buckets) -> tuple[float, float, float]:
    """The sum of the positives' scores: as far as known, the least and the most that it can be."""
    if buckets.positive_scores is not None:
        return (float(buckets.positive_scores.sum()),) * 3
    p, q, scores = buckets.positives, buckets.negatives, buckets.scores
    fewest = np.maximum(p * buckets.least, scores - q * buckets.greatest)
    most = np.minimum(p * buckets.greatest, scores - q * buckets.least)
    return float(np.sum(p * buckets.mean)), float(fewest.sum()), float(most.sum())
