"""Bucketed values: enough for quantiles, and for what each threshold of a score would give."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from shipworthy.tally.cube import Floats


@dataclass(frozen=True, eq=False)
class Histogram:
    """Rows by bucket of a value, in ascending order of value.

    Shapes, with B buckets: `bucket` (B,) the bucket's number, `least` and `greatest` (B,) the extreme values in it,
    `n` (B, 3) the rows with a negative, a positive and an unknown label, weighted where the log has weights.
    `scores` (B, 3) are the sums of the values of the negatives, of the positives, and of the squares of both.
    `groups` (B, G, 2) are the negatives and positives again, by random group of units; G is 0 where every row is a
    unit of its own, of weight 1.
    """

    bucket: Floats
    least: Floats
    greatest: Floats
    n: Floats
    scores: Floats
    groups: Floats

    @classmethod
    def empty(cls, groups: int = 0) -> Histogram:
        """The histogram of no rows: neutral for `+`."""
        none = np.zeros(0)
        return cls(none, none, none, np.zeros((0, 3)), np.zeros((0, 3)), np.zeros((0, groups, 2)))

    @property
    def rows(self) -> int:
        """How many values it counts."""
        return int(self.n.sum())

    def __add__(self, other: Histogram) -> Histogram:
        """The histogram of both halves of the data, bucket by bucket."""
        bucket, at = np.unique(np.concatenate([self.bucket, other.bucket]), return_inverse=True)
        least, greatest = np.full(len(bucket), np.inf), np.full(len(bucket), -np.inf)
        np.minimum.at(least, at, np.concatenate([self.least, other.least]))
        np.maximum.at(greatest, at, np.concatenate([self.greatest, other.greatest]))

        def total(one: Floats, two: Floats) -> Floats:
            found = np.zeros((len(bucket), *np.broadcast_shapes(one.shape[1:], two.shape[1:])))
            np.add.at(found, at[: len(self.bucket)], one)
            np.add.at(found, at[len(self.bucket) :], two)
            return found

        groups = max(self.groups.shape[1], other.groups.shape[1])
        own, others = (_grouped(each, groups) for each in (self, other))
        return Histogram(
            bucket,
            least,
            greatest,
            total(self.n, other.n),
            total(self.scores, other.scores),
            total(own, others),
        )

    def scaled(self, factor: float) -> Histogram:
        """The histogram of that many times the rows, at the same shares."""
        counted = (part * factor for part in (self.n, self.scores, self.groups))
        return Histogram(self.bucket, self.least, self.greatest, *counted)

    def at_rank(self, rank: float) -> tuple[float, float]:
        """The least and greatest value that the rank-th smallest row (1-based) can have."""
        cumulative = np.cumsum(self.n.sum(axis=1))
        at = min(int(np.searchsorted(cumulative, rank - 1e-9)), len(cumulative) - 1)
        return float(self.least[at]), float(self.greatest[at])

    def quantile(self, p: float) -> float:
        """The p-quantile by the nearest rank, interpolated between the extremes of its bucket."""
        counts = self.n.sum(axis=1)
        cumulative = np.cumsum(counts)
        rank = max(1.0, np.ceil(p * cumulative[-1] - 1e-9))
        at = min(int(np.searchsorted(cumulative, rank - 1e-9)), len(cumulative) - 1)
        inside = (rank - (cumulative[at] - counts[at])) / counts[at]
        first = 1 / counts[at]
        share = 0.5 if counts[at] == 1 else min(1.0, (inside - first) / (1 - first))
        return float(self.least[at] + share * (self.greatest[at] - self.least[at]))

    def above(self) -> tuple[Floats, Floats]:
        """Rows with a value of at least each bucket's `least`: of positives (B,) and of negatives (B,)."""
        from_top = np.cumsum(self.n[::-1], axis=0)[::-1]
        return from_top[:, 1], from_top[:, 0]


def _grouped(histogram: Histogram, groups: int) -> Floats:
    """The groups, where the other half has some; only a histogram of no rows may have none then."""
    if histogram.groups.shape[1] == groups:
        return histogram.groups
    if len(histogram.bucket):
        raise ValueError("only histograms of logs with the same groups of units add")
    return np.zeros((0, groups, 2))
