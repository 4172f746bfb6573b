"""Decide: the verdicts again with the error shared between the candidates, and the answer."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from shipworthy.decide import decide as decision_of
from shipworthy.evidence import Record
from shipworthy.store import append, records
from shipworthy.workbench.clock import now
from shipworthy.workbench.evaluate import count, evaluation_of, provenance
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
    counted = count(session, progress)
    eligible = sum(each.facts.eligible for each in counted)
    evaluation = evaluation_of(session, counted, max(eligible, 1))
    inputs = provenance(session, counted)
    earlier = [
        record
        for record in records(opened.workspace)
        if record.verb in ("evaluate", "decide") and record.evaluation
    ]
    looks = _looks(earlier, session.fingerprint)
    noted = replace(
        evaluation,
        decision=decision_of(opened.product, evaluation),
        notes=(*evaluation.notes, *_shared(eligible), *looks),
    )
    parent = next(
        (
            record.id
            for record in reversed(earlier)
            if record.verb == "evaluate" and record.provenance.fingerprint == inputs.fingerprint
        ),
        None,
    )
    record = Record("decide", now(), inputs, noted, parent=parent)
    append(opened.workspace, record)
    return record


def _shared(eligible: int) -> tuple[str, ...]:
    if eligible < 2:
        return ()
    return (
        f"the error of a wrong verdict is shared between {eligible} candidates, so each claim is judged at {1 - 0.05 / eligible:.2%} where it asks for 95 %",
    )


def _looks(earlier: list[Record], fingerprint: str) -> tuple[str, ...]:
    """How often these test rows were judged under other requirements or other candidates: each such look spends their worth."""
    bases = {
        (record.provenance.spec_hash, str(sorted(record.provenance.models.items())))
        for record in earlier
        if record.provenance.data[0].fingerprint == fingerprint
    }
    if len(bases) < 2:
        return ()
    return (
        f"these test rows have been judged {len(bases)} times with different requirements or candidates; the stated error holds for the first look only, so fresh labels are due before a decision rests on them",
    )
