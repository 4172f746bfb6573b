"""What support asks: what happens when it is wrong, how many such cases come, when it does not answer, whom to tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shipworthy.documents import phrases, said
from shipworthy.documents.kinds import failing, limits
from shipworthy.documents.kinds.questions.question import Question
from shipworthy.documents.memo import assumed, in_plain_words
from shipworthy.documents.statement import Statement, assumption, evidence, stated, unanswered

if TYPE_CHECKING:
    from shipworthy.documents.sources import Sources

DECIDE = "shipworthy decide"
MOST_SHOWN = 3
NEW_ONE = assumption('Who hears of a new one opens it: shipworthy incident --open "what was said" --as NAME')


def questions(sources: Sources) -> tuple[Question, ...]:
    """Their questions with the answers of the records."""
    product = sources.product
    return (
        Question("What happens when it is wrong?", (*_wrong(sources), said.undoing(product))),
        Question("How many such cases will there be?", _amounts(sources)),
        Question("When does it not answer?", _silent(sources)),
        Question(
            "Whom do we tell?",
            (stated(product.owner, "who answers for it", "owner"), incident(sources), NEW_ONE),
        ),
    )


def _wrong(sources: Sources) -> tuple[Statement, ...]:
    """What a mistake is, and real ones."""
    product, told = sources.product, list[Statement]()
    if product.predicts.kind == "binary":
        wrong, missed = phrases.rows(product, "negative"), phrases.rows(product, "positive")
        told.append(assumption(f"Some {wrong} will {phrases.befalls(product)}, and some {missed} will not."))
    if sources.decided and sources.candidate:
        record, evaluation, _ = sources.decided
        found = (
            *failing.counts(sources.judged, evaluation, sources.candidate),
            *failing.examples(evaluation, sources.candidate),
        )
        told += [evidence(each.words, record=record.id) for each in found[:MOST_SHOWN]]
    return tuple(told) or (unanswered("what its mistakes look like", run=DECIDE),)


def _amounts(sources: Sources) -> tuple[Statement, ...]:
    """Mistakes at the volume of the product."""
    product = sources.judged
    if product.value is None or product.value.volume is None:
        return (unanswered("how many decisions there are", "value.volume", run=DECIDE),)
    if sources.decided is None or sources.candidate is None:
        return (unanswered("how often it is wrong", run=DECIDE),)
    record, evaluation, _ = sources.decided
    found = in_plain_words(product, evaluation, sources.candidate)
    told = [
        evidence(each.sentences[1], record=record.id)
        for each in found
        if len(each.sentences) > 1 and each.metric != "net_value"
    ]
    taken = assumed(product, evaluation)
    beside = (assumption(taken),) if told and taken else ()
    return (*told, *beside) or (unanswered("how many of them go wrong"),)


def _silent(sources: Sources) -> tuple[Statement, ...]:
    if sources.decided is None or sources.candidate is None:
        return (unanswered("whether it answers every case", run=DECIDE),)
    record, evaluation, _ = sources.decided
    found = limits.silent(evaluation, sources.candidate)
    if not found:
        return (evidence("It answered every case that it was judged on.", record=record.id),)
    return tuple(evidence(each.words, record=record.id) for each in found)


def incident(sources: Sources) -> Statement:
    """The newest incident and where it stands; how to open one where there is none."""
    record = sources.records.get("incident")
    if record is None or record.incident is None:
        return evidence("No incident is on record.")
    found = record.incident
    state = "closed" if found.closed else f"open, and the next step is “{found.next_step}”"
    kind = "Drill" if found.drill else "Incident"
    return evidence(f"{kind} {found.number}, “{found.what}”, is {state}.", record=record.id)
