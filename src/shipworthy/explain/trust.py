"""Whether the reasons of one answer can be trusted: do they stay when little changes, and do they foretell the model?"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from shipworthy.explain.blend import Floats, Ints, Predict, whole
from shipworthy.explain.shapley import Contributions

STABLE = 0.7
"""Reasons of which a smaller share stays are withheld: a convention."""

FAITHFUL = 0.5
"""Reasons that foretell a smaller share of what the model does are withheld: a convention."""

NEAR = 0.01
"""A number moves a little when it takes a value at most so far away in rank, as a share of the rows."""

REPEATS = 20
SUBSETS = 64

Contribute = Callable[[Ints, Ints, int], Contributions]
"""From a row (p,), background rows and a seed to contributions."""


def stability(
    contribute: Contribute,
    row: Ints,
    background: Ints,
    near: Sequence[Ints | None],
    *,
    top: int,
    seed: int = 0,
) -> float:
    """The share of the `top` greatest contributions that stay among them, with their sign, when little changes.

    A mean over 20 repeats. In each the background rows are drawn anew with replacement, the orders are others, and
    each number of the row is that of a row near it.

    Args:
        contribute: gives contributions.
        row: the origin of the row.
        background: rows of the pool.
        near: for each column the rows of the pool with a value near that of the row; None where it does not move.
        top: how many reasons are named.
        seed: of all that is drawn.
    """
    named = greatest(contribute(row, background, seed).each, top)
    if not named:
        return 1.0
    rng = np.random.default_rng([seed, 1])
    kept = 0
    for repeat in range(REPEATS):
        moved = [at if places is None else rng.choice(places) for at, places in zip(row, near, strict=True)]
        drawn = rng.choice(background, len(background))
        found = contribute(np.array(moved, dtype=np.int64), drawn, seed + 1 + repeat)
        kept += len(named & greatest(found.each, top))
    return kept / (REPEATS * len(named))


def greatest(each: Floats, top: int) -> frozenset[tuple[int, bool]]:
    """The columns of the greatest contributions, each with its sign; those that contribute nothing are none."""
    size = np.abs(each)
    order = np.argsort(-size, kind="stable")[:top]
    least = 1e-9 * size.max(initial=0.0)
    return frozenset((int(at), bool(each[at] > 0)) for at in order if size[at] > least)


def fidelity(predict: Predict, found: Contributions, row: Ints, background: Ints, *, seed: int = 0) -> float:
    """How far the contributions foretell what the model does when columns lose the row's values; at most 1.

    For 64 random sets of columns: the true change is the answer less its mean with these columns taken from background
    rows; the foretold one is the sum of their contributions. Fidelity is 1 - Σ(true - foretold)² / Σ(true - mean true)²,
    not below 0. A sum of one part per column has 1; where one column matters only for what another is, it falls.

    Args:
        predict: the model.
        found: its contributions to the row.
        row: the origin of the row.
        background: rows of the pool.
        seed: of the sets.
    """
    columns, rng = len(row), np.random.default_rng([seed, 2])
    sizes = rng.integers(1, columns + 1, SUBSETS)
    left = np.argsort(np.argsort(rng.random((SUBSETS, columns)), axis=1), axis=1) < sizes[:, None]
    start = whole(background, columns)
    origin = np.where(left[:, None, :], start, row)  # (subsets, m, p)
    answers = predict(origin.reshape(-1, columns)).reshape(SUBSETS, len(background))
    true, foretold = found.value - answers.mean(axis=1), left @ found.each
    missed, spread = float(((true - foretold) ** 2).sum()), float(((true - true.mean()) ** 2).sum())
    least = 1e-12 * float((true**2).sum())
    if missed <= least:
        return 1.0
    return max(0.0, 1 - missed / spread) if spread > least else 0.0


def near_rows(values: Floats, at: int) -> Ints:
    """The rows whose number is near that of row `at`: equal, or at most 1 % of the rows away in rank.

    Rows without a number are near those without one.
    """
    own, known = values[at], np.flatnonzero(np.isfinite(values))
    if not np.isfinite(own):
        return np.flatnonzero(~np.isfinite(values))
    order = known[np.argsort(values[known], kind="stable")]
    first, end = (int(np.searchsorted(values[order], own, side)) for side in ("left", "right"))
    reach = max(1, round(NEAR * len(order)))
    return np.asarray(order[max(0, first - reach) : end + reach], dtype=np.int64)


def withheld(stable: float, faithful: float) -> str:
    """Why reasons are not shown; empty where they are."""
    found = []
    if stable < STABLE:
        found.append(
            f"{_percent(stable)} of them stay when the row's numbers move a little and the background is drawn anew"
            f" (at least {_percent(STABLE)} must)"
        )
    if faithful < FAITHFUL:
        found.append(
            f"they foretell {_percent(faithful)} of what the model does when columns change (at least {_percent(FAITHFUL)} must)"
        )
    return f"Reasons are withheld: {'; '.join(found)}." if found else ""


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"
