"""Whether two samples fall into categories alike, and how far apart they are.

The distance is the total variation: the share of the rows of one sample that would have to be in other categories
for both to be alike, max over sets A of P(A) - Q(A). Both samples are samples; neither counts as the truth.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import gammaincc, ndtri

from shipworthy.stats.floats import Floats, floats
from shipworthy.stats.level import one_sided, tail

LEAST_EXPECTED = 5.0
"""With fewer expected rows in a category, the p-value comes from permuted rows."""

DRAWS, SEED = 2_000, 20_260_101
"""Random tables behind bounds and permuted p-values: always the same ones, so that a figure never changes."""

FEWEST_BEYOND = 10
"""With fewer draws beyond a quantile, an inequality bounds it instead."""


@dataclass(frozen=True, eq=False)
class TwoSamples:
    """How many rows of two samples are in each category (B,), as independent rows: clustered ones by what they are worth.

    Raises:
        ValueError: a count is negative, or the samples have other categories.
    """

    first: Floats
    second: Floats

    def __post_init__(self) -> None:
        if self.first.shape != self.second.shape or self.first.ndim != 1:
            raise ValueError("both samples have one count for each of the same categories")
        if min(self.first.min(initial=0), self.second.min(initial=0)) < 0:
            raise ValueError("counts are not negative")

    @property
    def sizes(self) -> tuple[float, float]:
        """The rows of each sample."""
        return float(self.first.sum()), float(self.second.sum())

    @property
    def known(self) -> bool:
        """Whether both have rows."""
        return min(self.sizes) > 0

    @property
    def distance(self) -> float:
        """The total variation, from 0 to 1; NaN where a sample has no rows."""
        return total_variation(self.first, self.second)

    @cached_property
    def noise(self) -> Floats:
        """The distances, in ascending order, that sampling alone puts between estimates and truth."""
        rng = np.random.default_rng(SEED)
        deviations = [_deviations(rng, counts) for counts in (self.first, self.second)]
        return np.sort(np.abs(deviations[0] - deviations[1]).sum(axis=1) / 2)


def two_samples(first: ArrayLike, second: ArrayLike) -> TwoSamples:
    """Two samples by their counts (B,)."""
    return TwoSamples(*(np.array(each) for each in floats(first, second)))


def total_variation(first: ArrayLike, second: ArrayLike) -> float:
    """Half the sum of the absolute differences of shares."""
    n, m = floats(first, second)
    if not n.sum() or not m.sum():
        return math.nan
    return float(np.abs(n / n.sum() - m / m.sum()).sum() / 2)


def psi(first: ArrayLike, second: ArrayLike) -> float:
    """The population stability index, sum of (p - q) ln(p / q); half a row is added everywhere where a category is empty.

    Of two samples from one population it is (1/n + 1/m) times a chi-square variable with B - 1 degrees of freedom
    (Yurdakul and Naranjo 2020), so no fixed threshold fits all sizes.
    """
    n, m = floats(first, second)
    if min(n.min(), m.min()) <= 0:
        n, m = n + 0.5, m + 0.5
    p, q = n / n.sum(), m / m.sum()
    return float(np.sum((p - q) * np.log(p / q)))


def p_value(samples: TwoSamples) -> float:
    """The p-value against the claim that both samples are of one population: Pearson's chi-square of two samples.

    Where categories have few expected rows, from permuted rows.
    """
    if not samples.known:
        return 1.0
    kept = (samples.first + samples.second) > 0
    n, m = samples.first[kept], samples.second[kept]
    if n.size < 2:
        return 1.0
    share = min(samples.sizes) / sum(samples.sizes)
    if share * float((n + m).min()) >= LEAST_EXPECTED:
        return float(gammaincc((n.size - 1) / 2, _chi_square(n, m) / 2))
    return _permuted(np.rint(n).astype(np.int64), np.rint(m).astype(np.int64))


def lower(samples: TwoSamples, level: float = 0.95) -> float:
    """One-sided lower bound of the distance, at least 0.

    The distance of the estimates is at most the true one and the noise, by the triangle inequality; the noise is
    bounded by its quantile among random tables, far out by McDiarmid's inequality (one row moves it by 1/n).
    """
    if not samples.known:
        return 0.0
    alpha, noise = float(tail(level)), samples.noise
    if alpha * DRAWS >= FEWEST_BEYOND:
        most = float(np.quantile(noise, level, method="higher"))
    else:
        most = float(noise.mean()) + math.sqrt(math.log(1 / alpha) * _inverse(samples) / 2)
    return max(0.0, samples.distance - most)


def upper(samples: TwoSamples, level: float = 0.95) -> float:
    """One-sided upper bound of the distance, at most 1.

    The distance seen is at least the difference of shares of the set that is truly farthest apart, whose standard
    error is at most that of two shares of one half.
    """
    if not samples.known:
        return 1.0
    return min(1.0, samples.distance + float(ndtri(level)) * math.sqrt(_inverse(samples)) / 2)


def interval(samples: TwoSamples, confidence: float = 0.95) -> tuple[float, float]:
    """Two-sided interval (low, high) of the distance."""
    level = float(one_sided(confidence))
    return lower(samples, level), upper(samples, level)


def design_effect(rows: ArrayLike, squares: ArrayLike, crossed: ArrayLike) -> float:
    """How many times the variance of categories' shares exceeds that of independent rows, on average (Rao and Scott 1981).

    Args:
        rows: of each category (B,).
        squares: the sum over units of the square of a unit's rows in it (B,).
        crossed: the sum over units of a unit's rows in it times all its rows (B,).

    Returns:
        At least 1.
    """
    n, nn, crossed_ = floats(rows, squares, crossed)
    total, seen = n.sum(), n > 0
    if seen.sum() < 2:
        return 1.0
    p = n[seen] / total
    variance = (nn[seen] - 2 * p * crossed_[seen] + p**2 * crossed_.sum()) / total**2
    return max(1.0, float(np.sum(variance * total / p) / (seen.sum() - 1)))


def _chi_square(n: Floats, m: Floats) -> float:
    """Sum of (sqrt(M/N) n - sqrt(N/M) m)^2 / (n + m)."""
    weight = math.sqrt(m.sum() / n.sum())
    return float(np.sum((weight * n - m / weight) ** 2 / (n + m)))


def _permuted(n: np.ndarray, m: np.ndarray) -> float:
    """The share of permuted tables that are at least as far apart, the one seen among them."""
    pooled = n + m
    kept = pooled > 0
    pooled, n, m = pooled[kept], n[kept], m[kept]
    if pooled.size < 2 or not n.sum() or not m.sum():
        return 1.0
    rng = np.random.default_rng(SEED)
    drawn = rng.multivariate_hypergeometric(pooled, int(n.sum()), size=DRAWS, method="marginals")
    expected = pooled * n.sum() / pooled.sum()
    seen = float(((n - expected) ** 2 / pooled).sum())
    found = ((drawn - expected) ** 2 / pooled).sum(axis=1)
    return float((1 + np.sum(found >= seen * (1 - 1e-12))) / (1 + DRAWS))


def _deviations(rng: np.random.Generator, counts: Floats) -> Floats:
    """Random shares less those they were drawn from (DRAWS, B)."""
    rows, shares = max(1, round(float(counts.sum()))), counts / counts.sum()
    return np.asarray(rng.multinomial(rows, shares, size=DRAWS) / rows - shares)


def _inverse(samples: TwoSamples) -> float:
    return sum(1 / size for size in samples.sizes)
