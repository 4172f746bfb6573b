"""Items that were tried several times: how often one of k tries does, or all of them, and how sure that is.

An item (a prompt, an attack, a task) is the unit: its tries are alike, and more tries of the same items say nothing of
others. Both rates are unbiased whatever the number of tries; powers of the pooled share are not: of 8 tries that pass with
75 %, the share to the fourth power is 0.393 on average, where four tries all pass in 0.316.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import gammaln

from shipworthy.stats import bounded
from shipworthy.stats.floats import Floats, floats, quotient


@dataclass(frozen=True)
class OverItems:
    """A mean over items: two-sided low/high, one-sided lower/upper; NaN, 0 and 1 without items.

    `items` were counted, `left_out` had too few tries to tell.
    """

    value: float
    low: float
    high: float
    lower: float
    upper: float
    items: int
    left_out: int


def pass_at(k: int, tries: ArrayLike, passes: ArrayLike) -> Floats:
    """The chance that at least one of k tries of an item passes: 1 - C(n - c, k) / C(n, k) (Chen et al. 2021).

    With attacks for items and successes for passes it is hit@k.

    Args:
        k: how many tries are made.
        tries: n, how many were made of each item.
        passes: c, how many of these passed.

    Returns:
        For each item; NaN with fewer than k tries.

    Raises:
        ValueError: k is below 1, or the counts are none.
    """
    n, c = _counts(k, tries, passes)
    return np.where(n >= k, 1 - _drawn_from(n - c, n, k), np.nan)[()]


def pass_all(k: int, tries: ArrayLike, passes: ArrayLike) -> Floats:
    """The chance that all of k tries of an item pass: C(c, k) / C(n, k), written pass^k (Yao et al. 2024, tau-bench).

    The arguments and what is returned are those of `pass_at`.
    """
    n, c = _counts(k, tries, passes)
    return np.where(n >= k, _drawn_from(c, n, k), np.nan)[()]


def agreeing_tries(counts: ArrayLike) -> Floats:
    """The share of pairs of an item's tries that gave the same answer: sum c (c - 1) / (n (n - 1)).

    Args:
        counts: how often each answer was given (..., answers).

    Returns:
        For each item; NaN with fewer than two tries.
    """
    given = np.asarray(counts, np.float64)
    n = given.sum(axis=-1)
    return np.asarray(quotient((given * (given - 1)).sum(axis=-1), n * (n - 1)))[()]


def over_items(values: ArrayLike, confidence: float = 0.95, level: float = 0.95) -> OverItems:
    """The mean of the items' values in [0, 1] with bounds that reckon with items not yet seen (`stats.bounded`).

    Where all values are 0 or 1 these are the exact bounds of a share: none of 30 attacks leaves up to 9.5 %.

    Args:
        values: one for each item, NaN where it cannot be told.
        confidence: of the two-sided interval.
        level: of the one-sided bounds.
    """
    found = np.asarray(values, np.float64)
    known = found[np.isfinite(found)]
    items, left_out = len(known), found.size - len(known)
    if items < 2:
        value = float(known[0]) if items else float("nan")
        return OverItems(value, 0.0, 1.0, 0.0, 1.0, items, left_out)
    of = float(known.mean()), float(known.var(ddof=1)) / items, items
    low, high = bounded.interval(*of, confidence)
    lower, upper = bounded.lower(*of, level), bounded.upper(*of, level)
    return OverItems(of[0], float(low), float(high), float(lower), float(upper), items, left_out)


def by_group(
    values: ArrayLike, groups: Sequence[str], confidence: float = 0.95, level: float = 0.95
) -> dict[str, OverItems]:
    """The mean over the items of each group, such as hit@k for each hazard; groups in order of their names.

    Args:
        values: one for each item.
        groups: the group of each item.
        confidence: of the two-sided intervals.
        level: of the one-sided bounds.

    Raises:
        ValueError: items without a group, or groups without an item.
    """
    found, of = np.asarray(values, np.float64), np.asarray(groups)
    if found.shape != of.shape:
        raise ValueError(f"each item has one group: found {found.size} items and {of.size} groups")
    return {str(each): over_items(found[of == each], confidence, level) for each in np.unique(of)}


def _counts(k: int, tries: ArrayLike, passes: ArrayLike) -> tuple[Floats, Floats]:
    n, c = floats(tries, passes)
    if k < 1 or not np.all((c >= 0) & (c <= n)):
        raise ValueError(
            f"k is at least 1 and passes at most tries: found k = {k} and counts of another kind"
        )
    return n, c


def _drawn_from(kind: Floats, n: Floats, k: int) -> Floats:
    """The chance that k of n drawn without replacement are all of the kind: C(kind, k) / C(n, k)."""
    enough = (kind >= k) & (n >= k)
    some, all_tries = np.where(enough, kind, k), np.where(enough, n, k)
    ways = gammaln(some + 1) - gammaln(some - k + 1) - gammaln(all_tries + 1) + gammaln(all_tries - k + 1)
    return np.where(enough, np.minimum(np.exp(ways), 1), 0.0)
