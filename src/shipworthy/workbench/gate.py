"""Gate: the decision of today held against the newest one that was signed, for a machine that merges or not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from shipworthy.decide import blocks, data_blocks, standing_of
from shipworthy.errors import InputError, did_you_mean
from shipworthy.evidence import Evaluation, Record, Verdict
from shipworthy.gate import (
    SHARES,
    Gated,
    Shift,
    Watched,
    Yardstick,
    checks,
    dropped,
    exit_code,
    shifts,
    watched,
)
from shipworthy.store import fresh, records, sealed
from shipworthy.workbench.answering import expected_versions
from shipworthy.workbench.check import prove_ready
from shipworthy.workbench.clock import now
from shipworthy.workbench.comparing import read_margins
from shipworthy.workbench.decide import claims_of_data, decided
from shipworthy.workbench.evaluate import count, judged, provenance_of
from shipworthy.workbench.past import past_of
from shipworthy.workbench.session import Session

if TYPE_CHECKING:
    from shipworthy.workbench.product import Opened
    from shipworthy.workbench.train import Progress

MARGIN = 0.01
"""How much worse a share may be than when it was signed, where nobody says."""


def gate(opened: Opened, progress: Progress, margins: Sequence[str] = ()) -> Gated:
    """Decide today, or take the fresh decision, and hold it against the newest signature that ships.

    Args:
        opened: the product.
        progress: hears each step.
        margins: how much worse still passes: `0.01` for every share, `recall=0.01` for one metric.

    Raises:
        InputError: the product or its data is wrong, or what was signed was altered or is missing.
        OutsideError: a database failed.
    """
    session, given = Session(opened), _margins(margins)
    yardstick = yardstick_of(opened)
    prove_ready(session)
    metrics = watched(session.questions.claims, given)
    _prove_margins(given, [each.metric for each in metrics])
    audit = claims_of_data(session, progress)
    decision = _decision(session, audit, progress)
    blocked = [each.message for each in blocks(session.product)]
    blocked += [each.message for each in data_blocks(audit.audit)] if audit and audit.audit else []
    return _held_against(opened, decision, yardstick, metrics, tuple(blocked))


def _held_against(
    opened: Opened,
    decision: Record,
    yardstick: Yardstick | None,
    metrics: Sequence[Watched],
    blocked: tuple[str, ...],
) -> Gated:
    """The decision of today beside the signature."""
    evaluation = decision.evaluation
    if evaluation is None:
        raise ValueError("a decision without an evaluation")
    eligible = [facts.name for facts in evaluation.candidates if facts.eligible]
    signed = yardstick.signature.candidate if yardstick else None
    candidate = signed if signed in eligible else None
    at_stake = [candidate] if candidate else _at_stake(evaluation, eligible)
    missed = [(name, each.requirement) for name in eligible for each in _missed(evaluation, name)]
    found = checks(evaluation, at_stake, missed, _accepted(yardstick), _verdicts(yardstick), _lines(opened))
    moved: tuple[Shift, ...] = ()
    if yardstick and candidate:
        moved = shifts(yardstick.evaluation, evaluation, (candidate, candidate), metrics)
    gone = _dropped(opened, yardstick)
    replaced = [signed] if signed is not None and candidate is None else []
    code = exit_code(found, moved, gone, [*blocked, *replaced])
    notes = tuple(_notes(yardstick, signed, candidate))
    return Gated(code, decision, candidate, found, moved, gone, blocked, yardstick, notes)


def yardstick_of(opened: Opened) -> Yardstick | None:
    """The newest signature that says ship, or the newest one where none does; None where nobody signed.

    Raises:
        InputError: it, or the decision under it, was altered or is missing.
    """
    named = [(each, each.signature) for each in records(opened.workspace, "sign") if each.signature]
    signed = [(each, signature) for each, signature in named if signature.by is not None]
    ships = [pair for pair in signed if pair[1].answer == "ship"] or signed
    if not ships:
        return None
    record, signature = ships[-1]
    found = sealed(opened.workspace, signature.signed.record, signature.signed.hash)
    if found.record is None or found.record.evaluation is None:
        problem = found.problem
        raise InputError(
            problem.code if problem else "record.corrupt",
            f"what {signature.by} signed cannot be held against: {problem.message if problem else found.id}",
            where=problem.where if problem else None,
            remedy=problem.remedy if problem else "",
            next_command="shipworthy history",
        )
    return Yardstick(record.id, record.time, signature, found.record, found.record.evaluation)


def _decision(session: Session, audit: Record | None, progress: Progress) -> Record:
    """The decision of exactly these inputs: kept, or taken now, with the evaluation that it rests on."""
    workspace, versions = session.opened.workspace, expected_versions(session)
    if versions is not None:
        found = fresh(workspace, "decide", provenance_of(session, versions).fingerprint)
        if found is not None and (audit is None or (found.facts or {}).get("audit") == audit.id):
            progress("the decision is fresh")
            return found
    counted = count(session, progress)
    judged(session, counted)
    return decided(session, counted, audit)


def _at_stake(evaluation: Evaluation, eligible: Sequence[str]) -> list[str]:
    """Whom the gate is about where nobody signed: the one that ships; without one, everybody."""
    decision = evaluation.decision
    ships = decision is not None and decision.answer == "ship" and decision.candidate is not None
    return [decision.candidate] if ships and decision and decision.candidate else [*eligible]


def _missed(evaluation: Evaluation, name: str) -> tuple[Verdict, ...]:
    """The claims that the candidate misses also when all are looked at together."""
    standing = standing_of(evaluation, name)
    return standing.open if standing.state == "misses" else ()


def _verdicts(yardstick: Yardstick | None) -> Mapping[str, str]:
    """The verdicts of the candidate that was signed, by claim."""
    if yardstick is None:
        return {}
    found = yardstick.evaluation.rolled_up(yardstick.signature.candidate or "")
    return {verdict.requirement: verdict.verdict for verdict in found}


def _accepted(yardstick: Yardstick | None) -> Mapping[str, str]:
    """What an override that is not due yet lets pass: verdicts by claim."""
    if yardstick is None or not yardstick.signature.override or yardstick.signature.answer != "ship":
        return {}
    return {} if _overdue(yardstick) else _verdicts(yardstick)


def _overdue(yardstick: Yardstick) -> bool:
    day = yardstick.signature.revisit
    return day is not None and day <= now()[:10]


def _dropped(opened: Opened, yardstick: Yardstick | None) -> tuple[str, ...]:
    if yardstick is None:
        return ()
    past = past_of(opened, yardstick.record).product
    then = [each.text for each in past.requirements] if past else [*_verdicts(yardstick)]
    return dropped(then, [each.text for each in opened.product.requirements])


def _lines(opened: Opened) -> dict[str, int]:
    """The line of each claim in product.yaml."""
    places = [opened.places.of("requirements", at) for at in range(len(opened.product.requirements))]
    pairs = zip(opened.product.requirements, places, strict=True)
    return {each.text: place.line for each, place in pairs if place.line}


def _notes(yardstick: Yardstick | None, signed: str | None, candidate: str | None) -> list[str]:
    """What a reader should know of the yardstick."""
    if yardstick is None:
        return ["nobody signed a decision yet, so the product is judged on its own"]
    notes = []
    if candidate is None and signed is not None:
        notes.append(
            f"{signed}, which was signed, is no candidate any more; nobody signed what is there instead"
        )
    if yardstick.signature.answer != "ship":
        said = (yardstick.signature.answer or "").replace("_", " ")
        notes.append(f"nobody signed a ship; the newest signature says {said}")
    if _overdue(yardstick):
        lapsed = ", and its override holds no longer" if yardstick.signature.override else ""
        notes.append(f"the signature was to be looked at again on {yardstick.signature.revisit}{lapsed}")
    return notes


def _margins(texts: Sequence[str]) -> dict[str, float]:
    """Those that are given, and the one of every share where it is not."""
    try:
        return {SHARES: MARGIN} | read_margins(texts)
    except InputError as error:
        raise InputError("gate.margin", error.problem.message, remedy=error.problem.remedy) from None


def _prove_margins(margins: Mapping[str, float], known: Sequence[str]) -> None:
    for name, margin in margins.items():
        if name != SHARES and name not in known:
            message = f"a margin is given for {name}, which is not held against then"
            raise InputError("gate.margin", message, remedy=did_you_mean(name, known))
        if margin < 0:
            message = f"the margin {margin:g} lies below 0"
            remedy = "Write how much worse still passes: 0.01 for one percentage point."
            raise InputError("gate.margin", message, remedy=remedy)
