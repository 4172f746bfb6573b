"""Many estimated differences drawn towards none, each by how little its own data say."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from shipworthy.stats.floats import Floats, floats


def shrunken(differences: ArrayLike, variances: ArrayLike) -> Floats:
    """Each difference times tau^2 / (tau^2 + variance): empirical Bayes with a normal prior around 0 (Morris 1983).

    tau^2, how much true differences vary, is the moment estimate sum((d^2 - v) / v) / sum(1 / v), at least 0
    (DerSimonian and Laird 1986, with the centre known). A great difference of a tiny group shrinks most.

    Args:
        differences: one per group.
        variances: the squared standard errors; where infinite or 0 / 0 nothing is known.

    Returns:
        The shrunken differences; 0 where nothing is known.
    """
    d, v = floats(differences, variances)
    known = np.isfinite(d) & np.isfinite(v) & (v > 0)
    if not known.any():
        return np.zeros_like(d)
    weights = 1 / v[known]
    spread = max(float(((d[known] ** 2 - v[known]) * weights).sum() / weights.sum()), 0.0)
    shares = spread / (spread + np.where(known, v, 1))
    return np.where(known, np.where(known, d, 0) * shares, 0.0)[()]
