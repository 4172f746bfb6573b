"""What legal asks: which data with what right, whether groups are treated alike, which law, which risks, what went wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shipworthy.documents import said
from shipworthy.documents.fairness import fairness
from shipworthy.documents.figure import counted, sentence
from shipworthy.documents.kinds.questions.question import Question
from shipworthy.documents.kinds.questions.support import incident
from shipworthy.documents.kinds.triaged import tier_words
from shipworthy.documents.statement import Statement, assumption, evidence, unanswered
from shipworthy.documents.wording import listed

if TYPE_CHECKING:
    from shipworthy.documents.sources import Sources

RISKS = "shipworthy risks"


def questions(sources: Sources) -> tuple[Question, ...]:
    """Their questions with the answers of the records."""
    return (
        Question("Which data is it judged on, and with what right?", (_rows(sources), *_rights(sources))),
        Question("Are groups of people treated alike?", _groups(sources)),
        Question("What does the law ask?", (_law(sources),)),
        Question("Which risks are known, and who answers for them?", _risks(sources)),
        Question("Has anything gone wrong?", (incident(sources),)),
    )


def _rows(sources: Sources) -> Statement:
    record = sources.records.get("audit")
    if record is None or record.audit is None:
        return unanswered("how many rows there are, and what is wrong with them", run="shipworthy audit")
    rows = counted(record.audit.rows, "/audit/rows")
    return evidence(rows, f" rows of {len(record.audit.columns)} columns.", record=record.id)


def _rights(sources: Sources) -> tuple[Statement, ...]:
    """What product.yaml says of the data, each with its title."""
    return tuple(
        assumption(f"{title}: ", each.words) if each.standing == "assumption" else each
        for title, each in said.data(sources.product)
    )


def _groups(sources: Sources) -> tuple[Statement, ...]:
    """The criteria of fairness, for each protected column."""
    product = sources.judged
    if not product.protected:
        return (unanswered("which groups must be treated alike", "protected", run="shipworthy decide"),)
    if sources.decided is None:
        return (unanswered("how groups compare", run="shipworthy decide"),)
    record, evaluation, _ = sources.decided
    found = [
        evidence(
            sentence(
                f"Between groups of {each.columns}, {row.name[:1].lower()}{row.name[1:]}: ", row.measured, "."
            ),
            record=record.id,
        )
        for each in fairness(product, evaluation, sources.candidate)
        for row in each.criteria
    ]
    bases = [f"{each.column} ({each.basis})" for each in product.protected if each.basis]
    held = (assumption(f"Held to test this: {listed(bases)}."),) if bases else ()
    return (*found, *held) or (unanswered("how groups compare", run="shipworthy decide"),)


def _law(sources: Sources) -> Statement:
    record = sources.records.get("risks")
    if record is None or record.register is None:
        return unanswered("which duties the EU AI Act brings", "triage", run=RISKS)
    told = f"EU AI Act: {tier_words(record.register.triage)}. This is not legal advice."
    return evidence(told, record=record.id)


def _risks(sources: Sources) -> tuple[Statement, ...]:
    """Every triggered risk with its owner."""
    record = sources.records.get("risks")
    if record is None or record.register is None:
        return (*said.risks(sources.product), unanswered("which of the usual risks are there", run=RISKS))
    found = record.register.of("triggered")
    told = tuple(
        evidence(
            f"{row.name}: {row.why.rstrip('.')}. {f'{row.owner} answers for it.' if row.owner else 'Nobody answers for it.'}",
            record=record.id,
        )
        for row in found
    )
    unknown = len(record.register.of("not_measured"))
    rest = evidence(f"{unknown} risks are not measured: the risk register names them.", record=record.id)
    return (*told, rest) if unknown else told
