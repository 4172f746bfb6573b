"""The expressions of a product's own metrics, read as rules and put beside the columns of a log."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import ibis

from shipworthy.metrics.own import DENOMINATOR, NUMERATOR
from shipworthy.query.rule import Rule, read_rule, rule_value
from shipworthy.query.slicing import number
from shipworthy.spec.task import Task

if TYPE_CHECKING:
    from shipworthy.spec.own_metric import OwnMetric

OF_THE_LOG = ("label", "prediction", "score", "weight", "latency_ms", "cost_usd")
"""Names that mean columns of the log, whatever the examples have."""


@dataclass(frozen=True)
class Ratio:
    """Both expressions of a metric."""

    numerator: Rule
    denominator: Rule

    @property
    def columns(self) -> frozenset[str]:
        """The columns of the examples that they read."""
        return frozenset({*self.numerator.columns, *self.denominator.columns}) - {*OF_THE_LOG}


def read_ratio(own: OwnMetric, columns: Collection[str]) -> Ratio:
    """The expressions of a metric over the columns of the examples and the log.

    Raises:
        InputError: as `read_rule`.
    """
    known = tuple(dict.fromkeys((*OF_THE_LOG, *columns)))
    return Ratio(read_rule(own.numerator, known), read_rule(own.denominator, known))


def ratio_names(ratios: Sequence[Ratio]) -> tuple[str, ...]:
    """The names of the row values of every metric."""
    return tuple(f"{name}@{at}" for at in range(len(ratios)) for name in (NUMERATOR, DENOMINATOR))


def ratio_values(table: ibis.Table, ratios: Sequence[Ratio]) -> dict[str, Any]:
    """The row values of every metric: both null where either is unknown.

    Raises:
        InputError: an expression does not give numbers.
    """
    found = {}
    for at, ratio in enumerate(ratios):
        above, below = (_number(rule, table) for rule in (ratio.numerator, ratio.denominator))
        unknown, none = above.isnull() | below.isnull(), ibis.null("float64")
        found[f"{NUMERATOR}@{at}"] = ibis.cases((unknown, none), else_=above)
        found[f"{DENOMINATOR}@{at}"] = ibis.cases((unknown, none), else_=below)
    return found


def _number(rule: Rule, table: ibis.Table) -> Any:
    """What an expression gives for each row, 1 for true and 0 for false; null where it is unknown."""
    value = rule_value(rule, table, kinds=("boolean", "number"))
    if value.type().is_boolean():
        return ibis.cases((value.isnull(), ibis.null("int64")), (value, 1), else_=0).cast("float64")
    return number(value)


def log_like(examples: ibis.Table, task: Task, columns: Collection[str]) -> ibis.Table:
    """A table without rows that has the types of a log over these examples."""
    answers: Mapping[str, str] = {"binary": "boolean", "multiclass": "string", "text": "string"}
    answer = answers.get(task.kind, "float64")
    types = {**{name: examples[name].type() for name in columns}, **dict.fromkeys(OF_THE_LOG, "float64")}
    return ibis.table({**types, "label": answer, "prediction": answer}, name="log")
