"""Answers for people to judge: drawn at random from a candidate's graded log, or looked up by their rows."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import ibis
import pyarrow as pa

from shipworthy.query.grades import answer_text, grade_column
from shipworthy.query.scan import Log
from shipworthy.query.source import md5


@dataclass(frozen=True)
class Answered:
    """One judged answer: the id of its row in the log, its text, and whether the judge passes it."""

    row: str
    text: str
    passed: bool


def counted_answers(log: Log, grader: str, known: Sequence[str]) -> dict[bool, int]:
    """How many answers the judge passes and fails, of rows that are not among the known ones."""
    rows = _judged(log, grader, known)
    counted = rows.group_by("passed").aggregate(rows=rows.count())
    found = log.engine.run(counted, "counting the answers to draw from").to_pylist()
    return {True: 0, False: 0} | {bool(row["passed"]): int(row["rows"]) for row in found}


def unjudged_rows(log: Log, grader: str) -> int:
    """How many rows have no verdict of the judge."""
    table = log.table
    found = table.aggregate(rows=table[grade_column(grader)].isnull().sum())
    [row] = log.engine.run(found, "counting what the judge has not judged").to_pylist()
    return int(row["rows"] or 0)


def drawn_answers(
    log: Log, grader: str, known: Sequence[str], most: int, seed: str, *, passed: bool | None = None
) -> tuple[Answered, ...]:
    """Up to so many judged answers at random, as the seed decides, of rows that are not among the known ones.

    Args:
        log: a candidate's test rows.
        grader: the judge.
        known: rows that are in the queue.
        most: how many.
        seed: what decides the draw.
        passed: only those that the judge passes, or only those that it fails.
    """
    rows = _judged(log, grader, known)
    if passed is not None:
        rows = rows.filter(rows.passed == passed)
    ordered = rows.mutate(chance=md5(rows.row.concat(f"|{seed}"))).order_by("chance", "row").limit(most)
    return _read(log, ordered, "drawing answers to label")


def answers_of(log: Log, grader: str, rows: Collection[str]) -> tuple[Answered, ...]:
    """The judged answers to these rows, as they are now."""
    lent = log.engine.lent(pa.table({"q:id": pa.array([*rows], pa.string())}), "label_answer_rows")
    found = _judged(log, grader, ())
    return _read(log, found.semi_join(lent, found.row == lent["q:id"]).order_by("row"), "reading answers")


def _judged(log: Log, grader: str, known: Sequence[str]) -> ibis.Table:
    """Row, text and verdict of what the judge judged."""
    table, grade = log.table, log.table[grade_column(grader)]
    rows = table.filter(grade.notnull() & answer_text(table, log.task).notnull())
    rows = rows.select(row=rows.id, text=answer_text(rows, log.task), passed=rows[grade_column(grader)] == 1)
    if not known:
        return rows
    lent = log.engine.lent(pa.table({"q:id": pa.array([*known], pa.string())}), "label_answers_queued")
    return rows.anti_join(lent, rows.row == lent["q:id"])


def _read(log: Log, rows: Any, purpose: str) -> tuple[Answered, ...]:
    found = log.engine.run(rows.select("row", "text", "passed"), purpose).to_pylist()
    return tuple(Answered(row["row"], row["text"], bool(row["passed"])) for row in found)
