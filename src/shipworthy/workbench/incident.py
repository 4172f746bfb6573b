"""Incident: a bias incident, step by step, each step an append-only record that holds all steps before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from shipworthy.errors import InputError
from shipworthy.evidence import Incident, IncidentStep, Provenance, Record
from shipworthy.risk.clocks import clocks
from shipworthy.risk.learning import suggestion
from shipworthy.risk.playbook import answers, prove_turn, step_named, with_step
from shipworthy.risk.triage import triage
from shipworthy.store import append
from shipworthy.workbench.clock import now
from shipworthy.workbench.incidents.claim import claim_about, claim_of, default_claim
from shipworthy.workbench.incidents.evidence import Evidence, evidence_of
from shipworthy.workbench.risks import newest_incidents, seen
from shipworthy.workbench.version import CODE_VERSION

if TYPE_CHECKING:
    from shipworthy.workbench.product import Opened


@dataclass(frozen=True)
class Taken:
    """A step as a person takes it.

    Attributes:
        step: its name.
        said: the answers to its questions: one for all, or one for each.
        name: who takes it.
        evidence: the record that it rests on; None for the newest evaluation.
        because: why it cannot wait for its turn.
        about: the requirement that the incident is about, where that was not said yet.
        candidate: whose answers, where they are others than before.
        number: of the incident; None for the newest.
    """

    step: str
    said: Sequence[str]
    name: str
    evidence: str | None = None
    because: str = ""
    about: str | None = None
    candidate: str | None = None
    number: int | None = None


def open_incident(
    opened: Opened,
    what: str,
    name: str,
    *,
    about: str | None = None,
    candidate: str | None = None,
    drill: bool = False,
) -> Record:
    """Open an incident with what was said, and keep its first record.

    Raises:
        InputError: nothing was said, or no requirement or candidate is called so.
    """
    if not what.strip():
        remedy = 'Write what was said, in its words: --open "You refuse us more often than others"'
        raise InputError("incident.say", "an incident is opened with what was said", remedy=remedy)
    time, law = now(), triage(opened.product)
    found = seen(opened, time)
    claim = claim_about(opened, about) if about else default_claim(found)
    whose = _candidate(opened, candidate) or found.candidate or ""
    number = len(found.incidents) + 1
    incident = Incident(
        number, what.strip(), time, _named(name), whose, claim, drill, () if drill else clocks(law, time)
    )
    return _kept(opened, incident, time, None)


def take_step(opened: Opened, taken: Taken) -> Record:
    """Take one step of an incident, with what records say of it, and keep it.

    Raises:
        InputError: there is no open incident, it is not the step's turn, or what it must bring is missing.
    """
    before = newest(opened, taken.number)
    incident, step = _incident(before), step_named(taken.step)
    prove_turn(incident, step, taken.because)
    said = answers(step, taken.said)
    if taken.about:
        incident = replace(incident, claim=claim_about(opened, taken.about))
    if taken.candidate:
        incident = replace(incident, candidate=_candidate(opened, taken.candidate) or "")
    found = evidence_of(opened, incident, step, taken.evidence)
    time = now()
    early = taken.because.strip() if step != incident.next_step else ""
    done = with_step(incident, _step(found, IncidentStep(step, time, _named(taken.name), said, early=early)))
    if step == "learn":
        line = suggestion(done, claim_of(opened, done.claim), opened.product.owner or taken.name)
        done = replace(done, suggestion=line)
    return _kept(opened, done, time, before, found)


def _step(found: Evidence, step: IncidentStep) -> IncidentStep:
    return replace(
        step,
        figures=found.figures,
        sizes=found.sizes,
        records=found.records,
        verdict=found.verdict,
        notes=found.notes,
    )


def newest(opened: Opened, number: int | None = None) -> Record:
    """The newest record of an incident; of the newest open one (else the newest) where no number is given.

    Raises:
        InputError: there is none.
    """
    found = newest_incidents(opened)
    if not found:
        remedy = 'Open one with what was said: --open "…" --as NAME'
        raise InputError("incident.none", "no incident is on record", remedy=remedy)
    if number is None:
        still = [record for record in found if not _incident(record).closed]
        return (still or found)[-1]
    numbered = {_incident(record).number: record for record in found}
    if number not in numbered:
        known = ", ".join(map(str, numbered))
        raise InputError("incident.none", f"there is no incident {number}", remedy=f"Known: {known}.")
    return numbered[number]


def exit_code(found: Incident) -> int:
    """1: the newest step measured again, and the claim is missed. 3: it is undecided. Else 0."""
    last = found.steps[-1] if found.steps else None
    if last is None or last.step != "re-measure":
        return 0
    return {"met": 0, "missed": 1, "undecided": 3}.get(last.verdict, 0)


def _incident(record: Record) -> Incident:
    if record.incident is None:
        message = f"{record.id} holds no incident, though its verb is incident"
        raise InputError("record.corrupt", message, remedy="Restore the file from a backup.")
    return record.incident


def _candidate(opened: Opened, name: str | None) -> str | None:
    """The candidate of this name.

    Raises:
        InputError: `incident.candidate` where there is none.
    """
    if name is None or name in opened.product.candidates:
        return name
    from shipworthy.errors import did_you_mean

    advice = did_you_mean(name, opened.product.candidates)
    raise InputError("incident.candidate", f"no candidate is called {name!r}", remedy=advice)


def _named(name: str) -> str:
    """A name on one line.

    Raises:
        InputError: `incident.name` where there is none.
    """
    found = " ".join(name.split())
    if not found or not found.isprintable():
        message = f"{name!r} is no name: who takes a step stands beside it"
        raise InputError("incident.name", message, remedy="Write who you are: --as NAME")
    return found


def _kept(
    opened: Opened, incident: Incident, time: str, before: Record | None, found: Evidence | None = None
) -> Record:
    inputs = Provenance(opened.spec_hash, found.data if found else (), {}, CODE_VERSION, 0, "none")
    record = Record("incident", time, inputs, parent=before.id if before else None, incident=incident)
    append(opened.workspace, record)
    return record
