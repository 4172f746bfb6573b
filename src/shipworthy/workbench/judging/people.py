"""What people said of the answers of one candidate: as the product's file has it, or the queue of `label`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from shipworthy.errors import InputError, did_you_mean
from shipworthy.evidence.record import content_hash
from shipworthy.grade.people import PersonVerdict, patterns, read_people, settled
from shipworthy.label.answers import text_hash
from shipworthy.workbench.chatting.files import load_own

if TYPE_CHECKING:
    from shipworthy.spec.kinds import Drawing
    from shipworthy.workbench.session import Session

ANY = ""
"""In place of the hash of a text: whoever labelled did not keep what was seen."""


@dataclass(frozen=True)
class People:
    """The verdicts of people on the answers of one candidate.

    Attributes:
        settled: what they settled on, by row and the hash of the text that they saw; None where as many said pass as
            fail, or nobody could tell.
        labellers: how many people there were.
        patterns: of answers that several people labelled blindly, how many said fail and pass.
        version: a hash of all that was said; "" of nothing.
        queued: whether they stand in the queue of `label`.
        notes: what of it does not count.
        expired: why nothing of it counts; "" where something does, or nobody said anything.
    """

    settled: Mapping[tuple[str, str], bool | None] = field(default_factory=dict)
    labellers: int = 0
    patterns: tuple[tuple[int, int], ...] = ()
    version: str = ""
    queued: bool = False
    notes: tuple[str, ...] = ()
    expired: str = ""

    def said(self, row: str, text: str | None) -> bool | None:
        """What people said of this text in this row; None where they did not."""
        found = self.settled.get((row, ANY))
        return found if text is None else self.settled.get((row, text_hash(text)), found)

    def changed(self, outputs: Mapping[str, str | None]) -> int:
        """How many rows have other answers now than those that people saw."""
        seen: dict[str, set[str]] = {}
        for row, text in self.settled:
            seen.setdefault(row, set()).add(text)
        return sum(
            1
            for row, known in seen.items()
            if row in outputs and ANY not in known and text_hash(outputs[row] or "") not in known
        )


NOBODY = People()


def load_people(session: Session, grader: str) -> Mapping[str, People]:
    """What people said, by candidate, read once: in the file that the judge names, else in the queue.

    Raises:
        InputError: the file cannot be read, or names a candidate that there is not.
    """
    return _heard(session, grader)[0]


def drawing(session: Session, grader: str) -> Drawing:
    """How the answers were drawn that people labelled: as product.yaml says of its file, or as the queue knows."""
    return _heard(session, grader)[1]


def _heard(session: Session, grader: str) -> tuple[Mapping[str, People], Drawing]:
    from shipworthy.workbench.judging.queued import queued_people

    if grader not in session.heard:
        judge = session.product.grade[grader].judge
        if judge is None:
            return {}, "otherwise"
        in_file = (_in_file(session, grader, judge.people), judge.drawn) if judge.people else None
        session.heard[grader] = in_file or queued_people(session, grader)
    return session.heard[grader]


def _in_file(session: Session, grader: str, file: str) -> dict[str, People]:
    where = session.opened.places.of("grade", grader, "judge", "people")
    text = load_own(session.opened.folder, file, "the file of people's labels", where)
    found: dict[str, list[PersonVerdict]] = {}
    for each in read_people(text, file):
        found.setdefault(each.candidate, []).append(each)
    for candidate in found:
        if candidate not in session.product.candidates:
            message = f"{file} has labels of {candidate!r}, which is no candidate"
            known = [*session.product.candidates]
            remedy = f"{did_you_mean(candidate, known)} Candidates: {', '.join(known)}.".strip()
            raise InputError("judge.people", message, where=where, remedy=remedy)
    return {candidate: _of_lines(each) for candidate, each in found.items()}


def _of_lines(lines: list[PersonVerdict]) -> People:
    seen = {each.id: text_hash(each.output) for each in lines if each.output is not None}
    said = {(row, seen.get(row, ANY)): passed for row, passed in settled(lines).items()}
    version = content_hash(sorted(sorted(each.line.items()) for each in lines))[:16]
    return People(said, len({each.labeller for each in lines}), patterns(lines), version)
