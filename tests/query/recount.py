"""What a scan must bring back, counted again in plain Python, row by row."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise
from typing import Any

from shipworthy.evidence import OperatingPoint
from shipworthy.tally.cube import CELLS, SQUARED, Cube, row_values, squared
from shipworthy.tally.histogram import Histogram
from shipworthy.tally.needs import Needs, pair
from shipworthy.tally.scan import Tallies

Row = Mapping[str, Any]
Labels = Mapping[str, Callable[[Any], str]]


def plain_label(value: Any) -> str:
    """What the slice of a plain value is called."""
    if value is None or value != value:  # noqa: PLR0124 - the one value that differs from itself
        return "(missing)"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float | Decimal):
        short = f"{value:g}"
        return short if float(short) == value else repr(float(value))
    return str(value)


Threshold = float | OperatingPoint | None


def decided(row: Row, point: OperatingPoint) -> bool | None:
    """The answer that a score gives at an operating point."""
    own = point.thresholds.get(plain_label(row[point.by]), point.threshold) if point.by else point.threshold
    if point.review_from is not None and point.review_from <= row["score"] < own:
        return None
    return bool(row["score"] >= own)


def cell(row: Row, threshold: Threshold = None) -> str:
    """The outcome of a row."""
    answer = row["prediction"]
    if answer is None and threshold is not None and row["score"] is not None:
        answer = decided(row, OperatingPoint(threshold) if isinstance(threshold, float) else threshold)
    name = {True: "p", False: "n", None: "x"}
    if row["label"] is None:
        return {"p": "up", "n": "un", "x": "xx"}[name[answer]]
    if answer is None:
        return "xp" if row["label"] else "xn"
    return {(True, True): "tp", (True, False): "fn", (False, True): "fp", (False, False): "tn"}[
        row["label"], answer
    ]


def number(value: Any) -> float | None:
    """The number that a value counts as: NaN is none."""
    if value is None or math.isnan(value):
        return None
    return float(value)


def values_of(row: Row, columns: Sequence[str], threshold: Threshold) -> dict[str, float]:
    """The row values of one row."""
    found = dict.fromkeys(row_values(columns), 0.0)
    found[cell(row, threshold)] = 1.0
    for column in columns:
        value = number(row[column])
        found[column], found[f"#{column}"] = (0.0, 0.0) if value is None else (value, 1.0)
    return found


@dataclass
class Slice:
    """One slice: its rows, its units' sums, and from them sums and products."""

    rows: int = 0
    units: dict[Any, dict[str, float]] = field(default_factory=dict)
    counts: dict[str, float] = field(default_factory=lambda: defaultdict(float))

    def total(self, name: str) -> float:
        return math.fsum(unit[name] for unit in self.units.values())

    def product(self, one: str, other: str) -> float:
        return math.fsum(self.products(one, other))

    def products(self, one: str, other: str) -> list[float]:
        """Of each unit; a square is that of what the unit holds."""

        def held(unit: dict[str, float], name: str) -> float:
            own = name.removeprefix(SQUARED)
            return unit[own] if own == name else unit[own] ** 2

        return [held(unit, one) * held(unit, other) for unit in self.units.values()]


def slices(
    rows: Sequence[Row],
    needs: Needs,
    labels: Labels,
    *,
    clustered: bool,
    weighted: bool = False,
    threshold: Threshold = None,
) -> dict[tuple[str, ...], dict[tuple[str, ...], Slice]]:
    """Every slice of every grouping."""
    columns = sorted(needs.columns)
    found: dict[tuple[str, ...], dict[tuple[str, ...], Slice]] = {}
    for by in needs.groupings:
        slices_of: dict[tuple[str, ...], Slice] = defaultdict(Slice)
        for position, row in enumerate(rows):
            one = slices_of[tuple(labels.get(name, plain_label)(row[name]) for name in by)]
            one.rows += 1
            unit = one.units.setdefault(
                row["unit"] if clustered else position, dict.fromkeys(row_values(columns), 0.0)
            )
            for name, value in values_of(row, columns, threshold).items():
                unit[name] += value * (row["weight"] if weighted else 1)
                one.counts[name] += value
        found[by] = dict(slices_of)
    return found


def assert_same(
    rows: Sequence[Row],
    needs: Needs,
    tallies: Tallies,
    labels: Labels | None = None,
    *,
    clustered: bool,
    weighted: bool = False,
    threshold: Threshold = None,
) -> None:
    """Counts exactly, sums to 1e-9 relative: the promise of the design."""
    expected = slices(rows, needs, labels or {}, clustered=clustered, weighted=weighted, threshold=threshold)
    assert set(expected) == set(tallies.cubes)
    for by, wanted in expected.items():
        cube = tallies.cubes[by]
        assert set(wanted or ({(): Slice()} if not by else {})) == set(cube.keys)
        for key, one in wanted.items():
            _prove_slice(one, cube, cube.keys.index(key), needs, weighted=weighted)
    for column, by in needs.histograms:
        groups: dict[tuple[str, ...], list[Row]] = defaultdict(list)
        for row in rows:
            groups[tuple((labels or {}).get(name, plain_label)(row[name]) for name in by)].append(row)
        for key, members in groups.items():
            if not weighted:
                assert_histogram(members, column, tallies.histogram(column, by, key))


def _prove_slice(one: Slice, cube: Cube, at: int, needs: Needs, *, weighted: bool) -> None:
    assert (one.rows, len(one.units)) == (cube.rows[at], cube.units[at])
    for i, name in enumerate(cube.names):
        exact = name in CELLS or name.startswith("#")
        if exact:
            assert one.counts[name] == cube.counts[at, i]
        assert one.total(name) == (cube.sums[at, i] if exact else _near(cube.sums[at, i], one, name))
    asked = {each for each in needs.products if each[0] == each[1] or not {*each} & cube.exclusive}
    if cube.exclusive and not weighted:
        asked -= {each for each in asked if any(name.startswith(f"{SQUARED}#") for name in each)}
        asked -= {pair(f"#{name}", squared(name)) for name in needs.columns}
    assert asked <= {*cube.products}
    for (name, other), found in cube.products.items():
        size = math.fsum(map(abs, one.products(name, other)))
        assert math.isclose(one.product(name, other), found[at], rel_tol=1e-9, abs_tol=1e-9 * size + 1e-7)


def _near(found: float, one: Slice, name: str) -> float:
    wanted = one.total(name)
    size = math.fsum(abs(unit[name]) for unit in one.units.values())
    return wanted if math.isclose(wanted, found, rel_tol=1e-9, abs_tol=1e-9 * max(size, 1e-9)) else found


def assert_histogram(rows: Sequence[Row], column: str, histogram: Histogram) -> None:
    """Every value is in one bucket, with its label; buckets do not overlap and rise with the value."""
    valued = [(value, row["label"]) for row in rows if (value := number(row[column])) is not None]
    assert len(valued) == histogram.weight
    order = [*zip(histogram.least.tolist(), histogram.greatest.tolist(), strict=True)]
    assert order == sorted(order)
    assert all(before[1] < after[0] for before, after in pairwise(order))
    for (least, greatest), counted in zip(order, histogram.n.tolist(), strict=True):
        inside = [label for value, label in valued if least <= value <= greatest]
        assert [float(sum(label is wanted for label in inside)) for wanted in (False, True, None)] == counted
