"""Confidence levels: a one-sided `level`, a two-sided `confidence`, and the error that each leaves."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from shipworthy.stats.floats import Floats


def tail(level: ArrayLike) -> Floats:
    """The chance of error that a level leaves: 1 - level.

    Raises:
        ValueError: a level does not lie strictly between 0 and 1.
    """
    levels = np.asarray(level, dtype=np.float64)
    if not np.all((levels > 0) & (levels < 1)):
        raise ValueError(
            f"a confidence level lies strictly between 0 and 1, found {levels}: write 0.95 for 95 %"
        )
    return 1 - levels


def one_sided(confidence: ArrayLike) -> Floats:
    """The one-sided level of each end of a two-sided interval: 0.95 gives 0.975."""
    return 1 - tail(confidence) / 2
