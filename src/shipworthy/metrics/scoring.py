"""Metrics of a score itself, whatever threshold is set: how it ranks, and whether it is the chance that it claims to be."""

from __future__ import annotations

from collections.abc import Mapping

from shipworthy.errors import InputError
from shipworthy.metrics.definition import Definition, Kind, named_arguments
from shipworthy.metrics.entry import Entry
from shipworthy.spec.claim import Metric
from shipworthy.spec.quantity import Quantity
from shipworthy.tally.cube import present

MEANS: Mapping[str, tuple[Kind, str]] = {"brier": ("bounded", "=brier"), "log_loss": ("loss", "=log_loss")}
"""Means of a value that follows from the label and the score."""

POINTS = {"recall_at_fpr": "1 %", "fpr_at_recall": "90 %"}
"""Points of the curve, each with an argument that is usual."""

SCORED = (*MEANS, *POINTS, "auc", "average_precision", "calibration_error")


def define_scored(metric: Metric, entry: Entry) -> Definition:
    """The definition of a metric of the score.

    Raises:
        InputError: it takes other arguments.
    """
    if metric.name in POINTS:
        return Definition(metric, entry, "score", p=_share(metric))
    named_arguments(metric, entry, "binary")
    if metric.name not in MEANS:
        return Definition(metric, entry, "score")
    kind, name = MEANS[metric.name]
    return Definition(metric, entry, kind, {name: 1.0}, {present(name): 1.0}, name, answers={})


def _share(metric: Metric) -> float:
    """The share that bounds the other rate."""
    found = metric.args[0] if len(metric.args) == 1 else None
    if not isinstance(found, Quantity) or found.unit not in ("", "%") or not 0 < found.value < 1:
        raise InputError(
            "metric.arguments",
            f"{metric} does not have the argument of {metric.name}, a share between 0 and 1",
            remedy=f"Write for example {metric.name}({POINTS[metric.name]}).",
        )
    return found.value
