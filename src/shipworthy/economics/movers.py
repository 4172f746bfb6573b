"""Which inputs move the answer, and what it would be worth to know them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from shipworthy.economics.drawing import Draws, medians, points
from shipworthy.evidence import Assumed, Mover
from shipworthy.stats.floats import Floats

Leaving = Callable[[Draws], Floats]
"""What each option leaves, for draws of all inputs: options by draws, the greater the better."""

BINS = 25
_ENDS = (0.05, 0.95)


def movers(
    inputs: Sequence[Assumed], drawn: Draws, leaving: Leaving, pair: tuple[int, int]
) -> tuple[Mover, ...]:
    """Every uncertain input, the one that swings the difference between a pair of options most first."""
    left = leaving(drawn)
    difference = left[pair[0]] - left[pair[1]]
    middle = medians(inputs)
    found = []
    for each in inputs:
        if each.low == each.high:
            continue
        ends = {name: np.repeat(value, 2) for name, value in middle.items()}
        at = leaving({**ends, each.name: points(each, _ENDS)})
        low, high = (float(value) for value in at[pair[0]] - at[pair[1]])
        correlation = rank_correlation(drawn[each.name], difference)
        worth = worth_of_knowing(drawn[each.name], left)
        found.append(Mover(each.name, correlation, low, high, flips=low * high < 0, worth=worth))
    return tuple(sorted(found, key=lambda each: (-each.swing, each.input)))


def rank_correlation(one: Floats, other: Floats) -> float:
    """Spearman's rank correlation of two columns without ties; 0 where one of them does not vary."""
    if np.ptp(one) == 0 or np.ptp(other) == 0:
        return 0.0
    ranks = [np.argsort(np.argsort(each, kind="stable"), kind="stable") for each in (one, other)]
    return float(np.corrcoef(ranks[0], ranks[1])[0, 1])


def worth_of_all(left: Floats) -> float:
    """The expected value of perfect information: what is left if the best option is known in every draw, over what the best one leaves."""
    return max(float(np.mean(np.max(left, axis=0)) - np.max(np.mean(left, axis=1))), 0.0)


def worth_of_knowing(known: Floats, left: Floats) -> float:
    """The expected value of knowing one input: draws are sorted by it into bins, each with its own best option.

    Bins of equal size approach the value of partial perfect information (Strong and Oakley 2013). What the best of
    few bins gains by chance is taken off: the same split of shuffled draws, by a fixed shuffle.
    """
    gain = _binned(np.argsort(known, kind="stable"), left)
    by_chance = _binned(np.random.default_rng(0).permutation(known.size), left)
    rounding = 1e-9 * float(np.mean(np.abs(left)))
    return gain - by_chance if gain - by_chance > rounding else 0.0


def _binned(order: np.typing.NDArray[np.int64], left: Floats) -> float:
    parts = np.array_split(order, BINS)
    best = sum(part.size * float(np.max(np.mean(left[:, part], axis=1))) for part in parts if part.size)
    return best / order.size - float(np.max(np.mean(left, axis=1)))
