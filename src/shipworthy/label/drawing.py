"""Which rows come next: how many of each stratum, and with which chance each was drawn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from shipworthy.stats.floats import Floats, Ints

LEADING = 10
"""Interesting rows are drawn among so many times as many as are wanted."""

EDGE = 1e-9


def evenly(wanted: int, rows: Sequence[int], labelled: Sequence[int]) -> tuple[int, ...]:
    """How many rows to draw of each stratum, so that the least covered ones catch up with the others.

    Each stratum is filled up to one common number of labelled rows, as far as it has any left ("water filling").

    Args:
        wanted: how many rows in all.
        rows: how many rows of each stratum may be drawn.
        labelled: how many of each are labelled, or queued, already.
    """
    room, have = np.asarray(rows, np.int64), np.asarray(labelled, np.int64)
    left = min(int(wanted), int(room.sum()))
    level = _level(left, room, have)
    drawn = np.clip(level - have, 0, room)
    short = left - int(drawn.sum())  # less than one for each that could rise further
    for at in np.flatnonzero((have + drawn == level) & (drawn < room))[:short]:
        drawn[at] += 1
    return tuple(int(each) for each in drawn)


def in_proportion(wanted: int, shares: Sequence[float], rows: Sequence[int]) -> tuple[int, ...]:
    """How many rows to draw of each stratum, in proportion to these shares, as far as it has any (largest remainders)."""
    share, room = np.asarray(shares, np.float64), np.asarray(rows, np.int64)
    ideal = np.minimum(wanted * share / share.sum(), room)
    drawn = np.floor(ideal).astype(np.int64)
    for at in np.argsort(drawn - ideal, kind="stable")[: max(wanted - int(drawn.sum()), 0)]:
        drawn[at] += int(share[at] > 0 and drawn[at] < room[at])
    return tuple(int(each) for each in drawn)


def _level(left: int, room: Ints, have: Ints) -> int:
    """The highest common number of labelled rows that so many further ones can reach."""
    low, high = int(have.min(initial=0)), int((have + room).max(initial=0))
    while low < high:
        middle = (low + high + 1) // 2
        if int(np.clip(middle - have, 0, room).sum()) <= left:
            low = middle
        else:
            high = middle - 1
    return low


@dataclass(frozen=True)
class Guess:
    """What one candidate says of rows: a class or a number each, and how sure it is, 0 (not at all) to 1; None where it says nothing."""

    answers: tuple[str | float | None, ...]
    sureness: tuple[float | None, ...]


def doubt(guess: Guess) -> Floats:
    """How unsure a candidate is of each row, from 0 to 1; 0 where it says nothing."""
    return np.array([0.0 if sure is None else 1.0 - sure for sure in guess.sureness])


def discord(guesses: Sequence[Guess]) -> Floats:
    """How far candidates differ on each row: of classes the share of pairs that differ, of numbers their spread."""
    rows = zip(*(guess.answers for guess in guesses), strict=True)
    return np.array([_apart([answer for answer in row if answer is not None]) for row in rows])


def _apart(row: Sequence[str | float]) -> float:
    if len(row) < 2:
        return 0.0
    if all(isinstance(answer, float) for answer in row):
        return float(np.std([float(answer) for answer in row]))
    same = sum(times * (times - 1) for times in Counter(row).values())
    return 1.0 - same / (len(row) * (len(row) - 1))


def proportional(interest: Sequence[float] | Floats, wanted: int, seed: int) -> tuple[tuple[int, float], ...]:
    """Rows with the chance that each had, larger the more interesting it is; of the ten times as many that lead.

    Systematic sampling with unequal chances (Madow 1949): every row of the leading ones has the chance wanted *
    interest / sum, at most 1, and exactly as many as wanted are drawn, or all that are of any interest.
    """
    scores = np.asarray(interest, np.float64)
    leading = np.argsort(-scores, kind="stable")[: LEADING * wanted]
    leading = leading[scores[leading] > 0]
    chances = _chances(scores[leading], min(wanted, leading.size))
    rng = np.random.default_rng(seed)
    order = rng.permutation(leading.size)
    edges = np.concatenate([[0.0], np.cumsum(chances[order])])
    marks = np.arange(rng.random(), edges[-1] - EDGE, 1.0)
    at = np.clip(np.searchsorted(edges, marks, side="right") - 1, 0, max(leading.size - 1, 0))
    return tuple((int(leading[order[place]]), float(chances[order[place]])) for place in at)


def _chances(scores: Floats, wanted: int) -> Floats:
    """Chances in proportion to the scores that sum to the number wanted, none above 1."""
    chances = np.zeros(scores.size)
    free = np.ones(scores.size, bool)
    while wanted > int(np.count_nonzero(~free)) and free.any():
        chances[free] = (wanted - np.count_nonzero(~free)) * scores[free] / scores[free].sum()
        over = free & (chances >= 1)
        if not over.any():
            break
        chances[over], free[over] = 1.0, False
    return chances
