"""The rows of the memo's tables: requirements, candidates, splits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from shipworthy.documents import phrases
from shipworthy.documents.choice import Score, overall, score
from shipworthy.documents.figure import Figure, Scale, Sentence, counted, figure, measured, sentence
from shipworthy.documents.measure import (
    ABS_ERROR,
    metric_words,
    plain_name,
    rows_of,
    scale_of,
    split_metric,
    subject_of,
)
from shipworthy.documents.wording import SPACE, listed, supported_decimals
from shipworthy.metrics.entry import CLASS, GRADER
from shipworthy.metrics.table import METRICS

if TYPE_CHECKING:
    from shipworthy.evidence import CandidateFacts, Estimate, Evaluation, Verdict
    from shipworthy.evidence.values import Answer
    from shipworthy.spec.model import Product

COMPARED = ("recall", "false_positive_rate", "precision", "accuracy", "net_value", "p95(latency_ms)")
COMPARED_OF = {
    "multiclass": ("accuracy", "macro_recall", "macro_f1", "p95(latency_ms)"),
    "regression": ("mae", "rmse", "r2", "p95(latency_ms)"),
}
MOST_COMPARED = 4


@dataclass(frozen=True)
class RequirementRow:
    """One requirement as it was written, with what was found."""

    text: str
    verdict: Answer
    measured: tuple[Sentence, ...]
    reason: str
    needs: Sentence
    otherwise: str


@dataclass(frozen=True)
class CandidateRow:
    """One candidate in the comparison."""

    name: str
    kind: str
    role: str
    score: Score
    cells: tuple[Sentence, ...]


@dataclass(frozen=True)
class SplitRow:
    """One part of the examples, in counts."""

    name: str
    rows: Figure
    labelled: Figure
    positives: Figure


def requirement_rows(product: Product, evaluation: Evaluation, candidate: str) -> tuple[RequirementRow, ...]:
    """The candidate's verdict on each requirement, in their order."""
    found = enumerate(evaluation.verdicts)
    return tuple(
        _requirement_row(product, f"/verdicts/{index}", verdict)
        for index, verdict in found
        if verdict.candidate == candidate and not verdict.slice
    )


def _requirement_row(product: Product, path: str, verdict: Verdict) -> RequirementRow:
    written = next((item for item in product.requirements if item.text == verdict.requirement), None)
    return RequirementRow(
        verdict.requirement,
        verdict.verdict,
        _measured(product, path, verdict),
        verdict.reason[:1].upper() + verdict.reason[1:],
        needs_more(product, path, verdict),
        (written.otherwise or "") if written and verdict.verdict != "met" else "",
    )


def _measured(product: Product, path: str, verdict: Verdict) -> tuple[Sentence, ...]:
    """What was measured; for `R at C`, both R and C, one after the other."""
    if verdict.estimate is None:
        return (("no estimate",),)
    found = _shown(product, verdict.estimate, f"{path}/estimate")
    if verdict.at is None:
        return (found,)
    return found, sentence(_shown(product, verdict.at, f"{path}/at"), f" {metric_words(verdict.at.metric)}")


def _shown(product: Product, estimate: Estimate, path: str) -> Sentence:
    where = listed([f"{column} = {value}" for column, value in estimate.slice.items()])
    found = sentence(measured(estimate, path, scale_of(estimate.metric, product)), scored(estimate, path))
    return sentence(found, f" where {where}") if where else found


def scored(estimate: Estimate, path: str) -> Sentence:
    """How many answers were left unscored beside so many scored ones; nothing where none was."""
    if not estimate.unscored:
        return ()
    left = counted(estimate.unscored, f"{path}/unscored")
    return sentence("; ", counted(estimate.n, f"{path}/n"), " scored, ", left, " unscored")


def needs_more(product: Product, path: str, verdict: Verdict) -> Sentence:
    """How many more labels would decide an undecided claim; empty where it is decided or none would."""
    if verdict.verdict != "undecided" or verdict.needs_more is None:
        return ()
    metric = verdict.estimate.metric if verdict.estimate else ""
    amount = _about(verdict.needs_more, f"{path}/needs_more")
    verb = "Collect" if _of_column(metric) else "Label"
    verb = {"attacks": "Try", "samples": "Ask", "variants": "Vary"}.get(subject_of(metric), verb)
    start = sentence(f"{verb} about ", amount, f" more {_rows_words(product, metric)}")
    if verdict.needs_more_80 is None:
        return sentence(start, " to decide it if the rate stays.")
    safe = _about(verdict.needs_more_80, f"{path}/needs_more_80")
    return sentence(start, " for an even chance to decide it, ", safe, f" for one of 80{SPACE}%.")


def _of_column(metric: str) -> bool:
    """Whether a metric counts rows that need no label."""
    name, args = split_metric(metric)
    takes = METRICS[name].takes if name in METRICS else ("column",)
    return bool(args) and takes in (("column",), (GRADER,)) and args != (ABS_ERROR,)


def _rows_words(product: Product, metric: str) -> str:
    """The rows that a metric counts, as a plural; of several classes those of the class that it names."""
    name, args = split_metric(metric)
    if subject_of(metric) in ("attacks", "variants"):
        return "attacks" if subject_of(metric) == "attacks" else "inputs"
    if name in ("gap", "ratio") and args:
        return _rows_words(product, args[0])
    if product.predicts.kind == "binary":
        return phrases.rows(product, rows_of(metric))
    if not args or name not in METRICS or CLASS not in METRICS[name].arguments("multiclass"):
        return phrases.cases(product)
    rows = rows_of(metric) if name != "confusion" else "positive"
    told = {"positive": "that are", "negative": "that are not", "acted": "answered with"}.get(rows)
    return f"{phrases.cases(product)} {told} {plain_name(args[0])}" if told else phrases.cases(product)


def _about(amount: int, path: str) -> Figure:
    """A planned count, at two digits: the plan assumes that the rate stays, and deserves no more."""
    return figure(amount, path, Scale(), min(0, supported_decimals(amount, None, None) - 1), "up")


def compared_metrics(product: Product, evaluation: Evaluation) -> tuple[str, ...]:
    """The metrics that stand side by side for all candidates: the headline ones that were estimated."""
    known = {estimate.metric for estimate in evaluation.estimates if not estimate.slice}
    first = COMPARED_OF.get(product.predicts.kind, COMPARED)
    wanted = (*first, *(str(item.metric) for item in product.requirements))
    found = [metric for metric in dict.fromkeys(wanted) if metric in known]
    if first is not COMPARED:
        return tuple(found[:MOST_COMPARED])
    kept = [metric for metric in found if metric not in ("precision", "accuracy")]
    return tuple((kept if len(kept) >= MOST_COMPARED else found)[:MOST_COMPARED])


def candidate_rows(
    product: Product, evaluation: Evaluation, metrics: tuple[str, ...], chosen: str | None
) -> tuple[CandidateRow, ...]:
    """Every candidate with its verdicts counted and its metrics measured; the one in question first."""
    found = sorted(evaluation.candidates, key=lambda facts: (facts.name != chosen, not facts.eligible))
    return tuple(_candidate_row(product, evaluation, metrics, facts, chosen) for facts in found)


def _candidate_row(
    product: Product,
    evaluation: Evaluation,
    metrics: tuple[str, ...],
    facts: CandidateFacts,
    chosen: str | None,
) -> CandidateRow:
    cells = tuple(_cell(product, overall(evaluation, facts.name, metric)) for metric in metrics)
    role = "" if facts.eligible else "for comparison only"
    shipped = evaluation.decision is not None and evaluation.decision.answer == "ship"
    role = ("the answer" if shipped else "the closest") if facts.name == chosen else role
    return CandidateRow(facts.name, facts.kind, role, score(evaluation, facts.name), cells)


def _cell(product: Product, found: tuple[str, Estimate] | None) -> Sentence:
    if found is None:
        return ("–",)
    path, estimate = found
    scale = scale_of(estimate.metric, product)
    shown = measured(estimate, path, scale.times(1_000) if estimate.metric == "net_value" else scale)
    return sentence(shown, scored(estimate, path))


def column_title(metric: str) -> str:
    """The head of a metric's column in the comparison."""
    if metric == "net_value":
        return "Net value of 1,000 decisions"
    words = metric_words(metric)
    return words[0].upper() + words[1:]


def split_rows(evaluation: Evaluation) -> tuple[SplitRow, ...]:
    """The parts of the examples."""
    return tuple(
        SplitRow(
            split.name,
            counted(split.rows, f"/splits/{index}/rows"),
            counted(split.labelled, f"/splits/{index}/labelled"),
            counted(split.positives, f"/splits/{index}/positives"),
        )
        for index, split in enumerate(evaluation.splits)
    )
