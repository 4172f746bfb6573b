"""What a grader sees of a row, and what it says: passed, failed, or unscored with the reason."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Answer:
    """One answered row: the text, the reference (None where there is none), and the columns that graders name."""

    text: str | None
    reference: str | None = None
    columns: Mapping[str, Any] = field(default_factory=dict)

    def value(self, column: str | None) -> str | None:
        """The text of a column; of None, the reference. Blank ones count as missing."""
        found = self.reference if column is None else self.columns.get(column)
        return None if found is None or not str(found).strip() else str(found)


@dataclass(frozen=True)
class Grade:
    """Whether an answer passed. None: it could not be scored, and `unscored` says why; `why` says what failed it."""

    passed: bool | None
    unscored: str = ""
    why: str = ""


Grading = Callable[[Sequence[Answer]], Sequence[Grade]]
"""Grades of answers, in their order."""

NO_ANSWER, NO_REFERENCE = "no answer", "no reference"


def passed(*, right: bool, why: str = "") -> Grade:
    """A pass, or a failure with what failed it."""
    return Grade(right, why="" if right else why)


def unscored(reason: str) -> Grade:
    """No pass and no failure."""
    return Grade(None, reason)


def one_by_one(graded: Callable[[Answer, str], Grade]) -> Grading:
    """The grading that looks at each answer by itself; rows without an answer are unscored."""

    def grading(answers: Sequence[Answer]) -> tuple[Grade, ...]:
        return tuple(
            unscored(NO_ANSWER) if each.text is None else graded(each, each.text) for each in answers
        )

    return grading
