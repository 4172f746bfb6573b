"""A metric bound to its columns and its money: what is divided by what, and what must be scanned for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from shipworthy.errors import InputError
from shipworthy.metrics.table import COLUMNS, METRICS, Entry, entry_of, quantile_of
from shipworthy.spec.language import Metric
from shipworthy.spec.model import Value
from shipworthy.tally.cube import present
from shipworthy.tally.needs import Grouping, Needs, grouping, merged, pairs

ANSWERS = {"xp": ("tp", "fn"), "xn": ("fp", "tn"), "xx": ("up", "un")}
"""Where a row without an answer would count if it were answered with yes or with no."""

Kind = Literal[
    "share", "dice", "cells", "mean", "rate", "quantile", "auc", "gap", "ratio", "worst", "conditional"
]


@dataclass(frozen=True)
class Definition:
    """What is estimated.

    `numerator` and `denominator` are linear combinations of row values. `values` is the money of each cell of a
    mean over cells. `column` is the column of a mean, rate or quantile, `p` the share of a quantile. Where groups are
    compared, `inner` is what is compared over the crossed `groups`, `also` what else is (the least favourable counts),
    and `control` the column within whose levels.
    """

    metric: Metric
    entry: Entry
    kind: Kind
    numerator: Mapping[str, float] = field(default_factory=dict)
    denominator: Mapping[str, float] = field(default_factory=dict)
    column: str = ""
    p: float = 0.0
    inner: Definition | None = None
    also: tuple[Definition, ...] = ()
    groups: tuple[str, ...] = ()
    control: str = ""

    def needs(self, by: Grouping) -> Needs:
        """What to scan to estimate it on every slice of a grouping."""
        if self.inner is not None:
            return merged(each.needs(grouping((*by, *self.grouped))) for each in self.inners)
        if self.kind == "auc":
            return Needs(
                groupings=frozenset({by}), histograms=frozenset({("score", by)}), ranked=frozenset({by})
            )
        columns = frozenset({self.column}) if self.column else frozenset()
        histograms = frozenset({(self.column, by)}) if self.kind == "quantile" else frozenset()
        return Needs(columns, frozenset({by}), histograms, pairs(self._multiplied))

    @property
    def inners(self) -> tuple[Definition, ...]:
        """All that is compared between groups; nothing where no groups are."""
        return () if self.inner is None else (self.inner, *self.also)

    @property
    def grouped(self) -> tuple[str, ...]:
        """The columns that hold the compared groups, and the one that they are compared within."""
        return (*self.groups, *((self.control,) if self.control else ()))

    @property
    def _multiplied(self) -> tuple[str, ...]:
        """The row values whose products over units give the variance; of a quantile, what its rows are worth."""
        return (present(self.column),) if self.kind == "quantile" else (*self.counted, *self.unanswered)

    @property
    def counted(self) -> frozenset[str]:
        """The row values that it sums."""
        return frozenset({*self.numerator, *self.denominator})

    @property
    def unanswered(self) -> tuple[str, ...]:
        """The outcomes of rows without an answer that an answer would bring into it."""
        return tuple(
            cell
            for cell, answers in ANSWERS.items()
            if cell not in self.counted and self.counted & {*answers}
        )

    def completed(self, answers: Mapping[str, str]) -> Definition:
        """The same metric with every row of one outcome counted as another (`{"xp": "tp"}`)."""

        def moved(combination: Mapping[str, float]) -> dict[str, float]:
            own = {source: combination[target] for source, target in answers.items() if target in combination}
            return {**combination, **own}

        return replace(self, numerator=moved(self.numerator), denominator=moved(self.denominator))

    @property
    def unit(self) -> str:
        """What its number is: a share, money, or what the column holds. A gap is in the unit of what it compares."""
        return self.inner.unit if self.inner is not None and self.kind != "ratio" else self.entry.unit

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that it reads, those of groups included."""
        own = (self.column,) if self.column else ()
        return (*own, *self.grouped, *(self.inner.columns if self.inner else ()))


def define(metric: Metric, value: Value | None) -> Definition:
    """The definition of a metric as a requirement names it.

    Raises:
        InputError: the metric is unknown, takes other arguments, or needs money that `value` does not state.
    """
    entry = entry_of(metric.name)
    columns = _arguments(metric, entry)
    if entry.comparison:
        return _comparison(metric, entry, columns, value)
    if entry.takes == ("column",):
        return _of_column(metric, entry, columns[0].name)
    if metric.name == "net_value":
        return _net_value(metric, entry, value)
    if metric.name == "auc":
        return Definition(metric, entry, "auc")
    if metric.name == "f1":
        return Definition(metric, entry, "dice", {"tp": 1.0}, {"tp": 1.0, "fp": 1.0, "fn": 1.0})
    return Definition(
        metric, entry, "share", dict.fromkeys(entry.events, 1.0), dict.fromkeys(entry.trials, 1.0)
    )


def _comparison(
    metric: Metric, entry: Entry, arguments: tuple[Metric, ...], value: Value | None
) -> Definition:
    """Groups compared: of the metric that is named, or of those that a named criterion stands for."""
    compared = [Metric(name) for name in entry.of] or [arguments[0]]
    columns = tuple(each.name for each in (arguments if entry.of else arguments[1:]))
    inner, *also = (_compared(metric, entry, define(each, value), columns) for each in compared)
    control = columns[-1] if entry.comparison == "conditional" else ""
    groups = columns[:-1] if control else columns
    kind: Kind = entry.comparison or "gap"
    return Definition(metric, entry, kind, inner=inner, also=tuple(also), groups=groups, control=control)


def _compared(metric: Metric, entry: Entry, inner: Definition, columns: tuple[str, ...]) -> Definition:
    """What is compared between groups, proved to be comparable so."""
    instead = f"{metric.name}(recall, {', '.join(columns)})"
    if inner.inner is not None or inner.kind == "quantile" or inner.entry.unit == "column":
        raise InputError(
            "metric.nested",
            f"{metric.name} compares shares of rows or net value between groups, not {inner.metric}",
            remedy=f"Write for example {instead}.",
        )
    if entry.comparison == "ratio" and inner.entry.unit != "share":
        raise InputError(
            "metric.nested",
            f"the ratio of {inner.metric} has no meaning, as it may be negative",
            remedy=f"Use gap({inner.metric}, {', '.join(columns)}).",
        )
    if entry.comparison == "worst" and inner.entry.direction == "either":
        raise InputError(
            "metric.nested",
            f"{inner.metric} is neither better high nor low, so no group is the worst",
            remedy=f"Write for example {instead}, or gap({inner.metric}, {', '.join(columns)}).",
        )
    return inner


def _arguments(metric: Metric, entry: Entry) -> tuple[Metric, ...]:
    found = tuple(arg for arg in metric.args if isinstance(arg, Metric))
    several = COLUMNS in entry.takes and len(found) > len(entry.takes)
    named = [arg.name for arg in found[entry.takes.index(COLUMNS) if several else 0 :]]
    fits = (several and len({*named}) == len(named)) or len(found) == len(entry.takes)
    if not fits or len(metric.args) != len(found):
        shape = f"{entry.name}({', '.join(entry.takes)})" if entry.takes else entry.name
        again = ", each column once" if several else ""
        raise InputError(
            "metric.arguments",
            f"{metric} does not have the arguments of {entry.name}",
            remedy=f"Write it as {shape}{again}.",
        )
    return found


def _of_column(metric: Metric, entry: Entry, column: str) -> Definition:
    if metric.name in ("mean", "rate"):
        kind: Kind = "mean" if metric.name == "mean" else "rate"
        return Definition(metric, entry, kind, {column: 1.0}, {present(column): 1.0}, column)
    return Definition(metric, entry, "quantile", column=column, p=quantile_of(metric.name))


def _net_value(metric: Metric, entry: Entry, value: Value | None) -> Definition:
    if value is None:
        raise InputError(
            "metric.value",
            "net_value needs the money of each outcome",
            remedy="Add a section value: with true_positive, false_positive, false_negative and true_negative per decision.",
        )
    money = {
        "tp": value.true_positive,
        "fn": value.false_negative,
        "fp": value.false_positive,
        "tn": value.true_negative,
    }
    return Definition(metric, entry, "cells", money, dict.fromkeys(money, 1.0))


def headlines(value: Value | None) -> tuple[Definition, ...]:
    """The metrics that are estimated overall and per segment without being asked."""
    names = [
        name
        for name, entry in METRICS.items()
        if entry.headline and (name != "net_value" or value is not None)
    ]
    return tuple(define(Metric(name), value) for name in names)


def running_costs() -> tuple[Definition, ...]:
    """What an answer takes in time and money, estimated overall without being asked."""
    latency, price = Metric("latency_ms"), Metric("cost_usd")
    named = [Metric(name, (latency,)) for name in ("p50", "p95", "p99")]
    return tuple(define(metric, None) for metric in (*named, Metric("mean", (price,))))
