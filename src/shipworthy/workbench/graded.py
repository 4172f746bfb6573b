"""What graders said of a candidate's test rows, in words: how many they could not score, and what failed."""

from __future__ import annotations

from shipworthy.evidence.values import Failed
from shipworthy.personal import without_personal
from shipworthy.query.failures import scan_failures
from shipworthy.query.scan import Log
from shipworthy.query.unscored import scan_unscored
from shipworthy.workbench.session import Session

MOST_REASONS = 4
"""Of each grader that are told."""

MOST_FAILED = 3
"""Answers that each grader failed that are kept to be shown."""

LONGEST_WHY = 300


def unscored_notes(session: Session, log: Log, rows: int) -> tuple[str, ...]:
    """How many rows each grader could not score, and why."""
    told = []
    for name, reasons in scan_unscored(log, _graders(session)).items():
        left = sum(count for _, count in reasons)
        why = ", ".join(f"{reason} ({count:,})" for reason, count in reasons[:MOST_REASONS])
        told.append(f"{name} scored {rows - left:,} of {rows:,} test rows; unscored: {why}")
    return tuple(told)


def failed_answers(session: Session, log: Log) -> tuple[Failed, ...]:
    """A few answers that each grader failed, with what failed them."""
    found = scan_failures(log, _graders(session), MOST_FAILED)
    return tuple(Failed(grader, row, without_personal(why)[:LONGEST_WHY]) for grader, row, why in found)


def _graders(session: Session) -> tuple[str, ...]:
    """The graders of the product; ranked items have none."""
    return session.task.grades if session.task.kind != "ranking" else ()
