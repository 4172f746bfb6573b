"""What executives ask: is it fit, how often is it wrong, what does that cost, who decides, what would change our mind."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from shipworthy.documents import deciding, said
from shipworthy.documents.choice import score
from shipworthy.documents.kinds import prd
from shipworthy.documents.kinds.questions.hundred import hundred
from shipworthy.documents.kinds.questions.question import Question
from shipworthy.documents.measure import ABS_ERROR, split_metric
from shipworthy.documents.memo import in_plain_words
from shipworthy.documents.stakes import stakes
from shipworthy.documents.statement import Statement, assumption, evidence, unanswered

if TYPE_CHECKING:
    from shipworthy.documents.sources import Sources

DECIDE = "shipworthy decide"
NOTHING = (assumption("No other candidate stands in product.yaml."),)
RATES = ("pass_rate", "recall", "precision", "gap")


def questions(sources: Sources) -> tuple[Question, ...]:
    """Their questions with the answers of the records."""
    return (
        Question(
            "What is it, and is it fit to ship?", (said.feature(sources.product), prd.standing(sources))
        ),
        Question("How often is it wrong?", _wrong(sources)),
        Question("What does a mistake cost?", _costs(sources)),
        Question("Why is it not right every time?", hundred(sources)),
        Question("What else was looked at?", tuple(_others(sources)) or NOTHING),
        Question("Does it need a model at all?", (prd.framing(sources),)),
        Question("What would change our mind?", _changes(sources)),
        Question("Who decides?", deciding.decided(sources)),
        Question("Who can stop it?", deciding.stopping(sources)),
    )


def _wrong(sources: Sources) -> tuple[Statement, ...]:
    if sources.decided is None or sources.candidate is None:
        return (unanswered("how often it is wrong", run=DECIDE),)
    found = in_plain_words(sources.judged, sources.decided[1], sources.candidate)
    told = [
        evidence(words, record=sources.decided[0].id)
        for each in found
        if _is_rate(each.metric)
        for words in each.sentences
    ]
    return tuple(told) or (unanswered("how often it is wrong", "requirements", run=DECIDE),)


def _is_rate(metric: str) -> bool:
    """Whether a metric says how often or how far answers are wrong, not what they cost or how long they take."""
    name, args = split_metric(metric)
    return name not in ("net_value", "mean") and (not args or name in RATES or args == (ABS_ERROR,))


def _costs(sources: Sources) -> tuple[Statement, ...]:
    product = sources.judged
    if product.value is None or product.predicts.kind != "binary":
        key = "value" if product.predicts.kind == "binary" else ""
        return (unanswered("what a mistake costs", key, run=DECIDE if key else ""),)
    if sources.decided is None or sources.candidate is None:
        return (*said.money(product), unanswered("how often such mistakes are made", run=DECIDE))
    record, evaluation, _ = sources.decided
    return tuple(evidence(each, record=record.id) for each in stakes(product, evaluation, sources.candidate))


def _others(sources: Sources) -> Iterator[Statement]:
    """Every other candidate with how many requirements it meets."""
    if sources.decided is None:
        yield unanswered("how others do", run=DECIDE)
        return
    record, evaluation, _ = sources.decided
    for each in evaluation.candidates:
        if each.name != sources.candidate and each.eligible:
            yield evidence(f"{each.name}: {score(evaluation, each.name)}.", record=record.id)


def _changes(sources: Sources) -> tuple[Statement, ...]:
    if sources.decided is None:
        return (unanswered("what would change our mind", run=DECIDE),)
    record, _, decision = sources.decided
    told = tuple(evidence(f"{each.rstrip('.')}.", record=record.id) for each in decision.would_change)
    return told or (evidence("Nothing is recorded.", record=record.id),)
