"""How well a score ranks: the area under the ROC curve and average precision, from the histogram of the score by label."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache

import numpy as np

from shipworthy.metrics.measured import CONFIDENCE
from shipworthy.metrics.scored import Scores
from shipworthy.stats import ranking
from shipworthy.stats.ranking import Ranking
from shipworthy.tally.cube import Floats
from shipworthy.tally.histogram import Histogram

Ends = tuple[float, float, float, float, float]
"""Value, low, high, lower, upper."""

STEP = 0.01
"""What clustered rows are worth is rounded down to this share of them, so that levels can share what was drawn."""


def auc(scores: Scores, level: float) -> tuple[Ends, str]:
    """The value with DeLong's interval; claims are bounded by one adverse row more."""
    found = _auc(scores.histogram, scores.scale)
    if not scores.clustered:
        return _ends(found, found, found, level), "delong"
    ends = scores.histogram.least, scores.histogram.greatest
    left_out = np.asarray(ranking.auc(*ends, *scores.left_out).tied)
    return _clustered(scores, found, left_out, _auc, level), "delong+jackknife"


def average_precision(scores: Scores, level: float) -> tuple[Ends, str]:
    """The value with an interval by resampled buckets; claims are bounded by one adverse row more."""
    found = _average_precision(scores.histogram, scores.scale)
    if not scores.clustered:
        return _ends(found, found, found, level), "resampled"
    ends = scores.histogram.least, scores.histogram.greatest
    left_out = np.asarray(ranking.average_precision(*ends, *scores.left_out, draws=1).tied)
    return _clustered(scores, found, left_out, _average_precision, level), "resampled+jackknife"


def _auc(histogram: Histogram, scale: float) -> Ranking:
    negatives, positives = histogram.n[:, 0] * scale, histogram.n[:, 1] * scale
    return ranking.auc(histogram.least, histogram.greatest, positives, negatives)


@lru_cache(maxsize=256)
def _average_precision(histogram: Histogram, scale: float) -> Ranking:
    """Drawn once for each histogram and scale, as a verdict asks for it at many levels."""
    negatives, positives = histogram.n[:, 0] * scale, histogram.n[:, 1] * scale
    return ranking.average_precision(histogram.least, histogram.greatest, positives, negatives)


def _clustered(
    scores: Scores,
    found: Ranking,
    left_out: Floats,
    ranked: Callable[[Histogram, float], Ranking],
    level: float,
) -> Ends:
    """The bounds of so many rows as the clustered ones are worth; the value is that of all."""

    def worth(each: float) -> Ranking:
        share = scores.worth(left_out, float(found.variance), each)
        return ranked(scores.histogram, scores.scale * (math.floor(share / STEP) * STEP or share))

    return _ends(found, worth((1 + CONFIDENCE) / 2), worth(level), level)


def _ends(found: Ranking, shown: Ranking, judged: Ranking, level: float) -> Ends:
    low, high, _ = ranking.interval(shown, CONFIDENCE)
    lower, upper = ranking.lower(judged, level), ranking.upper(judged, level)
    return float(found.value), float(low), float(high), float(lower), float(upper)
