"""Rows that are few enough to hold: what they are, and their tallies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from shipworthy.tally.cube import Cube, Floats, Key, present
from shipworthy.tally.needs import Grouping, Needs
from shipworthy.tally.scan import Tallies


@dataclass(frozen=True)
class Listed:
    """One row: its unit, its values by name (one that is not named is missing), the slices that it is in, and its weight."""

    unit: str
    values: Mapping[str, float]
    slices: Mapping[str, str] = field(default_factory=dict)
    weight: float = 1.0


def listed_tallies(rows: Sequence[Listed], needs: Needs) -> Tallies:
    """The tallies of rows for needs that sums and products serve.

    Raises:
        KeyError: a row is in no slice of a column that the needs name.
    """
    names = tuple(name for column in sorted(needs.columns) for name in (column, present(column)))
    values = np.array([_row(each, names) for each in rows], dtype=float).reshape(len(rows), len(names))
    cubes = {by: _cube(rows, values, names, by, needs) for by in needs.groupings}
    return Tallies(cubes, {}, clustered=len({each.unit for each in rows}) < len(rows))


def _row(row: Listed, names: Sequence[str]) -> list[float]:
    """The values of a row in the order of their names, each followed by whether it is there."""
    return [
        each for column in names[::2] for each in (row.values.get(column, 0.0), float(column in row.values))
    ]


def _cube(rows: Sequence[Listed], values: Floats, names: tuple[str, ...], by: Grouping, needs: Needs) -> Cube:
    if not rows:
        return Cube.empty(by, names, needs.products)
    keys: list[Key] = [tuple(row.slices[column] for column in by) for row in rows]
    known = tuple(sorted(set(keys)))
    at = np.array([known.index(key) for key in keys])
    of_units = list(dict.fromkeys(zip(keys, (row.unit for row in rows), strict=True)))
    place = {each: number for number, each in enumerate(of_units)}
    unit = np.array([place[key, row.unit] for key, row in zip(keys, rows, strict=True)])
    weighed = values * np.array([[row.weight] for row in rows])
    by_unit = _summed(weighed, unit, len(of_units))
    slice_of = np.array([known.index(key) for key, _ in of_units])
    column = {name: number for number, name in enumerate(names)}
    products = {
        (a, b): _summed(by_unit[:, column[a]] * by_unit[:, column[b]], slice_of, len(known))
        for a, b in needs.products
    }
    sums, counts = (_summed(each, at, len(known)) for each in (weighed, values))
    ones, units = np.ones(len(rows)), np.ones(len(of_units))
    counted = _summed(ones, at, len(known)), _summed(units, slice_of, len(known))
    return Cube(by, known, names, *counted, sums, counts, products)


def _summed(values: Floats, at: np.ndarray, groups: int) -> Floats:
    total = np.zeros((groups, *values.shape[1:]))
    np.add.at(total, at, values)
    return total
