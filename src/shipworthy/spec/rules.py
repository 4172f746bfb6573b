"""Rules that need no data: names that repeat, metrics that nobody knows, keys that do not go together.

They look at the file as written rather than at the product, so that they speak even where other parts are wrong.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from shipworthy.errors import Problem, did_you_mean
from shipworthy.spec.candidate import KEYS_OF_KIND, KINDS
from shipworthy.spec.cascade import broken_cascades
from shipworthy.spec.claim import KEYWORDS, Bound, Metric, Requirement, format_requirement
from shipworthy.spec.framing import mixed_currencies
from shipworthy.spec.language import LanguageError, read_requirement
from shipworthy.spec.places import Loc
from shipworthy.spec.planned import broken_plans
from shipworthy.spec.reviewing import unpriced_reviews
from shipworthy.spec.risks import repeated_risks
from shipworthy.spec.tree import Tree

_COMPARES_GROUPS = {
    "gap": "country",
    "ratio": "country",
    "worst_group": "country",
    "conditional_gap": "country, job",
}
"""Metrics that compare another one between groups, each with the columns of an example."""

ALSO_CALLED = {
    **dict.fromkeys(("sensitivity", "tpr", "true_positive_rate", "hit_rate", "detection_rate"), "recall"),
    **dict.fromkeys(("ppv", "positive_predictive_value"), "precision"),
    **dict.fromkeys(("fpr", "fall_out", "false_alarm_rate"), "false_positive_rate"),
    **dict.fromkeys(("fnr", "miss_rate"), "false_negative_rate"),
    **dict.fromkeys(("tnr", "true_negative_rate", "selectivity"), "specificity"),
    **dict.fromkeys(("f1_score", "f_score", "dice"), "f1"),
    **dict.fromkeys(("roc_auc", "auroc"), "auc"),
    **dict.fromkeys(("ap", "pr_auc", "auprc", "auc_pr"), "average_precision"),
    **dict.fromkeys(("ece", "expected_calibration_error"), "calibration_error"),
    **dict.fromkeys(("brier_score", "brier_loss"), "brier"),
    **dict.fromkeys(("cross_entropy", "logloss"), "log_loss"),
    **dict.fromkeys(("statistical_parity", "demographic_parity_difference"), "demographic_parity"),
    **dict.fromkeys(("disparate_impact", "demographic_parity_ratio", "adverse_impact"), "four_fifths"),
    **dict.fromkeys(("equalized_odds", "equalized_odds_difference"), "equalised_odds"),
    **dict.fromkeys(("prevalence", "positive_rate"), "base_rate"),
    "npv": "negative_predictive_value",
    "fdr": "false_discovery_rate",
    "latency": "p95(latency_ms)",
    "cost": "mean(cost_usd)",
}
"""Other names that metrics go by, and what they are called here."""


def broken_rules(tree: Tree, metrics: Collection[str] | None) -> Iterator[Problem]:
    """The problems that follow from the file alone; without `metrics` their names are not checked."""
    product = _group(tree.data)
    if metrics is not None:
        yield from _taken_names(product, tree, metrics)
        metrics = [*metrics, *_group(product.get("metrics"))]
    yield from _repeated_claims(product, tree)
    for loc, text, claim in _claims(product):
        for bound in (claim.bound, claim.at):
            if bound is not None:
                yield from _metric_problems(
                    bound.metric, _Written(loc, text, _start(text, claim, bound)), tree, metrics
                )
    for section in ("segments", "protected"):
        yield from _repeated_columns(product, section, tree)
    yield from _misplaced_keys(product, tree)
    yield from _split_without_column(product, tree)
    yield from _ranked_items(product, tree)
    yield from unpriced_reviews(product, tree)
    yield from mixed_currencies(product, tree)
    yield from broken_cascades(product, tree)
    yield from broken_plans(product, tree)
    yield from repeated_risks(product, tree)


def _taken_names(product: dict[str, Any], tree: Tree, metrics: Collection[str]) -> Iterator[Problem]:
    """A metric of one's own has a name of its own."""
    for name in _group(product.get("metrics")):
        if name in metrics or name in KEYWORDS:
            what = "a metric" if name in metrics else "a word of the requirement language"
            yield Problem(
                "spec.metric",
                f"{name!r} is {what} already",
                tree.places.key("metrics", name),
                "Give yours a name of its own.",
            )


class _Written:
    """One claim in the file, from the offset at which one of its bounds begins."""

    def __init__(self, loc: Loc, text: str, start: int) -> None:
        self.loc, self.text, self.start = loc, text, start

    def offset(self, name: str) -> int:
        """Where a name stands in the text."""
        found = self.text.find(name, self.start)
        return max(found, self.start)


def _group(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _items(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _claims(product: dict[str, Any]) -> Iterator[tuple[Loc, str, Requirement]]:
    """Every claim that parses, with its path and text."""
    entries: list[tuple[Loc, Any]] = [
        (("requirements", n), item) for n, item in enumerate(_items(product.get("requirements")))
    ]
    stops = _items(_group(product.get("launch")).get("stop_if"))
    entries += [(("launch", "stop_if", n), item) for n, item in enumerate(stops)]
    for loc, item in entries:
        path, text = ((*loc, "require"), item.get("require")) if isinstance(item, dict) else (loc, item)
        if isinstance(text, str):
            try:
                yield path, text, read_requirement(text)
            except LanguageError:
                continue


def _repeated_claims(product: dict[str, Any], tree: Tree) -> Iterator[Problem]:
    seen: dict[str, Loc] = {}
    for loc, text, claim in _claims(product):
        standard = format_requirement(claim)
        if loc[0] != "requirements":
            continue
        if standard in seen:
            first = tree.places.of(*seen[standard])
            message = f"{text.strip()!r} is required twice; the first stands in line {first.line}"
            yield Problem("spec.repeated", message, tree.places.of(*loc), "Remove one of the two.")
        seen.setdefault(standard, loc)


def _start(text: str, claim: Requirement, bound: Bound) -> int:
    """The offset at which a bound begins: the text's own beginning, or the end of its word `at`."""
    word = re.search(r"\sat\s", text) if bound is claim.at else None
    return word.end() if word else 0


def _metric_problems(
    metric: Metric, written: _Written, tree: Tree, metrics: Collection[str] | None
) -> Iterator[Problem]:
    place = tree.places.inside(written.loc, written.offset(metric.name))
    if metric.name in _COMPARES_GROUPS:
        yield from _comparison_problems(metric, written, tree, metrics)
    elif re.fullmatch(r"[pP][\d.]+", metric.name):
        if not re.fullmatch(r"p[1-9]\d?", metric.name):
            message = f"{metric.name!r} is no percentile; they go from p1 to p99, in whole numbers"
            yield Problem("spec.metric", message, place, "Write for example: p95(latency_ms) <= 50")
        elif len(metric.args) != 1 or not isinstance(metric.args[0], Metric):
            message = f"{metric} does not say of which column"
            yield Problem(
                "spec.metric", message, place, f"Write for example: {metric.name}(latency_ms) <= 50"
            )
    elif metrics is not None and re.sub(r"@\d+$", "@k", metric.name) not in metrics:
        yield Problem(
            "spec.metric", f"no metric is called {metric.name!r}", place, _known_metric(metric.name, metrics)
        )


def _known_metric(name: str, metrics: Collection[str]) -> str:
    if same := ALSO_CALLED.get(name.lower()):
        return f"Here it is called {same}."
    advice = did_you_mean(name, metrics)
    return advice if advice.startswith("Did") else f"{advice} Explained by: shipworthy metrics"


def _comparison_problems(
    metric: Metric, written: _Written, tree: Tree, metrics: Collection[str] | None
) -> Iterator[Problem]:
    """A gap or ratio compares one metric between the groups of a column, or of several crossed."""
    names = [arg for arg in metric.args if isinstance(arg, Metric)]
    controlled = metric.name == "conditional_gap"
    fits = len(names) == 3 if controlled else len(names) >= 2
    if not fits or len(names) != len(metric.args) or any(column.args for column in names[1:]):
        place = tree.places.inside(written.loc, written.offset(metric.name))
        wanted = (
            "one metric, one column and one control column" if controlled else "one metric and one column"
        )
        message = f"{metric} does not name {wanted}"
        example = f"{metric.name}(recall, {_COMPARES_GROUPS[metric.name]}) <= 0.05"
        yield Problem("spec.metric", message, place, f"Write for example: {example}")
        return
    if names[0].name in _COMPARES_GROUPS:
        place = tree.places.inside(written.loc, written.offset(names[0].name))
        yield Problem(
            "spec.metric", f"{metric} compares a comparison", place, "Name a metric such as recall inside."
        )
        return
    yield from _metric_problems(names[0], written, tree, metrics)


def _repeated_columns(product: dict[str, Any], section: str, tree: Tree) -> Iterator[Problem]:
    seen: dict[str, Loc] = {}
    for position, item in enumerate(_items(product.get(section))):
        column = _column(item)
        loc = (section, position)
        if column in seen:
            first = tree.places.of(*seen[column])
            message = f"{section} names {column!r} twice; the first stands in line {first.line}"
            yield Problem("spec.repeated", message, tree.places.of(*loc), "Remove one of the two.")
        if column is not None:
            seen.setdefault(column, loc)


def _column(item: Any) -> str | None:
    if isinstance(item, dict):
        named = item.get("column", next(iter(item), None) if len(item) == 1 else None)
        return str(named) if named is not None else None
    return item if isinstance(item, str) else None


def _ranked_items(product: dict[str, Any], tree: Tree) -> Iterator[Problem]:
    """Ranked items have a request and a name of their own, and nothing else has."""
    predicts = _group(product.get("predicts"))
    ranking = predicts.get("kind") == "ranking"
    for key, what in (
        ("request", "which items are ranked against each other"),
        ("item", "which item a row is"),
    ):
        if ranking and not predicts.get(key):
            yield Problem(
                "spec.missing",
                f"predicts.{key} is missing, the column that says {what}",
                tree.places.of("predicts"),
                f"Write for example: {key}: {key}_id",
            )
        elif not ranking and predicts.get(key):
            yield Problem(
                "spec.value",
                f"predicts.{key} goes with kind: ranking only",
                tree.places.key("predicts", key),
                "Take it out, or say kind: ranking.",
            )


def _misplaced_keys(product: dict[str, Any], tree: Tree) -> Iterator[Problem]:
    """Keys that say something about another kind of candidate than this one is."""
    for name, candidate in _group(product.get("candidates")).items():
        kinds = [kind for kind in KINDS if _group(candidate).get(kind) is not None]
        if len(kinds) != 1:
            continue
        for key, kind in KEYS_OF_KIND.items():
            if candidate.get(key) is not None and kind != kinds[0]:
                message = (
                    f"candidates.{name}: {key!r} says nothing about a candidate that is given by {kinds[0]!r}"
                )
                remedy = f"Remove it; it goes with {kind!r}."
                yield Problem("spec.value", message, tree.places.key("candidates", name, key), remedy)


def _split_without_column(product: dict[str, Any], tree: Tree) -> Iterable[Problem]:
    """A split by time or unit needs to know the column."""
    data = _group(product.get("data"))
    by = _group(data.get("split")).get("by")
    if by in ("time", "unit") and isinstance(data.get("examples"), dict) and not data["examples"].get(by):
        message = f"data.split goes by {by}, but data.examples does not say which column that is"
        yield Problem(
            "spec.missing",
            message,
            tree.places.of("data", "split", "by"),
            f"Add to data.examples: {by}: COLUMN",
        )
