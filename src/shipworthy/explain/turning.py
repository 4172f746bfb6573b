"""The smallest change of one column that turns an answer, among the values that other rows have.

It is what the model would say, and not what would happen: no value of the world is changed by it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from shipworthy.explain.blend import Ints, whole
from shipworthy.explain.together import Column

MOST_WORDS = 200
"""A column of words with more different ones than this is a text, and not tried."""

Answer = Callable[[Ints], Sequence[str | None]]
"""From an origin (R, p) to the answer of each row; None where there is none."""


@dataclass(frozen=True)
class Turned:
    """A column, the row of the pool that its turning value comes from (None: no value turns it), and the answer then."""

    column: int
    place: int | None
    answer: str | None = None


def turned(answer: Answer, columns: Sequence[Column], row: int) -> tuple[Turned, ...]:
    """For each column that can be tried, the nearest value of another row that turns the answer.

    Numbers are tried in the order of their distance from the row's own (from the median where that is not known), words
    from the most frequent one down. Unknown values are not tried.

    Args:
        answer: the candidate.
        columns: the values of each column over the pool.
        row: the place of the row in the pool.
    """
    origin = whole(np.array([row]), len(columns))
    own = answer(origin)[0]
    found = []
    for at, values in enumerate(columns):
        places = _in_order(values, row)
        if own is None or places is None:
            continue
        tried = np.repeat(origin, len(places), axis=0)
        tried[:, at] = places
        answers = answer(tried) if len(places) else ()
        other = (place for place, each in enumerate(answers) if each not in (None, own))
        first = next(other, None)
        found.append(Turned(at, None) if first is None else Turned(at, int(places[first]), answers[first]))
    return tuple(found)


def _in_order(values: Column, row: int) -> Ints | None:
    """One row of the pool for each other value, the nearest first; None for a column that is not tried."""
    if isinstance(values, np.ndarray):
        known, places = np.unique(values, return_index=True)
        finite = np.isfinite(known)
        known, places = known[finite], places[finite]
        own = values[row] if np.isfinite(values[row]) else np.median(known) if len(known) else 0.0
        order = np.argsort(np.abs(known - own), kind="stable")
        return np.asarray(places[order][known[order] != values[row]], dtype=np.int64)
    if values is None:
        return None
    counts = Counter(each for each in values if each is not None)
    if len(counts) > MOST_WORDS:
        return None
    first = {word: at for at, word in reversed(list(enumerate(values)))}
    words = sorted(counts, key=lambda word: (-counts[word], word))
    return np.array([first[word] for word in words if word != values[row]], dtype=np.int64)
