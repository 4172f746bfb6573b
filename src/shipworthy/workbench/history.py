"""History: every decision and signature of a workspace, and one of them played again with what was known then."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from shipworthy.errors import Problem
from shipworthy.history import Event, decided_event, dues, signed_event
from shipworthy.store import Sealed, sealed, sealed_records
from shipworthy.workbench.clock import now

if TYPE_CHECKING:
    from shipworthy.evidence import Record
    from shipworthy.workbench.product import Opened


@dataclass(frozen=True)
class History:
    """The events of a workspace, the oldest first, and every record that was altered or is missing."""

    events: tuple[Event, ...]
    problems: tuple[Problem, ...]


def history(opened: Opened, *, due: bool = False) -> History:
    """Who decided what and when; with `due`, only what should be looked at again by now.

    Records that were altered or are missing are told, and nothing is written.
    """
    found = sealed_records(opened.workspace, "decide", "sign")
    problems = {each.id: each.problem for each in found if each.problem}
    for each in found:
        problems |= _gone(opened, each.record)
    events = dues([event for each in found for event in _events(opened, each)], now()[:10])
    shown = tuple(event for event in events if event.due == "overdue" or not due)
    return History(shown, tuple(problems.values()))


def _events(opened: Opened, found: Sealed) -> list[Event]:
    """The event of one record; one that was altered stands in its place without what it says."""
    record = found.record
    if record is None:
        what = "decision" if "-decide-" in found.id else "signature"
        return [replace(_unreadable(found.id), what=what)]  # type: ignore[arg-type] # one of the two words
    if record.signature is not None:
        event = signed_event(record.id, record.time, record.signature)
        signed = sealed(opened.workspace, record.signature.signed.record, record.signature.signed.hash)
        return [replace(event, broken="" if signed.state == "kept" else f"what it signs is {signed.state}")]
    if record.evaluation is None or record.evaluation.decision is None:
        return []
    return [decided_event(record.id, record.time, record.evaluation.decision)]


def _unreadable(record_id: str) -> Event:
    """The event of a record that cannot be trusted: its id says when it was."""
    day, _, rest = record_id.partition("T")
    time = f"{day[:4]}-{day[4:6]}-{day[6:]}T{rest[:2]}:{rest[2:4]}:{rest.partition('-')[0][4:]}"
    return Event(record_id, time, "decision", None, None, broken="altered")


def _gone(opened: Opened, record: Record | None) -> dict[str, Problem]:
    """What a signature speaks of and that is no longer what was signed, by its id."""
    if record is None or record.signature is None:
        return {}
    seals = [each for each in (record.signature.signed, record.signature.previous) if each]
    found = [sealed(opened.workspace, each.record, each.hash) for each in seals]
    return {each.id: each.problem for each in found if each.problem}
