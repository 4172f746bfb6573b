"""What a recorded candidate answered to the attacks: a file that product.yaml names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shipworthy.evidence.record import content_hash
from shipworthy.misuse.questions import questions
from shipworthy.query.attack_answers import attack_answers
from shipworthy.query.source import fingerprint
from shipworthy.workbench.attacking.suite import suite_of, whole_suite

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from shipworthy.spec.attacking import Misuse
    from shipworthy.workbench.session import Session


def recorded_answers(session: Session, name: str, misuse: Misuse) -> Mapping[str, Sequence[str | None]]:
    """The answers to the attacks that are tried; those to other attacks of the suite are left aside.

    Raises:
        InputError: the file is missing, or lacks a column.
    """
    source, where = misuse.answers[name], session.opened.places.of("misuse", "answers", name)
    found = attack_answers(session.engine(source), session.table(source, None, where), name, where)
    tried = {each.id for each in questions(suite_of(session, misuse))}
    aside = {each.id for each in questions(whole_suite(session, misuse))} - tried
    return {each: answers for each, answers in found.items() if each not in aside}


def recorded_attack_version(session: Session, name: str, misuse: Misuse) -> str:
    """A hash of the recorded answers and of the canary that stood in the instructions."""
    source, where = misuse.answers[name], session.opened.places.of("misuse", "answers", name)
    table = session.table(source, None, where)
    content = fingerprint(session.engine(source), source, session.opened.folder, table)
    return content_hash([content, misuse.canary])[:16]
