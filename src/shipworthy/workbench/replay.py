"""Replay: one past decision taken again from its record, with what was known then and what changed since."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from shipworthy.decide import decision_of
from shipworthy.errors import InputError, Problem, ShipworthyError
from shipworthy.evidence import Decision, Evaluation, Record, Signature, Verdict
from shipworthy.history import Inputs, StaleVerdict, stale_verdicts
from shipworthy.query.engine import without_password
from shipworthy.store import Sealed, records, sealed, sealed_records
from shipworthy.store.records import named_file
from shipworthy.workbench.answering import present_versions
from shipworthy.workbench.attacking import attack_versions
from shipworthy.workbench.graders import own_graders
from shipworthy.workbench.past import changes_since, claims_data, of_candidates, past_of
from shipworthy.workbench.session import Session
from shipworthy.workbench.version import CODE_VERSION

if TYPE_CHECKING:
    from shipworthy.spec.model import Product
    from shipworthy.workbench.product import Opened


@dataclass(frozen=True)
class Replay:
    """One past decision: what its record says, what the same evidence gives today, and what is no longer as it was.

    `again` is None where it cannot be taken again, for the reason in `lacking`. `chain` holds the record and those that it
    rests on. `asked` tells the model and the endpoint of each chat candidate. `changes` are lines of product.yaml, `stale` the verdicts that would have to be judged again, `unseen` what
    cannot be looked at today.
    """

    record: Record
    decision: Decision
    again: Decision | None
    lacking: str
    chain: tuple[Sealed, ...]
    asked: Mapping[str, str]
    signatures: tuple[tuple[str, Signature], ...]
    changes: tuple[str, ...]
    stale: tuple[StaleVerdict, ...]
    unseen: tuple[str, ...]

    @property
    def same(self) -> bool | None:
        """Whether the same evidence gives the same answer today; None where it cannot be told."""
        return None if self.again is None else self.again == self.decision

    @property
    def judged(self) -> tuple[Verdict, ...]:
        """The verdicts on whole requirements of every candidate that could ship."""
        evaluation = self.record.evaluation
        return _judged(evaluation) if evaluation else ()

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with the records that the decision rests on."""
        return tuple(each.problem for each in self.chain if each.problem)


def _judged(evaluation: Evaluation) -> tuple[Verdict, ...]:
    eligible = [facts.name for facts in evaluation.candidates if facts.eligible]
    return tuple(verdict for name in eligible for verdict in evaluation.rolled_up(name))


def replay(opened: Opened, name: str) -> Replay:
    """A decision by its id, by how that begins, or by a signature under it.

    Raises:
        InputError: there is none, or its record was altered or is missing.
    """
    record, decided, decision = _decided(opened, name)
    signed = [(each.id, each.signature) for each in records(opened.workspace, "sign") if each.signature]
    signatures = tuple((key, each) for key, each in signed if each.signed.record == record.id)
    chain = tuple(_chain(opened, record, signatures))
    again, lacking = _again(opened, record, decided, chain)
    past = past_of(opened, record)
    changes = changes_since(opened, past.product) if past.product else None
    then = Inputs(
        {each.role: each.fingerprint for each in record.provenance.data},
        record.provenance.models,
        record.provenance.code_version,
    )
    present, unseen = _present(opened)
    stale = stale_verdicts(_judged(decided), then, present, changes)
    told = (*unseen, *((past.lacking,) if past.lacking else ()))
    lines = changes.lines if changes else ()
    asked = _asked(past.product)
    return Replay(record, decision, again, lacking, chain, asked, signatures, lines, stale, told)


def _decided(opened: Opened, name: str) -> tuple[Record, Evaluation, Decision]:
    """The record that is meant, with what it decided.

    Raises:
        InputError: it is not there, not whole, or no decision.
    """
    key = named_file(opened.workspace, name).stem
    signed = [
        each.record.signature.signed
        for each in sealed_records(opened.workspace, "sign")
        if each.record and each.record.signature
    ]
    expected = next((seal.hash for seal in signed if seal.record == key), None)
    record = _whole(sealed(opened.workspace, key, expected))
    if record.signature is not None:
        seal = record.signature.signed
        record = _whole(sealed(opened.workspace, seal.record, seal.hash))
    if record.evaluation is None or record.evaluation.decision is None:
        message = f"{record.id} is a record of {record.verb}, and decisions are played again"
        remedy = "Name a record of decide or sign: shipworthy history lists them."
        raise InputError("history.decision", message, remedy=remedy, next_command="shipworthy history")
    return record, record.evaluation, record.evaluation.decision


def _whole(found: Sealed) -> Record:
    if found.record is not None:
        return found.record
    problem = found.problem or Problem("record.missing", f"the record {found.id} is missing")
    raise InputError(
        problem.code,
        problem.message,
        where=problem.where,
        remedy=problem.remedy,
        next_command="shipworthy history",
    )


def _chain(opened: Opened, record: Record, signatures: tuple[tuple[str, Signature], ...]) -> Iterator[Sealed]:
    """The record as its signatures sealed it, the evaluation and the audit that it rests on, and earlier signatures."""
    expected = signatures[-1][1].signed.hash if signatures else None
    yield sealed(opened.workspace, record.id, expected)
    for parent in (record.parent, (record.facts or {}).get("audit")):
        if parent:
            yield sealed(opened.workspace, str(parent))
    for _, signature in signatures:
        if signature.previous is not None:
            yield sealed(opened.workspace, signature.previous.record, signature.previous.hash)


def _again(
    opened: Opened, record: Record, evaluation: Evaluation, chain: tuple[Sealed, ...]
) -> tuple[Decision | None, str]:
    """The decision from the recorded verdicts by the code of today, or why there is none."""
    past = past_of(opened, record)
    if past.product is None:
        return None, past.lacking
    audit = None
    if claims_data(past.product) and (key := (record.facts or {}).get("audit")):
        found = next(each for each in chain if each.id == key)
        if found.record is None or found.record.audit is None:
            return None, f"the audit that it rests on, {key}, is {found.state}"
        audit = found.record.audit
    bare = replace(evaluation, decision=None)
    return decision_of(of_candidates(past.product), bare, audit), ""


def _asked(past: Product | None) -> Mapping[str, str]:
    """The model and the endpoint of each chat candidate of then."""
    chats = {name: each.chat for name, each in past.candidates.items() if each.chat} if past else {}
    return {name: f"{chat.model} at {without_password(chat.base_url)}" for name, chat in chats.items()}


def _present(opened: Opened) -> tuple[Inputs, tuple[str, ...]]:
    """The inputs of today as far as they can be looked at, and what cannot."""
    session = Session(opened)
    try:
        data = session.fingerprint
    except ShipworthyError as error:
        told = f"the data cannot be read today: {error.problem.message}"
        return Inputs({"examples": None}, None, CODE_VERSION), (told,)
    try:
        models = {**present_versions(session), **own_graders(session), **attack_versions(session)}
    except ShipworthyError as error:
        told = f"the versions of the candidates cannot be told today: {error.problem.message}"
        return Inputs({"examples": data}, None, CODE_VERSION), (told,)
    untrained = (name for name, version in models.items() if version is None)
    unseen = tuple(f"{name} is not trained on what is there today" for name in untrained)
    return Inputs({"examples": data}, models, CODE_VERSION), unseen
