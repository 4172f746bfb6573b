"""Which rows a metric counts, in plain words, and how many such rows there are among those that must be looked at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from shipworthy.evidence import Span
from shipworthy.metrics import Definition
from shipworthy.stats.proportion import displayed
from shipworthy.tally.cube import CELLS, Cube, present
from shipworthy.tally.needs import Grouping
from shipworthy.tally.scan import Tallies

ALL = dict.fromkeys(CELLS, 1.0)
LABELLED = dict.fromkeys(CELLS[:6], 1.0)
CONFIDENCE = 0.95

_WORDS = {
    frozenset(("tp", "fn")): "positives",
    frozenset(("fp", "tn")): "negatives",
    frozenset(("tp", "fp")): "flagged rows",
    frozenset(("fn", "tn")): "rows left alone",
    frozenset(("tp", "fp", "fn")): "positive or flagged rows",
    frozenset(("tp", "fp", "up", "fn", "tn", "un")): "answered rows",
}
_COLUMNS = {"latency_ms": "a latency", "cost_usd": "a cost"}


@dataclass(frozen=True)
class RowsThatCount:
    """The rows of a metric's denominator.

    `cells` are they, `among` the rows that must be labelled to find them, `base` all rows that are collected, each as a
    combination of row values. Which rows a candidate flags is known before any is labelled, which are positive is not.
    """

    words: str
    cells: Mapping[str, float]
    among: Mapping[str, float]
    base: Mapping[str, float]
    labels: bool


@dataclass(frozen=True)
class Shares:
    """The rows that count as a share of the rows to label, and as a share of all rows to collect."""

    of_looked_at: Span
    of_all: Span


def rows_that_count(definition: Definition) -> RowsThatCount:
    """The rows that a metric counts; for a gap or ratio, those of the metric that is compared."""
    if definition.inner is not None:
        return rows_that_count(definition.inner)
    if definition.kind == "own":
        (counted,) = definition.numerator
        return RowsThatCount(
            f"rows with a {definition.metric}", {present(counted): 1.0}, ALL, ALL, labels=False
        )
    if definition.kind in ("mean", "rate", "quantile"):
        words = f"rows with {_COLUMNS.get(definition.column, f'a value of {definition.column}')}"
        return RowsThatCount(words, {present(definition.column): 1.0}, ALL, ALL, labels=False)
    cells = dict(definition.denominator) or LABELLED
    words = _WORDS.get(frozenset(cells), "labelled rows")
    if words == "answered rows":
        return RowsThatCount(words, cells, ALL, ALL, labels=False)
    known = words in ("flagged rows", "rows left alone")
    return RowsThatCount(words, cells, cells if known else LABELLED, LABELLED, labels=True)


def shares(definition: Definition, own: Tallies, by: Grouping, whole: Cube, *, clustered: bool) -> Shares:
    """How common the rows that count are on one slice.

    Args:
        definition: the metric.
        own: the tallies of the slice.
        by: the grouping that names the slice.
        whole: everything, of which the slice is a part.
        clustered: whether units have several rows; each is then worth one row, which is on the safe side.
    """
    rows = rows_that_count(definition)
    (grouping,) = definition.needs(by).groupings
    cube = own.cubes[grouping]
    counted, looked_at = (float(cube.count(each).sum()) for each in (rows.cells, rows.among))
    base = float(whole.count(rows.base).sum())
    worth = _worth(whole) if clustered else 1.0
    of_all = span(counted, base, worth)
    if not looked_at:
        # No row of this slice yet: as common as they are in the whole.
        counted, looked_at = (float(whole.count(each).sum()) for each in (rows.cells, rows.among))
    return Shares(span(counted, looked_at, worth), of_all)


def span(counted: float, total: float, worth: float = 1.0) -> Span:
    """A share with its two-sided interval, each row being worth so many independent ones; unknown without rows."""
    if total <= 0:
        return Span(None, None, None)
    if counted >= total:
        return Span(1.0, 1.0, 1.0)
    low, high, _ = displayed(counted * worth, total * worth, CONFIDENCE)
    return Span(counted / total, float(low), float(high))


def _worth(cube: Cube) -> float:
    rows = float(cube.rows.sum())
    return float(cube.units.sum()) / rows if rows else 1.0
