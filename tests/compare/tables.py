"""Tallies of two candidates made without the code under test: straight from counts of joint outcomes, or from units."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from shipworthy.compare.asking import Question
from shipworthy.metrics import define
from shipworthy.metrics.outcomes import cells_of
from shipworthy.spec.language import read_requirement
from shipworthy.spec.model import Value
from shipworthy.spec.task import Task
from shipworthy.tally import Cube, Tallies
from shipworthy.tally.needs import pairs

NAMES = cells_of(Task(paired=True))
MONEY = Value(true_positive=0.02, false_positive=-0.2, false_negative=-0.05)


def question(text: str, margin: float | None = None) -> Question:
    return Question(define(read_requirement(f"{text} >= 0").metric, MONEY), margin, asked=True)


def counts(**cells: Any) -> np.ndarray:
    """Counts of joint outcomes (..., 27), named like `tp_fn`: the first candidate's outcome, then the second's."""
    named = {name.replace(" / ", "_"): name for name in NAMES}
    assert {*cells} <= {*named}
    parts = np.broadcast_arrays(*(np.asarray(cells.get(each, 0), dtype=float) for each in named))
    return np.stack(parts, axis=-1)


def cube_of(table: np.ndarray, by: tuple[str, ...] = (), keys: Sequence[tuple[str, ...]] = ((),)) -> Cube:
    """The cube of independent rows, counts (S, 27)."""
    cells = np.asarray(table, dtype=float).reshape(len(keys), len(NAMES))
    rows = cells.sum(axis=1)
    products = {(name, name): cells[:, at] for at, name in enumerate(NAMES)}
    return Cube(by, tuple(keys), NAMES, rows, rows, cells, cells, products, frozenset(NAMES))


def cube_of_units(units: np.ndarray) -> Cube:
    """The cube of one slice, from counts of joint outcomes by draw and unit (S, units, 27)."""
    draws = len(units)
    keys = [(f"{draw:06d}",) for draw in range(draws)]
    sums = units.sum(axis=1)
    squares = np.einsum("sui,suj->sij", units, units)
    place = {name: at for at, name in enumerate(NAMES)}
    products = {each: squares[:, place[each[0]], place[each[1]]] for each in pairs(NAMES)}
    number = np.full(draws, float(units.shape[1]))
    return Cube(("draw",), tuple(keys), NAMES, sums.sum(axis=1), number, sums, sums, products)


def drawn(table: np.ndarray) -> Cube:
    """The cube of many draws, each a slice."""
    return cube_of(table, ("draw",), [(f"{draw:06d}",) for draw in range(len(table))])


def overall(**cells: float) -> Tallies:
    return Tallies({(): cube_of(counts(**cells))}, {})


def swapped(**cells: float) -> Mapping[str, float]:
    """The same rows with the candidates exchanged."""
    return {"_".join(reversed(name.split("_"))): count for name, count in cells.items()}
