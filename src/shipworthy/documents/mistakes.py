"""Which mistakes are made where answers are not yes or no: classes taken for others, or errors by their size."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from shipworthy.documents.choice import overall
from shipworthy.documents.figure import Figure, Sentence, counted, measured
from shipworthy.documents.measure import scale_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shipworthy.evidence import CandidateFacts, Evaluation
    from shipworthy.spec.model import Product

MOST_COLUMNS = 10
"""Classes up to which a whole table is shown; of more, the most frequent mistakes."""

_SIZES = (
    ("mae", "On average"),
    ("p50(abs_error)", "Half within"),
    ("p90(abs_error)", "90 of 100 within"),
    ("p95(abs_error)", "95 of 100 within"),
    ("p99(abs_error)", "99 of 100 within"),
    ("bias", "Too high by"),
)


@dataclass(frozen=True)
class Mistakes:
    """A table with a heading and a sentence on how to read it."""

    heading: str
    lead: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Sentence, ...]], ...]


def mistakes(product: Product, evaluation: Evaluation, candidate: str | None) -> Mistakes | None:
    """The confusion table of the candidate, or how far off each candidate is; None for yes/no answers."""
    if product.predicts.kind == "regression":
        return _sizes(product, evaluation)
    at = next((i for i, facts in enumerate(evaluation.candidates) if facts.name == candidate), None)
    if at is None or not evaluation.candidates[at].confusion:
        return None
    facts = evaluation.candidates[at]
    labels = tuple(dict.fromkeys(each.label for each in facts.confusion))
    answers = tuple(dict.fromkeys(each.answer for each in facts.confusion if each.answer is not None))
    known = (*labels, *(answer for answer in answers if answer not in labels))
    return _table(facts, at, known) if len(known) <= MOST_COLUMNS else _frequent(facts, at)


def _table(facts: CandidateFacts, at: int, known: Sequence[str]) -> Mistakes:
    """Every class against every answer."""
    silent = any(each.answer is None for each in facts.confusion)
    answers: tuple[str | None, ...] = (*known, None) if silent else tuple(known)
    places = {(each.label, each.answer): j for j, each in enumerate(facts.confusion)}

    def cell(label: str, answer: str | None) -> Sentence:
        j = places.get((label, answer))
        return ("0",) if j is None else (_rows(facts, at, j),)

    return Mistakes(
        "Which class is taken for which",
        f"Test rows by their true class (down) and the answer of {facts.name} (across); right answers stand on the diagonal.",
        ("True class", *("no answer" if answer is None else answer for answer in answers)),
        tuple((label, tuple(cell(label, answer) for answer in answers)) for label in known),
    )


def _frequent(facts: CandidateFacts, at: int) -> Mistakes:
    """The most frequent mistakes."""
    wrong = [(j, each) for j, each in enumerate(facts.confusion) if each.label != each.answer]
    wrong.sort(key=lambda item: -item[1].rows)
    rows = (
        (each.label, ((each.answer or "no answer",), (_rows(facts, at, j),)))
        for j, each in wrong[:MOST_COLUMNS]
    )
    return Mistakes(
        "Which class is taken for which",
        f"The most frequent mistakes of {facts.name} on the test rows.",
        ("True class", "Answered with", "Rows"),
        tuple(rows),
    )


def _rows(facts: CandidateFacts, at: int, j: int) -> Figure:
    return counted(facts.confusion[j].rows, f"/candidates/{at}/confusion/{j}/rows")


def _sizes(product: Product, evaluation: Evaluation) -> Mistakes:
    """How far off each candidate is."""
    rows = []
    for facts in evaluation.candidates:
        found = [overall(evaluation, facts.name, metric) for metric, _ in _SIZES]
        cells = tuple(
            measured(each[1], each[0], scale_of(each[1].metric, product)) if each else ("–",)
            for each in found
        )
        rows.append((facts.name, cells))
    return Mistakes(
        "How far off the answers are",
        f"Distance of predictions from the true {product.predicts.target} on the test rows.",
        ("Candidate", *(title for _, title in _SIZES)),
        tuple(rows),
    )
