"""How long the tail of a mean is, where the third powers of its values were counted."""

from __future__ import annotations

import numpy as np

from shipworthy.metrics.definition import Definition
from shipworthy.metrics.sums import Ratio
from shipworthy.stats.skewness import residual_skewness
from shipworthy.tally.cube import Cube, Floats


def tail_skewness(definition: Definition, cube: Cube, ratio: Ratio) -> Floats:
    """The skewness of the units' residuals on every slice (S,).

    Of rows that are units of weight 1 and have a value or none, the other third powers follow from the first. 0 where
    nothing was counted.
    """
    thirds = definition.thirds
    if not thirds or thirds[0] not in cube.products:
        return np.zeros(len(cube))
    above, below = definition.numerator, definition.denominator
    a, b = cube.total(above), cube.total(below)
    aa, ab, bb = cube.product(above, above), cube.product(above, below), cube.product(below, below)
    counted = [cube.products[each] for each in thirds if each in cube.products]
    if len(counted) == len(thirds):
        aaa, aab, abb, bbb = counted
        return residual_skewness(ratio.units, a, b, (aa, ab, bb), (aaa, aab, abb, bbb))
    return residual_skewness(b, a, b, (aa, a, b), (counted[0], aa, a, b))
