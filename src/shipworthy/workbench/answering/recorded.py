"""Somebody's recorded predictions: read in place, proved to be for the examples, joined where those are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from shipworthy.errors import InputError
from shipworthy.evidence.record import content_hash
from shipworthy.query.answer_proofs import prove_labels
from shipworthy.query.engine import Engine
from shipworthy.query.facts import column_facts
from shipworthy.query.predictions import prove_predictions
from shipworthy.query.ranked_items import prove_items
from shipworthy.query.recorded import priced, recorded_log
from shipworthy.query.recorded_keys import item_columns, item_roles
from shipworthy.query.source import fingerprint, load_table
from shipworthy.query.uniqueness import prove_unique
from shipworthy.workbench.proofs import proved
from shipworthy.workbench.session import Session
from shipworthy.workbench.train import Progress
from shipworthy.workbench.version import CODE_VERSION

if TYPE_CHECKING:
    from shipworthy.errors import Place
    from shipworthy.spec.model import Candidate
from shipworthy.workbench.answering.imported import imported
from shipworthy.workbench.answering.log import Answers, proved_answers


def recorded(session: Session, name: str, candidate: Candidate, progress: Progress) -> Answers:
    """Somebody's predictions, read where they lie; examples in another engine are copied beside them first."""
    read = imported(session, name, candidate)
    candidate = read.candidate
    place = session.opened.places.of("candidates", name, "recorded")
    table, engine, same = recording(session, name, candidate)
    frame = session.frame if engine is session.home else _copied(session, engine, place, progress)
    columns = roles_of(session, candidate, table)
    repeats, several = _repetitions(session, name, table, columns, place)
    log = recorded_log(
        frame, table, name, columns, place, same_source=same, target=session.product.predicts.positive
    )
    log = log if candidate.cost is None else priced(log, candidate.cost)
    version = recorded_version(session, name, candidate)
    _prove_vocabulary(session, engine, table, name, columns, version)
    if not same:
        _prove_rows(session, name, candidate, version, several or repeats)
        if "label" in columns:
            basis = {"proof": "labels", "version": version, "data": session.fingerprint}
            target = session.product.predicts.positive
            proved(
                session.opened.workspace,
                basis,
                lambda: prove_labels(engine, frame, table, name, columns, target, place),
            )
    own = Answers(name, "recorded", version, engine, log, read.notes, repeated=several is not None)
    return proved_answers(session, own, version)


def _prove_rows(
    session: Session, name: str, candidate: Candidate, version: str, numbered: str | None
) -> None:
    """Prove that recorded answers are each for one row: by id, of ranked items by request and item."""
    place = session.opened.places.of("candidates", name, "recorded")
    table, engine, _ = recording(session, name, candidate)
    columns = roles_of(session, candidate, table)
    workspace, source = session.opened.workspace, candidate.recorded or ""
    if items := item_columns(table, columns, session.task):
        pair = {"proof": "items", "columns": [*items], "data": version}
        proved(workspace, pair, lambda: prove_items(engine, table, *items, place))
        return
    column = columns.get("id", "id")
    basis = {"proof": "unique", "column": column, "repeats": numbered, "data": version}
    proved(workspace, basis, lambda: prove_unique(engine, table, column, source, place, numbered))


def _repetitions(
    session: Session, name: str, table: Any, columns: Mapping[str, str], place: Place | None
) -> tuple[str | None, str | None]:
    """The column that numbers the repetitions of the examples' rows, and that of several answers to one row.

    Raises:
        InputError: the examples repeat ids, and the predictions do not say which repetition each is for.
    """
    repeats, several = session.product.data.examples.repeats, columns.get("repeats")
    if repeats is None or session.product.candidates[name].recorded == session.product.data.examples.source:
        return None, several
    if repeats not in table.columns:
        raise InputError(
            "recorded.repeats",
            f"{name} has no column {repeats!r} to say which repetition of an id each prediction is for",
            where=place,
            remedy=f"Store it beside the id, as the examples do. Its columns: {', '.join(table.columns)}.",
        )
    return repeats, None


def _prove_vocabulary(
    session: Session, engine: Engine, table: Any, name: str, columns: Mapping[str, str], version: str
) -> None:
    """Prove that the predictions of a yes/no product are the label's values; classes are compared in every log."""
    column, product = columns.get("prediction", "prediction"), session.product
    if column not in table.columns or session.task.kind != "binary":
        return
    basis = {"proof": "predictions", "version": version, "data": session.fingerprint, "label": product.label}
    place = session.opened.places.of("candidates", name, "recorded")

    def prove() -> None:
        label = column_facts(session.home, session.examples, [product.label])[product.label]
        prove_predictions(engine, table, column, label, product.predicts.positive, name, place)

    proved(session.opened.workspace, {**basis, "positive": str(product.predicts.positive)}, prove)


def recording(session: Session, name: str, candidate: Candidate) -> tuple[Any, Engine, bool]:
    """The recorded table, its engine, and whether it is the table of the examples itself."""
    candidate = imported(session, name, candidate).candidate
    examples, source = session.product.data.examples, candidate.recorded or ""
    if source == examples.source and candidate.table == examples.table:
        return session.examples, session.home, True
    return (
        session.table(source, candidate.table, session.opened.places.of("candidates", name, "recorded")),
        session.engine(source),
        False,
    )


def roles_of(session: Session, candidate: Candidate, table: Any) -> dict[str, str]:
    """Which column of a recorded table has which role."""
    predicts, ranked = session.product.predicts, session.task.kind == "ranking"
    named = {"request": predicts.request or "", "item": predicts.item or ""} if ranked else {}
    given = {str(role): column for role, column in candidate.columns.items()}
    return item_roles(given, table, named, identified=session.product.data.examples.id is not None)


def recorded_version(session: Session, name: str, candidate: Candidate) -> str:
    """A hash of the recorded content and of how its columns are read."""
    candidate = imported(session, name, candidate).candidate
    table, engine, same = recording(session, name, candidate)
    content = (
        session.fingerprint
        if same
        else fingerprint(engine, candidate.recorded or "", session.opened.folder, table)
    )
    return content_hash({"content": content, "columns": roles_of(session, candidate, table)})[:16]


def _copied(session: Session, engine: Engine, place: Place, progress: Progress) -> Any:
    """The frame of examples that live in another engine, copied to a local file so that it can be joined."""
    from dataclasses import replace

    if not engine.local:
        raise InputError(
            "recorded.engine",
            "recorded predictions in a database need the examples in the same database or in a file copied there",
            where=place,
            remedy="Put both into one database, or export the predictions to Parquet.",
        )
    frame, workspace = session.frame, session.opened.workspace
    wanted = frame.table.select(
        **{key: frame.table[key] for key in (*frame.keys, "weight")},
        **{f"c:{c}": frame.column(c) for c in frame.extra},
    )
    basis = {"data": session.fingerprint, "columns": list(frame.extra), "code": CODE_VERSION}
    file = f"examples-{content_hash({**session.division, **basis})[:16]}.parquet"
    if not (workspace.logs / file).exists():
        progress("copying the examples beside the recorded predictions")
        frame.engine.write(wanted, workspace.logs / file, "copying the examples", lambda batch: batch)
    return replace(frame, engine=engine, table=load_table(engine, file, workspace.logs))
