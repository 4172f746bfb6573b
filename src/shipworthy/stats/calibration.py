"""Whether a score means what it says: reliability, and calibration error against chance.

Everything starts from `Buckets`, a histogram of the score with the sums of the scores in each bucket, so it costs
the same however many rows there are. Without labelled rows nothing is known: the value is NaN, its bounds are
vacuous.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtri

from shipworthy.stats.floats import Floats, Ints
from shipworthy.stats.level import one_sided, tail
from shipworthy.stats.proportion import displayed

EDGE = float(np.finfo(np.float64).eps)
"""A score of 0 or 1 counts as this far from it where its logarithm is taken, as in scikit-learn."""

ROUNDING = 1e-9
"""Sums may leave the range that their counts allow by this share, as sums of floats do."""


@dataclass(frozen=True, eq=False)
class Buckets:
    """Labelled rows by bucket of a score in [0, 1], in ascending order; arrays (B,).

    Attributes:
        least: the least score in each bucket.
        greatest: the greatest.
        positives: labelled rows with a positive label.
        negatives: labelled rows with a negative label.
        scores: the sum of the scores of these rows; rows without a label are not in it.
        squares: the sum of the squares of their scores.
        positive_scores: the sum of the positives' scores, where it was counted; it makes the Brier score exact.

    Raises:
        ValueError: the scores are no probabilities, or the sums are not those of these rows.
    """

    least: Floats
    greatest: Floats
    positives: Floats
    negatives: Floats
    scores: Floats
    squares: Floats
    positive_scores: Floats | None = None

    def __post_init__(self) -> None:
        if np.any((self.least < 0) | (self.greatest > 1)):
            raise ValueError(
                "calibration is about probabilities, but the scores reach from "
                f"{np.min(self.least):g} to {np.max(self.greatest):g}: bring them into [0, 1] first"
            )
        sums = [(self.scores, self.n, 1, "scores"), (self.squares, self.n, 2, "squares")]
        if self.positive_scores is not None:
            sums.append((self.positive_scores, self.positives, 1, "positives' scores"))
        for found, rows, power, name in sums:
            slack = ROUNDING * np.maximum(rows, 1)
            if not np.all(
                (found >= rows * self.least**power - slack) & (found <= rows * self.greatest**power + slack)
            ):
                raise ValueError(
                    f"the sums of {name} leave the range of their buckets: sum over labelled rows alone"
                )

    @property
    def n(self) -> Floats:
        """Labelled rows in each bucket."""
        return self.positives + self.negatives

    @property
    def mean(self) -> Floats:
        """The mean score in each bucket; the middle of its range where no row is labelled."""
        middle = (self.least + self.greatest) / 2
        mean: Floats = np.divide(self.scores, self.n, where=self.n > 0, out=middle)
        return np.asarray(np.clip(mean, self.least, self.greatest))


@dataclass(frozen=True, eq=False)
class Reliability:
    """What the scores say and what happened, bin by bin in ascending order; arrays (K,).

    Attributes:
        bin: the bin of each bucket (B,).
        n: rows in the bin.
        positives: rows with a positive label.
        score: the mean score.
        share: the share of positives.
        low: the lower end of the share's displayed interval.
        high: the upper end.
        noise: the variance of `share` if every score were the true chance of its row.
    """

    bin: Ints
    n: Floats
    positives: Floats
    score: Floats
    share: Floats
    low: Floats
    high: Floats
    noise: Floats

    @property
    def weight(self) -> Floats:
        """The share of all rows that each bin holds."""
        return np.asarray(self.n / self.n.sum())


def reliability(buckets: Buckets, bins: int = 10) -> Reliability:
    """The reliability table: buckets merged, in order, into at most `bins` bins of about equal mass.

    A bucket is never split and goes where its middle row goes, so ties stay together; bins that stay empty are
    left out.
    """
    n = buckets.n
    middle = (np.cumsum(n) - n / 2) / max(n.sum(), 1)
    wanted = np.minimum(np.floor(middle * bins), bins - 1).astype(np.int64)
    filled, inverse = np.unique(wanted[n > 0], return_inverse=True)
    at = np.minimum(np.searchsorted(filled, wanted), max(len(filled) - 1, 0))
    k, labelled = len(filled), n > 0
    rows, positives, scores, squares = (
        np.bincount(inverse, each[labelled], minlength=k).astype(np.float64)
        for each in (n, buckets.positives, buckets.scores, buckets.squares)
    )
    low, high, _ = displayed(positives, rows)
    noise = np.maximum(scores - squares, 0) / rows**2
    return Reliability(at, rows, positives, scores / rows, positives / rows, low, high, noise)


def calibration_error(table: Reliability) -> Floats:
    """Expected calibration error: the mean distance of a bin's score from its share (Naeini and others 2015).

    It is above 0 for a perfectly calibrated model too: read it beside `calibration_error_by_chance`.
    """
    return np.asarray(np.sum(table.weight * np.abs(table.share - table.score)) if len(table.n) else np.nan)[
        ()
    ]


def calibration_error_by_chance(
    buckets: Buckets, table: Reliability, level: ArrayLike = 0.95, draws: int = 1000, seed: int = 0
) -> tuple[Floats, Floats]:
    """What a perfectly calibrated model with these scores would show at this n.

    Labels are drawn by bucket, each with its mean score as the chance. The mean is near the closed form, the sum
    of weight * sqrt(2 * noise / pi), where bins hold enough of both labels for their shares to be normal.

    Returns:
        The expected error, and the one that a share `level` of such models stays below; 0 and 1 without rows.
    """
    alpha = tail(level)
    if not len(table.n):
        return np.asarray(0.0)[()], np.ones_like(alpha)[()]
    n = np.round(buckets.n).astype(np.int64)
    random = np.random.default_rng(seed)
    drawn = random.binomial(n, buckets.mean, (draws, len(n))) - n * buckets.mean
    starts = np.searchsorted(table.bin, np.arange(len(table.n)))
    errors = np.abs(np.add.reduceat(drawn, starts, axis=1)).sum(axis=1) / table.n.sum()
    return np.asarray(np.mean(errors))[()], np.asarray(np.quantile(errors, 1 - alpha))[()]


def calibration_error_lower(
    buckets: Buckets, table: Reliability, level: ArrayLike = 0.95, draws: int = 1000, seed: int = 0
) -> Floats:
    """One-sided lower bound of the true calibration error of these bins.

    The bins' noise moves the error by at most the weighted mean of its own size, so a quantile of that is
    taken off: of the labels as they would fall with the shares seen, and of those by chance, whichever is more. The
    bound is above 0 only where a calibrated model would not show such an error.
    """
    alpha = tail(level)
    if not len(table.n):
        return np.zeros_like(alpha)[()]
    _, chance = calibration_error_by_chance(buckets, table, level, draws, seed)
    n, share = np.round(table.n).astype(np.int64), _smoothed(table)
    drawn = np.random.default_rng(seed).binomial(n, share, (draws, len(n)))
    noise = np.abs(drawn - n * share).sum(axis=1) / table.n.sum()
    taken_off = np.maximum(chance, np.quantile(noise, 1 - alpha))
    return np.asarray(np.maximum(calibration_error(table) - taken_off, 0))[()]


def calibration_error_upper(table: Reliability, level: ArrayLike = 0.95) -> Floats:
    """One-sided upper bound of the true calibration error of these bins.

    The true error is the weighted sum of the bins' true deviations, each with its own fixed sign; with these
    signs the deviations seen sum to at most the error seen. So it exceeds the error seen by no more than the normal
    noise of one weighted sum.
    """
    z = -ndtri(tail(level))
    if not len(table.n):
        return np.ones_like(z)[()]
    share = _smoothed(table)
    variance = np.maximum(share * (1 - share) / table.n, table.noise)
    added = z * np.sqrt(np.sum(table.weight**2 * variance))
    return np.asarray(np.minimum(calibration_error(table) + added, 1))[()]


def calibration_error_interval(
    buckets: Buckets, table: Reliability, confidence: ArrayLike = 0.95, draws: int = 1000, seed: int = 0
) -> tuple[Floats, Floats]:
    """Two-sided interval (low, high) of the true calibration error; it can hold 0."""
    level = one_sided(confidence)
    return calibration_error_lower(buckets, table, level, draws, seed), calibration_error_upper(table, level)


def _smoothed(table: Reliability) -> Floats:
    """The bins' shares with one row more at the bin's own score, so that no bin is certain."""
    return np.asarray((table.positives + table.score) / (table.n + 1))
