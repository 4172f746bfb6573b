"""The port to a model: rows whose columns come from different rows of one pool, and what the model says of them.

A *pool* is a table of N rows with p input columns. An *origin* is an array of whole numbers (R, p): row r takes column
j from row `origin[r, j]` of the pool. So nothing here needs to know what a column holds, and a value that a model sees
is always one that some row has.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

Predict = Callable[[Ints], Floats]
"""From an origin (R, p) to one number per row (R,)."""


def whole(rows: Ints, columns: int) -> Ints:
    """The origin of rows of the pool as they are (R, columns)."""
    return np.repeat(np.asarray(rows, dtype=np.int64)[:, None], columns, axis=1)
