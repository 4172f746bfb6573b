"""Cubes of all groupings of made-up rows, from counts of outcomes by slice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations, product

import numpy as np

from shipworthy.evaluate.contrast import Sought
from shipworthy.metrics import define
from shipworthy.spec.language import Metric
from shipworthy.spec.model import Value
from shipworthy.tally import Cube
from tests.tally.counting import cube_of_counts

MONEY = Value(currency="USD", true_positive=1.0, false_positive=-5.0, false_negative=-1.0)


def sought(*names: str) -> list[Sought]:
    """These metrics, searched on the side that is worse for each."""
    defined = [define(Metric(name), MONEY) for name in names]
    return [Sought(each, each.entry.direction == "higher") for each in defined]


def cubes_of(cells: np.ndarray, deepest: int = 3) -> dict[tuple[str, ...], Cube]:
    """Every grouping by up to three columns: `cells` has one axis per column, the outcome last."""
    sizes = cells.shape[:-1]
    found = {}
    for width in range(min(deepest, len(sizes)) + 1):
        for pick in combinations(range(len(sizes)), width):
            by = tuple(f"c{i}" for i in pick)
            table = cells.sum(axis=tuple(i for i in range(len(sizes)) if i not in pick)).reshape(-1, 9)
            keys = [*product(*([f"v{at:02d}" for at in range(sizes[i])] for i in pick))]
            seen = table.sum(axis=1) > 0 if pick else np.array([True])
            found[by] = cube_of_counts(
                table[seen], by, [key for key, some in zip(keys, seen, strict=True) if some]
            )
    return found


def drawn(
    rng: np.random.Generator,
    sizes: Sequence[int],
    rows: int,
    wrong: np.ndarray | float = 0.15,
    positives: float = 0.4,
    weights: np.ndarray | None = None,
) -> np.ndarray:
    """Counts of outcomes on every cell: how many rows it has, how many are positive, how many of them wrong."""
    share = np.full(sizes, 1 / np.prod(sizes)) if weights is None else weights
    n = rng.multinomial(rows, share.ravel()).reshape(sizes)
    positive = rng.binomial(n, positives)
    fn, fp = rng.binomial(positive, wrong), rng.binomial(n - positive, wrong)
    cells = np.zeros((*sizes, 9))
    cells[..., 0], cells[..., 1], cells[..., 3], cells[..., 4] = positive - fn, fn, fp, n - positive - fp
    return cells


def named(**columns: int) -> Mapping[str, str]:
    """A slice by the numbers of its values."""
    return {column: f"v{at:02d}" for column, at in columns.items()}
