"""Columns that go along with each other: dealing one anew tells little, as the model reads the same in the other."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.special import xlogy

from shipworthy.explain.blend import Floats

ALONG = 0.8
"""From this rank correlation on (its size), or this share of shared information, two columns go along."""

Column = NDArray[np.float64] | tuple[str | None, ...] | None
"""Numbers (NaN where unknown), the words of a category, or None for what has no order and few equals, as texts."""


def groups(columns: Sequence[Column], *, along: float = ALONG) -> tuple[tuple[int, ...], ...]:
    """The sets of two or more columns that go along, by their places: chains count, so A with B and B with C is one set."""
    found = [{at} for at in range(len(columns))]
    for one in range(len(columns)):
        for other in range(one):
            if found[one] is not found[other] and association(columns[one], columns[other]) > along:
                found[other] |= found[one]
                for at in found[one]:
                    found[at] = found[other]
    joined = {tuple(sorted(each)) for each in found if len(each) > 1}
    return tuple(sorted(joined))


def association(one: Column, other: Column) -> float:
    """How far two columns go along, 0 to 1.

    Two columns of numbers: the size of Spearman's rank correlation, over rows where both are known. Two categories: the
    mutual information as a share of the smaller entropy of the two. 0 for other pairs.
    """
    if isinstance(one, np.ndarray) and isinstance(other, np.ndarray):
        known = np.isfinite(one) & np.isfinite(other)
        return _correlation(ranks(one[known]), ranks(other[known]))
    if isinstance(one, tuple) and isinstance(other, tuple):
        return _shared(one, other)
    return 0.0


def ranks(values: Floats) -> Floats:
    """The rank of each value from 1 on; equal ones share the mean of theirs."""
    _, place, count = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(count)
    return np.asarray((last - (count - 1) / 2)[place], dtype=np.float64)


def _correlation(one: Floats, other: Floats) -> float:
    if len(one) < 3 or one.std() == 0 or other.std() == 0:
        return 0.0
    return abs(float(np.corrcoef(one, other)[0, 1]))


def _shared(one: tuple[str | None, ...], other: tuple[str | None, ...]) -> float:
    codes = [np.unique([str(each) for each in words], return_inverse=True)[1] for words in (one, other)]
    table = np.zeros((codes[0].max() + 1, codes[1].max() + 1))
    np.add.at(table, tuple(codes), 1.0)
    shares = table / table.sum()
    entropies = [_entropy(shares.sum(axis=axis)) for axis in (0, 1)]
    smaller = min(entropies)
    return (sum(entropies) - _entropy(shares)) / smaller if smaller > 0 else 0.0


def _entropy(shares: Floats) -> float:
    return -float(xlogy(shares, shares).sum())
