"""How many rows show that two candidates differ by so much, or that one is not worse by more than a margin.

Paired rows are answered by both candidates, and only the discordant ones (of which one is right and the other wrong)
say anything; unpaired rows are answered by one candidate each, as in an A/B test. Claims are one-sided, as everywhere.
Answers count paired rows, or rows of each group; None is more than a thousand million.
"""

from __future__ import annotations

from math import ceil, sqrt

import numpy as np
from scipy.special import betainc, gammaln, ndtri, xlog1py, xlogy

from shipworthy.stats.floats import Floats
from shipworthy.stats.level import tail
from shipworthy.stats.saw import CAP
from shipworthy.stats.search import smallest

SPREAD = 9
"""So many standard deviations to each side hold the number of discordant pairs but for one case in 10^18."""


def mcnemar_power(pairs: int, difference: float, discordance: float, level: float = 0.95) -> float:
    """The chance that the exact one-sided McNemar test shows the difference in so many pairs.

    A sum over the possible numbers of discordant pairs: whether each would do is a question of the binomial sign test
    (McNemar 1947), which the better candidate wins with the share (discordance + difference) / (2 discordance).

    Args:
        pairs: rows that both candidates answer.
        difference: the true difference of the two rates, above 0.
        discordance: the share of rows on which one is right and the other wrong, at least the difference.
        level: one-sided.
    """
    _prove(difference, discordance)
    centre, spread = pairs * discordance, SPREAD * sqrt(pairs * discordance * (1 - discordance)) + SPREAD
    m = np.arange(max(0, ceil(centre - spread)), min(pairs, ceil(centre + spread)) + 1, dtype=np.float64)
    weight = np.exp(
        gammaln(pairs + 1)
        - gammaln(m + 1)
        - gammaln(pairs - m + 1)
        + xlogy(m, discordance)
        + xlog1py(pairs - m, -discordance)
    )
    wins = _least_wins(m, float(tail(level)))
    enough = np.minimum(wins, np.maximum(m, 1))
    chance = betainc(enough, np.maximum(m - enough, 0) + 1, (discordance + difference) / (2 * discordance))
    return float(np.sum(weight * np.where(wins <= m, chance, 0.0)))


def paired_rows(difference: float, discordance: float, level: float = 0.95, power: float = 0.8) -> int | None:
    """The pairs with which the exact McNemar test shows the difference with the chance `power`.

    The search begins at Connor's approximation (1987): (z sqrt(d) + z' sqrt(d - difference^2))^2 / difference^2.
    """
    _prove(difference, discordance)
    decide, reserve = _quantiles(level, power)
    spread = decide * sqrt(discordance) + reserve * sqrt(discordance - difference**2)
    guess = (spread / difference) ** 2
    if guess > CAP:
        return None
    return smallest(lambda n: mcnemar_power(n, difference, discordance, level) >= power, 1, CAP, guess=guess)


def paired_rows_not_worse(
    margin: float, discordance: float, level: float = 0.95, power: float = 0.8
) -> int | None:
    """The pairs with which the bound of the difference lies above -margin, where the candidates are truly equal.

    n = (z + z')^2 discordance / margin^2: the variance of one row's difference is the discordance.
    """
    _prove(margin, discordance)
    return _whole((sum(_quantiles(level, power)) / margin) ** 2 * discordance)


def unpaired_rows(rate: float, other: float, level: float = 0.95, power: float = 0.8) -> int | None:
    """The rows of each of two groups that show these rates to differ (Fleiss, Levin and Paik 2003, chapter 4).

    n = (z sqrt(2 m (1 - m)) + z' sqrt(p (1 - p) + q (1 - q)))^2 / (p - q)^2, m being the mean of both rates.
    """
    if rate == other or not (0 <= rate <= 1 and 0 <= other <= 1):
        raise ValueError(f"two different shares from 0 to 1 are compared, found {rate} and {other}")
    decide, reserve = _quantiles(level, power)
    mean = (rate + other) / 2
    spread = decide * sqrt(2 * mean * (1 - mean)) + reserve * sqrt(rate * (1 - rate) + other * (1 - other))
    return _whole((spread / (rate - other)) ** 2)


def unpaired_rows_not_worse(
    rate: float, margin: float, level: float = 0.95, power: float = 0.8
) -> int | None:
    """The rows of each of two groups of the same true rate that show one not worse by more than the margin.

    n = (z + z')^2 2 p (1 - p) / margin^2.
    """
    if not (0 < margin <= 1 and 0 <= rate <= 1):
        raise ValueError(f"a rate from 0 to 1 and a margin above 0 are compared, found {rate} and {margin}")
    return _whole((sum(_quantiles(level, power)) / margin) ** 2 * 2 * rate * (1 - rate))


def difference_variance(
    between: float, within: tuple[float, float] = (0.0, 0.0), tries: tuple[int, int] = (1, 1)
) -> float:
    """The variance of one item's difference of two candidates that answer it K times each (Miller 2024).

    w^2 + s_A^2 / K_A + s_B^2 / K_B.

    Args:
        between: w^2, how much the difference of the two candidates' own means varies from item to item.
        within: s^2, how much one candidate's answers to one item vary, for each candidate.
        tries: K, how often each candidate answers an item.

    Raises:
        ValueError: a variance is below 0, or an item is not answered.
    """
    if min(between, *within) < 0 or min(tries) < 1:
        raise ValueError(
            f"variances are at least 0 and tries at least 1, found {between:g}, {within} and {tries}"
        )
    return between + sum(each / often for each, often in zip(within, tries, strict=True))


def items_for_difference(
    difference: float, variance: float, level: float = 0.95, power: float = 0.8
) -> int | None:
    """The items that show a difference of two means with the chance `power`: (z + z')^2 variance / difference^2.

    For many items, by the normal law; with few, `sample_size.units_with_power` reckons with Student's.

    Args:
        difference: the true one, not 0.
        variance: of one item's difference (`difference_variance`).
        level: one-sided; 0.975 for a two-sided test at 95 %.
        power: the chance to show it.
    """
    if difference == 0:
        raise ValueError("no number of items shows a difference of 0: say what would matter")
    return _whole((sum(_quantiles(level, power)) / difference) ** 2 * variance)


def shown_difference(items: int, variance: float, level: float = 0.95, power: float = 0.8) -> float:
    """The least difference that so many items show with the chance `power`: (z + z') sqrt(variance / items)."""
    if items < 1:
        raise ValueError(f"at least one item is needed, found {items}")
    return sum(_quantiles(level, power)) * sqrt(variance / items)


def _prove(difference: float, discordance: float) -> None:
    if not 0 < difference <= discordance <= 1:
        raise ValueError(
            f"0 < difference <= discordance <= 1 must hold, found {difference} and {discordance}:"
            " two candidates differ by no more than the share of rows on which only one is right"
        )


def _quantiles(level: float, power: float) -> tuple[float, float]:
    """The normal quantiles of the claim and of its power."""
    return -float(ndtri(tail(level))), -float(ndtri(tail(power)))


def _whole(rows: float) -> int | None:
    return max(1, ceil(rows - 1e-9)) if rows <= CAP else None


def _least_wins(m: Floats, alpha: float) -> Floats:
    """The least number of wins among m fair coins that is as rare as alpha; more than m where none is."""
    wins = np.maximum(np.floor(m / 2 - float(ndtri(alpha)) * np.sqrt(m) / 2) - 1, 1)
    for _ in range(int(m.max(initial=0)) + 1):
        common = (wins <= m) & (betainc(wins, np.maximum(m - wins, 0) + 1, 0.5) > alpha)
        if not common.any():
            break
        wins = wins + common
    return np.asarray(wins)
