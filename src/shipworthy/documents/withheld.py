"""What redaction takes from records by what they are: names of people who signed or handled an incident, and their words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from shipworthy.evidence import Incident, IncidentStep, Record, Signature
    from shipworthy.evidence.explanation import Explanation


def people(records: Iterable[Record]) -> Iterator[str]:
    """The names of people that stand in signatures and incidents; a name may occur twice."""
    for record in records:
        if record.signature is not None:
            yield from _signers(record.signature)
        if record.incident is not None:
            yield record.incident.by
            yield from (step.by for step in record.incident.steps)


def _signers(found: Signature) -> Iterator[str]:
    yield from (name for name in (found.by, found.kill_switch) if name)
    yield from (each.name for each in found.dissent)


def without_words(record: Record, instead: str) -> dict[str, Any]:
    """The parts of a record that hold people's own words or single rows, without them; `instead` stands in their place."""
    parts = {
        "incident": _incident(record.incident, instead) if record.incident else None,
        "explanation": _explanation(record.explanation) if record.explanation else None,
    }
    return {name: part for name, part in parts.items() if part is not None}


def _incident(found: Incident, instead: str) -> Incident:
    """An incident whose numbers and times stay, and whose texts are withheld."""
    return replace(found, what=instead, steps=tuple(_step(each, instead) for each in found.steps))


def _step(found: IncidentStep, instead: str) -> IncidentStep:
    said = tuple(replace(each, answer=instead) for each in found.said)
    return replace(found, said=said, early=instead if found.early else "")


def _explanation(found: Explanation) -> Explanation:
    """An explanation without the row that it looked at and the answers that it quotes."""
    candidates = tuple(replace(each, row=None, mistakes=None, instead=()) for each in found.candidates)
    return replace(found, candidates=candidates)
