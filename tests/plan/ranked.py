"""Tallies of requests whose order is as good as drawn, made from arrays without the code under test."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from shipworthy.metrics.outcomes import VALUES
from shipworthy.spec.task import Task
from shipworthy.tally import Cube, Tallies
from shipworthy.tally.needs import pairs
from tests.tally.counting import thirds

RANKING = Task("ranking")
Key = tuple[str, ...]


def gains(rng: np.random.Generator, shape: tuple[int, ...]) -> np.ndarray:
    """The discounted gain of one relevant item at a random place."""
    place = rng.geometric(0.4, shape)
    return np.where(place <= 10, 1 / np.log2(place + 1.0), 0.0) * (rng.random(shape) < 0.7)


def of_requests(values: np.ndarray, name: str, by: Key = (), keys: Sequence[Key] = ((),)) -> Tallies:
    """The tallies of a row value of independent requests: `values` (slices, requests)."""
    stacked = np.zeros((*values.shape, 5))
    stacked[..., 0] = stacked[..., 4] = 1.0
    stacked[..., 3] = values
    names = (*VALUES, name, f"#{name}")
    products = {
        (a, b): np.einsum("sr,sr->s", stacked[..., names.index(a)], stacked[..., names.index(b)])
        for a, b in pairs(names)
    }
    rows = np.full(len(values), float(values.shape[1]))
    sums = stacked.sum(axis=1)
    third = thirds([*VALUES, name, f"#{name}"], stacked)
    return Tallies({by: Cube(by, tuple(keys), names, rows, rows, sums, sums, products | third)}, {})
