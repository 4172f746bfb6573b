"""A requirement's metric -> its definition, by the kind of answers; and what is estimated without being asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from shipworthy.metrics.classes import define_multiclass
from shipworthy.metrics.definition import Definition, between, define_binary, named_arguments
from shipworthy.metrics.numbers import define_regression
from shipworthy.metrics.table import METRICS, entry_of
from shipworthy.spec.language import Metric
from shipworthy.spec.model import Value
from shipworthy.spec.sections import Kind
from shipworthy.spec.task import BINARY, Task

_OTHERS: Mapping[Kind, Callable[[Metric, Task], Definition]] = {
    "multiclass": define_multiclass,
    "regression": define_regression,
}


def define(metric: Metric, value: Value | None, task: Task = BINARY) -> Definition:
    """The definition of a metric as a requirement names it.

    Raises:
        InputError: the metric is unknown or not for this kind of answers, takes other arguments, names a class that
            there is not, or needs money that `value` does not state.
    """
    if task.kind not in _OTHERS:
        return define_binary(metric, value)
    entry = entry_of(metric.name, task.kind)
    if entry.comparison:
        arguments = named_arguments(metric, entry, task.kind)
        return between(metric, entry, arguments, lambda each: define(each, value, task))
    return _OTHERS[task.kind](metric, task)


def headlines(value: Value | None, task: Task = BINARY) -> tuple[Definition, ...]:
    """The metrics that are estimated overall and per segment without being asked."""
    names = [
        name
        for name, entry in METRICS.items()
        if entry.headline
        and task.kind in entry.kinds
        and not entry.arguments(task.kind)
        and (name != "net_value" or value is not None)
    ]
    return tuple(define(Metric(name), value, task) for name in names)


def details(task: Task = BINARY) -> tuple[Definition, ...]:
    """What is estimated overall beside the headlines: how each class fares, or how large errors are."""
    if task.kind == "regression":
        error = Metric("abs_error")
        return tuple(define(Metric(name, (error,)), None, task) for name in ("p50", "p90", "p95", "p99"))
    classes = task.classes if task.kind == "multiclass" else ()
    return tuple(
        define(Metric(name, (Metric(each),)), None, task)
        for each in classes
        for name in ("recall", "precision")
    )


def running_costs() -> tuple[Definition, ...]:
    """What an answer takes in time and money, estimated overall without being asked."""
    latency, price = Metric("latency_ms"), Metric("cost_usd")
    named = [Metric(name, (latency,)) for name in ("p50", "p95", "p99")]
    return tuple(define(metric, None) for metric in (*named, Metric("mean", (price,))))
