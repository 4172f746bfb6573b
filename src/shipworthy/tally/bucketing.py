"""Values in memory, counted by bucket, label and slice: what a GROUP BY of buckets would count, where rows may come to us."""

from __future__ import annotations

from dataclasses import dataclass
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from shipworthy.tally.cells import Codes
from shipworthy.tally.cube import Floats, Key
from shipworthy.tally.histogram import Histogram
from shipworthy.tally.needs import Grouping
from shipworthy.tally.packing import Packing

Mask = NDArray[Any]

UNLABELLED = 2
"""The truth of a row without a label."""

LOG_BUCKET = 0.005
"""Width of a value bucket on the logarithmic scale: neighbours differ by at most 0.5 %."""

LOGIT_BUCKETS = 64
"""Buckets of a probability per unit of its logit."""

TINY = 1e-150
"""Sizes under this count as none, and over its inverse as no greater."""

SMALLEST_REST = 1e-17
"""Less than what the greatest score below 1 leaves to 1."""


def buckets(value: Floats, *, probability: bool) -> Codes:
    """A bucket number (n,) that rises with the value: of a score on the logit, of any other number on the logarithm of its size.

    log(s / (1 - s)), where what is not positive counts as tiny, goes on past 0 and 1; log(x / -x) is the signed
    logarithm, 0 for 0.
    """
    other, least = (1.0 - value, SMALLEST_REST) if probability else (-value, TINY)
    size = np.log(np.clip(value, TINY, 1 / TINY) / np.clip(other, least, 1 / TINY))
    return np.floor(size * (LOGIT_BUCKETS if probability else 1 / LOG_BUCKET)).astype(np.int64)


@dataclass(frozen=True, eq=False)
class ValueRows:
    """Rows of one column: `packed` the numbers of their slices, `value` (n,), NaN for none, and what it counts as.

    `truth` (n,) is 0 for a negative, 1 for a positive, 2 for no label; `weight` is None where every row weighs 1, `group`
    the random group of the row's unit where it is asked.
    """

    packed: tuple[Codes, ...]
    value: Floats
    truth: Codes
    weight: Floats | None = None
    group: Codes | None = None

    def some(self, kept: Mask) -> ValueRows:
        """The rows of a mask."""
        return ValueRows(
            tuple(each[kept] for each in self.packed),
            self.value[kept],
            self.truth[kept],
            None if self.weight is None else self.weight[kept],
            None if self.group is None else self.group[kept],
        )


@dataclass(eq=False)
class Bucketing:
    """The histograms of one column on every slice of one grouping, to which rows are added.

    With S slices and B buckets seen so far, in ascending order: `least` and `greatest` (S, B), `n` and `scores`
    (S, B, 3), `groups` (S, B, G, 3), as in a `Histogram`.
    """

    by: Grouping
    packing: Packing
    probability: bool
    scored: bool
    random_groups: int = 0

    def __post_init__(self) -> None:
        """Start with no buckets."""
        self.numbering = self.packing.numbering(self.by)
        self.bucket: Codes = np.zeros(0, dtype=np.int64)
        shape = (self.numbering.slices, 0)
        self.least, self.greatest = np.full(shape, np.inf), np.full(shape, -np.inf)
        self.n, self.scores = np.zeros((*shape, 3)), np.zeros((*shape, 3))
        self.groups = np.zeros((*shape, self.random_groups, 3))

    def add(self, rows: ValueRows) -> None:
        """Add rows; those without a value count for nothing."""
        there = ~np.isnan(rows.value)
        rows = rows if there.all() else rows.some(there)
        if not len(rows.value):
            return
        place = self._place(buckets(rows.value, probability=self.probability))
        at = self.numbering.of_rows(rows.packed, len(rows.value)) * len(self.bucket) + place
        np.minimum.at(self.least.reshape(-1), at, rows.value)
        np.maximum.at(self.greatest.reshape(-1), at, rows.value)
        self.n += _counted(3 * at + rows.truth, rows.weight, self.n.shape)
        if self.scored:
            self._add_scores(at, rows)
        if self.random_groups and rows.group is not None:
            whose = 3 * (self.random_groups * at + rows.group) + rows.truth
            self.groups += _counted(whose, rows.weight, self.groups.shape)

    def _add_scores(self, at: Codes, rows: ValueRows) -> None:
        """The sums of scores by label, and in place of those without a label the squares of both."""
        labelled = rows.truth < UNLABELLED
        weighed = rows.value if rows.weight is None else rows.value * rows.weight
        sums = _counted(3 * at + rows.truth, weighed, self.scores.shape)
        sums[..., 2] = _counted(at[labelled], (weighed * rows.value)[labelled], self.least.shape)
        self.scores += sums

    def _place(self, number: Codes) -> Codes:
        """Where each bucket stands among those that were seen, to which the new ones are added."""
        low = number.min()
        seen = np.flatnonzero(np.bincount(number - low)) + low
        if len(new := np.setdiff1d(seen, self.bucket, assume_unique=True)):
            self._grow(new)
        return np.asarray(np.searchsorted(self.bucket, np.arange(low, number.max() + 1)).take(number - low))

    def _grow(self, new: Codes) -> None:
        bucket = np.union1d(self.bucket, new)
        kept = np.searchsorted(bucket, self.bucket)

        def wider(part: Floats, blank: float) -> Floats:
            grown = np.full((part.shape[0], len(bucket), *part.shape[2:]), blank)
            grown[:, kept] = part
            return grown

        self.bucket, self.least, self.greatest = (
            bucket,
            wider(self.least, np.inf),
            wider(self.greatest, -np.inf),
        )
        self.n, self.scores, self.groups = (wider(part, 0.0) for part in (self.n, self.scores, self.groups))

    def histograms(self, by: Grouping) -> dict[Key, Histogram]:
        """The histogram of every slice by some of the columns that has a value; numbers of the same name are one slice."""
        columns = [self.by.index(column) for column in by]
        members: dict[Key, list[int]] = {}
        for at, key in enumerate(self.packing.keys(self.by, np.arange(self.numbering.slices))):
            members.setdefault(tuple(key[i] for i in columns), []).append(at)
        found = {key: self._histogram(at) for key, at in sorted(members.items())}
        return {key: histogram for key, histogram in found.items() if len(histogram.bucket)}

    def _histogram(self, at: list[int]) -> Histogram:
        least, greatest = self.least[at].min(axis=0), self.greatest[at].max(axis=0)
        some = np.flatnonzero((least < np.inf) | (greatest > -np.inf))
        n, scores, groups = (part[at].sum(axis=0)[some] for part in (self.n, self.scores, self.groups))
        return Histogram(self.bucket[some].astype(float), least[some], greatest[some], n, scores, groups)


def _counted(key: Codes, part: Floats | None, shape: tuple[int, ...]) -> Floats:
    return np.bincount(key, part, minlength=prod(shape)).reshape(shape).astype(np.float64, copy=False)
