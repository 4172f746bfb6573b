"""Every metric that a requirement may name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from shipworthy.errors import InputError, did_you_mean

Direction = Literal["higher", "lower", "either"]
Comparison = Literal["", "gap", "ratio", "worst", "conditional"]

COLUMNS = "column[, column]"
"""One column or several, whose groups are crossed."""


@dataclass(frozen=True)
class Entry:
    """One metric.

    `events` and `trials` name the cells that its numerator and denominator count, where it is a share of rows.
    `unit` says what its number is: a share, money, or whatever the column holds. `comparison` says how groups are
    compared, where it compares groups; `of` names the metrics that a named criterion compares.
    """

    name: str
    definition: str
    direction: Direction
    events: tuple[str, ...] = ()
    trials: tuple[str, ...] = ()
    takes: tuple[str, ...] = ()
    unit: Literal["share", "money", "column"] = "share"
    estimator: str = "exact binomial bounds (Clopper-Pearson); Wilson interval shown"
    cannot: str = ""
    headline: bool = False
    comparison: Comparison = ""
    of: tuple[str, ...] = ()


_ANSWERED = ("tp", "fn", "fp", "tn")
_POSITIVE, _NEGATIVE = ("tp", "fn"), ("fp", "tn")
_FLAGGED, _CLEARED = ("tp", "fp"), ("fn", "tn")
_GROUPS = "pairs of groups by MOVER from exact bounds; studentised range for the lower bound"

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
    Entry("automated_share", "share of all rows that are answered, labelled or not: what no person has to decide", "higher",
          ("tp", "fp", "up", "fn", "tn", "un"), ("tp", "fp", "up", "fn", "tn", "un", "xp", "xn", "xx"),
          cannot="needs no labels and says nothing of being right: read it beside `error_rate`"),
    Entry("f1", "harmonic mean of precision and recall", "higher",
          estimator="transform of the exact bounds of TP / (TP + FP + FN)",
          cannot="has no meaning in money and ignores the rows rightly left alone", headline=True),
    Entry("auc", "chance that a positive scores above a negative, a tie counting half", "higher",
          estimator="DeLong's interval; claims by the bound with one adverse row more",
          cannot="says nothing of any one threshold, and needs a score for every labelled row"),
    Entry("net_value", "money per decision, from the `value` of each outcome", "higher", unit="money",
          estimator="exact bounds of the outcomes' shares, combined (MOVER); Student t shown, unless an outcome has under 10 rows",
          cannot="is as good as the money stated in `value`", headline=True),
    Entry("mean", "mean of a numeric column over the rows that have a value", "either", takes=("column",), unit="column",
          estimator="linearised variance, Student t",
          cannot="is undecided where all values are equal; too sure where a long tail meets few rows: claim a quantile there"),
    Entry("rate", "share of rows where a yes/no column is true", "either", takes=("column",),
          cannot="needs a boolean column, or one of zeros and ones"),
    Entry("gap", "greatest difference of a metric between two groups of a column, or of crossed columns", "lower", takes=("metric", COLUMNS),
          estimator=_GROUPS, cannot="is undecided while a group has under 20 rows that count; takes groups to share no unit", comparison="gap"),
    Entry("ratio", "smallest ratio of a metric between two groups of a column (1 when alike)", "higher", takes=("metric", COLUMNS),
          estimator=f"{_GROUPS}, on the logarithmic scale", cannot="is unstable where the metric is near 0 in a group", comparison="ratio"),
    Entry("worst_group", "the metric in the group where it is least favourable", "either", takes=("metric", COLUMNS),
          estimator="the groups' own bounds; beyond the claim, corrected for having picked one (Holm)",
          cannot="says nothing of how far apart the groups are", comparison="worst"),
    Entry("conditional_gap", "greatest difference of a metric between two groups, within the levels of a control column", "lower",
          takes=("metric", "column", "control"), estimator="Mantel-Haenszel weighted difference of each pair; exact bounds of the cells, combined (MOVER)",
          cannot="averages over the levels, so opposite gaps cancel; leaves out levels that a pair does not share; cannot say that the control is fair",
          comparison="conditional"),
    Entry("demographic_parity", "greatest difference of the selection rate between two groups", "lower", takes=(COLUMNS,), estimator=_GROUPS,
          cannot="is silent on errors: equal selection of groups whose base rates differ costs errors", comparison="gap", of=("selection_rate",)),
    Entry("four_fifths", "least selection rate of a group by the greatest; the four-fifths rule asks for 0.8", "higher", takes=(COLUMNS,),
          estimator=f"{_GROUPS}, on the logarithmic scale", cannot="is a rule of thumb of American employment law; depends on which answer counts as positive",
          comparison="ratio", of=("selection_rate",)),
    Entry("equal_opportunity", "greatest difference of recall between two groups", "lower", takes=(COLUMNS,), estimator=_GROUPS,
          cannot="is silent on false alarms, and trusts the labels", comparison="gap", of=("recall",)),
    Entry("equalised_odds", "the greater of the gaps of recall and of the false-positive rate", "lower", takes=(COLUMNS,),
          estimator=f"{_GROUPS}, at half the error for each of the two", cannot="does not say which of the two it is, and trusts the labels",
          comparison="gap", of=("recall", "false_positive_rate")),
    Entry("equalised_odds_ratio", "the lesser of the ratios of recall and of the false-positive rate", "higher", takes=(COLUMNS,),
          estimator=f"{_GROUPS}, at half the error for each of the two, on the logarithmic scale",
          cannot="is unstable where false alarms are rare, and trusts the labels", comparison="ratio", of=("recall", "false_positive_rate")),
    Entry("predictive_parity", "greatest difference of precision between two groups", "lower", takes=(COLUMNS,), estimator=_GROUPS,
          cannot="cannot hold together with equal error rates where base rates differ, unless answers are perfect", comparison="gap", of=("precision",)),
    Entry("false_positive_parity", "greatest difference of the false-positive rate between two groups", "lower", takes=(COLUMNS,), estimator=_GROUPS,
          cannot="is silent on what is missed, and trusts the labels", comparison="gap", of=("false_positive_rate",)),
    Entry("false_negative_parity", "greatest difference of the false-negative rate between two groups", "lower", takes=(COLUMNS,), estimator=_GROUPS,
          cannot="is the same number as `equal_opportunity`", comparison="gap", of=("false_negative_rate",)),
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
