"""What records say at each step of an incident: the gap at first, who is hit, and the gap after the fix."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from shipworthy.errors import InputError
from shipworthy.risk.claims import unclaimed
from shipworthy.risk.measured import figure_of
from shipworthy.risk.sizing import inner, sizes
from shipworthy.store import latest, load
from shipworthy.workbench.incidents.claim import claim_of

if TYPE_CHECKING:
    from shipworthy.evidence import DataFacts, Incident, Record, RiskFigure, Sized, Verdict
    from shipworthy.evidence.incident import StepName
    from shipworthy.evidence.values import Answer
    from shipworthy.spec.language import Requirement
    from shipworthy.workbench.product import Opened

MEASURED = ("verify", "size", "re-measure")
"""Steps that an evaluation speaks at without being asked."""


@dataclass(frozen=True)
class Evidence:
    """What records say at a step; empty where none speaks."""

    figures: tuple[RiskFigure, ...] = ()
    sizes: tuple[Sized, ...] = ()
    records: tuple[str, ...] = ()
    verdict: Answer | Literal[""] = ""
    notes: tuple[str, ...] = ()
    data: tuple[DataFacts, ...] = ()


def evidence_of(opened: Opened, incident: Incident, step: StepName, named: str | None) -> Evidence:
    """What the named record, else the newest evaluation, says at a step.

    Raises:
        InputError: `incident.evidence` where the record cannot serve, `incident.claim` where nothing says what is to be
            measured again, or a record is unknown or unreadable.
    """
    if step not in MEASURED:
        return Evidence(records=(load(opened.workspace, named).id,)) if named else Evidence()
    record = load(opened.workspace, named) if named else latest(opened.workspace, "evaluate")
    if step == "re-measure":
        record = _after_the_fix(incident, record)
    if record is None:
        note = "nothing was evaluated: this rests on words alone"
        return Evidence(notes=(note,))
    if record.evaluation is None:
        message = f"{record.id} holds no evaluation"
        raise InputError(
            "incident.evidence", message, remedy="Name one of: shipworthy records --verb evaluate"
        )
    claim = claim_of(opened, incident.claim)
    found = _found(opened, incident, record, claim, step)
    if step == "re-measure" and not found.verdict:
        message = f"{record.id} says nothing of {incident.claim} for {incident.candidate or 'any candidate'}"
        remedy = "Evaluate the present product.yaml; name the candidate that has the fix with --candidate."
        raise InputError("incident.evidence", message, remedy=remedy)
    return found


def _after_the_fix(incident: Incident, record: Record | None) -> Record:
    """The record, where it can say what the fix did."""
    fix = incident.last("fix")
    if not incident.claim:
        message = "nothing says what is to be measured again"
        remedy = "Name the requirement of product.yaml: --about REQUIREMENT"
        raise InputError("incident.claim", message, remedy=remedy)
    if record is None or (fix is not None and record.time <= fix.time):
        what = "there is no evaluation" if record is None else f"{record.id} is older than the fix"
        message = f"{what}: only a measurement after the fix shows what it did"
        raise InputError(
            "incident.evidence",
            message,
            remedy="Evaluate what has the fix, then take this step again.",
            next_command="shipworthy evaluate",
        )
    return record


def _found(
    opened: Opened, incident: Incident, record: Record, claim: Requirement | None, step: StepName
) -> Evidence:
    if claim is None or record.evaluation is None or not incident.candidate:
        why = "no requirement" if claim is None else "no candidate"
        return Evidence(
            records=(record.id,),
            notes=(f"{why} is named, so nothing was read from it",),
            data=record.provenance.data,
        )
    verdict = _verdict(record, incident)
    figure = figure_of(verdict, claim, record.id) if verdict else None
    hit = _sizes(opened, incident, record, claim) if step == "size" else ()
    return Evidence(
        (*((figure,) if figure else ()), *(() if step == "size" else _rates(record, incident, claim))),
        hit,
        (record.id,),
        verdict.verdict if verdict and step != "size" else "",
        tuple(_notes(opened, incident, record, step, hit)),
        record.provenance.data,
    )


def _verdict(record: Record, incident: Incident) -> Verdict | None:
    found = record.evaluation.rolled_up(incident.candidate) if record.evaluation else ()
    return next((each for each in found if each.requirement == incident.claim), None)


def _sizes(opened: Opened, incident: Incident, record: Record, claim: Requirement) -> tuple[Sized, ...]:
    known = {each.name for each in record.evaluation.candidates} if record.evaluation else set()
    if record.evaluation is None or incident.candidate not in known:
        return ()
    return sizes(record.evaluation, record.id, incident.candidate, claim, opened.product.value)


def _rates(record: Record, incident: Incident, claim: Requirement) -> tuple[RiskFigure, ...]:
    """The rate of each group and of everybody, which the claim compares."""
    metric, columns = inner(claim)
    if record.evaluation is None:
        return ()
    return tuple(
        unclaimed(each, record.id)
        for each in record.evaluation.estimates
        if (each.candidate, each.metric) == (incident.candidate, metric)
        and set(each.slice) in (set(), set(columns))
        and each.value is not None
    )


def _notes(
    opened: Opened, incident: Incident, record: Record, step: StepName, hit: tuple[Sized, ...]
) -> tuple[str, ...]:
    notes = []
    if record.provenance.spec_hash != opened.spec_hash:
        notes.append("measured before product.yaml changed")
    if step == "size" and not hit:
        notes.append("the evaluation holds no shares of cases for this requirement, so nobody is counted")
    if step == "size" and hit and hit[0].per_month is None:
        notes.append("value.volume is not stated, so nothing is said by the month")
    first = incident.last("verify")
    if step == "re-measure" and first and record.id in first.records:
        notes.append("the same record as before the fix")
    if step == "re-measure" and first and first.records:
        notes.append(_same_rows(opened, first.records[0], record))
    return tuple(note for note in notes if note)


def _same_rows(opened: Opened, before: str, record: Record) -> str:
    """A warning where the fix was measured on the rows that showed the gap."""
    earlier = load(opened.workspace, before)
    if earlier.provenance.data == record.provenance.data:
        return "measured on the same rows as before: a fix that was fitted to them looks better than it is"
    return ""
