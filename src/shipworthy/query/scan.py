"""Needs in, tallies out: at most two aggregate statements per log and split, whatever is asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any

import ibis
import numpy as np

from shipworthy.evidence import OperatingPoint
from shipworthy.query.deciding import decided
from shipworthy.query.engine import Engine
from shipworthy.query.slicing import Slicing, number
from shipworthy.tally.cells import BaseCells, ColumnSums, SliceValues
from shipworthy.tally.cube import CELLS, Cube, Key, row_values, stacked
from shipworthy.tally.histogram import Histogram
from shipworthy.tally.needs import Grouping, Needs
from shipworthy.tally.scan import Tallies

LOG_BUCKET = 0.005
"""Width of a value bucket on the logarithmic scale: neighbours differ by at most 0.5 %."""

LOGIT_BUCKETS = 64
"""Buckets of a probability per unit of its logit."""


@dataclass(frozen=True)
class Log:
    """A prediction log of one candidate on one split, and how to read it.

    `table` has the columns of the log format (label and prediction as booleans or null) beside the columns to
    slice and to sum by. `threshold` (one for all rows, or an operating point) turns a score into a prediction where the
    log holds none.
    """

    engine: Engine
    table: ibis.Table
    slicings: Mapping[str, Slicing]
    threshold: float | OperatingPoint | None = None
    clustered: bool = False

    def sliced(self) -> ibis.Table:
        """The log with one column `slice:NAME` for each slicing and `outcome`, the number of the row's cell."""
        columns = {f"slice:{name}": slicing.expression(self.table) for name, slicing in self.slicings.items()}
        found = outcome(self.table, self.threshold, self.slicings)
        return self.table.mutate(outcome=found, **columns)


def outcome(
    table: ibis.Table, threshold: float | OperatingPoint | None, slicings: Mapping[str, Slicing]
) -> Any:
    """The number of each row's cell in `tally.CELLS`."""
    answer = table.prediction
    if threshold is not None:
        point = threshold if isinstance(threshold, OperatingPoint) else OperatingPoint(threshold)
        answer = ibis.coalesce(answer, decided(table, point, slicings))
    return (3 * _ternary(table.label) + _answered(answer)).cast("int64")


def _ternary(label: Any) -> Any:
    return ibis.cases((label.isnull(), 2), (label, 0), else_=1)


def _answered(answer: Any) -> Any:
    """tp, fn, xp are 0, 1, 2; fp, tn, xn are 3, 4, 5; up, un, xx are 6, 7, 8: positive, negative, none."""
    return ibis.cases((answer.isnull(), 2), (answer, 0), else_=1)


def scan(log: Log, needs: Needs) -> Tallies:
    """The tallies that the needs ask for."""
    table = log.sliced()
    cubes = (_unit_cubes if log.clustered else _cell_cubes)(log, table, needs) if needs.groupings else {}
    return Tallies(cubes, _histograms(log, table, needs), log.clustered)


def _value(table: ibis.Table, column: str) -> Any:
    """A numeric column as floats; NaN counts as no value, on every engine alike."""
    found = table[column]
    if found.type().is_boolean():
        return ibis.cases((found.isnull(), ibis.null("float64")), (found, 1.0), else_=0.0)
    return number(found)


def _cell_cubes(log: Log, table: ibis.Table, needs: Needs) -> dict[Grouping, Cube]:
    """Group once to base cells, roll up in NumPy: exact where every row is a unit of its own."""
    by = needs.sliced_by
    sums: dict[str, Any] = {"n": table.count()}
    for column in sorted(needs.columns):
        value = _value(table, column)
        sums |= {
            f"n {column}": value.count(),
            f"sum {column}": value.sum(),
            f"squares {column}": (value * value).sum(),
        }
    keys = [f"slice:{column}" for column in by]
    found = log.engine.run(table.group_by([*keys, "outcome"]).aggregate(**sums), "counting cells")
    cells = BaseCells(
        {column: _slice_values(log, column, found[f"slice:{column}"]) for column in by},
        np.asarray(found["outcome"].to_numpy(), dtype=np.int64),
        _floats(found["n"]),
        {
            column: ColumnSums(*(_floats(found[f"{part} {column}"]) for part in ("n", "sum", "squares")))
            for column in needs.columns
        },
    )
    return {grouping: cells.rolled_up(grouping) for grouping in needs.groupings}


def _unit_cubes(log: Log, table: ibis.Table, needs: Needs) -> dict[Grouping, Cube]:
    """Sum by unit and slice, then square: the moments over independent units, all groupings in one statement."""
    by, groupings = needs.sliced_by, sorted(needs.groupings)
    parts = [_unit_part(table, needs, grouping, by, at) for at, grouping in enumerate(groupings)]
    found = log.engine.run(_union(parts), "summing over units")
    rows = found.to_pylist()
    names = row_values(needs.columns)
    return {
        grouping: _unit_cube(log, [row for row in rows if row["part"] == at], grouping, names)
        for at, grouping in enumerate(groupings)
    }


def _unit_part(table: ibis.Table, needs: Needs, grouping: Grouping, by: Grouping, at: int) -> ibis.Table:
    keys = [f"slice:{column}" for column in grouping]
    sums: dict[str, Any] = {f"v{i}": (table.outcome == i).sum() for i in range(len(CELLS))}
    for position, column in enumerate(sorted(needs.columns)):
        value = _value(table, column)
        sums[f"v{len(CELLS) + 2 * position}"] = ibis.coalesce(value.sum(), 0.0)
        sums[f"v{len(CELLS) + 2 * position + 1}"] = value.count()
    per_unit = table.group_by([*keys, "unit"]).aggregate(rows=table.count(), **sums)
    k = len(sums)
    v = [ibis.coalesce(per_unit[f"v{i}"].cast("float64"), 0.0) for i in range(k)]
    moments: dict[str, Any] = {"rows": per_unit.rows.sum(), "units": per_unit.count()}
    moments |= {f"s{i}": v[i].sum() for i in range(k)}
    moments |= {f"p{i}.{j}": (v[i] * v[j]).sum() for i in range(k) for j in range(i, k)}
    total = per_unit.group_by(keys).aggregate(**moments) if keys else per_unit.aggregate(**moments)
    blanks = {f"slice:{c}": ibis.null(table[f"slice:{c}"].type()) for c in by if c not in grouping}
    numbers = {name: total[name].cast("float64") for name in moments}
    return total.mutate(part=ibis.literal(at), **blanks, **numbers).select(
        "part", *(f"slice:{c}" for c in by), *moments
    )


def _unit_cube(log: Log, rows: Sequence[Mapping[str, Any]], by: Grouping, names: tuple[str, ...]) -> Cube:
    rows = [row for row in rows if row["rows"]]
    if not rows:
        return Cube.empty(by, names)
    k = len(names)
    products = np.zeros((len(rows), k, k))
    for i in range(k):
        for j in range(i, k):
            products[:, i, j] = products[:, j, i] = [row[f"p{i}.{j}"] for row in rows]
    keys: list[Key] = [tuple(log.slicings[c].label(row[f"slice:{c}"]) for c in by) for row in rows]
    sums = np.array([[row[f"s{i}"] for i in range(k)] for row in rows], dtype=float)
    return stacked(
        by,
        names,
        keys,
        np.array([row["rows"] for row in rows]),
        np.array([row["units"] for row in rows]),
        sums,
        products,
    )


def _histograms(
    log: Log, table: ibis.Table, needs: Needs
) -> dict[tuple[str, Grouping], dict[Key, Histogram]]:
    wanted = sorted(needs.histograms)
    if not wanted:
        return {}
    by = needs.sliced_by
    parts = [_histogram_part(table, column, grouping, by, at) for at, (column, grouping) in enumerate(wanted)]
    rows = log.engine.run(_union(parts), "counting values by bucket").to_pylist()
    found: dict[tuple[str, Grouping], dict[Key, list[Mapping[str, Any]]]] = {need: {} for need in wanted}
    for row in rows:
        grouping = wanted[row["part"]][1]
        key = tuple(log.slicings[c].label(row[f"slice:{c}"]) for c in grouping)
        found[wanted[row["part"]]].setdefault(key, []).append(row)
    return {need: {key: _histogram(rows) for key, rows in slices.items()} for need, slices in found.items()}


def _histogram_part(table: ibis.Table, column: str, grouping: Grouping, by: Grouping, at: int) -> ibis.Table:
    blanks = {f"slice:{c}": ibis.null(table[f"slice:{c}"].type()) for c in by if c not in grouping}
    valued = table.mutate(value=_value(table, column), **blanks)
    valued = valued.filter(valued.value.notnull())
    valued = valued.mutate(bucket=_bucket(valued.value, probability=column == "score"))
    counted = valued.group_by([*(f"slice:{c}" for c in by), "bucket"]).aggregate(
        least=valued.value.min(),
        greatest=valued.value.max(),
        negative=ibis.coalesce((~valued.label).sum(), 0),
        positive=ibis.coalesce(valued.label.sum(), 0),
        rows=valued.count(),
    )
    return counted.mutate(part=ibis.literal(at)).select(
        "part", *(f"slice:{c}" for c in by), "bucket", "least", "greatest", "negative", "positive", "rows"
    )


def _bucket(value: Any, *, probability: bool) -> Any:
    """A bucket number that rises with the value: logarithmic in size with a bucket for zero; on the logit inside (0, 1) for scores."""
    size = (
        200_000 + ibis.least(value.abs().ln() / LOG_BUCKET, 190_000.0).floor()
    )  # the least keeps infinity inside
    signed = ibis.cases((value == 0.0, 0.0), (value > 0.0, size), else_=-size)
    if not probability:
        return signed.cast("int64")
    inside = ((value / (1.0 - value)).ln() * LOGIT_BUCKETS).floor()
    outside = ibis.cases((value <= 0.0, signed - 1_000_000), else_=signed + 1_000_000)
    return ibis.cases(((value > 0.0) & (value < 1.0), inside), else_=outside).cast("int64")


def _histogram(rows: Sequence[Mapping[str, Any]]) -> Histogram:
    parts = np.array(
        [
            [row["bucket"], row["least"], row["greatest"], row["negative"], row["positive"], row["rows"]]
            for row in rows
        ],
        dtype=float,
    )
    counts = np.column_stack([parts[:, 3], parts[:, 4], parts[:, 5] - parts[:, 3] - parts[:, 4]])
    return Histogram.empty() + Histogram(parts[:, 0], parts[:, 1], parts[:, 2], counts)


def _slice_values(log: Log, column: str, found: Any) -> SliceValues:
    """A slice column with its values encoded, so that each value is named once."""
    encoded = found.combine_chunks().dictionary_encode("encode")
    values = encoded.dictionary.to_pylist()
    codes = np.asarray(encoded.indices.to_numpy(zero_copy_only=False), dtype=np.int64)
    return SliceValues(codes, tuple(log.slicings[column].label(value) for value in values))


def _union(parts: Sequence[ibis.Table]) -> ibis.Table:
    return reduce(lambda first, second: first.union(second), parts)


def _floats(found: Any) -> Any:
    """A column of counts or sums as floats; the sum over no values is 0."""
    import pyarrow.compute as pc

    return pc.fill_null(found.cast("float64"), 0.0).to_numpy()
