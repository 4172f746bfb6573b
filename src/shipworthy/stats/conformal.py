"""Risk control: which settings keep an error rate under a bound, told from a sample with a guarantee for all of them.

The settings are tested one after the other from the safest, so looking at many costs nothing (Learn then Test;
Angelopoulos, Bates, Candès, Jordan and Lei 2021).
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from shipworthy.stats.floats import Bools, floats
from shipworthy.stats.level import tail
from shipworthy.stats.proportion import clopper_pearson_p_value

STARTS = (0.0, 0.25, 0.5, 0.75)
"""Shares of all trials at which testing starts afresh: a bad beginning does not end it."""


def controlled(errors: ArrayLike, trials: ArrayLike, bound: float, level: float = 0.95) -> Bools:
    """The settings whose true error rate is proved to be at most `bound`: a wrong one among them has chance 1 - level.

    Exact binomial tests in the given order. Each of four starts brings a quarter of the error, and a rejection hands
    what it had on to the next setting (the fallback procedure of Wiens 2003; with one start it is fixed-sequence
    testing). Where to start is told by the trials alone, never by the errors.

    Args:
        errors: how many of the trials went wrong under each setting, in the order of testing (S,).
        trials: how many trials each setting has (S,), never falling; settings must be fixed without the errors.
        bound: the error rate that is allowed.
        level: how sure all the answers together are.

    Returns:
        Which settings are proved (S,). Any of them may be chosen, by whatever else they are worth.

    Raises:
        ValueError: a bound or level outside (0, 1), or trials that fall.
    """
    wrong, tried = floats(errors, trials)
    if not 0 < bound < 1 or np.any(np.diff(tried) < 0):
        raise ValueError(
            "the bound lies strictly between 0 and 1, and trials never fall from setting to setting"
        )
    alpha = float(tail(level))
    if not tried.size:
        return np.zeros(0, dtype=bool)
    brought = np.zeros(tried.size)
    for start in _starts(tried, bound, alpha / len(STARTS)):
        brought[start] += alpha / len(STARTS)
    p = np.asarray(clopper_pearson_p_value(wrong, tried, bound, above=False))
    return _fallback(p, brought)


def least_trials(bound: float, level: float = 0.95) -> int:
    """How many trials without an error prove that the error rate is at most `bound` (299 for 1 % at 95 %)."""
    return math.ceil(math.log(float(tail(level))) / math.log1p(-bound))


def _starts(trials: np.ndarray, bound: float, alpha: float) -> Sequence[int]:
    """Where each start lies: at its share of the trials, but not before an error-free run could prove anything."""
    least = least_trials(bound, 1 - alpha)
    wanted = [max(share * trials[-1], least) for share in STARTS]
    return [min(int(np.searchsorted(trials, each)), trials.size - 1) for each in wanted]


def _fallback(p: np.ndarray, brought: np.ndarray) -> Bools:
    """Rejections of hypotheses in order; each has what it brings and what the rejected one before it had."""
    rejected = np.zeros(p.size, dtype=bool)
    carried = 0.0
    for at in range(p.size):
        carried += brought[at]
        rejected[at] = carried > 0 and p[at] <= carried
        carried = carried if rejected[at] else 0.0
    return rejected
