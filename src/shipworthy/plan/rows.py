"""Which rows a metric counts, in plain words, and how many such rows there are among those that must be looked at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from shipworthy.evidence import Span
from shipworthy.metrics import Definition
from shipworthy.metrics.graded import is_pass_rate
from shipworthy.metrics.outcomes import cells_of, labelled_cells, totals_of
from shipworthy.spec.claim import Metric
from shipworthy.spec.task import BINARY, Task
from shipworthy.stats.proportion import displayed
from shipworthy.tally.cube import Cube, present
from shipworthy.tally.needs import Grouping
from shipworthy.tally.scan import Tallies

CONFIDENCE = 0.95

_WORDS = {
    frozenset(("tp", "fn")): "positives",
    frozenset(("fp", "tn")): "negatives",
    frozenset(("tp", "fp")): "flagged rows",
    frozenset(("fn", "tn")): "rows left alone",
    frozenset(("tp", "fp", "fn")): "positive or flagged rows",
    frozenset(("tp", "fp", "up", "fn", "tn", "un")): "answered rows",
}
_OF_CLASS = {
    frozenset(("tp", "fn")): "rows of {}",
    frozenset(("fp", "tn")): "rows of other classes than {}",
    frozenset(("tp", "fp")): "rows answered with {}",
    frozenset(("fn", "tn")): "rows answered otherwise than with {}",
    frozenset(): "rows of {0} or answered with {0}",
}
"""The words for one class, by the outcomes that its metric divides by; f1 names none."""

_PICKED = ("flagged rows", "rows left alone", "rows answered ")
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


def picked_by_answer(words: str) -> bool:
    """Whether it is known of each row that counts, before it is labelled: its answer tells."""
    return words.startswith(_PICKED)


def rows_that_count(definition: Definition, task: Task = BINARY) -> RowsThatCount:
    """The rows that a metric counts; for a gap or ratio, those of the metric that is compared."""
    if definition.inner is not None:
        return rows_that_count(definition.inner, task)
    every, labelled = (dict.fromkeys(cells, 1.0) for cells in (cells_of(task), labelled_cells(task)))
    if task.kind == "ranking":
        return _of_requests(definition, every)
    if definition.kind == "own":
        (counted,) = definition.numerator
        words = f"rows with a {definition.metric}"
        return RowsThatCount(words, {present(counted): 1.0}, every, every, labels=False)
    if definition.kind == "judged":
        answers = dict(definition.denominator)
        return RowsThatCount("labelled answers", answers, answers, every, labels=True)
    if definition.subject in ("attacks", "variants"):
        words = "attacks" if definition.subject == "attacks" else "inputs with a variant"
        return RowsThatCount(words, dict(definition.denominator), every, every, labels=False)
    if is_pass_rate(definition):
        return RowsThatCount("scored rows", dict(definition.denominator), every, every, labels=False)
    if definition.kind in ("mean", "rate", "quantile") and not definition.column.startswith("="):
        words = f"rows with {_column(definition)}"
        return RowsThatCount(words, {present(definition.column): 1.0}, every, every, labels=False)
    cells = _cells(definition, task) or labelled
    words = _words(definition, task)
    if not {*cells} <= {*every} or {*cells} <= {*labelled}:
        known = picked_by_answer(words)
        return RowsThatCount(words, cells, cells if known else labelled, labelled, labels=True)
    return RowsThatCount(words, cells, every, every, labels=False)


def _of_requests(definition: Definition, every: Mapping[str, float]) -> RowsThatCount:
    """Of ranked items a request counts whole, and its items must be labelled unless only a column is asked for."""
    plain = definition.kind in ("mean", "rate", "quantile") and not definition.column.startswith("=")
    words = f"requests with {_column(definition)}" if plain else "requests"
    counted = {present(definition.column): 1.0} if definition.kind != "coverage" else dict(every)
    return RowsThatCount(words, counted, every, every, labels=not plain)


def _column(definition: Definition) -> str:
    return _COLUMNS.get(definition.column, f"a value of {definition.column}")


def _cells(definition: Definition, task: Task) -> dict[str, float]:
    """The denominator in outcomes: one that counts several of them is these."""
    if definition.kind == "quantile":
        return {present(definition.column): 1.0}
    totals = totals_of(task)
    return {cell: 1.0 for name in definition.denominator for cell in totals.get(name, (name,))}


def _words(definition: Definition, task: Task) -> str:
    """Which rows count, in words."""
    entry = definition.entry
    args = [arg.name if isinstance(arg, Metric) else str(arg) for arg in definition.metric.args]
    if task.kind == "multiclass" and entry.name == "confusion":
        return f"rows of {args[0]}"
    if task.kind == "multiclass" and entry.per_class:
        return _OF_CLASS[frozenset(entry.trials)].format(args[0])
    if task.kind == "multiclass" and entry.name == "coverage":
        return "rows"
    return _WORDS.get(frozenset(definition.denominator), "labelled rows")


def shares(
    definition: Definition,
    own: Tallies,
    by: Grouping,
    whole: Cube,
    *,
    clustered: bool,
    task: Task = BINARY,
    items: float = 1.0,
) -> Shares:
    """How common the rows that count are on one slice.

    Args:
        definition: the metric.
        own: the tallies of the slice.
        by: the grouping that names the slice.
        whole: everything, of which the slice is a part.
        clustered: whether units have several rows; each is then worth one row, which is on the safe side.
        task: the kind of answers.
        items: how many labelled rows stand behind each counted one: of ranked items, those of a request.
    """
    rows = rows_that_count(definition, task)
    (grouping,) = definition.needs(by).groupings
    cube = own.cubes[grouping]
    counted, looked_at = (float(cube.count(each).sum()) for each in (rows.cells, rows.among))
    base = float(whole.count(rows.base).sum())
    worth = _worth(whole) if clustered else 1.0
    of_all = span(counted, base, worth)
    if not looked_at:
        # No row of this slice yet: as common as they are in the whole.
        counted, looked_at = (float(whole.count(each).sum()) for each in (rows.cells, rows.among))
    return Shares(times(span(counted, looked_at, worth), 1 / items), times(of_all, 1 / items))


def times(found: Span, factor: float) -> Span:
    """The same numbers in another unit."""
    return Span(*(None if end is None else end * factor for end in (found.value, found.low, found.high)))


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
