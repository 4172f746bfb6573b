"""Texts as sets of their runs of words, each run a number: what texts that are nearly equal share."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from shipworthy.stats.floats import Floats, Ints

Hashes = NDArray[np.uint64]

RUN = 3
"""Words in a run; texts with fewer words are one run."""

_WITHOUT_SPACES = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff"
"""Scripts that put no spaces between words: Thai, Lao, Burmese, Khmer, Japanese, Chinese. Each of their signs counts as a word."""

_WORD = re.compile(rf"[{_WITHOUT_SPACES}]|[^\W{_WITHOUT_SPACES}]+")
_MIXERS = tuple(np.uint64(each) for each in (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9))


@dataclass(frozen=True)
class Shingles:
    """The runs of n texts: those of text i are `runs[starts[i]:starts[i + 1]]`, each once, in order; none where it has no word."""

    runs: Hashes
    starts: Ints

    def of(self, text: int) -> Hashes:
        """The runs of one text."""
        return self.runs[self.starts[text] : self.starts[text + 1]]

    def only(self, texts: Ints) -> Shingles:
        """The runs of some of the texts, in the order that they are named in."""
        return _joined([self.of(text) for text in texts.tolist()])

    def likeness(self, first: int, second: int) -> float:
        """The share of the runs of either text that both have (Jaccard 1901)."""
        one, other = self.of(first), self.of(second)
        shared = len(np.intersect1d(one, other, assume_unique=True))
        return shared / (len(one) + len(other) - shared)

    def likenesses(self, texts: Sequence[int]) -> Floats:
        """The likeness of each of these texts (k) with each, all with a run (k, k).

        The work and the memory go with k times the number of different runs, so they are for a few texts.
        """
        sizes = np.array([self.starts[text + 1] - self.starts[text] for text in texts])
        runs = np.concatenate([self.of(text) for text in texts])
        different, place = np.unique(runs, return_inverse=True)
        has = np.zeros((len(texts), len(different)), np.float32)
        has[np.repeat(np.arange(len(texts)), sizes), place] = 1.0
        shared = (has @ has.T).astype(np.float64)
        return np.asarray(shared / (sizes[:, None] + sizes[None, :] - shared))


def shingles_of(texts: Sequence[str | None]) -> Shingles:
    """The runs of each text, whatever its capitals, spaces and punctuation; the same on every machine."""
    known: dict[str, int] = {}
    sets = [_runs(text, known) if text else np.empty(0, np.uint64) for text in texts]
    return _joined(sets)


def _joined(sets: Sequence[Hashes]) -> Shingles:
    starts = np.cumsum([0, *(len(each) for each in sets)], dtype=np.int64)
    return Shingles(np.concatenate([*sets, np.empty(0, np.uint64)]), starts)


def _runs(text: str, known: dict[str, int]) -> Hashes:
    words = _WORD.findall(text.lower())
    hashes = np.array([_hash(word, known) for word in words], np.uint64)
    width = min(RUN, len(hashes))
    if not width:
        return hashes
    ends = len(hashes) - width + 1
    mixed = np.zeros(ends, np.uint64)
    for place in range(width):
        mixed = spread(mixed * _MIXERS[0] + hashes[place : place + ends] * _MIXERS[1] + _MIXERS[2])
    return np.unique(mixed)


def _hash(word: str, known: dict[str, int]) -> int:
    found = known.get(word)
    if found is None:
        digest = hashlib.blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest()
        found = known[word] = int.from_bytes(digest, "little")
    return found


def spread(values: Hashes) -> Hashes:
    """Numbers whose every bit depends on every bit of the values (the finaliser of SplitMix64, Steele et al. 2014)."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))
