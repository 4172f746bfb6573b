"""What drives a model: how much its loss grows when the values of a column are dealt to other rows.

Permutation importance (Breiman 2001; model reliance of Fisher, Rudin and Dominici 2019), on rows that the model did
not learn from. It says what the model uses, not what is so in the world.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from shipworthy.explain.blend import Floats, Ints, Predict, whole
from shipworthy.stats.ratio import t_interval

REPEATS = 5
"""So often is each column dealt anew."""


@dataclass(frozen=True, eq=False)
class Judged:
    """The rows of a pool that a model is judged on: their weights, and the unit of each (0 to U - 1).

    `loss` gives the loss of each row (n,) for an origin (n, p) of the same rows in the same order.
    """

    loss: Predict
    columns: int
    weights: Floats
    units: Ints


@dataclass(frozen=True)
class Growth:
    """The mean growth of the loss when columns are dealt anew, with its variance and two-sided 95 % interval."""

    mean: float
    variance: float
    low: float
    high: float


def growth(judged: Judged, columns: Sequence[int], *, repeats: int = REPEATS, seed: int = 0) -> Growth:
    """How much the loss grows when these columns, together, take the values of other rows.

    The mean over rows and `repeats` permutations. Its variance is that of the projection of a two-sample statistic on
    single rows (Hoeffding 1948): what a row gives when it receives a value, and what when its own value is given away;
    summed over units, as rows of one unit are not independent.

    Args:
        judged: the rows and their loss.
        columns: places of the columns that are dealt together.
        repeats: how many permutations.
        seed: of the permutations.
    """
    rows, weights = len(judged.weights), judged.weights
    origin = whole(np.arange(rows), judged.columns)
    own = judged.loss(origin)
    rng = np.random.default_rng([seed, *columns])
    received, given = np.zeros(rows), np.zeros(rows)
    for _ in range(repeats):
        order = rng.permutation(rows)
        dealt = origin.copy()
        dealt[:, list(columns)] = order[:, None]
        grown = judged.loss(dealt) - own
        received += grown / repeats
        given[order] += weights * grown / repeats
    mean = float(np.average(received, weights=weights))
    influence = weights * (received - mean) + given - given.mean()
    by_unit = np.bincount(judged.units, influence).astype(np.float64)
    variance = _variance(by_unit, float(weights.sum()))
    low, high = t_interval(mean, variance, int(judged.units.max()) + 1)
    return Growth(mean, variance, float(low), float(high))


def _variance(influence: Floats, weight: float) -> float:
    """The variance of a mean from the influence of each unit, whose sum is 0; infinite with fewer than two units."""
    units = len(influence)
    return units / (units - 1) * float(influence @ influence) / weight**2 if units > 1 else np.inf
