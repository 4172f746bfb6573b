"""Which labels confident learning holds for wrong: cleanlab's answer, where the extra `noise` is installed."""

from __future__ import annotations

from importlib.util import find_spec

import numpy as np
from numpy.typing import NDArray

NAME = "confident learning (cleanlab)"


def has_cleanlab() -> bool:
    """Whether the extra `noise` is installed."""
    return find_spec("cleanlab") is not None


def label_issues(given: NDArray[np.int64], probabilities: NDArray[np.float64]) -> NDArray[np.int64]:
    """The places of rows that count to another class than they are labelled with, the least self-confidence first.

    Args:
        given: the class that each row is labelled with, as its number; each class has a row (n,).
        probabilities: of each class by a model that did not see the row (n, K).

    Confident learning: Northcutt, Jiang and Chuang (2021).
    """
    from cleanlab.filter import find_label_issues

    found = find_label_issues(
        given,
        probabilities,
        return_indices_ranked_by="self_confidence",
        filter_by="confident_learning",
        n_jobs=1,
    )
    return np.asarray(found, dtype=np.int64)
