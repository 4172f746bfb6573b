"""Bucketed values: enough for quantiles, and for what each threshold of a score would give."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from shipworthy.tally.cube import Floats

ROUNDING = 1e-12
"""To this share of all rows a rank is what it is but for rounding."""


@dataclass(frozen=True, eq=False)
class Histogram:
    """Rows by bucket of a value, in ascending order of value.

    Shapes, with B buckets: `bucket` (B,) the bucket's number, `least` and `greatest` (B,) the extreme values in it,
    `n` (B, 3) the rows with a negative, a positive and an unknown label, weighted where the log has weights.
    `scores` (B, 3) are the sums of the values of the negatives, of the positives, and of the squares of both.
    `groups` (B, G, 3) is `n` again, by random group of units; G is 0 where every row is a unit of its own, of weight
    1, or where nobody asked.
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
        return cls(none, none, none, np.zeros((0, 3)), np.zeros((0, 3)), np.zeros((0, groups, 3)))

    @property
    def weight(self) -> float:
        """The weight of all values together: how many they are where each weighs 1."""
        return float(self.n.sum())

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
        """The histogram of that many times the units, at the same shares; groups of more units differ less, by the root."""
        even = self.groups.mean(axis=1, keepdims=True) if self.groups.shape[1] else self.groups
        groups = np.maximum(factor * even + np.sqrt(factor) * (self.groups - even), 0)
        return replace(self, n=self.n * factor, scores=self.scores * factor, groups=groups)

    def in_rows(self, rows: float) -> Histogram:
        """The same shares of so many rows that weigh 1 on average; counts that are whole but for rounding are whole."""
        if rows == self.weight:
            return self
        n, scores, groups = (part * (rows / self.weight) for part in (self.n, self.scores, self.groups))
        whole = np.rint(n)
        n = np.where(abs(n - whole) <= ROUNDING * rows, whole, n)
        return replace(self, n=n, scores=scores, groups=groups)

    def after(self, rank: float) -> float:
        """The least value that what comes next after so many rows, in order of value, can have."""
        cumulative = np.cumsum(self.n.sum(axis=1))
        return float(self.least[_place(cumulative, rank + ROUNDING * cumulative[-1], "right")])

    def up_to(self, rank: float) -> float:
        """The greatest value that so many rows, in order of value, can reach."""
        cumulative = np.cumsum(self.n.sum(axis=1))
        return float(self.greatest[_place(cumulative, rank - ROUNDING * cumulative[-1], "left")])

    def bucket_at(self, p: float) -> int:
        """The place of the bucket that the share p of the rows reaches."""
        cumulative = np.cumsum(self.n.sum(axis=1))
        return _place(cumulative, (p - ROUNDING) * cumulative[-1], "left")

    def quantile(self, p: float) -> float:
        """The value at the share p of the rows, interpolated between the extremes of its bucket."""
        counts = self.n.sum(axis=1)
        cumulative = np.cumsum(counts)
        rank, at = (p - ROUNDING) * cumulative[-1], self.bucket_at(p)
        if counts[at] <= 1:
            return float(self.least[at] + 0.5 * (self.greatest[at] - self.least[at]))
        inside = np.ceil(rank - (cumulative[at] - counts[at])) / counts[at]
        first = 1 / counts[at]
        share = min(1.0, (inside - first) / (1 - first))
        return float(self.least[at] + share * (self.greatest[at] - self.least[at]))

    def above(self) -> tuple[Floats, Floats]:
        """Rows with a value of at least each bucket's `least`: of positives (B,) and of negatives (B,)."""
        from_top = np.cumsum(self.n[::-1], axis=0)[::-1]
        return from_top[:, 1], from_top[:, 0]


def _place(cumulative: Floats, rank: float, side: Literal["left", "right"]) -> int:
    """The bucket in which a rank lies: on the left the one that reaches it, on the right the one that passes it."""
    return min(int(np.searchsorted(cumulative, rank, side)), len(cumulative) - 1)


def _grouped(histogram: Histogram, groups: int) -> Floats:
    """The groups, where the other half has some; only a histogram of no rows may have none then."""
    if histogram.groups.shape[1] == groups:
        return histogram.groups
    if len(histogram.bucket):
        raise ValueError("only histograms of logs with the same groups of units add")
    return np.zeros((0, groups, 3))
