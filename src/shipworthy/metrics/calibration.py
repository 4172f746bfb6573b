"""Whether a score means what it says: the reliability table of a slice and its expected calibration error."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from shipworthy.metrics.measured import CONFIDENCE
from shipworthy.metrics.ranking import Ends
from shipworthy.metrics.scored import Scores
from shipworthy.stats import calibration, jackknife
from shipworthy.stats.calibration import Buckets, Reliability
from shipworthy.stats.floats import quotient
from shipworthy.tally.cube import Floats
from shipworthy.tally.histogram import Histogram

BINS = 10
"""Of about equal mass, as the error is usually stated."""

FINE_BINS = 40
"""Into which buckets are merged first: labels by chance are drawn for each of them."""

FEWEST_ROWS = 5
"""For each bin; with fewer nothing is known, as the shares of so few rows are not normal."""

DRAWS = 1_000
SUREST = 1 - 5 / DRAWS
"""A lower bound that is to be surer than this is 0, as it rests on so few draws."""


@dataclass(frozen=True, eq=False)
class Calibration:
    """The reliability of a score, its expected calibration error, and the one that chance alone would show."""

    buckets: Buckets
    table: Reliability
    error: float
    by_chance: float


@lru_cache(maxsize=256)
def calibration_of(histogram: Histogram, scale: float = 1.0) -> Calibration | None:
    """The calibration of the labelled rows of a histogram of probabilities; None without any."""
    labelled = histogram.n[:, :2].sum(axis=1) > 0
    if not labelled.any():
        return None
    negatives, positives = (histogram.n[labelled, at] * scale for at in (0, 1))
    of_negatives, of_positives, squares = (histogram.scores[labelled, at] * scale for at in range(3))
    ends = histogram.least[labelled], histogram.greatest[labelled]
    buckets = Buckets(*ends, positives, negatives, of_negatives + of_positives, squares, of_positives)
    merged = _merged(buckets, calibration.reliability(buckets, FINE_BINS).bin)
    table = calibration.reliability(merged, BINS)
    by_chance, _ = calibration.calibration_error_by_chance(merged, table, draws=DRAWS)
    return Calibration(merged, table, float(calibration.calibration_error(table)), float(by_chance))


def _merged(buckets: Buckets, at: np.ndarray) -> Buckets:
    """Neighbouring buckets as one."""
    k = int(at.max()) + 1
    least, greatest = np.full(k, np.inf), np.full(k, -np.inf)
    np.minimum.at(least, at, buckets.least)
    np.maximum.at(greatest, at, buckets.greatest)
    parts = (buckets.positives, buckets.negatives, buckets.scores, buckets.squares)
    return Buckets(
        least, greatest, *(np.bincount(at, part, minlength=k).astype(np.float64) for part in parts)
    )


def calibration_error(scores: Scores, level: float) -> tuple[Ends, str]:
    """The error seen; its bounds know how large it is by chance."""
    found = calibration_of(scores.histogram, scores.scale)
    if found is None:
        return (np.nan, 0.0, 1.0, 0.0, 1.0), "reliability"
    shown = (1 + CONFIDENCE) / 2
    low, high = _bounds(scores, found, shown)
    lower, upper = _bounds(scores, found, level)
    method = "reliability+jackknife" if scores.clustered else "reliability"
    return (found.error, low, high, lower, upper), method


def _bounds(scores: Scores, found: Calibration, level: float) -> tuple[float, float]:
    """Lower and upper bound of the error, each at the level."""
    share = _worth(scores, found, level)
    if scores.n * share < BINS * FEWEST_ROWS:
        return 0.0, 1.0
    buckets = _scaled(found.buckets, share)
    table = replace(found.table, n=found.table.n * share, positives=found.table.positives * share,
                    noise=found.table.noise / share)  # fmt: skip
    upper = float(calibration.calibration_error_upper(table, level))
    if level > SUREST:
        return 0.0, upper
    return float(calibration.calibration_error_lower(buckets, table, level, draws=DRAWS)), upper


def _scaled(buckets: Buckets, share: float) -> Buckets:
    if share == 1:
        return buckets
    parts = (buckets.positives, buckets.negatives, buckets.scores, buckets.squares)
    return Buckets(buckets.least, buckets.greatest, *(part * share for part in parts))


def _worth(scores: Scores, found: Calibration, level: float) -> float:
    """What share of the rows is independent, by the spread between groups of units of what bins deviate.

    The greatest design effect counts: of the bins one by one, of all deviations as they are signed, and of their sum.
    """
    if not scores.clustered:
        return 1.0
    table = found.table
    residuals = _residuals(scores, found)
    rows = np.maximum(table.n.sum() - _rows_by_group(scores), 0.0)
    without = quotient(residuals.sum(axis=0) - residuals, rows[:, np.newaxis])
    signs = np.sign(table.share - table.score)
    independent = np.maximum(table.share * (1 - table.share) / table.n, table.noise) * table.weight**2
    variances = (
        jackknife.variance(without).sum(),
        jackknife.variance(without @ signs),
        jackknife.variance(without.sum(axis=1)),
    )
    units = scores.positives.units + scores.negatives.units
    return float(
        jackknife.effective_share(
            max(map(float, variances)), independent.sum(), len(without), scores.n, min(units, scores.n), level
        )
    )


def _rows_by_group(scores: Scores) -> Floats:
    return np.asarray(scores.groups.sum(axis=(0, 2)))


def _residuals(scores: Scores, found: Calibration) -> Floats:
    """Positives less the sum of scores, by group of units and bin (G, K); a bucket's rows score its middle."""
    histogram, groups = scores.histogram, scores.groups
    labelled = histogram.n[:, :2].sum(axis=1)
    some = labelled > 0
    mean = np.divide(histogram.scores[:, :2].sum(axis=1), labelled, where=some, out=np.zeros_like(labelled))
    residual = groups[..., 1] - mean[:, np.newaxis] * groups.sum(axis=2)
    edges = np.searchsorted(found.buckets.greatest, histogram.least[some], side="left")
    at = found.table.bin[np.minimum(edges, len(found.table.bin) - 1)]
    total = np.zeros((len(found.table.n), groups.shape[1]))
    np.add.at(total, at, residual[some])
    return np.asarray(total.T)
