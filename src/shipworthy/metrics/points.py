"""Points of the curve: recall at a bounded false positive rate, and the false positive rate at a bounded recall.

The threshold is chosen on the rows that judge, and the bounds know that; see `stats.curve`.
"""

from __future__ import annotations

from typing import Literal

import numpy as np

from shipworthy.metrics.measured import CONFIDENCE
from shipworthy.metrics.ranking import Ends
from shipworthy.metrics.scored import Scores
from shipworthy.stats import curve
from shipworthy.stats.curve import CurvePoint

Point = Literal["recall_at_fpr", "fpr_at_recall"]
METHOD = "threshold_and_share"


def point_of_curve(name: Point, share: float, scores: Scores, level: float) -> tuple[Ends, str]:
    """The rate seen, and its bounds at any threshold that the true curve may have there."""
    found = _point(name, share, *scores.counts)
    shown, judged = (_worth(name, share, scores, each) for each in ((1 + CONFIDENCE) / 2, level))
    low, high = map(float, shown.interval(CONFIDENCE))
    lower, upper = float(judged.lower(level)), float(judged.upper(level))
    return (
        float(found.value),
        low,
        high,
        lower,
        upper,
    ), f"{METHOD}+jackknife" if scores.clustered else METHOD


def _point(name: Point, share: float, positives: np.ndarray, negatives: np.ndarray) -> CurvePoint:
    if name == "recall_at_fpr":
        return curve.recall_at_false_positive_rate(positives, negatives, share)
    return curve.false_positive_rate_at_recall(positives, negatives, share)


def _worth(name: Point, share: float, scores: Scores, level: float) -> CurvePoint:
    """The point of so many rows of each class as they are worth, by the spread of both rates between groups of units."""
    positives, negatives = scores.counts
    if not scores.clustered or not positives.sum() or not negatives.sum():
        return _point(name, share, positives, negatives)
    choose = curve.threshold_at_false_positive_rate if name == "recall_at_fpr" else curve.threshold_at_recall
    at = choose(positives, negatives, share)
    without = scores.left_out
    recalls, rates = curve.rates_at(*without, np.full(len(without[0]), at))
    recall, rate = (float(each) for each in curve.rates_at(positives, negatives, at))
    half = (1 + level) / 2  # each class spends half of the error
    kept_p = scores.worth_of_share(recalls, recall, scores.positives, half)
    kept_n = scores.worth_of_share(rates, rate, scores.negatives, half)
    return _point(name, share, positives * kept_p, negatives * kept_n)
