"""Risks: the register as records measure it, the tier of the law, and the card of ethics; kept as a record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shipworthy.evidence import Provenance, Record
from shipworthy.risk import Seen, register
from shipworthy.store import append, latest, records
from shipworthy.workbench.clock import now
from shipworthy.workbench.version import CODE_VERSION

if TYPE_CHECKING:
    from shipworthy.evidence import RiskRegister
    from shipworthy.workbench.product import Opened


def risks(opened: Opened) -> Record:
    """Measure every risk by the newest records, keep the register as a record, and return it.

    Raises:
        InputError: a record on the way is unreadable or was altered, or the workspace cannot be written.
    """
    found = seen(opened, now())
    before = found.evaluation.provenance if found.evaluation else None
    inputs = Provenance(
        opened.spec_hash,
        before.data if before else (),
        before.models if before else {},
        CODE_VERSION,
        0,
        "none",
    )
    parent = found.evaluation.id if found.evaluation else None
    record = Record("risks", found.time, inputs, parent=parent, register=register(found))
    append(opened.workspace, record)
    return record


def seen(opened: Opened, time: str) -> Seen:
    """The product with the newest record of each verb that measures a risk."""
    audit, evaluation, framing, decision = (
        latest(opened.workspace, verb) for verb in ("audit", "evaluate", "frame", "decide")
    )
    return Seen(
        opened.product, opened.spec_hash, time, audit, evaluation, framing, decision, newest_incidents(opened)
    )


def newest_incidents(opened: Opened) -> tuple[Record, ...]:
    """The newest record of each incident, by its number."""
    found = {
        record.incident.number: record
        for record in records(opened.workspace, "incident")
        if record.incident is not None
    }
    return tuple(found[number] for number in sorted(found))


def exit_code(found: RiskRegister) -> int:
    """1: the use is prohibited, or a triggered risk has no owner or no response. Else 0."""
    return 1 if found.triage.tier == "prohibited" or any(row.unowned for row in found.rows) else 0
