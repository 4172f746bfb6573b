"""A metric bound to its columns and its money: what is divided by what, and what must be scanned for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from shipworthy.errors import InputError
from shipworthy.metrics.table import METRICS, Entry, entry_of, quantile_of
from shipworthy.spec.language import Metric
from shipworthy.spec.model import Value
from shipworthy.spec.quantity import Quantity
from shipworthy.tally.cube import CELLS, present
from shipworthy.tally.needs import Grouping, Needs, grouping, pairs

OF_CLASSES = pairs(CELLS[:3]) | pairs(CELLS[3:6])
"""The products over units that say how many units have rows of each class."""

ANSWERS = {"xp": ("tp", "fn"), "xn": ("fp", "tn"), "xx": ("up", "un")}
"""Where a row without an answer would count if it were answered with yes or with no."""

Kind = Literal[
    "share", "dice", "cells", "mean", "rate", "quantile", "score", "bounded", "loss", "gap", "ratio"
]  # fmt: skip

ON_SCORES = ("auc", "average_precision", "calibration_error", "recall_at_fpr", "fpr_at_recall")
"""Metrics that need the whole distribution of the score by label."""

OF_PROBABILITIES: Mapping[str, tuple[Kind, str]] = {
    "brier": ("bounded", "=brier"), "log_loss": ("loss", "=log_loss"),
}  # fmt: skip
"""Means of a value that follows from the label and the score, which must be a probability."""


@dataclass(frozen=True)
class Definition:
    """What is estimated.

    `numerator` and `denominator` are linear combinations of row values. `values` is the money of each cell of a
    mean over cells. `column` is the column of a mean, rate or quantile, `p` the share of a quantile; for a gap or
    ratio, `inner` is compared over the groups of `column`.
    """

    metric: Metric
    entry: Entry
    kind: Kind
    numerator: Mapping[str, float] = field(default_factory=dict)
    denominator: Mapping[str, float] = field(default_factory=dict)
    column: str = ""
    p: float = 0.0
    inner: Definition | None = None

    def needs(self, by: Grouping) -> Needs:
        """What to scan to estimate it on every slice of a grouping."""
        if self.inner is not None:
            return self.inner.needs(grouping((*by, self.column)))
        if self.kind == "score":
            histograms = frozenset({("score", by)})
            return Needs(groupings=frozenset({by}), histograms=histograms, products=OF_CLASSES)
        columns = frozenset({self.column}) if self.column else frozenset()
        histograms = frozenset({(self.column, by)}) if self.kind == "quantile" else frozenset()
        return Needs(columns, frozenset({by}), histograms, pairs(self._multiplied))

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
        return self.inner.unit if self.inner is not None and self.kind == "gap" else self.entry.unit

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that it reads, those of groups included."""
        own = (self.column,) if self.column and not self.column.startswith("=") else ()
        return (*own, *(self.inner.columns if self.inner else ()))

    @property
    def of_probabilities(self) -> bool:
        """Whether it means something only where the score is a probability."""
        if self.inner is not None:
            return self.inner.of_probabilities
        return self.metric.name in OF_PROBABILITIES or self.metric.name == "calibration_error"


def define(metric: Metric, value: Value | None) -> Definition:
    """The definition of a metric as a requirement names it.

    Raises:
        InputError: the metric is unknown, takes other arguments, or needs money that `value` does not state.
    """
    entry = entry_of(metric.name)
    if metric.name in ON_SCORES:
        return _on_scores(metric, entry)
    columns = _arguments(metric, entry)
    if entry.takes == ("metric", "column"):
        inner = define(columns[0], value)
        if inner.kind in ("gap", "ratio", "quantile") or inner.entry.unit == "column":
            raise InputError(
                "metric.nested",
                f"{metric.name} compares shares of rows or net value between groups, not {inner.metric}",
                remedy=f"Write for example {metric.name}(recall, {columns[1].name}).",
            )
        if metric.name == "ratio" and inner.entry.unit != "share":
            raise InputError(
                "metric.nested",
                f"the ratio of {inner.metric} has no meaning, as it may be negative",
                remedy=f"Use gap({inner.metric}, {columns[1].name}).",
            )
        return Definition(
            metric, entry, "gap" if metric.name == "gap" else "ratio", column=columns[1].name, inner=inner
        )
    if entry.takes == ("column",):
        return _of_column(metric, entry, columns[0].name)
    if metric.name == "net_value":
        return _net_value(metric, entry, value)
    if metric.name in OF_PROBABILITIES:
        kind, name = OF_PROBABILITIES[metric.name]
        return Definition(metric, entry, kind, {name: 1.0}, {present(name): 1.0}, name)
    if metric.name == "f1":
        return Definition(metric, entry, "dice", {"tp": 1.0}, {"tp": 1.0, "fp": 1.0, "fn": 1.0})
    return Definition(
        metric, entry, "share", dict.fromkeys(entry.events, 1.0), dict.fromkeys(entry.trials, 1.0)
    )


def _arguments(metric: Metric, entry: Entry) -> tuple[Metric, ...]:
    found = tuple(arg for arg in metric.args if isinstance(arg, Metric))
    if len(found) != len(entry.takes) or len(metric.args) != len(found):
        shape = f"{entry.name}({', '.join(entry.takes)})" if entry.takes else entry.name
        raise InputError(
            "metric.arguments",
            f"{metric} does not have the arguments of {entry.name}",
            remedy=f"Write it as {shape}.",
        )
    return found


def _on_scores(metric: Metric, entry: Entry) -> Definition:
    """A metric of the score; one at a point of the curve takes the share that bounds the other rate."""
    if not entry.takes:
        _arguments(metric, entry)
        return Definition(metric, entry, "score")
    found = metric.args[0] if len(metric.args) == 1 else None
    if not isinstance(found, Quantity) or found.unit not in ("", "%") or not 0 < found.value < 1:
        raise InputError(
            "metric.arguments",
            f"{metric} does not have the argument of {entry.name}, a share between 0 and 1",
            remedy=f"Write for example {entry.name}({'1 %' if entry.name == 'recall_at_fpr' else '90 %'}).",
        )
    return Definition(metric, entry, "score", p=found.value)


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
