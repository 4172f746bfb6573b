"""P-values adjusted for asking many questions at once; each may be compared with the error rate itself."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from shipworthy.stats.floats import Floats, Ints


def holm(p_values: ArrayLike) -> Floats:
    """Adjusted p-values that hold the chance of any wrong rejection (Holm 1979), whatever the dependence.

    Args:
        p_values: one per question, in any order.

    Returns:
        The adjusted p-values in the same order, at most 1.
    """
    p, order = _sorted(p_values)
    stepped = np.maximum.accumulate(p * np.arange(p.size, 0, -1))
    return _restored(stepped, order)


def benjamini_hochberg(p_values: ArrayLike) -> Floats:
    """Adjusted p-values that hold the expected share of wrong discoveries (Benjamini and Hochberg 1995).

    Args:
        p_values: one per question, in any order; independent or positively dependent.

    Returns:
        The adjusted p-values in the same order, at most 1.
    """
    p, order = _sorted(p_values)
    scaled = p * p.size / np.arange(1, p.size + 1)
    stepped = np.minimum.accumulate(scaled[::-1])[::-1]
    return _restored(stepped, order)


def _sorted(p_values: ArrayLike) -> tuple[Floats, Ints]:
    """The p-values in rising order, and where each came from."""
    p = np.asarray(p_values, dtype=np.float64)
    if p.ndim != 1 or not np.all((p >= 0) & (p <= 1)):
        raise ValueError(
            "adjusting needs a list of p-values from 0 to 1; a question without data has p-value 1"
        )
    order = np.argsort(p, kind="stable")
    return p[order], order


def _restored(stepped: Floats, order: Ints) -> Floats:
    """The adjusted values back in the order of the questions."""
    adjusted = np.empty_like(stepped)
    adjusted[order] = np.minimum(stepped, 1.0)
    return adjusted
