"""One line of the history: a decision, a signature, or dissent that was added later."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from shipworthy.evidence import Decision, Dissent, Signature, SignedAnswer

Due = Literal["", "later", "overdue", "revisited"]


@dataclass(frozen=True)
class Event:
    """What happened in one record: who gave which answer for which candidate.

    `signed` names the decision under a signature. `due` says how it stands with the day to look again: it is still to
    come, it has passed, or a newer decision was signed since; "" where no day is named. `broken` says what is wrong with
    the record, or with the decision that it signs.
    """

    record: str
    time: str
    what: Literal["decision", "signature", "dissent"]
    answer: SignedAnswer | None
    candidate: str | None
    by: str | None = None
    override: bool = False
    because: tuple[str, ...] = ()
    dissent: tuple[Dissent, ...] = ()
    risks: tuple[str, ...] = ()
    kill_switch: str | None = None
    revisit: str | None = None
    signed: str | None = None
    due: Due = ""
    broken: str = ""


def decided_event(record: str, time: str, decision: Decision) -> Event:
    """The event of a decision."""
    return Event(record, time, "decision", decision.answer, decision.candidate, because=decision.because)


def signed_event(record: str, time: str, signature: Signature) -> Event:
    """The event of a signature, or of dissent alone."""
    return Event(
        record,
        time,
        "dissent" if signature.by is None else "signature",
        signature.answer,
        signature.candidate,
        signature.by,
        signature.override,
        (signature.because,) if signature.because else (),
        signature.dissent,
        signature.risks,
        signature.kill_switch,
        signature.revisit,
        signature.signed.record,
    )


def dues(events: Sequence[Event], today: str) -> tuple[Event, ...]:
    """The events, the oldest first, each with how it stands with its day to look again.

    Args:
        events: the oldest first.
        today: as YYYY-MM-DD.
    """
    return tuple(replace(event, due=_due(event, events[at + 1 :], today)) for at, event in enumerate(events))


def _due(event: Event, later: Sequence[Event], today: str) -> Due:
    if event.revisit is None:
        return ""
    if any(each.what == "signature" and (each.signed or "") > (event.signed or "") for each in later):
        return "revisited"
    return "overdue" if event.revisit <= today else "later"
