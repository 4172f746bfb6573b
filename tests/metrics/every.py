"""Every metric of yes/no answers in the table as a requirement would name it, on the columns of the logs of these tests."""

from __future__ import annotations

from shipworthy.metrics import METRICS, Definition, Measured, define, measure
from shipworthy.metrics.entry import GRADER, VARIANT
from shipworthy.spec.claim import Metric
from shipworthy.spec.language import read_requirement
from shipworthy.spec.model import Value
from shipworthy.tally import Tallies

MONEY = Value(true_positive=2.0, false_positive=-5.0, false_negative=-1.0, true_negative=0.5)
ARGUMENTS = {
    "mean": "(ms)",
    "rate": "(flag)",
    "recall_at_fpr": "(30 %)",
    "fpr_at_recall": "(50 %)",
    "gap": "(recall, colour)",
    "ratio": "(accuracy, colour)",
    "worst_group": "(recall, colour)",
    "conditional_gap": "(recall, colour, size)",
    **{name: "(colour)" for name, entry in METRICS.items() if entry.of},
}
BINARY_METRICS = [
    name
    for name, entry in METRICS.items()
    if "binary" in entry.kinds and not {GRADER, VARIANT} & {*entry.takes}
]
"""Those that need a grader or a variant: tests/metrics/test_graded.py, tests/evaluate/test_steadiness.py, tests/vary/test_tallying.py."""
SHARES = [name for name in BINARY_METRICS if METRICS[name].events]
EVERY = [
    *(f"{name}{ARGUMENTS.get(name, '')}" for name in BINARY_METRICS),
    "p50(ms)",
    "p95(ms)",
    "mean(cost_usd)",
    "gap(f1, colour)",
    "gap(net_value, colour)",
    "gap(auc, colour)",
    "gap(brier, colour)",
    "ratio(false_positive_rate, colour)",
    "gap(recall, colour, size)",
    "worst_group(net_value, colour)",
    "worst_group(error_rate, colour)",
]


def metric(text: str) -> Metric:
    return read_requirement(f"{text} >= 0.5").metric


def defined(text: str, value: Value | None = MONEY) -> Definition:
    return define(metric(text), value)


def measured(text: str, tallies: Tallies, by: tuple[str, ...] = (), level: float = 0.95) -> Measured:
    return measure(defined(text), tallies, by, level)
