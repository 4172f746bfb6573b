"""The error of a figure that no sum of units makes up, from figures with one group of units left out.

Units are dealt at random into a fixed number of groups, each group keeps its own tally (a histogram of scores,
say), and the figure is computed G + 1 times: from all groups, and without each in turn. The cost does not grow with
the number of units, and rows of one unit may depend on each other as they please.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from shipworthy.stats.floats import Floats, floats, quotient
from shipworthy.stats.level import tail
from shipworthy.stats.proportion import certainty


def variance(left_out: ArrayLike) -> Floats:
    """The delete-a-group jackknife: (G - 1) / G * sum((value_g - mean)^2) (Kott 2001).

    It has G - 1 degrees of freedom.

    Args:
        left_out: the figure without each group in turn (G, ...).

    Returns:
        Infinite with fewer than two groups, or where the figure is unknown without one of them.
    """
    values = np.asarray(left_out, np.float64)
    groups = values.shape[0]
    known = np.isfinite(values).all(axis=0) & (groups >= 2)
    values = np.where(known, values, 0)
    spread = np.sum((values - np.sum(values, axis=0) / max(groups, 1)) ** 2, axis=0)
    return np.where(known, (groups - 1) / max(groups, 1) * spread, np.inf)[()]


def effective_share(
    variance: ArrayLike,
    independent: ArrayLike,
    groups: ArrayLike,
    rows: ArrayLike,
    units: ArrayLike,
    level: ArrayLike = 0.95,
) -> Floats:
    """What share of its counts a tally of clustered rows is worth; multiply them all by it, and bound the figure.

    1 / design effect (at least 1), times `proportion.certainty` of a variance on groups - 1 degrees of freedom.

    Args:
        variance: of the figure, from `variance`.
        independent: the variance it would have if rows were independent (`Ranking.variance`).
        groups: how many groups there are.
        rows: how many rows there are; for a ranking, those of the class that comes from fewer units.
        units: how many units these rows come from.
        level: the one-sided level of the bound that is to be made.

    Returns:
        Between 0 and 1; units / rows where the rows show no spread (a perfect ranking) or one group holds all that
        the figure needs.
    """
    v, alone, g, n, m, sure = floats(variance, independent, groups, rows, units, 1 - tail(level))
    known = np.isfinite(v) & np.isfinite(alone) & (alone > 0)
    effect = np.maximum(quotient(np.where(known, v, 0), np.where(known, alone, 1)), 1)
    share = certainty(n, g - 1, sure) / effect
    return np.where(known, share, np.minimum(quotient(m, n, empty=1.0), 1))[()]
