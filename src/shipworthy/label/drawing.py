"""Which rows come next: how many of each stratum, and with which chance each was drawn."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np


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
    short = left - int(drawn.sum())  # less than one each: the greatest strata take it
    for at in np.argsort(-(room - drawn), kind="stable")[:short]:
        drawn[at] += 1
    return tuple(int(each) for each in drawn)


def _level(left: int, room: np.ndarray, have: np.ndarray) -> int:
    """The highest common number of labelled rows that so many further ones can reach."""
    low, high = int(have.min(initial=0)), int((have + room).max(initial=0))
    while low < high:
        middle = (low + high + 1) // 2
        if int(np.clip(middle - have, 0, room).sum()) <= left:
            low = middle
        else:
            high = middle - 1
    return low
