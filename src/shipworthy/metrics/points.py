"""Points of the curve: recall at a bounded false positive rate, and the false positive rate at a bounded recall.

The threshold is chosen on the rows that judge, and the bounds know that; see `stats.curve`.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from shipworthy.metrics.measured import CONFIDENCE
from shipworthy.metrics.ranking import Ends
from shipworthy.metrics.scored import Scores
from shipworthy.stats import curve, jackknife, ratio
from shipworthy.stats.curve import CurvePoint
from shipworthy.stats.floats import Floats

Point = Literal["recall_at_fpr", "fpr_at_recall"]
METHOD = "threshold_and_share"

PARTS = 8
"""Into how many a bucket of several scores is cut where an interval is displayed."""


def point_of_curve(name: Point, share: float, scores: Scores, level: float) -> tuple[Ends, str]:
    """The rate seen, and its bounds at any threshold that the true curve may have there."""
    positives, negatives = scores.counts
    found = _point(name, share, positives, negatives)
    kept_p, kept_n = _worth(name, share, scores, level)
    judged = _point(name, share, positives * kept_p, negatives * kept_n)
    low, high = map(float, _displayed(name, share, scores))
    lower, upper = float(judged.lower(level)), float(judged.upper(level))
    value = float(found.value)
    ends = (value, np.fmin(low, value), np.fmax(high, value), lower, upper)
    return ends, f"{METHOD}+jackknife" if scores.clustered else METHOD


def _point(name: Point, share: ArrayLike, positives: Floats, negatives: Floats) -> CurvePoint:
    if name == "recall_at_fpr":
        return curve.recall_at_false_positive_rate(positives, negatives, share)
    return curve.false_positive_rate_at_recall(positives, negatives, share)


def _displayed(name: Point, share: float, scores: Scores) -> tuple[Floats, Floats]:
    """The interval that people see: by the delta method where the curve is smooth, else as cautious as a bound."""
    kept_p, kept_n = _worth(name, share, scores, (1 + CONFIDENCE) / 2)
    positives, negatives = (_finer(scores, counts) for counts in scores.counts)
    found = _point(name, share, positives * kept_p, negatives * kept_n)
    if not found.smooth(CONFIDENCE):
        return found.interval(CONFIDENCE)
    if not scores.clustered:
        return ratio.logit_interval(found.value, found.variance(CONFIDENCE), scores.n, CONFIDENCE)
    others, rest = (_finer(scores, counts) for counts in scores.left_out)
    points = found.linearised(others, rest, CONFIDENCE)
    return ratio.logit_interval(found.value, jackknife.variance(points), len(points), CONFIDENCE)


def _finer(scores: Scores, counts: Floats) -> Floats:
    """Counts by bucket (..., B), those of several scores cut into parts alike: thresholds lie inside of buckets too."""
    parts = np.where(scores.histogram.least < scores.histogram.greatest, PARTS, 1)
    return np.repeat(counts / parts, parts, axis=-1)


def _worth(name: Point, share: float, scores: Scores, level: float) -> tuple[float, float]:
    """What share of the positives and of the negatives is independent, by the spread of both rates between groups of units."""
    positives, negatives = scores.counts
    if not scores.clustered or not positives.sum() or not negatives.sum():
        return 1.0, 1.0
    choose = curve.threshold_at_false_positive_rate if name == "recall_at_fpr" else curve.threshold_at_recall
    at = choose(positives, negatives, share)
    rows, above = scores.groups.sum(axis=0).T, scores.groups[at:].sum(axis=0).T
    half = (1 + level) / 2  # each class spends half of the error
    kept_n, kept_p = (
        scores.worth_of_share(above[each], rows[each], own, half)
        for each, own in enumerate((scores.negatives, scores.positives))
    )
    return kept_p, kept_n
