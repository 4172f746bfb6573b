"""What people said of the answers of one candidate, as the product's file has it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from shipworthy.errors import InputError, did_you_mean
from shipworthy.evidence.record import content_hash
from shipworthy.grade.people import PersonVerdict, patterns, read_people, settled
from shipworthy.workbench.chatting.files import load_own

if TYPE_CHECKING:
    from shipworthy.workbench.session import Session


@dataclass(frozen=True)
class People:
    """The verdicts of people on the answers of one candidate."""

    verdicts: tuple[PersonVerdict, ...] = ()

    @cached_property
    def settled(self) -> dict[str, bool | None]:
        """What the majority said, by id."""
        return settled(self.verdicts)

    @property
    def labellers(self) -> int:
        """How many people there were."""
        return len({each.labeller for each in self.verdicts})

    @property
    def patterns(self) -> tuple[tuple[int, int], ...]:
        """Of answers that several people labelled, how many said fail and pass."""
        return patterns(self.verdicts)

    @property
    def version(self) -> str:
        """A hash of all that stands in the file about this candidate."""
        return content_hash(sorted(sorted(each.line.items()) for each in self.verdicts))[:16]


NOBODY = People()


def load_people(session: Session, grader: str) -> dict[str, People]:
    """What people said, by candidate; nothing where no file is named.

    Raises:
        InputError: the file cannot be read, or names a candidate that there is not.
    """
    judge = session.product.grade[grader].judge
    if judge is None or judge.people is None:
        return {}
    where = session.opened.places.of("grade", grader, "judge", "people")
    text = load_own(session.opened.folder, judge.people, "the file of people's labels", where)
    found: dict[str, list[PersonVerdict]] = {}
    for each in read_people(text, judge.people):
        found.setdefault(each.candidate, []).append(each)
    for candidate in found:
        if candidate not in session.product.candidates:
            message = f"{judge.people} has labels of {candidate!r}, which is no candidate"
            known = [*session.product.candidates]
            remedy = f"{did_you_mean(candidate, known)} Candidates: {', '.join(known)}.".strip()
            raise InputError("judge.people", message, where=where, remedy=remedy)
    return {candidate: People(tuple(each)) for candidate, each in found.items()}
