"""Texts that nearly repeat another one: groups, the share of rows that repeat an earlier one, and those that cross a split."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np

from shipworthy.audit.fault import RowShare
from shipworthy.audit.texts.minhash import bands_for, buckets
from shipworthy.audit.texts.shingles import Shingles, shingles_of
from shipworthy.stats.floats import Ints

THRESHOLD = 0.8
"""From this likeness on (runs of three words that both have, of those that either has) texts are nearly equal."""

ALL_PAIRS = 32
"""In larger buckets a text is compared with one of each group instead of with everyone."""

AT_ONCE = 2_000_000
"""Where texts times their runs are no more, all pairs of a bucket are compared in one product."""


@dataclass(frozen=True)
class NearDuplicates:
    """Groups of nearly equal texts.

    Attributes:
        groups: positions of the texts of each group of two or more, in order; each text is like one or more of its group.
        looked_at: texts with a word in them.
        threshold: the likeness from which on texts are nearly equal.
        recall: the least chance that a pair at the threshold was compared; compared pairs are judged exactly.
    """

    groups: tuple[tuple[int, ...], ...]
    looked_at: int
    threshold: float
    recall: float

    @property
    def places(self) -> tuple[int, ...]:
        """The positions of texts that repeat an earlier one, in order."""
        return tuple(sorted(place for group in self.groups for place in group[1:]))

    @property
    def repeated(self) -> RowShare:
        """The share of texts that repeat an earlier one."""
        return RowShare(sum(len(group) - 1 for group in self.groups), self.looked_at)


def near_duplicates(
    texts: Sequence[str | None], threshold: float = THRESHOLD, seed: int = 0
) -> NearDuplicates:
    """The nearly equal texts among these; None and texts without a word are left out.

    Candidates come from MinHash signatures and are then compared exactly, so what is found is true; what is missed is
    bounded by `recall`. Capitals, spaces and punctuation make no difference.

    Args:
        texts: a bounded sample of rows.
        threshold: the least likeness in (0, 1].
        seed: of the signatures; equal seeds give equal results on every machine.

    Raises:
        ValueError: a threshold outside (0, 1].
    """
    shingles, bands = shingles_of(texts), bands_for(threshold)
    first_of = _equal(shingles)
    distinct = np.unique(first_of[first_of >= 0])
    roots = np.arange(len(texts))
    for bucket in buckets(shingles.only(distinct), bands, seed):
        near = distinct[bucket].tolist()
        (_join_few if _are_few(near, shingles) else _join)(near, shingles, roots, threshold)
    members: dict[int, list[int]] = {}
    for place in np.flatnonzero(first_of >= 0).tolist():
        members.setdefault(_root(roots, int(first_of[place])), []).append(place)
    groups = tuple(sorted(tuple(each) for each in members.values() if len(each) > 1))
    return NearDuplicates(groups, int((first_of >= 0).sum()), threshold, bands.recall(threshold))


def also_elsewhere(found: NearDuplicates, parts: Sequence[Hashable], part: Hashable) -> tuple[int, ...]:
    """The positions of texts of one part (such as test) that are nearly equal to one of another part, in order.

    Args:
        found: the nearly equal texts.
        parts: the part of each text.
        part: whose texts are meant.
    """
    return tuple(
        sorted(
            place
            for group in found.groups
            if any(parts[other] != part for other in group)
            for place in group
            if parts[place] == part
        )
    )


def _equal(shingles: Shingles) -> Ints:
    """For each text the first one with the very same runs; -1 where it has none."""
    first: dict[bytes, int] = {}
    count = len(shingles.starts) - 1
    runs = (shingles.of(text) for text in range(count))
    return np.array(
        [first.setdefault(each.tobytes(), text) if len(each) else -1 for text, each in enumerate(runs)],
        np.int64,
    )


def _are_few(bucket: Sequence[int], shingles: Shingles) -> bool:
    """Whether all pairs of a bucket fit into one product; two texts alone are sooner compared as they are."""
    runs = sum(int(shingles.starts[text + 1] - shingles.starts[text]) for text in bucket)
    return len(bucket) > 2 and len(bucket) * runs <= AT_ONCE


def _join_few(bucket: Sequence[int], shingles: Shingles, roots: Ints, threshold: float) -> None:
    """Join the texts of a bucket that are nearly equal, all pairs compared at once."""
    alike = np.argwhere(np.triu(shingles.likenesses(bucket) >= threshold, 1))
    for first, second in alike.tolist():
        one, other = _root(roots, bucket[first]), _root(roots, bucket[second])
        roots[max(one, other)] = min(one, other)


def _join(bucket: Sequence[int], shingles: Shingles, roots: Ints, threshold: float) -> None:
    """Join the texts of a bucket that are nearly equal; pairs that are joined already are not compared again."""
    seen: list[int] = []
    everyone = len(bucket) <= ALL_PAIRS
    for text in bucket:
        apart = True
        for other in seen:
            if _root(roots, text) == _root(roots, other):
                apart = False
            elif shingles.likeness(text, other) >= threshold:
                roots[_root(roots, text)] = _root(roots, other)
                apart = False
        if everyone or apart:
            seen.append(text)


def _root(roots: Ints, text: int) -> int:
    """The text that stands for a group; paths are halved on the way (Tarjan and van Leeuwen 1984)."""
    while roots[text] != text:
        roots[text] = roots[roots[text]]
        text = int(roots[text])
    return text
