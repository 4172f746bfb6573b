"""Known models over a pool of numbers, as the port that explaining asks."""

from __future__ import annotations

from itertools import combinations
from math import factorial

import numpy as np


def port(pool, model):
    """The port over a pool (N, p) of a function of rows (R, p)."""
    return lambda origin: model(pool[origin, np.arange(pool.shape[1])])


def additive(rows):
    """A sum of one curved part per column; the first counts most, the last nothing."""
    return 4 * np.tanh(rows[:, 0]) + 2 * rows[:, 1] - rows[:, 2] ** 2 / 2 + 0 * rows[:, -1]


def crossed(rows):
    """Columns that matter by what others are."""
    return rows[:, 0] * rows[:, 1] + np.maximum(rows[:, 2], rows[:, 0])


def chaotic(rows):
    """Any small change of any column may turn the sign: the parity of a fine grid."""
    return np.where(np.floor(rows * 50).sum(axis=1) % 2 == 0, 1.0, -1.0)


def shapley_by_enumeration(model, pool, row, background):
    """Shapley's formula as it stands, over all sets of columns and all background rows."""
    columns = pool.shape[1]

    def worth(kept):
        rows = pool[background].copy()
        rows[:, list(kept)] = pool[row, list(kept)]
        return model(rows).mean()

    found = np.zeros(columns)
    for at in range(columns):
        others = [each for each in range(columns) if each != at]
        for size in range(columns):
            share = factorial(size) * factorial(columns - size - 1) / factorial(columns)
            for kept in combinations(others, size):
                found[at] += share * (worth((*kept, at)) - worth(kept))
    return found
