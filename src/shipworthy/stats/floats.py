"""How numbers come in and go out: as float64 arrays, a scalar being the array without dimensions."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


def floats(*values: ArrayLike) -> tuple[Floats, ...]:
    """The values as float64 arrays of one common shape.

    Raises:
        ValueError: the shapes do not broadcast together.
    """
    arrays = [np.asarray(value, dtype=np.float64) for value in values]
    shapes = {each.shape for each in arrays}
    if len(shapes) == 1:
        return tuple(arrays)
    shapes.discard(())
    shape = shapes.pop() if len(shapes) == 1 else np.broadcast_shapes(*shapes)
    return tuple(each if each.shape == shape else _spread(each, shape) for each in arrays)


def _spread(values: Floats, shape: tuple[int, ...]) -> Floats:
    """The values in a greater shape; of a single one a copy is quicker than a view."""
    return np.broadcast_to(values, shape) if values.ndim else np.full(shape, values)


def quotient(part: ArrayLike, whole: ArrayLike, empty: float = np.nan) -> Floats:
    """The part by the whole, and `empty` where the whole is not above 0."""
    above, below = floats(part, whole)
    return np.asarray(np.divide(above, below, where=below > 0, out=np.full(above.shape, empty)))
