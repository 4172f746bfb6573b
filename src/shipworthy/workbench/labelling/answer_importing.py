"""Verdicts from a file that names answers by row, candidate and text: `id,candidate,verdict,labeller,output`."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

from shipworthy.errors import InputError, Place, Problem
from shipworthy.grade.people import COLUMNS as COLUMNS_OF_PEOPLE
from shipworthy.grade.people import OUTPUT, read_people
from shipworthy.label.answers import FAIL, PASS, text_hash
from shipworthy.label.exchange import Line
from shipworthy.label.queue import Draw
from shipworthy.query.answers import answers_of
from shipworthy.store.labels.answers import kept_answers
from shipworthy.workbench.clock import now
from shipworthy.workbench.labelling.answer_putting import Drawn, put_answers
from shipworthy.workbench.labelling.answer_taking import graded_logs

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from shipworthy.grade.people import PersonVerdict
    from shipworthy.query.answers import Answered
    from shipworthy.workbench.labelling.answer_desk import AnswerDesk
    from shipworthy.workbench.train import Progress


def names_answers(path: Path) -> bool:
    """Whether a CSV file names answers by row and candidate, and not by the names that the queue gave them."""
    if path.suffix != ".csv" or not path.is_file():
        return False
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        return {*COLUMNS_OF_PEOPLE} <= {*next(csv.reader(file), [])}


def verdict_lines(
    desk: AnswerDesk, path: Path, progress: Progress
) -> tuple[list[Line], int, tuple[Problem, ...]]:
    """The verdicts of such a file as lines of the queue, how many answers joined it for them, and what was left out.

    An answer that joins is `imported`: somebody else chose it, so that it is no fair part of all. A verdict on a text that
    the candidate does not give now is left out.

    Raises:
        InputError: the file cannot be read, lacks a column, has a verdict that is none, or has one person twice on an answer.
        OutsideError: an endpoint or a database failed.
    """
    try:
        found = read_people(path.read_text(encoding="utf-8-sig"), str(path))
    except (OSError, UnicodeDecodeError) as error:
        message = f"{path} cannot be read: {getattr(error, 'strerror', None) or 'it is not UTF-8'}"
        raise InputError("label.file", message, where=str(path), remedy="Name a file of labels.") from None
    today = _answers(desk, found, progress)
    kept = [each for each in found if _is_of(each, today)]
    left = [each for each in found if not _is_of(each, today)]
    drawn = {
        (each.candidate, each.id): Drawn(each.candidate, today[each.candidate, each.id], 1.0) for each in kept
    }
    draw = Draw("imported", "", (), f"from {path.name}: somebody else chose them")
    joined = put_answers(desk, draw, list(drawn.values()))
    lines = _lines(desk, kept, today)
    return lines, joined, _left_out(left, path)


def _answers(
    desk: AnswerDesk, found: Sequence[PersonVerdict], progress: Progress
) -> Mapping[tuple[str, str], Answered]:
    """The answers of today to the rows of the file, by candidate and row."""
    logs = graded_logs(desk, None, progress)
    rows = {name: [each.id for each in found if each.candidate == name] for name in logs}
    return {
        (name, each.row): each
        for name, log in logs.items()
        if rows[name]
        for each in answers_of(log, desk.grader, dict.fromkeys(rows[name]))
    }


def _is_of(each: PersonVerdict, today: Mapping[tuple[str, str], Answered]) -> bool:
    """Whether a verdict is on the text that the candidate gives now."""
    answered = today.get((each.candidate, each.id))
    return (
        answered is not None
        and each.output is not None
        and text_hash(each.output) == text_hash(answered.text)
    )


def _lines(
    desk: AnswerDesk, kept: Sequence[PersonVerdict], today: Mapping[tuple[str, str], Answered]
) -> list[Line]:
    """The verdicts under the names that the queue gives to answers."""
    names = {
        (each.shown.candidate, each.shown.row, each.shown.output): each.shown.item
        for each in kept_answers(desk.labels)
        if desk.current(each)
    }
    found = []
    for number, each in enumerate(kept, start=1):
        output = text_hash(today[each.candidate, each.id].text)
        item = names[each.candidate, each.id, output]
        found.append(
            Line(item, PASS if each.passed else FAIL, each.labeller or "nobody named", now(), number)
        )
    return found


def _left_out(left: Sequence[PersonVerdict], path: Path) -> tuple[Problem, ...]:
    """That verdicts are on other answers, or do not say on which."""
    blind = sum(each.output is None for each in left)
    problems = []
    if blind:
        message = f"{blind:,} verdicts do not say which text was seen: they are left out"
        problems.append(Problem("label.other_answer", message, Place(str(path)), f"Add a column {OUTPUT}."))
    if len(left) > blind:
        message = (
            f"{len(left) - blind:,} verdicts are on answers that no candidate gives now: they are left out"
        )
        remedy = "Have the answers of now labelled: shipworthy label --take 50"
        problems.append(Problem("label.other_answer", message, Place(str(path)), remedy))
    return tuple(problems)
