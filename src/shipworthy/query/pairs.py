"""Two candidates' logs on the same rows, counted together in one statement."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import ibis

from shipworthy.metrics.joint import joint_cells, width
from shipworthy.query.cells import cell_cubes
from shipworthy.query.scan import Log
from shipworthy.query.units import unit_cubes
from shipworthy.query.values import outcome, row_value
from shipworthy.tally.needs import Needs
from shipworthy.tally.scan import Tallies

BOTH = ("a", "b", "d")
"""Before a column's name: the first candidate's value, the second's, and their difference, where both have one."""


@dataclass(frozen=True)
class PairedLog:
    """The logs of two candidates on one split, in one engine, joined on `keys`.

    Labels, slices, units and weights are those of the first. `columns` are numbers of the logs (or derived ones)
    that are compared row by row.
    """

    first: Log
    second: Log
    keys: tuple[str, ...] = ("id",)
    columns: tuple[str, ...] = ()

    def joined(self) -> ibis.Table:
        """One row per row of both logs: `outcome` is the number of the joint outcome, columns are `a:`, `b:` and `d:`."""
        mine, theirs = self._side(self.first, "a"), self._side(self.second, "b")
        same = [mine[f"a key {key}"] == theirs[f"b key {key}"] for key in self.keys]
        table = mine.inner_join(theirs, same)
        size = width(self.first.task)
        first, second = table["a outcome"], table["b outcome"]
        number = (first // size) * size * size + (first % size) * size + second % size
        values = {name: value for column in self.columns for name, value in _paired(table, column).items()}
        return table.mutate(outcome=number.cast("int64"), **values)

    def _side(self, log: Log, side: str) -> ibis.Table:
        table = log.sliced() if side == "a" else log.table
        own: dict[str, Any] = {f"{side} key {key}": table[key] for key in self.keys}
        own[f"{side} outcome"] = outcome(table, log.threshold, log.task)
        own |= {f"{side} {column}": row_value(table, column) for column in self.columns}
        if side == "a":
            kept = [
                "unit",
                *(["weight"] if log.weighted else []),
                *(f"slice:{name}" for name in log.slicings),
            ]
            own |= {name: table[name] for name in kept}
        return table.select(**own)


def _paired(table: ibis.Table, column: str) -> dict[str, Any]:
    first, second = table[f"a {column}"], table[f"b {column}"]
    both = first.notnull() & second.notnull()
    nothing = ibis.null("float64")
    found = (first, second, first - second)
    return {
        f"{side}:{column}": ibis.cases((both, value), else_=nothing)
        for side, value in zip(BOTH, found, strict=True)
    }


def scan_pairs(pair: PairedLog, needs: Needs) -> Tallies:
    """The tallies of both candidates together; needs name joint outcomes, and columns as `a:NAME`, `b:NAME`, `d:NAME`."""
    log, table = pair.first, pair.joined()
    cubes = unit_cubes if log.clustered else cell_cubes
    found = cubes(log.engine, table, log.slicings, needs, joint_cells(log.task), weighted=log.weighted)
    return Tallies(found, {}, log.clustered or log.weighted)
