"""The grades of a candidate's answers: written beside them once, for these answers and these graders."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from shipworthy.errors import InputError
from shipworthy.evidence.record import content_hash
from shipworthy.grade import Answer, Grade, Grading
from shipworthy.grade.graders import NOT_GRADED
from shipworthy.query.grades import (
    answer_text,
    grade_column,
    people_column,
    reason_column,
    why_column,
    with_grades,
)
from shipworthy.query.source import load_table
from shipworthy.store import keep_text
from shipworthy.workbench.answering.log import Answers
from shipworthy.workbench.graders import graders_of
from shipworthy.workbench.judging.asking import Judging
from shipworthy.workbench.judging.hearing import Heard
from shipworthy.workbench.session import Session
from shipworthy.workbench.train import Progress
from shipworthy.workbench.version import CODE_VERSION

if TYPE_CHECKING:
    import pyarrow as pa

TEXT = "graded text"
"""The column of the text that is graded, while it is."""


def graded(session: Session, answers: Answers, progress: Progress) -> Answers:
    """The answers with what each grader of the product says of them; the same ones where there is none."""
    if not session.product.grade or session.task.kind == "ranking":
        return answers
    found, candidate = graders_of(session, progress), session.product.candidates.get(answers.name)
    basis = {
        **session.division,
        "candidate": answers.name,
        "written": candidate.model_dump(mode="json") if candidate else None,  # its price, too
        "version": answers.version,
        "data": session.fingerprint,
        "columns": list(session.frame.extra),
        "graders": {name: version for name, (_, version) in found.items()},
        "code": CODE_VERSION,
    }
    logs = session.opened.workspace.logs
    stem = re.sub(r"[^0-9A-Za-z_-]", "_", answers.name)[:60]
    file = f"graded-{stem}-{content_hash(basis)[:16]}.parquet"
    aside = (logs / file).with_suffix(".json")
    if not ((logs / file).exists() and (aside.exists() or not session.task.judged)):
        progress(f"grading {answers.name}")
        given = [name for name in found if grade_column(name) in answers.log.columns]
        wide = with_grades(answers.log, session.task)
        wide = wide.mutate(**{TEXT: answer_text(wide, session.task)})
        own = {name: grading for name, (grading, _) in found.items()}
        heard = Heard(session, answers.name)
        complete = _completion(session, answers.name, own, given, heard)
        answers.engine.write(wide, logs / file, f"grading {answers.name}", complete)
        if session.task.judged:
            said = {"notes": [*_took(own), *heard.notes()], "changed": heard.expired()}
            keep_text(aside, json.dumps(said))
    answers = replace(answers, engine=session.local, log=load_table(session.local, file, logs))
    if not session.task.judged:
        return answers
    told = json.loads(aside.read_text(encoding="utf-8"))
    return replace(answers, notes=(*answers.notes, *told["notes"]), uncalibrated=told["changed"])


def _took(graders: Mapping[str, Grading]) -> list[str]:
    """What the verdicts of judges took."""
    return [note for each in graders.values() if isinstance(each, Judging) for note in each.notes()]


def _completion(
    session: Session, candidate: str, graders: Mapping[str, Grading], given: Sequence[str], heard: Heard
) -> Callable[[pa.Table], pa.Table]:
    """What fills the grades of a batch: each grader, or what the recorded log itself brings."""
    columns = sorted({column for grader in session.product.grade.values() for column in grader.columns})

    def completed(batch: pa.Table) -> pa.Table:
        rows = _rows(batch, columns)
        for name, grading in graders.items():
            grades = _recorded(batch, name, rows, candidate) if name in given else grading(rows)
            batch = _with(batch, name, grades)
        for name, said in heard.of(batch["id"].to_pylist(), batch[TEXT].to_pylist()).items():
            batch = _set(batch, people_column(name), said)
        return batch.drop_columns([TEXT])

    return completed


def _rows(batch: pa.Table, columns: Sequence[str]) -> list[Answer]:
    """The rows of a batch as graders see them."""
    texts, labels = batch[TEXT].to_pylist(), batch["label"].to_pylist()
    values = [batch[column].to_pylist() for column in columns]
    return [
        Answer(text, None if label is None else str(label), dict(zip(columns, own, strict=True)))
        for text, label, *own in zip(texts, labels, *values, strict=True)
    ]


def _recorded(batch: pa.Table, name: str, rows: Sequence[Answer], candidate: str) -> list[Grade]:
    """The grades that a recorded log brings.

    Raises:
        InputError: one is neither 1 nor 0.
    """
    given = batch[grade_column(name)].to_pylist()
    for value, identity in zip(given, batch["id"].to_pylist(), strict=True):
        if value not in (None, 0, 1):
            raise InputError(
                "grade.recorded",
                f"{candidate} has {value:g} in {grade_column(name)} at id {identity}",
                remedy="A grade is 1 (passed), 0 (failed) or empty (unscored); store whether a score passes.",
            )
    reasons = batch[reason_column(name)].to_pylist()
    return [
        Grade(None if value is None else bool(value), "" if value is not None else reason or _missing(row))
        for value, reason, row in zip(given, reasons, rows, strict=True)
    ]


def _missing(row: Answer) -> str:
    return "no answer" if row.text is None else NOT_GRADED


def _with(batch: pa.Table, name: str, grades: Sequence[Grade]) -> pa.Table:
    """The batch with the three columns of one grader."""
    values: dict[str, list[Any]] = {
        grade_column(name): [None if each.passed is None else float(each.passed) for each in grades],
        reason_column(name): [each.unscored or None for each in grades],
        why_column(name): [each.why or None for each in grades],
    }
    for column, own in values.items():
        batch = _set(batch, column, own)
    return batch


def _set(batch: pa.Table, column: str, values: Sequence[Any]) -> pa.Table:
    """The batch with these values in a column that it has."""
    import pyarrow as pa

    at = batch.schema.get_field_index(column)
    return batch.set_column(at, column, pa.array(values, type=batch.schema.field(at).type))
