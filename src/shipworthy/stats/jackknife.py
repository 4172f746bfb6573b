"""The error of a figure that no sum of units makes up, from figures with one group of units left out.

Units are dealt at random into a fixed number of groups, each group keeps its own tally (a histogram of scores,
say), and the figure is computed G + 1 times: from all groups, and without each in turn. The cost does not grow with
the number of units, and rows of one unit may depend on each other as they please.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from shipworthy.stats.floats import Floats, floats, quotient
from shipworthy.stats.level import one_sided, tail
from shipworthy.stats.proportion import FEW_EVENTS, certainty, effective_trials
from shipworthy.stats.ratio import alike_variance

FEW_UNITS = 50
"""Below this many units of equal weight the displayed interval is as cautious as a bound."""


def variance(left_out: ArrayLike) -> Floats:
    """The delete-a-group jackknife: (G - 1) / G * sum((value_g - mean)^2) (Kott 2001).

    It has G - 1 degrees of freedom.

    Args:
        left_out: the figure without each group in turn (G, ...).

    Returns:
        Infinite with fewer than two groups, or where the figure is unknown without one of them.
    """
    values = np.asarray(left_out, np.float64)
    groups = values.shape[0]
    known = np.isfinite(values).all(axis=0) & (groups >= 2)
    values = np.where(known, values, 0)
    spread = np.sum((values - np.sum(values, axis=0) / max(groups, 1)) ** 2, axis=0)
    return np.where(known, (groups - 1) / max(groups, 1) * spread, np.inf)[()]


def trials(events: ArrayLike, rows: ArrayLike, n: float, units: float, level: float = 0.95) -> float:
    """How many independent rows those of groups of units are worth for a bound of a share.

    As `proportion.effective_trials`, by the greater of the jackknife's variance and of `ratio.alike_variance` of
    groups, which sees a few large units that agree and is at most that of units whose rows are all alike.

    Args:
        events: of each group (G,), weighted where the log has weights.
        rows: of each group (G,).
        n: how many rows there are in all.
        units: what they are worth if all rows of a unit are alike.
        level: the one-sided level of the bound that is to be made.

    Returns:
        Between 0 and n; `units` where groups show no spread, or only one of them has rows.
    """
    a, b, variance_between = _between(events, rows)
    if not np.isfinite(variance_between) or variance_between == 0:
        return min(units, n)
    share = a.sum() / b.sum()
    alike = min(alike_variance(a.sum(), b.sum(), a @ a, a @ b, b @ b), share * (1 - share) / units)
    return float(effective_trials(n, share, max(variance_between, alike), units, level, groups=len(b)))


def displayed_trials(
    events: ArrayLike, rows: ArrayLike, n: float, units: float, confidence: float = 0.95
) -> float:
    """What rows are worth for the interval of a share that people see: by the jackknife alone, where events are many.

    As `trials` where units are fewer than fifty, or events or others that are worth a row fewer than ten.
    """
    level = float(one_sided(confidence))
    a, b, variance_between = _between(events, rows)
    if units >= FEW_UNITS and 0 < variance_between < np.inf:
        share = a.sum() / b.sum()
        worth = n / max(variance_between * n / (share * (1 - share)), 1) * certainty(n, len(b) - 1, level)
        if min(share, 1 - share) * worth >= FEW_EVENTS:
            return float(worth)
    return trials(events, rows, n, units, level)


def _between(events: ArrayLike, rows: ArrayLike) -> tuple[Floats, Floats, float]:
    """The events and the rows of groups that have any, and the variance of the share of all by these groups."""
    a, b = floats(events, rows)
    a, b = a[b > 0], b[b > 0]
    return a, b, float(variance((a.sum() - a) / (b.sum() - b))) if len(b) > 1 else np.inf


def effective_share(
    variance: ArrayLike,
    independent: ArrayLike,
    groups: ArrayLike,
    rows: ArrayLike,
    units: ArrayLike,
    level: ArrayLike = 0.95,
) -> Floats:
    """What share of its counts a tally of clustered rows is worth; multiply them all by it, and bound the figure.

    1 / design effect (at least 1), times `proportion.certainty` of a variance on groups - 1 degrees of freedom.

    Args:
        variance: of the figure, from `variance`.
        independent: the variance it would have if rows were independent (`Ranking.variance`).
        groups: how many groups there are.
        rows: how many rows there are; for a ranking, those of the class that comes from fewer units.
        units: how many units these rows come from.
        level: the one-sided level of the bound that is to be made.

    Returns:
        Between 0 and 1; units / rows where the rows show no spread (a perfect ranking) or one group holds all that
        the figure needs.
    """
    v, alone, g, n, m, sure = floats(variance, independent, groups, rows, units, 1 - tail(level))
    known = np.isfinite(v) & np.isfinite(alone) & (alone > 0)
    effect = np.maximum(quotient(np.where(known, v, 0), np.where(known, alone, 1)), 1)
    share = certainty(n, g - 1, sure) / effect
    return np.where(known, share, np.minimum(quotient(m, n, empty=1.0), 1))[()]
