"""The smallest number with a property: gallop, then halve."""

from __future__ import annotations

import math
from collections.abc import Callable


def smallest(holds: Callable[[int], bool], least: int, greatest: int, guess: float) -> int | None:
    """The smallest n from `least` to `greatest` for which `holds(n)`, or None.

    Args:
        holds: false up to some n, and true from there on.
        least: where to begin.
        greatest: where to end.
        guess: about where the answer lies; a good one saves calls, a bad one costs some.
    """
    start = int(min(max(guess, least), greatest))
    low, high, step = least - 1, greatest + 1, 1
    if holds(start):
        high = start
        while high - step > low and holds(high - step):
            high, step = high - step, 2 * step
        low = max(low, high - step)
    else:
        low = start
        while low + step < high and not holds(low + step):
            low, step = low + step, 2 * step
        high = min(high, low + step)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if holds(middle) else (middle, high)
    return high if high <= greatest else None


def least_multiple(holds: Callable[[float], bool], most: float) -> float | None:
    """The least multiple from 1 to `most` for which `holds(multiple)`, to 0.1 %; None where not even `most` does.

    Args:
        holds: false up to some multiple, and true from there on.
        most: where to end.
    """
    if not holds(most):
        return None
    high = 2.0
    while not holds(high):
        high *= 2
    low = high / 2
    while high / low > 1.001:
        middle = math.sqrt(low * high)
        low, high = (low, middle) if holds(middle) else (middle, high)
    return high
