"""What users ask: does a machine decide, can it say why, for whom is it worse, what can I do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shipworthy.documents import said
from shipworthy.documents.explained import explained
from shipworthy.documents.kinds import failing, limits
from shipworthy.documents.kinds.questions.question import Question
from shipworthy.documents.statement import Statement, assumption, evidence, stated, unanswered

if TYPE_CHECKING:
    from shipworthy.documents.sources import Sources

DECIDE = "shipworthy decide"
MOST_GROUPS = 4


def questions(sources: Sources) -> tuple[Question, ...]:
    """Their questions with the answers of the records."""
    product = sources.product
    return (
        Question("Does a machine decide?", (limits.level(sources),)),
        Question("Can it say why it answered so?", _why(sources)),
        Question("For whom is it worse?", _worse(sources)),
        Question("What can I do when it is wrong?", (said.undoing(product), _recourse(sources))),
        Question("Are data of people in it?", (stated(product.data.examples.personal, "which personal data it was made from", "data.examples.personal"),)),
    )  # fmt: skip


def _why(sources: Sources) -> tuple[Statement, ...]:
    if sources.candidate is None:
        return (unanswered("whether its answers can be explained", run=f"{DECIDE}, then shipworthy explain"),)
    return explained(sources, sources.candidate)


def _worse(sources: Sources) -> tuple[Statement, ...]:
    if sources.decided is None or sources.candidate is None:
        return (unanswered("for whom it is worse", run=DECIDE),)
    record, evaluation, _ = sources.decided
    found = failing.weaker(sources.judged, evaluation, sources.candidate, MOST_GROUPS, money=False)
    if found:
        return tuple(evidence(each.words, record=record.id) for each in found)
    if any(each.candidate == sources.candidate and each.looked_at for each in evaluation.searches):
        return (
            evidence(
                "In no group that was looked at is it worse than elsewhere beyond chance.", record=record.id
            ),
        )
    return (unanswered("for whom it is worse", "segments", run=DECIDE),)


def _recourse(sources: Sources) -> Statement:
    """Where a person can have an answer looked at again."""
    ethics = sources.product.ethics
    pledge = ethics.recourse if ethics else None
    if pledge is None or not pledge.how:
        return unanswered("how an answer can be contested", "how under ethics.recourse")
    whose = f" {pledge.owner} answers for it." if pledge.owner else ""
    return assumption(f"{pledge.how[:1].upper()}{pledge.how[1:].rstrip('.')}.{whose}")
