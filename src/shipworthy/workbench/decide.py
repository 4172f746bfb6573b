"""Decide: the verdicts again with the error shared between the candidates, and the answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from shipworthy.decide import decision_of
from shipworthy.evidence import Economics, Evaluation, Provenance, Record
from shipworthy.store import append, records
from shipworthy.workbench.audit import audited, fresh_audit
from shipworthy.workbench.clock import now
from shipworthy.workbench.evaluate import Counted, count, evaluation_of, provenance
from shipworthy.workbench.past import kept_text
from shipworthy.workbench.session import Session

if TYPE_CHECKING:
    from shipworthy.workbench.product import Opened
    from shipworthy.workbench.train import Progress


def decide(opened: Opened, progress: Progress) -> Record:
    """Judge every candidate at its share of the error, decide, keep the record, and return it.

    Raises:
        InputError: the product or its data is wrong.
        OutsideError: a database failed.
    """
    session = Session(opened)
    data = claims_of_data(session, progress)
    return decided(session, count(session, progress), data)


def claims_of_data(session: Session, progress: Progress) -> Record | None:
    """The fresh audit, where product.yaml makes claims about the data; one is made, and said so, where there is none."""
    if not session.opened.claims_data:
        return None
    found = fresh_audit(session)
    if found is None:
        progress("no fresh audit: auditing first")
    return found or audited(session, progress)


def decided(session: Session, counted: Sequence[Counted], data: Record | None = None) -> Record:
    """The kept record of a decision between candidates that were counted, and what an audit of the data says against it."""
    workspace = session.opened.workspace
    eligible = sum(each.facts.eligible for each in counted)
    evaluation = evaluation_of(session, counted, max(eligible, 1))
    inputs = provenance(session, counted)
    earlier = [each for each in records(workspace) if each.verb in ("evaluate", "decide") and each.evaluation]
    parents = [
        each.id
        for each in earlier
        if each.verb == "evaluate" and each.provenance.fingerprint == inputs.fingerprint
    ]
    audit = data.audit if data is not None and session.opened.claims_data else None
    decision = decision_of(session.product, evaluation, audit)
    evidence = replace(
        evaluation,
        decision=decision,
        notes=(*evaluation.notes, *_shared(eligible)),
    )
    parent = parents[-1] if parents else None
    facts = {"looks": _looks(earlier, inputs, evaluation), "product_yaml": kept_text(session.opened.text)}
    facts |= {"audit": data.id} if data else {}
    time = now()
    record = Record(
        "decide", time, inputs, evidence, facts, parent, economics=_economics(session, evidence, time)
    )
    append(workspace, record)
    return record


def _economics(session: Session, evaluation: Evaluation, time: str) -> Economics | None:
    """Money and time, where product.yaml speaks of them."""
    product = session.product
    if product.build_or_buy is None and product.roadmap is None:
        return None
    from shipworthy.workbench.economics import economics

    return economics(session, evaluation, time)


def _shared(eligible: int) -> tuple[str, ...]:
    if eligible < 2:
        return ()
    return (
        f"the error of a wrong verdict is shared between {eligible} candidates, so each claim is judged at {100 - 5 / eligible:.4g} % where it asks for 95 %",
    )


def _looks(earlier: Sequence[Record], inputs: Provenance, evaluation: Evaluation) -> int:
    """How often these test rows were judged, each set of claims and candidates once; the stated error holds for the first."""
    same_data = [
        each.evaluation for each in earlier if each.provenance.data == inputs.data and each.evaluation
    ]
    return len({_judged(each) for each in (*same_data, evaluation)})


def _judged(evaluation: Evaluation) -> tuple[frozenset[str], frozenset[tuple[object, ...]]]:
    """Which claims were judged, of which candidates at which thresholds."""
    claims = frozenset(verdict.requirement for verdict in evaluation.verdicts)
    return claims, frozenset(
        (each.name, each.version, each.threshold, each.review_from, *sorted(each.thresholds.items()))
        for each in evaluation.candidates
    )
