"""Every metric that a requirement may name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from shipworthy.errors import InputError, did_you_mean

Direction = Literal["higher", "lower", "either"]


@dataclass(frozen=True)
class Entry:
    """One metric.

    `events` and `trials` name the cells that its numerator and denominator count, where it is a share of rows.
    `unit` says what its number is: a share, money, whatever the column holds, or a number without a unit.
    """

    name: str
    definition: str
    direction: Direction
    events: tuple[str, ...] = ()
    trials: tuple[str, ...] = ()
    takes: tuple[str, ...] = ()
    unit: Literal["share", "money", "column", "number"] = "share"
    estimator: str = "exact binomial bounds (Clopper-Pearson); Wilson interval shown"
    cannot: str = ""
    headline: bool = False


_ANSWERED = ("tp", "fn", "fp", "tn")
_POSITIVE, _NEGATIVE = ("tp", "fn"), ("fp", "tn")
_FLAGGED, _CLEARED = ("tp", "fp"), ("fn", "tn")
_GROUPS = "pairs of groups by MOVER from exact bounds; studentised range for the lower bound"
_JACKKNIFE = "; of clustered rows, a jackknife of groups of units"

_ENTRIES = (
    Entry("accuracy", "share of labelled rows that are answered rightly", "higher", ("tp", "tn"), _ANSWERED,
          cannot="says little where one class is rare: the baseline may score as well", headline=True),
    Entry("error_rate", "share of labelled rows that are answered wrongly", "lower", ("fp", "fn"), _ANSWERED,
          cannot="weighs both kinds of error alike"),
    Entry("recall", "share of the positives that are found", "higher", ("tp",), _POSITIVE,
          cannot="is silent on false alarms", headline=True),
    Entry("precision", "share of the flagged rows that are truly positive", "higher", ("tp",), _FLAGGED,
          cannot="changes with the share of positives: examples and production must agree in it", headline=True),
    Entry("false_positive_rate", "share of the negatives that are wrongly flagged", "lower", ("fp",), _NEGATIVE,
          cannot="is silent on what is missed", headline=True),
    Entry("specificity", "share of the negatives that are rightly left alone", "higher", ("tn",), _NEGATIVE,
          cannot="is silent on what is missed"),
    Entry("false_negative_rate", "share of the positives that are missed", "lower", ("fn",), _POSITIVE,
          cannot="is silent on false alarms"),
    Entry("negative_predictive_value", "share of the rows left alone that are truly negative", "higher", ("tn",), _CLEARED,
          cannot="changes with the share of positives"),
    Entry("false_discovery_rate", "share of the flagged rows that are truly negative", "lower", ("fp",), _FLAGGED,
          cannot="changes with the share of positives"),
    Entry("false_omission_rate", "share of the rows left alone that are truly positive", "lower", ("fn",), _CLEARED,
          cannot="changes with the share of positives"),
    Entry("selection_rate", "share of all answered rows that are flagged, labelled or not", "either",
          ("tp", "fp", "up"), ("tp", "fp", "up", "fn", "tn", "un"), cannot="needs no labels and says nothing of being right"),
    Entry("base_rate", "share of the labelled rows that are positive", "either",
          ("tp", "fn", "xp"), ("tp", "fn", "xp", "fp", "tn", "xn"), cannot="is a fact of the data, the same for every candidate"),
    Entry("f1", "harmonic mean of precision and recall", "higher",
          estimator="transform of the exact bounds of TP / (TP + FP + FN)",
          cannot="has no meaning in money and ignores the rows rightly left alone", headline=True),
    Entry("auc", "chance that a positive scores above a negative, a tie counting half", "higher",
          estimator=f"DeLong's interval; claims by the bound with one adverse row more{_JACKKNIFE}",
          cannot="says nothing of any one threshold, and needs a score for every labelled row"),
    Entry("average_precision", "mean over the positives of the precision at their own score", "higher",
          estimator=f"resampled cells of the histogram; claims by the bound with one adverse row more{_JACKKNIFE}",
          cannot="changes with the share of positives, and needs a score for every labelled row"),
    Entry("recall_at_fpr", "greatest recall of any threshold that flags at most this share of the negatives: recall_at_fpr(1 %)",
          "higher", takes=("share",), estimator=f"order statistics of one class, exact share of the other{_JACKKNIFE}",
          cannot="is no promise about a threshold: that is frozen elsewhere, see recall >= 0.8 at false_positive_rate <= 1 %"),
    Entry("fpr_at_recall", "least false positive rate of any threshold that finds at least this share of the positives: fpr_at_recall(90 %)",
          "lower", takes=("share",), estimator=f"order statistics of one class, exact share of the other{_JACKKNIFE}",
          cannot="is no promise about a threshold: that is frozen elsewhere"),
    Entry("calibration_error", "mean distance of the score from the share of positives, over ten bins of equal mass (ECE)", "lower",
          estimator=f"lower bound beyond what chance alone would show; normal upper bound{_JACKKNIFE}",
          cannot="is above 0 by chance for a perfect score too, and the same for a useless score that is the base rate"),
    Entry("brier", "mean squared distance of the score from the label, 1 for positives and 0 for negatives", "lower",
          estimator="beta distribution with one adverse unit more", cannot="changes with the share of positives: compare it with the baseline's"),
    Entry("log_loss", "mean of -log of the score that the label was given (in nats)", "lower", unit="number",
          estimator="linearised variance, Student t on the logarithm",
          cannot="is ruled by the few rows that are surest and wrong; scores of 0 and 1 count as 2e-16 from there"),
    Entry("net_value", "money per decision, from the `value` of each outcome", "higher", unit="money",
          estimator="exact bounds of the outcomes' shares, combined (MOVER); Student t shown, unless an outcome has under 10 rows",
          cannot="is as good as the money stated in `value`", headline=True),
    Entry("mean", "mean of a numeric column over the rows that have a value", "either", takes=("column",), unit="column",
          estimator="linearised variance, Student t",
          cannot="is undecided where all values are equal; too sure where a long tail meets few rows: claim a quantile there"),
    Entry("rate", "share of rows where a yes/no column is true", "either", takes=("column",),
          cannot="needs a boolean column, or one of zeros and ones"),
    Entry("gap", "greatest difference of a metric between two groups of a column", "lower", takes=("metric", "column"),
          estimator=_GROUPS, cannot="is undecided while a group is too small to tell"),
    Entry("ratio", "smallest ratio of a metric between two groups of a column (1 when alike)", "higher", takes=("metric", "column"),
          estimator=f"{_GROUPS}, on the logarithmic scale", cannot="is unstable where the metric is near 0 in a group"),
)  # fmt: skip

METRICS = {entry.name: entry for entry in _ENTRIES}
"""Entries by name; quantiles (`p1` to `p99`) are entries of their own, made by `entry_of`."""

_QUANTILE = re.compile(r"p([1-9]\d?)")


def entry_of(name: str) -> Entry:
    """The entry of a metric's name.

    Raises:
        InputError: no metric has this name.
    """
    if name in METRICS:
        return METRICS[name]
    if match := _QUANTILE.fullmatch(name):
        return Entry(
            name,
            f"value that {match[1]} % of the rows stay at or under",
            "lower",
            takes=("column",),
            unit="column",
            estimator="order statistics of a histogram whose buckets are at most 0.5 % wide",
            cannot="has no upper bound while the sample is too small for its tail",
        )
    raise InputError(
        "metric.unknown",
        f"there is no metric {name!r}",
        remedy=did_you_mean(name, [*METRICS, "p50", "p95", "p99"]),
    )


def quantile_of(name: str) -> float:
    """The share that a quantile's name stands for: p95 -> 0.95."""
    return int(name[1:]) / 100
