"""Tallies of several classes and of predicted numbers, made from counts and arrays without the code under test."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from shipworthy.metrics import Measured, define, measure
from shipworthy.metrics.outcomes import VALUES, cells_of, totals_of
from shipworthy.spec.task import Task
from shipworthy.tally import Cube, Tallies
from shipworthy.tally.needs import grouping, pairs
from tests.metrics.every import metric
from tests.tally.counting import histogram_of, thirds

CLASSES = ("cat", "dog", "old cow")
THREE = Task("multiclass", CLASSES)
NUMBER = Task("regression")
Key = tuple[str, ...]


def of_classes(
    text: str, tallies: Tallies, task: Task = THREE, by: Key = (), level: float = 0.95
) -> Measured:
    """A metric of several classes on every slice."""
    return measure(define(metric(text), None, task), tallies, grouping(by), level)


def of_numbers(text: str, tallies: Tallies, by: Key = (), level: float = 0.95) -> Measured:
    """A metric of predicted numbers on every slice."""
    return measure(define(metric(text), None, NUMBER), tallies, grouping(by), level)


def members(task: Task) -> tuple[tuple[str, ...], np.ndarray]:
    """The outcomes and totals of a task, and which outcomes (columns) each of them counts."""
    cells, totals = cells_of(task), totals_of(task)
    held = [
        [float(cell == name or cell in totals.get(name, ())) for cell in cells] for name in (*cells, *totals)
    ]
    return (*cells, *totals), np.array(held)


def confused(counts: np.ndarray, task: Task = THREE, by: Key = (), keys: Sequence[Key] = ((),)) -> Tallies:
    """The tallies of independent rows: `counts` (slices, label, answer), the last of each being none."""
    names, held = members(task)
    cells = np.asarray(counts, dtype=float).reshape(len(keys), -1)
    place = {name: at for at, name in enumerate(names)}
    products = {each: cells @ (held[place[each[0]]] * held[place[each[1]]]) for each in pairs(names)}
    rows, sums = cells.sum(axis=1), cells @ held.T
    exclusive = frozenset(cells_of(task))
    cube = Cube(by, tuple(keys), names, rows, rows, sums, sums, products, exclusive)
    return Tallies({by: cube}, {})


def confused_units(
    units: np.ndarray, task: Task = THREE, by: Key = (), keys: Sequence[Key] = ((),)
) -> Tallies:
    """The tallies of units of several rows: `units` (slices, units, label, answer) counts their outcomes."""
    names, held = members(task)
    totals = np.asarray(units, dtype=float).reshape(len(keys), units.shape[1], -1) @ held.T
    multiplied = np.einsum("sui,suj->sij", totals, totals)
    place = {name: at for at, name in enumerate(names)}
    products = {each: multiplied[:, place[each[0]], place[each[1]]] for each in pairs(names)}
    rows, sums = units.sum(axis=(1, 2, 3)).astype(float), totals.sum(axis=1)
    present = (units.sum(axis=(2, 3)) > 0).sum(axis=1).astype(float)
    cube = Cube(by, tuple(keys), names, rows, present, sums, sums, products)
    return Tallies({by: cube}, {}, clustered=True)


def table(
    labels: Sequence[str], answers: Sequence[str | None], classes: Sequence[str] = CLASSES
) -> np.ndarray:
    """Rows counted by label and answer, (classes + 1, classes + 1)."""
    place = {name: at for at, name in enumerate(classes)}
    found = np.zeros((len(classes) + 1, len(classes) + 1))
    for label, answer in zip(labels, answers, strict=True):
        found[place.get(label, -1), place.get(answer or "", -1)] += 1
    return found


def predicted(
    labels: np.ndarray, answers: np.ndarray, by: Key = (), keys: Sequence[Key] = ((),), share: float = 0.9
) -> Tallies:
    """The tallies of predicted numbers, `labels` and `answers` (slices, rows), NaN where there is none."""
    labels, answers = (np.asarray(each, dtype=float).reshape(len(keys), -1) for each in (labels, answers))
    error = answers - labels
    judged = np.where(np.isnan(answers), np.nan, labels)
    loss = np.maximum(-share * error, (1 - share) * error)
    values = {
        "=error": error, "=absolute_error": np.abs(error), "=squared_error": error**2,
        "=label": judged,
        "=label_squared": judged**2, f"=pinball@{share!r}": loss,
    }  # fmt: skip
    outcomes = [
        ~np.isnan(labels) & ~np.isnan(answers),
        ~np.isnan(labels) & np.isnan(answers),
        np.isnan(labels),
    ]
    columns: dict[str, np.ndarray] = dict(zip(VALUES, outcomes, strict=True))
    for name, value in values.items():
        columns |= {name: np.nan_to_num(value), f"#{name}": ~np.isnan(value)}
    names, rows = tuple(columns), np.full(len(keys), float(labels.shape[1]))
    stacked = np.stack([np.asarray(each, dtype=float) for each in columns.values()], axis=-1)
    multiplied = np.einsum("sri,srj->sij", stacked, stacked)
    place = {name: at for at, name in enumerate(names)}
    products = {each: multiplied[:, place[each[0]], place[each[1]]] for each in pairs(names)}
    products |= thirds(names, stacked)
    sums = stacked.sum(axis=1)
    cube = Cube(by, tuple(keys), names, rows, rows, sums, sums, products)
    sizes = {
        key: histogram_of(row[~np.isnan(row)].tolist()) for key, row in zip(keys, np.abs(error), strict=True)
    }
    return Tallies({by: cube}, {("=absolute_error", by): sizes})
