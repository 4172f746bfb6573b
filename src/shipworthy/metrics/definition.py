"""A metric bound to its columns and its money: what is divided by what, and what must be scanned for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from shipworthy.errors import InputError
from shipworthy.metrics.entry import COLUMNS, Entry, Subject
from shipworthy.metrics.table import entry_of, quantile_of
from shipworthy.spec.kinds import Kind as AnswerKind
from shipworthy.spec.language import Metric
from shipworthy.stats.corrected_rate import Drawn
from shipworthy.tally.cube import CELLS, present, squared
from shipworthy.tally.needs import Grouping, Needs, Pair, grouping, merged, pair, pairs

if TYPE_CHECKING:
    from shipworthy.spec.model import Value

OF_CLASSES = pairs(CELLS[:3]) | pairs(CELLS[3:6])
"""The products over units that say how many units have rows of each class."""

OF_PROBABILITIES = ("brier", "log_loss", "calibration_error")
"""Metrics that mean something only where the score is a probability."""

ANSWERS = {"xp": ("tp", "fn"), "xn": ("fp", "tn"), "xx": ("up", "un")}
"""Where a row without an answer would count if it were answered with yes or with no."""

MOST_TOGETHER = 12
"""Parts of a macro average up to which the products of all of them are counted; of more, each part's alone."""

TAILED = ("mean", "loss", "root", "own")
"""Kinds of means of values that have no known end."""

Kind = Literal[
    "share", "dice", "cells", "mean", "rate", "quantile", "score", "bounded", "gap", "ratio", "worst", "conditional",
    "macro", "loss", "root", "r2", "own", "coverage", "count", "figure", "leak", "shift", "judged",
]  # fmt: skip


@dataclass(frozen=True)
class Definition:
    """What is estimated.

    `numerator` and `denominator` are linear combinations of row values. `values` is the money of each cell of a
    mean over cells. `column` is the column of a mean, rate or quantile, `p` the share of a quantile. Where groups
    are compared, `inner` is what is compared over the crossed `groups`, `also` what else is (the least favourable counts),
    and `control` the column within whose levels. A macro average is one of `parts`, each counting alike or
    by the sum of its `support`. `answers` says where rows without an answer could count; `boundless` is the outcome
    of such rows where they could be anything, so that there are no bounds. `reads` are columns that its row values are derived from.
    `drawn` says of a judge's pass rate how the answers that people labelled were drawn.
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
    answers: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: ANSWERS)
    parts: tuple[Definition, ...] = ()
    support: tuple[Mapping[str, float], ...] = ()
    boundless: str = ""
    reads: tuple[str, ...] = ()
    drawn: Drawn | None = None

    def needs(self, by: Grouping) -> Needs:
        """What to scan to estimate it on every slice of a grouping."""
        if self.inner is not None:
            return merged(each.needs(grouping((*by, *self.grouped))) for each in self.inners)
        if self.kind == "score":
            histograms = frozenset({("score", by)})
            return Needs(frozenset(), frozenset({by}), histograms, OF_CLASSES, ranked=histograms)
        if self.kind in ("figure", "shift"):
            return Needs(figures=frozenset({(self.column, by)}))
        if self.kind == "leak":
            return Needs(frozenset({self.column}), histograms=frozenset({(self.column, by)}))
        if self.kind == "coverage":
            return Needs(groupings=frozenset({by}), histograms=frozenset({(self.column, by)}))
        derived = (name for name in (*self.counted, *self.unanswered) if name.startswith("="))
        columns = frozenset({*derived, *((self.column,) if self.column else ())})
        histograms = frozenset({(self.column, by)}) if self.kind == "quantile" else frozenset()
        own = Needs(columns, frozenset({by}), histograms, self._products, ranked=histograms)
        return merged([own, *(part.needs(by) for part in self.parts)])

    @property
    def inners(self) -> tuple[Definition, ...]:
        """All that is compared between groups; nothing where no groups are."""
        return () if self.inner is None else (self.inner, *self.also)

    @property
    def grouped(self) -> tuple[str, ...]:
        """The columns that hold the compared groups, and the one that they are compared within."""
        return (*self.groups, *((self.control,) if self.control else ()))

    @property
    def _products(self) -> frozenset[Pair]:
        """The products over units: all of the row values that count together, but of many classes each by itself."""
        together = self.parts if len(self.parts) <= MOST_TOGETHER else ()
        return (
            pairs(self._multiplied)
            | {*self.thirds}
            | pairs(name for part in together for name in part.counted)
        )

    @property
    def _multiplied(self) -> tuple[str, ...]:
        """The row values whose products over units give the variance; of a quantile, what its rows are worth."""
        if self.kind == "quantile":
            return (present(self.column),)
        return (*self.counted, *self.unanswered)

    @property
    def thirds(self) -> tuple[Pair, ...]:
        """Of a mean a / b that may have a long tail, the products that are its third powers: aaa, aab, abb, bbb."""
        if self.kind not in TAILED or self.entry.unit == "share":
            return ()
        (a,), (b,) = self.numerator, self.denominator
        return pair(a, squared(a)), pair(b, squared(a)), pair(a, squared(b)), pair(b, squared(b))

    @property
    def counted(self) -> frozenset[str]:
        """The row values that it sums."""
        return frozenset({*self.numerator, *self.denominator})

    @property
    def unanswered(self) -> tuple[str, ...]:
        """The outcomes of rows without an answer that an answer would bring into it."""
        return tuple(
            cell
            for cell, answers in self.answers.items()
            if cell not in self.counted and self.counted & {*answers}
        )

    def completed(self, answers: Mapping[str, str]) -> Definition:
        """The same metric with every row of one outcome counted as another (`{"xp": "tp"}`)."""

        def moved(combination: Mapping[str, float]) -> dict[str, float]:
            own = {source: combination[target] for source, target in answers.items() if target in combination}
            return {**combination, **own}

        return replace(self, numerator=moved(self.numerator), denominator=moved(self.denominator))

    @property
    def subject(self) -> Subject:
        """What it is counted over: what candidates answer, the data, attacks, or inputs answered several times."""
        return (self.inner or self).entry.subject

    @property
    def unit(self) -> str:
        """What its number is: a share, money, or what the column holds. A gap is in the unit of what it compares."""
        return self.inner.unit if self.inner is not None and self.kind != "ratio" else self.entry.unit

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that it reads, those of groups included."""
        own = (self.column,) if self.column and not self.column.startswith("=") else ()
        return (*own, *self.reads, *self.grouped, *(self.inner.columns if self.inner else ()))

    @property
    def of_probabilities(self) -> bool:
        """Whether it means something only where the score is a probability."""
        return (self.inner or self).metric.name in OF_PROBABILITIES


def define_binary(metric: Metric, value: Value | None) -> Definition:
    """The definition of a metric of yes/no answers; see `defining.define`."""
    entry = entry_of(metric.name, "binary")
    columns = named_arguments(metric, entry, "binary")
    if entry.takes == ("column",):
        return of_column(metric, entry, columns[0].name)
    if metric.name == "net_value":
        return _net_value(metric, entry, value)
    if metric.name == "f1":
        return Definition(metric, entry, "dice", {"tp": 1.0}, {"tp": 1.0, "fp": 1.0, "fn": 1.0})
    return Definition(
        metric, entry, "share", dict.fromkeys(entry.events, 1.0), dict.fromkeys(entry.trials, 1.0)
    )


def between(
    metric: Metric, entry: Entry, arguments: tuple[Metric, ...], defined: Callable[[Metric], Definition]
) -> Definition:
    """Groups compared: by the metric that is named, or by those that a named criterion stands for.

    Raises:
        InputError: such a comparison has no meaning or no bounds.
    """
    compared = [Metric(name) for name in entry.of] or [arguments[0]]
    columns = tuple(each.name for each in (arguments if entry.of else arguments[1:]))
    inner, *also = (_compared(metric, entry, defined(each), columns) for each in compared)
    control = columns[-1] if entry.comparison == "conditional" else ""
    groups = columns[:-1] if control else columns
    kind: Kind = entry.comparison or "gap"
    return Definition(metric, entry, kind, inner=inner, also=tuple(also), groups=groups, control=control)


def _compared(metric: Metric, entry: Entry, inner: Definition, columns: tuple[str, ...]) -> Definition:
    """What is compared between groups, proved to be comparable so."""
    named = ", ".join(columns)
    instead = f"{metric.name}(recall, {named})"
    unbounded = inner.entry.unit == "column" and inner.entry.takes == ("column",)
    unbounded = unbounded or inner.kind in ("count", "figure", "leak", "shift", "judged")
    if inner.inner is not None or unbounded:
        raise InputError(
            "metric.nested",
            f"{metric.name} compares shares of rows or net value between groups, not {inner.metric}",
            remedy=f"Write for example {instead}.",
        )
    if entry.comparison == "ratio" and inner.entry.unit != "share" and inner.kind not in ("loss", "root"):
        raise InputError(
            "metric.nested",
            f"the ratio of {inner.metric} has no meaning, as it may be negative",
            remedy=f"Use gap({inner.metric}, {named}).",
        )
    if entry.comparison == "worst" and inner.entry.direction == "either":
        raise InputError(
            "metric.nested",
            f"{inner.metric} is neither better high nor low, so no group is the worst",
            remedy=f"Write for example {instead}, or gap({inner.metric}, {named}).",
        )
    return inner


def named_arguments(metric: Metric, entry: Entry, kind: AnswerKind) -> tuple[Metric, ...]:
    """The arguments of a metric that takes names; where it takes several columns, each once.

    Raises:
        InputError: it takes others.
    """
    found, takes = tuple(arg for arg in metric.args if isinstance(arg, Metric)), entry.arguments(kind)
    several = COLUMNS in takes and len(found) > len(takes)
    columns = [arg.name for arg in found[takes.index(COLUMNS) :]] if several else []
    fits = len({*columns}) == len(columns) if several else len(found) == len(takes)
    if not fits or len(metric.args) != len(found):
        raise wrong_arguments(metric, entry, kind)
    return found


def wrong_arguments(metric: Metric, entry: Entry, kind: AnswerKind) -> InputError:
    """What a metric takes in parentheses, where a requirement writes something else."""
    takes = entry.arguments(kind)
    shape = f"{entry.name}({', '.join(takes)})" if takes else entry.name
    return InputError(
        "metric.arguments",
        f"{metric} does not have the arguments of {entry.name}",
        remedy=f"Write it as {shape}.{' Name each column once.' if COLUMNS in takes else ''}",
    )


def of_column(metric: Metric, entry: Entry, column: str) -> Definition:
    """A mean, rate or quantile of a column."""
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
