"""What a candidate answers to rows that are written otherwise, graded as its other answers are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from shipworthy.evidence.record import content_hash
from shipworthy.query.log import rule_answers, write_log
from shipworthy.query.source import load_table
from shipworthy.query.varied import frame_of, scan_said
from shipworthy.vary import Said, paired
from shipworthy.workbench.answering.chat import chatted
from shipworthy.workbench.answering.grading import graded
from shipworthy.workbench.answering.own import rule_of
from shipworthy.workbench.chatting.terms import plain_name
from shipworthy.workbench.completion import model_answers
from shipworthy.workbench.sampling import clustered_by
from shipworthy.workbench.train import model_of
from shipworthy.workbench.version import CODE_VERSION

if TYPE_CHECKING:
    from shipworthy.query.scan import Log
    from shipworthy.spec.model import Candidate
    from shipworthy.tally.needs import Grouping
    from shipworthy.vary import Pair
    from shipworthy.workbench.answering import Answers
    from shipworthy.workbench.completion import Completion
    from shipworthy.workbench.session import Session
    from shipworthy.workbench.train import Progress
    from shipworthy.workbench.varying.rows import Written


def pairs_of(
    session: Session, each: Answers, log: Log, written: Written, columns: Grouping, progress: Progress
) -> tuple[Pair, ...]:
    """Every answer to a variant with that to its original.

    Args:
        session: of the product.
        each: the candidate's answers to the examples.
        log: the same as they are judged: on test rows, at their threshold.
        written: the rows of the variant.
        columns: what the claims slice by.
        progress: hears each step.
    """
    if not written.rows.num_rows:
        return ()
    varied = _session(session, written)
    answers = graded(varied, _answered(varied, each, written, progress), progress)
    other = replace(log, engine=answers.engine, table=answers.log, own=())
    graders = varied.task.grades
    variants = [_said(row, log, graders, columns) for row in scan_said(other, graders, columns)]
    ids = {one.id for one in variants}
    rows = scan_said(replace(log, own=()), graders, columns, ids)
    originals = [_said(row, log, graders, columns, repeated=each.repeated) for row in rows]
    return paired(originals, variants, clustered_by(session))


def _session(session: Session, written: Written) -> Session:
    """The session over the rows of a variant. Judges are left out: only a pass rate is corrected by what people say."""
    frame = frame_of(session.frame, session.local, written.rows, f"variant_{written.name}")
    return session.over(frame, written.version)


def _answered(varied: Session, each: Answers, written: Written, progress: Progress) -> Answers:
    """The candidate's log of the rows of a variant, written once."""
    candidate = varied.product.candidates[each.name]
    if candidate.chat is not None:
        return chatted(
            varied, each.name, candidate, candidate.chat, lambda told: progress(f"{told} ({written.name})")
        )
    basis = {**varied.division, "version": each.version, "data": varied.fingerprint, "code": CODE_VERSION}
    basis |= {"candidate": each.name, "columns": list(varied.frame.extra)}
    path = varied.opened.workspace.logs / (
        f"{plain_name(each.name)}-{written.name}-{content_hash(basis)[:16]}.parquet"
    )
    if not path.exists():
        progress(f"answering with {each.name} ({written.name})")
        given, complete = _given(varied, candidate, each.version)
        write_log(varied.frame, each.name, given, path, complete)
    found = load_table(varied.local, path.name, path.parent)
    return replace(each, engine=varied.local, log=found, notes=())


def _given(varied: Session, candidate: Candidate, version: str) -> tuple[dict[str, Any], Completion]:
    """What a rule answers as expressions, and what computes the answers of a model. Nothing is timed."""
    if candidate.kind == "rule":
        return rule_answers(varied.frame, rule_of(varied, candidate)), lambda _: {}
    return {}, model_answers(model_of(varied, version))


def _said(
    row: Mapping[str, Any],
    log: Log,
    graders: Sequence[str],
    columns: Grouping,
    *,
    repeated: bool = False,
) -> Said:
    """A row as it is compared. Samples of one input have the input as their unit."""
    own = row["id"].rpartition("#")[0] if repeated else row["id"]
    right = None if row["answer"] is None or row["label"] is None else row["answer"] == row["label"]
    grades = {name: None if row[f"g:{name}"] is None else row[f"g:{name}"] == 1 for name in graders}
    slices = {name: str(row[f"s:{name}"]) for name in columns}
    labelled = log.task.kind != "text" and row["label"] is not None
    weight = 1.0 if row["weight"] is None else float(row["weight"])
    return Said(row["id"], row["unit"] or own, row["answer"], right, labelled, grades, slices, weight)
