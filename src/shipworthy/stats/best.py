"""Which of many choices along a line may be the best, when one sample tells the worth of all of them.

Thresholds of one score are such choices: between two of them only the rows that lie between change their worth, so the
variance of a difference is the distance on a clock that runs along the line.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from shipworthy.stats.floats import Bools, Floats, floats
from shipworthy.stats.level import tail

DRAWS = 4_000
"""Random walks behind the critical values: always the same ones, so that a figure never changes."""


@dataclass(frozen=True, eq=False)
class AgainstBest:
    """Each of O choices held against the best one: all arrays (O,).

    `upper` bounds how far the choice falls short of the best, at least 0. `perhaps_best` is false where some other
    choice is shown to be better.
    """

    upper: Floats
    perhaps_best: Bools


def against_best(value: ArrayLike, clock: ArrayLike, spare: float = 0.0, level: float = 0.95) -> AgainstBest:
    """Every choice against the best (multiple comparisons with the best; Hsu 1984), all of them at once.

    Whichever choice is truly the best, its lead over each other one lies below the estimated lead plus c standard
    errors, for all others together with `level`; c is that quantile of the greatest studentised increment of a random
    walk from this choice (the critical value of a fixed choice, though nobody knows which one it is). So the bound
    holds for a choice that was picked by looking at the data.

    Args:
        value: the estimated worth of each choice, in the order of the line (O,).
        clock: rising (O,); the variance of the difference of two choices is the distance of their clocks.
        spare: added to each such variance, against the false certainty of rare rows that were not seen.
        level: how sure all the statements together are.

    Returns:
        The bounds; a choice alone falls short of nothing.
    """
    worth, time = floats(value, clock)
    error = np.sqrt(np.abs(time[:, None] - time[None, :]) + spare)
    lead = worth[:, None] - worth[None, :]
    limit = critical_values(time, level)[:, None] * error
    other = ~np.eye(len(worth), dtype=bool)
    upper = np.maximum(0.0, np.max(np.where(other, lead + limit, 0.0), axis=0, initial=0.0))
    behind = np.where(other, -lead - limit, -np.inf)
    return AgainstBest(upper, np.asarray(np.max(behind, axis=1, initial=-np.inf) <= 0))


def critical_values(clock: ArrayLike, level: float = 0.95) -> Floats:
    """For each choice, the quantile of its greatest studentised distance to any other, if all were alike (O,).

    From `DRAWS` random walks with the variances of the clock; 0 for a choice alone.
    """
    (time,) = floats(clock)
    alpha = float(tail(level))
    steps = np.sqrt(np.maximum(np.diff(time), 0.0))
    walks = np.random.default_rng(0).standard_normal((DRAWS, len(steps))) * steps
    places = np.concatenate([np.zeros((DRAWS, 1)), np.cumsum(walks, axis=1)], axis=1)
    found = np.zeros(len(time))
    for at in range(len(time)):
        apart = np.abs(time - time[at])
        told = apart > 0
        if told.any():
            distance = (places[:, [at]] - places[:, told]) / np.sqrt(apart[told])
            found[at] = np.quantile(distance.max(axis=1), 1 - alpha)
    return found
