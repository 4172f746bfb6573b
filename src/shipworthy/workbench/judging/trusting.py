"""What each judge's verdicts on one candidate are worth: counted, held against what people said, and not expired."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from shipworthy.evaluate import Origin, judge_trust
from shipworthy.metrics.judged import grader_of
from shipworthy.query.lengths import scan_lengths
from shipworthy.workbench.judging.expiring import expiry
from shipworthy.workbench.judging.people import NOBODY, drawing, load_people
from shipworthy.workbench.judging.queued import population_of
from shipworthy.workbench.judging.setting import judge_setting

if TYPE_CHECKING:
    from shipworthy.evidence import JudgeTrust
    from shipworthy.metrics import Definition
    from shipworthy.query.scan import Log
    from shipworthy.spec.judging import Judge
    from shipworthy.tally.scan import Tallies
    from shipworthy.workbench.answering import Answers
    from shipworthy.workbench.session import Session


def trusted(
    session: Session, each: Answers, log: Log, tallies: Tallies
) -> tuple[tuple[JudgeTrust, ...], Tallies]:
    """The trust in every judge, and the tallies with those marked whose labels have expired."""
    definitions = [found for found, by in session.asked.estimated if found.kind == "judged" and not by]
    if not definitions:
        return (), tallies
    tallies = replace(tallies, uncalibrated=each.uncalibrated)
    lengths = scan_lengths(log, [grader_of(definition) for definition in definitions])
    trust = _trust(session, each, tallies, definitions, lengths)
    in_files = [found for found in trust if found.labelled and not _queued(session, found)]
    old = {found.grader: why for found in in_files if (why := expiry(session, found))}
    if not old:
        return trust, tallies
    tallies = replace(tallies, uncalibrated={**old, **each.uncalibrated})
    return _trust(session, each, tallies, definitions, lengths), tallies


def _queued(session: Session, found: JudgeTrust) -> bool:
    """Whether labels stand in the queue, which knows by itself for which judge and rows each was given."""
    return load_people(session, found.grader).get(found.candidate, NOBODY).queued


def _trust(
    session: Session,
    each: Answers,
    tallies: Tallies,
    definitions: Sequence[Definition],
    lengths: Mapping[str, float | None],
) -> tuple[JudgeTrust, ...]:
    """What the judges' verdicts are worth, in the order of their definitions."""
    judges = {
        name: grader.judge for name, grader in session.product.grade.items() if grader.judge is not None
    }
    of = {name: _origin(session, each, name, judge, lengths[name]) for name, judge in judges.items()}
    return tuple(judge_trust(one, tallies, each.name, of[grader_of(one)]) for one in definitions)


def _origin(session: Session, each: Answers, name: str, judge: Judge, length: float | None) -> Origin:
    """What the calibration of one judge belongs to."""
    people = load_people(session, name).get(each.name, NOBODY)
    return Origin(
        judge_setting(session, name, judge).version,
        each.version,
        population_of(session),
        people.version,
        drawing(session, name),
        people.labellers,
        people.patterns,
        length,
    )
