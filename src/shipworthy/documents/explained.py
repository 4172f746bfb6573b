"""Whether the answers of a candidate can be explained, as the record of `explain` has it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shipworthy.documents.figure import Scale, figure, sentence
from shipworthy.documents.statement import Statement, evidence, unanswered
from shipworthy.documents.wording import listed, number, supported_decimals

if TYPE_CHECKING:
    from shipworthy.documents.figure import Sentence
    from shipworthy.documents.sources import Sources
    from shipworthy.evidence import Record
    from shipworthy.evidence.explanation import Driver, Drivers, Explained, Mistake

MOST_DRIVERS = 3
COMMAND = "shipworthy explain"


def explained(sources: Sources, candidate: str) -> tuple[Statement, ...]:
    """What drives a candidate, its rule, or why nobody can say; open where nothing is on record of its present version."""
    record = sources.records.get("explain")
    found = _of(record, candidate)
    if record is None or found is None:
        return (unanswered(f"whether answers of {candidate} can be explained", run=COMMAND),)
    at, each = found
    if _is_old(sources, each):
        return (
            unanswered(
                f"whether answers of the present version of {candidate} can be explained", run=COMMAND
            ),
        )
    return tuple(evidence(told, record=record.id) for told in _told(each, f"/explanation/candidates/{at}"))


def mistaken(sources: Sources, candidate: str) -> tuple[Statement, ...]:
    """Some rows that it answered wrongly, by their ids; open where no explanation of its present version is on record."""
    record = sources.records.get("explain")
    found = _of(record, candidate)
    if record is None or found is None or _is_old(sources, found[1]):
        return (unanswered(f"which rows {candidate} answered wrongly", run=COMMAND),)
    mistakes = found[1].mistakes
    return tuple(evidence(_wrong(each), record=record.id) for each in mistakes.shown) if mistakes else ()


def _wrong(found: Mistake) -> str:
    score = "" if found.score is None else f" (its score is {number(found.score, 3)})"
    return f"{found.id} was answered with “{found.answer}”{score}; its label is “{found.label}”."


def _of(record: Record | None, candidate: str) -> tuple[int, Explained] | None:
    """The candidate in a record, with its place there."""
    if record is None or record.explanation is None:
        return None
    found = enumerate(record.explanation.candidates)
    return next((item for item in found if item[1].candidate == candidate), None)


def _is_old(sources: Sources, found: Explained) -> bool:
    """Whether another version was decided on than was explained."""
    if sources.decided is None:
        return False
    decided = sources.decided[1].candidates
    return any(each.name == found.candidate and each.version != found.version for each in decided)


def _told(found: Explained, path: str) -> tuple[Sentence, ...]:
    if found.cannot:
        instead = f" Instead: {found.instead[0]}" if found.instead else ""
        return ((f"No. {found.cannot}{instead}",),)
    if found.rule:
        return ((f"Yes: it is a rule, and every answer follows from it: {found.rule}",),)
    drivers = (_drivers(found.drivers, f"{path}/drivers"),) if found.drivers and found.drivers.found else ()
    return (*drivers, _reasons(found, path))


def _drivers(found: Drivers, path: str) -> Sentence:
    """The columns that it rests on most."""
    value = figure(found.value, f"{path}/value", Scale(), 3)
    shown = [_driver(each, f"{path}/found/{at}") for at, each in enumerate(found.found[:MOST_DRIVERS])]
    listed_ones = [part for each in shown for part in (*each, "; ")][:-1]
    start = f"It rests most on these columns; its {found.loss} of "
    return sentence(
        start, value, " grows by so much when their values are dealt to other rows: ", *listed_ones, "."
    )


def _driver(found: Driver, path: str) -> Sentence:
    name = listed(found.columns)
    if found.low is None or found.high is None:
        return (f"{name}, by {number(found.importance, 3)}",)
    places = min(supported_decimals(found.importance, found.low, found.high), 6)
    value = figure(found.importance, f"{path}/importance", Scale(), places)
    low = figure(found.low, f"{path}/low", Scale(), places, "down")
    high = figure(found.high, f"{path}/high", Scale(), places, "up")
    return sentence(f"{name}, by ", value, " (", low, " to ", high, ")")


def _reasons(found: Explained, path: str) -> Sentence:
    """Whether the reasons of single answers can be trusted."""
    reasons = found.row.reasons if found.row else None
    if reasons is None:
        return (f"Reasons of one answer: {COMMAND} --row ID gives them where they can be trusted.",)
    if reasons.withheld:
        return (f"Of the one answer that was looked at, reasons are withheld: {reasons.withheld}",)
    scale = Scale(100.0, 0.0, "%")
    stable = figure(reasons.stability, f"{path}/row/reasons/stability", scale, 0)
    faithful = figure(reasons.fidelity, f"{path}/row/reasons/fidelity", scale, 0)
    start = "Of the one answer that was looked at, reasons could be given: stability "
    return sentence(start, stable, ", fidelity ", faithful, ".")
