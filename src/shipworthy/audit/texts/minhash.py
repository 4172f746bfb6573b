"""Pairs of texts that may be nearly equal, without comparing all of them: MinHash signatures cut into bands (Broder 1997)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from shipworthy.audit.texts.shingles import Hashes, Shingles, spread
from shipworthy.stats.floats import Ints

PERMUTATIONS = 128
RECALL = 0.99
"""At least this share of the pairs just as alike as the threshold become candidates."""

_TEXTS_AT_ONCE = 256
"""Few enough that their runs stay in the cache while 128 functions pass over them."""


@dataclass(frozen=True)
class Bands:
    """A signature cut into `count` bands of `width` values; texts are candidates where one whole band is equal."""

    count: int
    width: int

    def recall(self, likeness: float) -> float:
        """The chance that a pair as alike as this becomes a candidate."""
        return float(1 - (1 - likeness**self.width) ** self.count)


def bands_for(threshold: float, recall: float = RECALL) -> Bands:
    """The widest bands, and so the fewest candidates, that find pairs just at the threshold with this chance.

    Raises:
        ValueError: a threshold outside (0, 1].
    """
    if not 0 < threshold <= 1:
        raise ValueError(f"a threshold lies above 0 and at most at 1, not at {threshold}")
    choices = [Bands(PERMUTATIONS // width, width) for width in range(PERMUTATIONS, 0, -1)]
    return next((each for each in choices if each.recall(threshold) >= recall), choices[-1])


def buckets(shingles: Shingles, bands: Bands, seed: int) -> Iterator[Ints]:
    """Groups of two or more texts with an equal band, in order, one band after the other.

    Memory is a number for each text and band, and the signatures of a few hundred texts.
    """
    keys = _band_keys(shingles, bands, seed)
    texts = np.flatnonzero(np.diff(shingles.starts))
    for band in range(bands.count):
        column = keys[texts, band]
        order = np.argsort(column, kind="stable")
        ends = np.flatnonzero(np.diff(column[order], append=~column[order[-1:]])) + 1
        starts = np.concatenate([[0], ends[:-1]]) if len(ends) else ends
        several = ends - starts > 1
        for start, end in zip(starts[several].tolist(), ends[several].tolist(), strict=True):
            yield texts[order[start:end]]


def _band_keys(shingles: Shingles, bands: Bands, seed: int) -> Hashes:
    """One number for each text and band; texts without words have 0."""
    factors, summands = _functions(seed)
    count = len(shingles.starts) - 1
    keys = np.zeros((count, bands.count), np.uint64)
    for first in range(0, count, _TEXTS_AT_ONCE):
        last = min(first + _TEXTS_AT_ONCE, count)
        signatures = _signatures(shingles, first, last, factors, summands)
        for band in range(bands.count):
            key = np.full(last - first, band, np.uint64)
            for place in range(band * bands.width, (band + 1) * bands.width):
                key = spread(key + signatures[place])
            keys[first:last, band] = key
    return keys


def _functions(seed: int) -> tuple[Hashes, Hashes]:
    """Factors (odd) and summands of the functions that stand for permutations."""
    draw = np.random.default_rng(seed)
    drawn = draw.integers(0, 2**64, (2, PERMUTATIONS), np.uint64)
    return drawn[0] | np.uint64(1), drawn[1]


def _signatures(
    shingles: Shingles, first: int, last: int, factors: Hashes, summands: Hashes
) -> NDArray[np.uint64]:
    """The least value of each function over each text's runs, (128, texts), by its upper half (Dietzfelbinger et al. 1997)."""
    starts = shingles.starts[first : last + 1]
    runs, offsets = shingles.runs[starts[0] : starts[-1]], starts[:-1] - starts[0]
    filled = np.diff(starts) > 0
    least = np.zeros((len(factors), last - first), np.uint64)
    if not filled.any():
        return least
    for place, (factor, summand) in enumerate(zip(factors, summands, strict=True)):
        least[place, filled] = np.minimum.reduceat(
            (runs * factor + summand) >> np.uint64(32), offsets[filled]
        )
    return least
