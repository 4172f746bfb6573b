"""Tallies made without the code under test: rows counted one by one, and cubes straight from counts of outcomes."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from shipworthy.evaluate import Weights
from shipworthy.tally import CELLS, Cube, Histogram, Needs, Tallies
from shipworthy.tally.cube import squared
from shipworthy.tally.needs import pair, pairs

BUCKET = 0.005
SCORES = (0.8, 0.2, None)
"""The score behind a yes, a no and no answer, where a log holds none of its own."""

LABELS = (1, 0, 2)
"""The label of an outcome as histograms count it: positive, negative, unknown."""

UNLABELLED = 2
GROUPS = 32


@dataclass(frozen=True)
class Rows:
    """A log in memory: the outcome of each row, its slices, numbers (None where there is none), and unit."""

    outcome: Sequence[int]
    slices: Mapping[str, Sequence[str]] = field(default_factory=dict)
    numbers: Mapping[str, Sequence[float | None]] = field(default_factory=dict)
    units: Sequence[Any] | None = None

    def __len__(self) -> int:
        return len(self.outcome)

    def picked(self, at: Sequence[int]) -> Rows:
        """These rows, in this order."""
        return Rows(
            [self.outcome[i] for i in at],
            {name: [values[i] for i in at] for name, values in self.slices.items()},
            {name: [values[i] for i in at] for name, values in self.numbers.items()},
            None if self.units is None else [self.units[i] for i in at],
        )


def names_of(columns: Sequence[str]) -> tuple[str, ...]:
    return (*CELLS, *(name for column in sorted(columns) for name in (column, f"#{column}")))


def vector(rows: Rows, at: int, columns: Sequence[str]) -> list[float]:
    """The row's values: one for its outcome, then each number and whether there is one."""
    cells = [1.0 if rows.outcome[at] == cell else 0.0 for cell in range(len(CELLS))]
    numbers = [number_of(rows, at, column) for column in sorted(columns)]
    return [*cells, *(part for x in numbers for part in ((0.0, 0.0) if x is None else (x, 1.0)))]


def score_of(rows: Rows, at: int) -> float | None:
    """The score of a row; one that its answer could have come from where the log has none."""
    return rows.numbers["score"][at] if "score" in rows.numbers else SCORES[rows.outcome[at] % 3]


def number_of(rows: Rows, at: int, column: str) -> float | None:
    """A number of a row; one that begins with `=` follows from its label and its score."""
    if not column.startswith("="):
        return rows.numbers[column][at]
    label, score = LABELS[rows.outcome[at] // 3], score_of(rows, at)
    if label == UNLABELLED or score is None:
        return None
    if column == "=brier":
        return (score - label) ** 2
    return -math.log(score if label else 1 - score)


def cube_of(
    rows: Rows, by: tuple[str, ...] = (), columns: Sequence[str] = (), *, tailed: bool = False
) -> Cube:
    """The cube by its definition: sum each unit's rows in each slice, then add sums and products of the sums.

    `tailed` ones have the third powers of the numbers besides.
    """
    per_unit: dict[tuple[str, ...], dict[Any, list[list[float]]]] = {} if by else {(): {}}
    for at in range(len(rows)):
        key = tuple(rows.slices[column][at] for column in by)
        unit = at if rows.units is None else rows.units[at]
        per_unit.setdefault(key, {}).setdefault(unit, []).append(vector(rows, at, columns))
    keys, names = tuple(sorted(per_unit)), names_of(columns)
    k = len(names)
    totals = [np.array([np.sum(v, axis=0) for v in per_unit[key].values()]).reshape(-1, k) for key in keys]
    found = cube(
        by,
        keys,
        names,
        np.array([sum(map(len, per_unit[key].values())) for key in keys], dtype=float),
        np.array([len(per_unit[key]) for key in keys], dtype=float),
        np.array([total.sum(axis=0) for total in totals]).reshape(-1, k),
        np.array([total.T @ total for total in totals]).reshape(-1, k, k),
        clustered=rows.units is not None,
    )
    if not tailed:
        return found
    third = [thirds(names, total) for total in totals]
    blank = thirds(names, np.zeros((0, k)))
    return with_products(
        found, {each: np.array([part[each] for part in third], dtype=float) for each in blank}
    )


def thirds(names: Sequence[str], units: np.ndarray) -> dict[tuple[str, str], np.ndarray]:
    """What units hold of a number times the square of what they hold of one, summed over units (..., units, names)."""
    numbers = [name for name in names if name not in CELLS]
    held = {name: units[..., names.index(name)] for name in numbers}
    return {
        pair(a, squared(b)): np.einsum("...u,...u,...u->...", held[a], held[b], held[b])
        for a in numbers
        for b in numbers
    }


def with_products(found: Cube, products: Mapping[tuple[str, str], np.ndarray]) -> Cube:
    """The cube with more products."""
    return replace(found, products={**found.products, **products})


def cube(
    by: tuple[str, ...],
    keys: Sequence[tuple[str, ...]],
    names: tuple[str, ...],
    rows: np.ndarray,
    units: np.ndarray,
    sums: np.ndarray,
    products: np.ndarray,
    *,
    clustered: bool,
) -> Cube:
    """The cube with every product of its values (slices, names, names); of independent rows none of two outcomes."""
    place = {name: at for at, name in enumerate(names)}
    asked = (
        pairs(names)
        if clustered
        else {*pairs(names[len(CELLS) :]), *((cell, cell) for cell in names[: len(CELLS)])}
    )
    kept = {each: products[:, place[each[0]], place[each[1]]] for each in asked}
    exclusive = frozenset() if clustered else frozenset(CELLS)
    return Cube(by, tuple(keys), names, rows, units, sums, sums, kept, exclusive)


def bucket_of(value: float) -> float:
    """A bucket half a percent wide, with one of its own for zero."""
    if value == 0:
        return 0.0
    size = 200_000 + np.floor(np.log(abs(value)) / BUCKET)
    return float(size if value > 0 else -size)


def histogram_of(
    values: Sequence[float],
    labels: Sequence[int] | None = None,
    groups: Sequence[int] | None = None,
    weights: Sequence[float] | None = None,
) -> Histogram:
    """The histogram of values; labels are 0 (negative), 1 (positive) and 2 (unknown); `groups` are those of units.

    Weights are counted where rows have some; scores are not weighted.
    """
    found: dict[float, list[int]] = {}
    for at, value in enumerate(values):
        found.setdefault(bucket_of(value), []).append(at)
    buckets = sorted(found)
    counts = np.zeros((len(buckets), 3))
    by_group = np.zeros((len(buckets), 0 if groups is None else GROUPS, 3))
    for i, bucket in enumerate(buckets):
        for at in found[bucket]:
            label, weight = (
                UNLABELLED if labels is None else labels[at],
                1 if weights is None else weights[at],
            )
            counts[i, label] += weight
            if groups is not None:
                by_group[i, int(groups[at]), label] += weight
    ends = [(min(values[at] for at in found[b]), max(values[at] for at in found[b])) for b in buckets]
    least, greatest = np.array(ends, dtype=float).reshape(-1, 2).T
    scores = np.zeros((len(buckets), 3))
    for i, bucket in enumerate(buckets):
        for at in found[bucket]:
            if labels is not None and labels[at] < 2:
                scores[i] += [values[at] * (labels[at] == 0), values[at] * (labels[at] == 1), values[at] ** 2]
    return Histogram(np.array(buckets), least, greatest, counts, scores, by_group)


def group_of(unit: Any) -> int:
    """The random group of a unit: the first five bits of the MD5 digest of its name."""
    return hashlib.md5(str(unit).encode(), usedforsecurity=False).digest()[0] >> 3


def histogram_of_counts(values: np.ndarray, negatives: np.ndarray, positives: np.ndarray) -> Histogram:
    """The histogram of rising values with so many negatives and positives each; values that nobody has are left out."""
    seen = negatives + positives > 0
    n = np.column_stack([negatives, positives, np.zeros(len(values))])[seen].astype(float)
    at = values[seen]
    scores = np.column_stack([n[:, 0] * at, n[:, 1] * at, n.sum(axis=1) * at**2])
    return Histogram(np.flatnonzero(seen).astype(float), at, at, n, scores, np.zeros((len(at), 0, 3)))


def weighed(
    values: Sequence[float], labels: Sequence[int], weights: Sequence[float]
) -> tuple[Histogram, Weights]:
    """The histogram of weighted values, and beside it each row as one and by the square of its weight."""
    places = [bucket_of(value) for value in values]
    rows = histogram_of(values, labels)
    by_power = [np.zeros_like(rows.n) for _ in range(3)]
    for place, label, weight in zip(places, labels, weights, strict=True):
        for power, n in enumerate(by_power):
            n[int(np.flatnonzero(rows.bucket == place)[0]), int(label)] += weight**power
    one, own, square = (replace(rows, n=n) for n in by_power)
    return own, Weights(one, square)


def tallies_of(rows: Rows, needs: Needs) -> Tallies:
    """What a scan of these rows for these needs must bring back."""
    cubes = {by: cube_of(rows, by, sorted(needs.columns), tailed=True) for by in needs.groupings}
    histograms: dict[Any, dict[Any, Histogram]] = {}
    for column, by in needs.histograms:
        parts: dict[tuple[str, ...], list[int]] = {}
        score, ranked = column == "score", (column, by) in needs.ranked
        values = [score_of(rows, at) for at in range(len(rows))] if score else rows.numbers[column]
        for at in range(len(rows)):
            if values[at] is not None:
                parts.setdefault(tuple(rows.slices[c][at] for c in by), []).append(at)
        histograms[column, by] = {
            key: histogram_of(
                [value for at in found if (value := values[at]) is not None],
                [LABELS[rows.outcome[at] // 3] for at in found],
                [group_of(rows.units[at]) for at in found] if ranked and rows.units is not None else None,
            )
            for key, found in parts.items()
        }
    return Tallies(cubes, histograms, rows.units is not None)


def cube_of_counts(counts: Any, by: tuple[str, ...] = (), keys: Sequence[tuple[str, ...]] = ((),)) -> Cube:
    """The cube of independent rows that were counted by outcome: `counts` (slices, 9)."""
    cells = np.asarray(counts, dtype=float).reshape(len(keys), len(CELLS))
    rows = cells.sum(axis=1)
    products = np.einsum("si,ij->sij", cells, np.eye(len(CELLS)))
    return cube(by, keys, CELLS, rows, rows, cells, products, clustered=False)


def counts(**cells: Any) -> np.ndarray:
    """Counts of the named outcomes (..., 9), zero elsewhere."""
    parts = np.broadcast_arrays(*(np.asarray(cells.get(cell, 0), dtype=float) for cell in CELLS))
    return np.stack(parts, axis=-1)


def scores_of_counts(cells: Any) -> Histogram:
    """The histogram of the scores behind counts of outcomes (9,): rows without an answer have none."""
    table = np.asarray(cells, dtype=float).reshape(3, 3)
    no_first = np.array([[table[1, at], table[0, at], table[2, at]] for at in (1, 0)])
    ends = np.array(sorted(score for score in SCORES if score is not None))
    seen = no_first.sum(axis=1) > 0
    buckets, ends, counted = np.array([bucket_of(score) for score in ends])[seen], ends[seen], no_first[seen]
    sums = counted[:, :2] * ends[:, np.newaxis]
    squares = counted[:, :2].sum(axis=1) * ends**2
    scores = np.column_stack([sums, squares])
    return Histogram(buckets, ends, ends, counted, scores, np.zeros((len(ends), 0, 3)))


def overall(**cells: float) -> Tallies:
    """The tallies of independent rows with these outcomes, unsliced."""
    table = counts(**cells)
    return Tallies({(): cube_of_counts(table)}, {("score", ()): {(): scores_of_counts(table)}})


def sliced(column: str, slices: Mapping[str, Mapping[str, float]]) -> Tallies:
    """The tallies of independent rows by the slices of one column, and overall."""
    keys = sorted(slices)
    table = np.array([counts(**slices[key]) for key in keys])
    cube = cube_of_counts(table, (column,), [(key,) for key in keys])
    scores = {(key,): scores_of_counts(cells) for key, cells in zip(keys, table, strict=True)}
    whole = table.sum(axis=0)
    histograms = {("score", (column,)): scores, ("score", ()): {(): scores_of_counts(whole)}}
    return Tallies({(column,): cube, (): cube_of_counts(whole)}, histograms)
