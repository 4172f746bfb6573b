"""Needs in, tallies out: at most two aggregate statements per log and split, whatever is asked."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

import ibis

from shipworthy.evidence import OperatingPoint
from shipworthy.query.engine import Engine
from shipworthy.query.frame import ANSWERS, ITEM_KEYS, KEYS
from shipworthy.query.own import Ratio, ratio_names, ratio_values
from shipworthy.query.requests import cutoff_of, item_table, request_table
from shipworthy.query.sliced import Sliced
from shipworthy.query.slicing import Slicing
from shipworthy.query.tallying import tallied
from shipworthy.query.values import ANSWER, outcome_keys
from shipworthy.spec.task import BINARY, Task
from shipworthy.tally.needs import Needs
from shipworthy.tally.scan import Tallies


@dataclass(frozen=True)
class Log:
    """A prediction log of one candidate on one split, and how to read it.

    `table` has the columns of the log format (of a yes/no product, label and prediction as booleans or null) beside
    the columns to slice and to sum by. `threshold` (one for all rows, or an operating point) turns a score into a prediction
    where the log holds none. `clustered` says that units hold several rows, `weighted` that rows count by their weight.
    `own` are the expressions of the product's own metrics, in its order.
    """

    engine: Engine
    table: ibis.Table
    slicings: Mapping[str, Slicing]
    threshold: float | OperatingPoint | None = None
    clustered: bool = False
    weighted: bool = False
    task: Task = BINARY
    own: tuple[Ratio, ...] = ()

    def sliced(self) -> ibis.Table:
        """The log with one column `slice:NAME` for each slicing, and the two that decide a row's outcome."""
        columns = {f"slice:{name}": slicing.expression(self.table) for name, slicing in self.slicings.items()}
        keys = outcome_keys(self.table, self.threshold, self.task, self.slicings)
        table = self.table.mutate(**keys, **columns)
        if self.own and self.task.kind == "binary":
            table = table.mutate(prediction=table[ANSWER])  # an expression means the answer at the threshold
        return table.mutate(**ratio_values(table, self.own)) if self.own else table

    def in_slices(self) -> Sliced:
        """The log, ready to be counted."""
        return Sliced(self.engine, self.sliced(), self.slicings, self.task, self.clustered, self.weighted)


def scan(log: Log, needs: Needs) -> Tallies:
    """The tallies that the needs ask for."""
    return _of_requests(log, needs) if log.task.kind == "ranking" else _scanned(log, needs)


def _scanned(log: Log, needs: Needs) -> Tallies:
    return tallied(log.in_slices(), needs)


def of_requests(log: Log, columns: Collection[str]) -> Log:
    """The log of one row per request, with the derived ones of these row values."""
    values = {name for name in columns if name.startswith("=")} - {*ratio_names(log.own)}
    kept = [name for name in log.table.columns if name not in (*KEYS, *ITEM_KEYS, *ANSWERS)]
    return replace(log, table=request_table(log.table, values, kept))


def _of_requests(log: Log, needs: Needs) -> Tallies:
    """The tallies of ranked items: of the requests, and for each cutoff of coverage those of the items."""
    requests = of_requests(log, needs.columns)
    of_items = {each for each in needs.histograms if each[0].startswith("=item@")}
    found = _scanned(requests, replace(needs, histograms=needs.histograms - of_items))
    histogrammed = dict(found.histograms)
    for column in sorted({column for column, _ in of_items}):
        items = replace(log, table=item_table(log.table, cutoff_of(column) or 1), own=())
        own = Needs(histograms=frozenset(each for each in of_items if each[0] == column))
        histogrammed |= _scanned(replace(items, clustered=False, weighted=False), own).histograms
    return replace(found, histograms=histogrammed)
