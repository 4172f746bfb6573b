"""A requirement's metric -> its definition, by the kind of answers; and what is estimated without being asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from shipworthy.metrics.classes import define_multiclass
from shipworthy.metrics.definition import Definition, between, define_binary, named_arguments
from shipworthy.metrics.graded import PASS_RATE, define_pass_rate, define_text
from shipworthy.metrics.misused import define_misuse
from shipworthy.metrics.numbers import define_regression
from shipworthy.metrics.on_data import define_data
from shipworthy.metrics.ordering import define_ranking
from shipworthy.metrics.own import define_own
from shipworthy.metrics.sampled import define_samples
from shipworthy.metrics.scoring import SCORED, define_scored
from shipworthy.metrics.table import METRICS, entry_of
from shipworthy.metrics.varied import define_varied
from shipworthy.spec.kinds import Kind
from shipworthy.spec.language import Metric
from shipworthy.spec.task import BINARY, Task

if TYPE_CHECKING:
    from shipworthy.spec.model import Value

_OTHERS: Mapping[Kind, Callable[[Metric, Task], Definition]] = {
    "multiclass": define_multiclass,
    "regression": define_regression,
    "ranking": define_ranking,
    "text": define_text,
}


def define(metric: Metric, value: Value | None, task: Task = BINARY) -> Definition:
    """The definition of a metric as a requirement names it.

    Raises:
        InputError: the metric is unknown or not for this kind of answers, takes other arguments, names a class that
            there is not, or needs money that `value` does not state.
    """
    if metric.name in dict(task.own):
        return define_own(metric, task)
    entry = entry_of(metric.name, task.kind)
    if entry.comparison:
        arguments = named_arguments(metric, entry, task.kind)
        return between(metric, entry, arguments, lambda each: define(each, value, task))
    if entry.subject == "data":
        return define_data(metric, entry)
    if entry.subject == "attacks":
        return define_misuse(metric, entry)
    if entry.subject == "samples":
        return define_samples(metric, entry, task)
    if entry.subject == "variants":
        return define_varied(metric, entry, task)
    if metric.name == PASS_RATE:
        return define_pass_rate(metric, entry, task)
    if metric.name in SCORED:
        return define_scored(metric, entry)
    return _OTHERS[task.kind](metric, task) if task.kind in _OTHERS else define_binary(metric, value)


def headlines(value: Value | None, task: Task = BINARY) -> tuple[Definition, ...]:
    """The metrics that are estimated, and that candidates are compared in, without being asked."""
    names = [
        name
        for name, entry in METRICS.items()
        if entry.headline
        and task.kind in entry.kinds
        and not entry.arguments(task.kind)
        and (name != "net_value" or value is not None)
    ]
    return tuple(define(Metric(name.replace("@k", "@10")), value, task) for name in names)


def details(task: Task = BINARY) -> tuple[Definition, ...]:
    """What is estimated overall beside the headlines: of each class, how large errors are, the product's own metrics and its graders."""
    error = Metric("abs_error")
    errors = [Metric(name, (error,)) for name in ("p50", "p90", "p95", "p99") if task.kind == "regression"]
    classes = task.classes if task.kind == "multiclass" else ()
    of_classes = [Metric(name, (Metric(each),)) for each in classes for name in ("recall", "precision")]
    own = [Metric(name) for name, _ in task.own]
    graded = pass_rates(task) if task.kind not in ("ranking", "text") else ()
    return (*(define(each, None, task) for each in (*errors, *of_classes, *own)), *graded)


def pass_rates(task: Task) -> tuple[Definition, ...]:
    """The pass rate of every grader."""
    return tuple(define(Metric(PASS_RATE, (Metric(name),)), None, task) for name in task.grades)


def segmented(value: Value | None, task: Task = BINARY) -> tuple[Definition, ...]:
    """The metrics that are estimated overall and per segment: the headlines, and of texts what graders say."""
    return (*headlines(value, task), *(pass_rates(task) if task.kind == "text" else ()))


def running_costs() -> tuple[Definition, ...]:
    """What an answer takes in time and money, estimated overall without being asked."""
    latency, price = Metric("latency_ms"), Metric("cost_usd")
    named = [Metric(name, (latency,)) for name in ("p50", "p95", "p99")]
    return tuple(define(metric, None) for metric in (*named, Metric("mean", (price,))))
