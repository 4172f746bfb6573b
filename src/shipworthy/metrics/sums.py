"""The ratio of two row sums on every slice, its variance over units, and what clustered rows are worth."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from shipworthy.stats.floats import quotient
from shipworthy.stats.proportion import ROUNDING, effective_trials
from shipworthy.stats.ratio import alike_variance, linearised_variance
from shipworthy.tally.cube import Cube, Floats


@dataclass(frozen=True, eq=False)
class Ratio:
    """The ratio of two sums on S slices, all arrays (S,): NaN without a denominator.

    `n` counts the rows of the denominator, `units` what they are worth as units of equal weight, `variance` is the
    linearised one over units. `alike` is the variance of a share by how seldom rows of one unit differ.
    """

    value: Floats
    n: Floats
    units: Floats
    variance: Floats
    alike: Floats

    @property
    def clustered(self) -> NDArray[np.bool_]:
        """Where some unit has several of the rows, or rows differ in weight."""
        return np.asarray(self.units < self.n * (1 - ROUNDING))

    def trials(self, level: ArrayLike) -> Floats:
        """How many independent trials the rows are worth for a bound of a share at a level.

        By the greater of both variances: a few large units that happen to agree make the one over units small, while
        each of them has rows of one kind only.
        """
        if not self.clustered.any():
            return self.n
        rate, variance = np.nan_to_num(self.value), np.fmax(self.variance, self.alike)
        effective = effective_trials(self.n, rate, variance, self.units, level)
        return np.where(self.clustered, effective, self.n)


def ratio_of(cube: Cube, numerator: Mapping[str, float], denominator: Mapping[str, float]) -> Ratio:
    """The ratio of two linear combinations of row values."""
    return sums_of(cube, numerator, denominator).ratio


@dataclass(frozen=True, eq=False)
class Sums:
    """A numerator a and a denominator b on S slices, all arrays (S,): their (weighted) sums, and over units their products.

    `n` counts the rows of the denominator.
    """

    a: Floats
    b: Floats
    aa: Floats
    ab: Floats
    bb: Floats
    n: Floats

    @property
    def ratio(self) -> Ratio:
        """The ratio a / b with its variance over the units; no value where a is without end."""
        with np.errstate(invalid="ignore", divide="ignore"):
            value = np.where((self.b > 0) & np.isfinite(self.a), self.a / self.b, np.nan)
        variance = linearised_variance(self.worth, self.a, self.b, self.aa, self.ab, self.bb)
        alike = alike_variance(self.a, self.b, self.aa, self.ab, self.bb)
        return Ratio(value, self.n, self.worth, variance, alike)

    @property
    def worth(self) -> Floats:
        """What the denominator is worth as units of equal weight: (sum b)^2 / sum b^2 (Kish 1965).

        That is their number where each weighs as much, and less where rows or weight crowd in a few.
        """
        return quotient(self.b**2, self.bb, empty=0.0)

    def __add__(self, other: Sums) -> Sums:
        """Both parts together, which share no unit."""
        return _sums([mine + theirs for mine, theirs in zip(self.parts, other.parts, strict=True)])

    @property
    def total(self) -> Sums:
        """All slices as one, where they share no unit (1,)."""
        return _sums([part.sum(keepdims=True) for part in self.parts])

    def __sub__(self, part: Sums) -> Sums:
        """What is left without a part, where no unit lies in both; else squares are overcounted."""
        with np.errstate(invalid="ignore"):  # without an infinite part, what is left is not known
            return _sums([mine - theirs for mine, theirs in zip(self.parts, part.parts, strict=True)])

    def __getitem__(self, at: NDArray[np.int64]) -> Sums:
        """These slices only, in this order."""
        return _sums([part[at] for part in self.parts])

    @property
    def parts(self) -> tuple[Floats, ...]:
        """All arrays, in the order in which they are named above."""
        return self.a, self.b, self.aa, self.ab, self.bb, self.n


def sums_of(cube: Cube, numerator: Mapping[str, float], denominator: Mapping[str, float]) -> Sums:
    """Two linear combinations of row values, summed and multiplied on every slice."""
    return Sums(
        cube.total(numerator),
        cube.total(denominator),
        cube.product(numerator, numerator),
        cube.product(numerator, denominator),
        cube.product(denominator, denominator),
        cube.count(denominator),
    )


def stacked_sums(parts: Iterable[Sums]) -> Sums:
    """Sums of several groups of slices, one after the other."""
    return _sums([np.concatenate(each) for each in zip(*(part.parts for part in parts), strict=True)])


def _sums(parts: Sequence[Floats]) -> Sums:
    a, b, aa, ab, bb, n = parts
    return Sums(a, b, aa, ab, bb, n)
