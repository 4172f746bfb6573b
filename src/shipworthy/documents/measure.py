"""What a metric measures: its unit, what it is called, and which rows it counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from shipworthy.documents.figure import Scale
from shipworthy.metrics.entry import CLASS, Subject
from shipworthy.metrics.table import METRICS
from shipworthy.spec.language import LanguageError, read_requirement

if TYPE_CHECKING:
    from shipworthy.spec.model import Product

Rows = Literal["positive", "negative", "acted", "cleared", "all"]

_ROWS: dict[frozenset[str], Rows] = {
    frozenset(("tp", "fn")): "positive",
    frozenset(("fp", "tn")): "negative",
    frozenset(("tp", "fp")): "acted",
    frozenset(("fn", "tn")): "cleared",
}
ABS_ERROR = "abs_error"
_MONEY_COLUMNS = ("usd", "eur", "gbp", "jpy", "chf")
_PLAIN = frozenset(
    ("f1", "macro_f1", "weighted_f1", "auc", "ratio", "average_precision", "brier", "calibration_error")
)
"""Shares that nobody reads as a percentage."""

_AT_POINTS = {
    "recall_at_fpr": "recall at a false-positive rate of",
    "fpr_at_recall": "false-positive rate at a recall of",
}
_NAMES = {
    "brier": "Brier score",
    "log_loss": "log loss",
    "false_positive_rate": "false-positive rate",
    "false_negative_rate": "false-negative rate",
    "negative_predictive_value": "negative predictive value",
    "f1": "F1",
    "macro_f1": "macro F1",
    "weighted_f1": "weighted F1",
    "auc": "AUC",
    "four_fifths": "four-fifths ratio",
    "false_positive_parity": "false-positive parity",
    "false_negative_parity": "false-negative parity",
    "mae": "mean absolute error",
    "rmse": "root mean squared error",
    "bias": "mean error",
    "r2": "share of variance explained (R²)",
    "p50": "median",
    "p95": "95th percentile",
    "p99": "99th percentile",
}
_COMPARED = {"gap": "gap in", "conditional_gap": "gap in", "ratio": "ratio of"}


def split_metric(metric: str) -> tuple[str, tuple[str, ...]]:
    """The name of a metric and its arguments: `gap(recall, format)` -> ("gap", ("recall", "format"))."""
    try:
        found = read_requirement(f"{metric} >= 0").metric
    except LanguageError:
        return metric, ()
    return found.name, tuple(str(arg) for arg in found.args)


def subject_of(metric: str) -> Subject:
    """What a metric, or what it compares between groups, is counted over."""
    name = split_metric(compared(metric))[0]
    return METRICS[name].subject if name in METRICS else "answers"


def compared(metric: str) -> str:
    """The metric that a comparison of groups compares (the first of them); a metric that compares none is its own."""
    name, args = split_metric(metric)
    if name not in METRICS or not METRICS[name].comparison:
        return metric
    return (METRICS[name].of or args)[0]


def scale_of(metric: str, product: Product) -> Scale:
    """The scale on which a metric is shown: shares as %, money in its currency, times in ms or s."""
    name, args = split_metric(metric)
    comparison = METRICS[name].comparison if name in METRICS and args else ""
    if comparison in ("gap", "conditional", "worst"):
        inner = scale_of(compared(metric), product)
        points = comparison != "worst" and inner.unit == "%"
        return Scale(inner.factor, 0.0, "points") if points else inner
    own = product.metrics.get(name)
    unit = own.unit if own else METRICS[name].unit if name in METRICS else "column"
    if unit == "money":
        return Scale(unit=product.value.currency if product.value else "")
    if unit == "share":
        return Scale() if name in _PLAIN or comparison == "ratio" else Scale(100.0, 0.0, "%")
    column = (
        args[0]
        if args and ((name in METRICS and METRICS[name].takes == ("column",)) or name[0] == "p")
        else ""
    )
    return Scale(unit=_unit_of_column(column) if column != ABS_ERROR else "")


def _unit_of_column(column: str) -> str:
    ending = column.rpartition("_")[2]
    if ending in ("ms", "s"):
        return ending
    if ending == "seconds":
        return "s"
    return ending.upper() if ending in _MONEY_COLUMNS else ""


def metric_words(metric: str) -> str:
    """What a metric is called in a sentence."""
    name, args = split_metric(metric)
    words = _NAMES.get(name, name.replace("_", " "))
    if name in METRICS and METRICS[name].comparison and args:
        return _comparison_words(words, name, args)
    if name == "confusion" and len(args) == 2:
        return f"share of {plain_name(args[0])} answered with {plain_name(args[1])}"
    if name in METRICS and CLASS in METRICS[name].arguments("multiclass") and args:
        return f"{words} of {plain_name(args[0])}"
    if name in _AT_POINTS and args:
        return f"{_AT_POINTS[name]} {args[0]}"
    if name == "mean" and args:
        return f"mean {_column_words(args[0])}"
    return f"{words} of {_column_words(args[0])}" if args else words


def _comparison_words(words: str, name: str, args: tuple[str, ...]) -> str:
    """What a comparison of groups is called: what is compared, and between which groups."""
    entry = METRICS[name]
    columns = args if entry.of else args[1:]
    if entry.comparison == "worst":
        return f"{metric_words(args[0])} in the worst group of {' x '.join(columns)}"
    what = words if entry.of else f"{_COMPARED[name]} {metric_words(args[0])}"
    within = f" within levels of {columns[-1]}" if entry.comparison == "conditional" else ""
    groups = columns[:-1] if within else columns
    return f"{what} between groups of {' x '.join(groups)}{within}"


def plain_name(written: str) -> str:
    """A class or column as people write it, without the quotes that requirements need."""
    quoted = written[:1] == "'" == written[-1:] and len(written) > 1
    return written[1:-1].replace("''", "'") if quoted else written


def _column_words(column: str) -> str:
    if column == ABS_ERROR:
        return "the absolute error"
    stem, _, ending = column.rpartition("_")
    named = stem if stem and ending in ("ms", "s", "seconds", *_MONEY_COLUMNS) else column
    return named.replace("_", " ")


def rows_of(metric: str) -> Rows:
    """Which rows stand in the denominator of a metric (of the compared metric, for a gap)."""
    if (inner := compared(metric)) != metric:
        return rows_of(inner)
    name, _ = split_metric(metric)
    return _ROWS.get(frozenset(METRICS[name].trials), "all") if name in METRICS else "all"
