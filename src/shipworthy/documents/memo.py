"""The decision memo: what was decided, on what evidence, and what would change it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from shipworthy.documents import answer, charts, method, mistakes, phrases, stakes, tables
from shipworthy.documents.attacks import attack_tables
from shipworthy.documents.choice import Score, judged_split, positives_decided, score, subject, whole
from shipworthy.documents.contest import duel
from shipworthy.documents.dots import Dots, dots
from shipworthy.documents.economics import money
from shipworthy.documents.fairness import TITLES, fairness
from shipworthy.documents.figure import Scale, Sentence, counted, figure, plain_text, sentence
from shipworthy.documents.frequencies import Frequency, frequency
from shipworthy.documents.mitigation import mitigated
from shipworthy.documents.rendering import html_page, markdown_page
from shipworthy.documents.wording import day
from shipworthy.documents.worst import worst
from shipworthy.errors import InputError
from shipworthy.metrics.support import LEAST_ROWS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from shipworthy.evidence import Decision, Estimate, Evaluation, Record
    from shipworthy.spec.model import Product

MOST_WORST = 8
READ_FIRST = {
    "binary": ("false_positive_rate", "recall", "precision", "net_value"),
    "multiclass": ("accuracy",),
    "regression": ("mae", "p95(abs_error)"),
}
"""The metrics that are told in plain words without being asked, by the kind of answers."""


@dataclass(frozen=True)
class Memo:
    """A decision memo as Markdown, as a self-contained HTML page, and in three lines."""

    markdown: str
    html: str
    summary: str


def decision_memo(product: Product, record: Record, comparison: Record | None = None) -> Memo:
    """The memo of a decision, with the champion and the challengers of a comparison where there is one.

    Raises:
        InputError: the record holds no decision.
    """
    values = memo_values(product, record, comparison)
    markdown = markdown_page("memo.md.j2", values, record.id)
    return Memo(markdown, html_page("memo.html.j2", values, record.id), _summary(values))


def memo_values(product: Product, record: Record, comparison: Record | None = None) -> dict[str, Any]:
    """Everything that the templates of the memo show.

    Raises:
        InputError: the record holds no decision.
    """
    evaluation = record.evaluation
    if evaluation is None or evaluation.decision is None:
        message = f"the record {record.id} holds no decision, so there is nothing to write a memo about"
        raise InputError("memo.no_decision", message, remedy="Run shipworthy decide first.")
    values = _values(product, record, evaluation, evaluation.decision)
    return values | {"duel": duel(product, comparison) if comparison else None}


def _values(product: Product, record: Record, evaluation: Evaluation, decision: Decision) -> dict[str, Any]:
    """Everything that both templates show."""
    name = subject(evaluation)
    metrics = tables.compared_metrics(product, evaluation)
    return {
        "product": product,
        "record": record,
        "decision": decision,
        "evaluation": evaluation,
        "date": day(record.time),
        "answer_word": answer.WORDS[decision.answer],
        "headline": answer.headline(evaluation, decision),
        "asked": answer.asked(product),
        "subject": name,
        "score": score(evaluation, name) if name else Score(0, 0, 0),
        "requirements": tables.requirement_rows(product, evaluation, name) if name else (),
        "frequencies": in_plain_words(product, evaluation, name) if name else (),
        "assumption": assumed(product, evaluation),
        "columns": [tables.column_title(metric) for metric in metrics],
        "candidates": tables.candidate_rows(product, evaluation, metrics, name),
        "stakes": stakes.stakes(product, evaluation, name) if name else (),
        "money": money(record.economics, record.time[:10]),
        "risks": stakes.risks(product, record, evaluation, name),
        "named": stakes.named(product),
        "mistakes": mistakes.mistakes(product, evaluation, name),
        "binary": product.predicts.kind == "binary",
        "splits": tables.split_rows(evaluation),
        "versions": method.version_rows(evaluation),
        "inputs": method.inputs(record),
        "rule": method.rule_of_judgement(evaluation),
        "charts": charts.drawn(product, evaluation, name),
        "worst": worst(product, evaluation, name, MOST_WORST),
        "attacks": attack_tables(product, evaluation),
        "fairness": fairness(product, evaluation, name),
        "mitigated": mitigated(product, evaluation),
        "fairness_titles": TITLES,
        "least_rows": LEAST_ROWS,
    }


@dataclass(frozen=True)
class Told:
    """One metric in plain words: its sentences, and a picture of 1,000 dots or the number to remember."""

    metric: str
    sentences: tuple[Sentence, ...]
    big: Sentence
    dots: Dots | None


def in_plain_words(product: Product, evaluation: Evaluation, candidate: str) -> tuple[Told, ...]:
    """What the candidate's headline metrics mean for people, each metric once."""
    required = [
        str(bound.metric) for item in product.requirements for bound in (item.bound, item.at) if bound
    ]
    wanted = list(dict.fromkeys((*READ_FIRST.get(product.predicts.kind, ()), *required)))
    positives = positives_decided(evaluation, candidate)
    found: dict[str, Told] = {}
    for path, estimate in whole(evaluation, candidate):
        if estimate.metric in wanted and estimate.metric not in found:
            told = frequency(product, estimate, path, positives)
            if told:
                found[estimate.metric] = _told(told, estimate, f"dots{wanted.index(estimate.metric)}")
    return tuple(found[metric] for metric in wanted if metric in found)


def _told(told: Frequency, estimate: Estimate, name: str) -> Told:
    drawn = dots(estimate, name, f"{plain_text(told.rate)} Drawn as dots.") if told.base == 1_000 else None
    return Told(estimate.metric, told.sentences, told.key, drawn)


def assumed(product: Product, evaluation: Evaluation) -> Sentence:
    """What the counts at volume take for granted."""
    split = judged_split(evaluation)
    binary = product.predicts.kind == "binary"
    if (
        not binary
        or split is None
        or not split[1].labelled
        or product.value is None
        or product.value.volume is None
    ):
        return ()
    path, facts = split
    share = figure(facts.positives, f"{path}/positives", Scale(100 / facts.labelled, 0.0, "%"), 1)
    cases = f"{phrases.cases(product)} are {phrases.positive(product)}"
    labelled = counted(facts.labelled, f"{path}/labelled")
    start = sentence("Counts at volume assume that ", share, f" of {cases}")
    return sentence(start, ", as among the ", labelled, f" labelled rows of {facts.name}.")


def _summary(values: Mapping[str, Any]) -> str:
    decision: Decision = values["decision"]
    reason = decision.because[0] if decision.because else ""
    change = decision.would_change[0] if decision.would_change else ""
    lines = (values["headline"], reason, f"Would change it: {change}" if change else "")
    return "\n".join(line for line in lines if line)
