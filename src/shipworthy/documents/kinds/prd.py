"""The requirements document: the problem, what must be true, on what data, and what is known of it by now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from shipworthy.documents import answer, said
from shipworthy.documents.figure import Sentence, counted, of_record, sentence
from shipworthy.documents.statement import Statement, assumption, evidence, unanswered
from shipworthy.documents.tables import RequirementRow, requirement_rows
from shipworthy.documents.wording import plural
from shipworthy.evidence.framing import Framing

if TYPE_CHECKING:
    from shipworthy.documents.sources import Sources
    from shipworthy.spec.claim import Requirement
    from shipworthy.spec.model import Product

Titled = tuple[tuple[str, Statement], ...]


@dataclass(frozen=True)
class Wanted:
    """One requirement: its text, how sure it must be, who answers for it, what happens otherwise, and what was found."""

    text: str
    confidence: str
    owner: str
    otherwise: str
    verdict: str
    measured: tuple[Sentence, ...]


@dataclass(frozen=True)
class Prd:
    """What the requirements document shows; a team's own templates may name the same fields."""

    name: str
    owner: Statement
    standing: Statement
    problem: Titled
    framing: Statement
    feature: Statement
    undoing: Statement
    money: tuple[Statement, ...]
    judged: Statement
    requirements: tuple[Wanted, ...]
    outside: Statement
    data: Titled
    rows: Statement
    groups: Statement
    candidates: tuple[tuple[str, str], ...]
    risks: tuple[Statement, ...]
    launch: Titled
    would_change: tuple[Statement, ...]
    open: tuple[Statement, ...]


def view(sources: Sources) -> Prd:
    """What the requirements document shows; nothing but product.yaml is needed."""
    product = sources.product
    fields = {
        "name": product.product,
        "owner": said.owner(product),
        "standing": standing(sources),
        "problem": said.problem(product),
        "framing": framing(sources),
        "feature": said.feature(product),
        "undoing": said.undoing(product),
        "money": said.money(product),
        "judged": _judged(sources),
        "requirements": wanted(sources),
        "outside": unanswered("what it will not do"),
        "data": said.data(product),
        "rows": _rows(sources),
        "groups": said.groups(product),
        "candidates": tuple((name, how(product, name)) for name in product.candidates),
        "risks": said.risks(product),
        "launch": said.launching(product),
        "would_change": _would_change(sources),
    }
    return Prd(**fields, open=_open(fields))  # type: ignore[arg-type]  # named one by one above


def standing(sources: Sources) -> Statement:
    """Where the product stands: the decision in one sentence, or that there is none."""
    if sources.decided is None:
        return unanswered("whether it is fit to ship", run="shipworthy decide")
    record, evaluation, decision = sources.decided
    return evidence(answer.headline(evaluation, decision), record=record.id)


def framing(sources: Sources) -> Statement:
    """What `frame` answered, or that nobody asked it."""
    record = sources.records.get("frame")
    if record is None or not isinstance(record.framing, Framing):
        return unanswered("whether a model should decide this at all", run="shipworthy frame")
    from shipworthy.documents.framing import headline

    found = record.framing
    return evidence(f"{headline(found)}: {found.because.rstrip('.')}.", record=record.id)


def _judged(sources: Sources) -> Statement:
    """What the table of requirements rests on."""
    amount = plural(len(sources.product.requirements), "claim")
    if sources.decided is None or sources.candidate is None:
        return assumption(f"{amount}, stated in product.yaml and not judged yet.")
    record = sources.decided[0]
    return evidence(
        f"{amount}, stated in product.yaml; verdicts are those of {sources.candidate}.", record=record.id
    )


def wanted(sources: Sources) -> tuple[Wanted, ...]:
    """Every requirement with what was found of the candidate in question, or of the data."""
    found: dict[str, RequirementRow] = {}
    record_id = ""
    if sources.decided and sources.candidate:
        record, evaluation, _ = sources.decided
        record_id = record.id
        found = {row.text: row for row in requirement_rows(sources.judged, evaluation, sources.candidate)}
    return tuple(_wanted(each, found.get(each.text), record_id) for each in sources.product.requirements)


def _wanted(claim: Requirement, row: RequirementRow | None, record: str) -> Wanted:
    signs = {"met": "✓ met", "missed": "✕ missed", "undecided": "? undecided"}
    return Wanted(
        claim.text,
        f"{100 * claim.confidence:g} %",
        claim.owner or "",
        claim.otherwise or "",
        signs[row.verdict] if row else "not judged",
        tuple(of_record(part, record) for part in row.measured) if row else (),
    )


def _rows(sources: Sources) -> Statement:
    record = sources.records.get("audit")
    if record is not None and record.audit is not None:
        rows = counted(record.audit.rows, "/audit/rows")
        return evidence(rows, f" rows of {len(record.audit.columns)} columns.", record=record.id)
    if sources.decided is not None:
        record, evaluation, _ = sources.decided
        parts = [
            sentence(counted(each.labelled, f"/splits/{at}/labelled"), f" labelled rows of {each.name}")
            for at, each in enumerate(evaluation.splits)
        ]
        joined = [part for each in parts for part in (each, "; ")][:-1]
        return evidence(*joined, ".", record=record.id)
    return unanswered("how many rows there are", run="shipworthy audit")


def how(product: Product, candidate: str) -> str:
    """What a candidate is, in a few words."""
    given = product.candidates[candidate]
    if given.rule is not None:
        return "a rule over the columns"
    if given.train is not None:
        return f"a trained model ({given.train.replace('_', ' ')})"
    if given.chat is not None:
        return f"a chat model ({given.chat.model})"
    if given.cascade is not None:
        return f"{given.cascade.first}, and {given.cascade.then} for what it is unsure of"
    return "predictions that somebody recorded"


def _would_change(sources: Sources) -> tuple[Statement, ...]:
    if sources.decided is None:
        return ()
    record, _, decision = sources.decided
    return tuple(evidence(change, record=record.id) for change in decision.would_change)


def _open(fields: dict[str, object]) -> tuple[Statement, ...]:
    """Every statement of the document that is open."""
    return tuple(each for value in fields.values() for each in _statements(value) if each.standing == "open")


def _statements(value: object) -> list[Statement]:
    if isinstance(value, Statement):
        return [value]
    return [found for each in value for found in _statements(each)] if isinstance(value, tuple) else []
