"""A metric compared between groups within the levels of a control column, pooled over the levels."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, permutations

import numpy as np
from numpy.typing import NDArray

from shipworthy.metrics.measured import CONFIDENCE
from shipworthy.metrics.support import LEAST_ROWS, NOTHING, ROUNDING, Part, Row
from shipworthy.tally.cube import Floats


@dataclass(frozen=True, eq=False)
class _Table:
    """Values, bounds and rows of each group (first axis) in each level of the control (second axis)."""

    value: Floats
    lower: Floats
    upper: Floats
    n: Floats


def conditional_row(part: Part, level: float) -> Row:
    """One slice: the greatest difference of two groups within levels of the control, and its bounds.

    A pair's difference is the mean of its differences in the levels that it shares, weighted by n_1 n_2 / (n_1 + n_2)
    (Mantel and Haenszel 1959; Greenland and Robins 1985), which favours levels where both groups have rows. Its bounds
    combine the exact ones of the cells (MOVER; Zou and Donner 2008). The upper bound is the greatest of all pairs', at
    the plain level; the lower one has the error divided by the number of ordered pairs (Bonferroni).
    """
    table = _table(part, level)
    pairs = list(permutations(range(len(table.value)), 2))
    shared = [_weights(table, *pair) for pair in pairs]
    known = [(pair, weights) for pair, weights in zip(pairs, shared, strict=True) if weights is not None]
    if not known:
        return NOTHING
    value = max(float(weights @ _difference(table.value, *pair)) for pair, weights in known)
    ends = []
    for each in ((1 + CONFIDENCE) / 2, level):
        plain, strict = _table(part, each), _table(part, 1 - (1 - each) / len(known))
        # The upper bound of i - j is minus the lower bound of j - i.
        upper = max(-bound for bound in _lower(plain, known)) if len(known) == len(pairs) else np.inf
        ends.append((max(0.0, *_lower(strict, known)), upper))
    (low, high), (lower, upper) = ends
    return value, low, high, lower, upper


def note_within(part: Part, level: float) -> str:
    """Which pairs of groups share too few rows to be compared."""
    table, names = _table(part, level), sorted({name for (name,) in part.keys(part.groups)})
    pairs = list(combinations(range(len(names)), 2))
    if not pairs:
        return (
            f"only the group {names[0]} of {part.groups[0]} has rows that count: there is nothing to compare"
        )
    few = [f"{names[i]} and {names[j]}" for i, j in pairs if _weights(table, i, j) is None]
    if not few:
        return ""
    listed = f"{', '.join(few[:5])}{f' and {len(few) - 5} more pairs' if len(few) > 5 else ''}"
    least = f"{LEAST_ROWS} rows each in levels of {part.control} that they share"
    return f"groups of {part.groups[0]} with fewer than {least} are undecided: {listed}"


_Pair = tuple[int, int]


def _table(part: Part, level: float) -> _Table:
    groups, levels = part.keys(part.groups), part.keys((part.control,))
    rows = {key: at for at, key in enumerate(sorted({*groups}))}
    columns = {key: at for at, key in enumerate(sorted({*levels}))}
    at = [rows[key] for key in groups], [columns[key] for key in levels]
    shape = len(rows), len(columns)

    def laid_out(values: Floats, blank: float) -> Floats:
        table = np.full(shape, blank)
        table[at] = values
        return table

    value, lower, upper = part.measured(level)
    units = part.at_level(level).units[list(part.positions)]
    blanks = (np.nan, -np.inf, np.inf, 0.0)
    return _Table(
        *(laid_out(each, blank) for each, blank in zip((value, lower, upper, units), blanks, strict=True))
    )


def _weights(table: _Table, first: int, second: int) -> Floats | None:
    """The weight of each level for a pair of groups; None where it shares too few rows."""
    n, m = table.n[first], table.n[second]
    shared: NDArray[np.bool_] = (n > 0) & (m > 0)
    if min(n[shared].sum(), m[shared].sum()) < LEAST_ROWS * (1 - ROUNDING):
        return None
    weights = np.divide(n * m, n + m, where=shared, out=np.zeros_like(n))
    return np.asarray(weights / weights.sum())


def _difference(values: Floats, first: int, second: int) -> Floats:
    """First less second in each level, 0 where one has no rows."""
    return np.asarray(np.nan_to_num(values[first] - values[second], nan=0.0, posinf=0.0, neginf=0.0))


def _lower(table: _Table, known: list[tuple[_Pair, Floats]]) -> Iterator[float]:
    """The lower bound of each pair's weighted difference."""
    for (first, second), weights in known:
        used = weights > 0
        x, down = table.value[first, used], table.value[first, used] - table.lower[first, used]
        y, up = table.value[second, used], table.upper[second, used] - table.value[second, used]
        distance = np.sqrt((weights[used] ** 2 * (down**2 + up**2)).sum())
        yield float((weights[used] * (x - y)).sum() - distance)
