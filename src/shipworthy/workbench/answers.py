"""Every candidate's prediction log: written once for those that run here, read in place where it was recorded."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from shipworthy.errors import InputError
from shipworthy.evidence.record import content_hash
from shipworthy.query.engine import Engine
from shipworthy.query.facts import column_facts
from shipworthy.query.frame import middle
from shipworthy.query.log import (
    answered,
    priced,
    prove_answers,
    prove_labels,
    recorded_log,
    rule_answers,
    write_log,
)
from shipworthy.query.predictions import prove_predictions
from shipworthy.query.probabilities import prove_probabilities
from shipworthy.query.ranked_items import prove_items
from shipworthy.query.rule import Rule, read_rule
from shipworthy.query.source import fingerprint, load_table
from shipworthy.query.split import TEST, TRAIN, VALIDATION
from shipworthy.query.timing import timed
from shipworthy.query.uniqueness import prove_unique
from shipworthy.workbench.completion import completion, rule_timings
from shipworthy.workbench.proofs import proved
from shipworthy.workbench.session import Session
from shipworthy.workbench.train import Progress, Training, training_of
from shipworthy.workbench.version import CODE_VERSION

if TYPE_CHECKING:
    from shipworthy.errors import Place
    from shipworthy.spec.model import Candidate

BASELINE = "baseline"


@dataclass(frozen=True)
class Answers:
    """A candidate's log over the judged rows, with what identifies it.

    `scored` says that a threshold is to be set, `repeated` that it answers a row several times.
    """

    name: str
    kind: str
    version: str
    engine: Engine
    log: Any
    scored: bool
    notes: tuple[str, ...] = ()
    repeated: bool = False


def answers(session: Session, trained: Mapping[str, Training], progress: Progress) -> Iterator[Answers]:
    """The log of the baseline and of every candidate that can run, one after the other."""
    yield _baseline(session, progress)
    for name, candidate in session.product.candidates.items():
        if candidate.kind == "rule":
            yield _rule(session, name, candidate, progress)
        elif candidate.kind == "trained":
            yield _trained(session, name, candidate, trained[name], progress)
        elif candidate.kind == "recorded":
            yield _recorded(session, name, candidate, progress)


def expected_versions(session: Session) -> dict[str, str] | None:
    """The version of every candidate that can run, without running any; None where one has yet to be trained."""
    versions = {BASELINE: _base_rate(session)}
    for name, candidate in session.product.candidates.items():
        if candidate.kind == "trained":
            found = training_of(session, name, candidate)
            if found is None:
                return None
            versions[name] = found.version
        elif candidate.kind == "rule":
            versions[name] = _rule_version(candidate)
        elif candidate.kind == "recorded":
            versions[name] = _recorded_version(session, name, candidate)
    return versions


def _base_rate(session: Session) -> str:
    """The baseline's version: what it answers, or of a yes/no product the share of positives that it follows from."""
    if session.task.kind == "multiclass":
        return f"majority class {_middle(session)}"
    if session.task.kind == "ranking":
        return "most popular first" if session.part(TRAIN).labelled else "any order"
    return (
        f"mean {_middle(session)}" if session.task.kind == "regression" else f"base rate {_rate(session):.6f}"
    )


def _rate(session: Session) -> float:
    """The share of positives of the training rows, or of all rows where none train."""
    train = session.part(TRAIN)
    counted = (train,) if train.labelled else session.parts
    labelled = sum(part.labelled for part in counted)
    return sum(part.positives for part in counted) / labelled if labelled else 0.0


def _middle(session: Session) -> str | float | None:
    """The majority class or the mean label of the training rows, or of all rows where none train."""
    splits = (TRAIN,) if session.part(TRAIN).labelled else (TRAIN, VALIDATION, TEST)
    return middle(session.frame, *splits)


def _rule_version(candidate: Candidate) -> str:
    return content_hash({"rule": candidate.rule})[:16]


def _baseline(session: Session, progress: Progress) -> Answers:
    """The free baseline: the majority class with its share, the mean of numbers, or the most popular items first.

    Where no row trains, no item is known to be popular, and all orders are alike.
    """
    if session.task.kind == "binary":
        rate = _rate(session)
        given: dict[str, Any] = {"prediction": rate >= 0.5, "score": rate, "cost_usd": 0.0}
    elif session.task.kind == "ranking":
        known = session.part(TRAIN).labelled
        given = {"score": session.frame.table.popularity if known else 0.0, "cost_usd": 0.0}
    else:
        given = {"prediction": _middle(session), "cost_usd": 0.0}
    return _written(session, _Runs(BASELINE, "baseline", _base_rate(session), given), progress)


def _rule(session: Session, name: str, candidate: Candidate, progress: Progress) -> Answers:
    rule = rule_of(session, candidate)
    given = {**rule_answers(session.frame, rule), "cost_usd": candidate.cost or 0.0}
    return _written(session, _Runs(name, "rule", _rule_version(candidate), given, rule, candidate), progress)


def rule_of(session: Session, candidate: Candidate) -> Rule:
    """The rule of a candidate, which may use every column of the examples but the answer.

    Raises:
        InputError: the rule is malformed, not allowed, or reads the label.
    """
    rule = read_rule(candidate.rule or "", session.examples.columns)
    if session.product.label in rule.columns:
        message = f"the rule reads {session.product.label}, the label that it is to predict"
        remedy = "Take it out: when the rule runs, the true answer is not known yet."
        raise InputError("rule.label_leak", message, remedy=remedy)
    return rule


def _trained(
    session: Session, name: str, candidate: Candidate, training: Training, progress: Progress
) -> Answers:
    given = {"cost_usd": candidate.cost or 0.0}
    return _written(session, _Runs(name, "trained", training.version, given, training, candidate), progress)


@dataclass(frozen=True)
class _Runs:
    """A candidate that runs here: what it answers as expressions, and what computes the rest outside the engine."""

    name: str
    kind: str
    version: str
    given: Mapping[str, Any]
    answerer: Rule | Training | None = None
    candidate: Candidate | None = None

    @property
    def notes(self) -> tuple[str, ...]:
        """What was taken for granted of its cost."""
        if self.candidate is None or self.candidate.cost is not None:
            return ()
        return ("cost per decision not stated, taken as 0",)


def _written(session: Session, runs: _Runs, progress: Progress) -> Answers:
    """The log of a candidate that runs here; it is written unless the very same one is there already."""
    frame, workspace = session.frame, session.opened.workspace
    basis = {
        **session.division,
        "candidate": runs.name,
        "version": runs.version,
        "data": session.fingerprint,
        "columns": list(frame.extra),
        "cost": runs.given["cost_usd"],
        "code": CODE_VERSION,
    }
    if not session.home.local and not isinstance(runs.answerer, Training):
        return _in_place(session, runs, basis, progress)
    # A candidate may have any name; the hash tells two apart.
    file = f"{re.sub(r'[^0-9A-Za-z_-]', '_', runs.name)[:60]}-{content_hash(basis)[:16]}.parquet"
    path = workspace.logs / file
    if not path.exists():
        progress(f"answering with {runs.name}")
        write_log(frame, runs.name, runs.given, path, completion(session, runs.answerer))
    log = _log_table(session, file)
    found = _proved(session, session.local, log, runs.name, file)
    scored = session.task.kind == "binary" and found["predictions"] == 0 and found["scores"] > 0
    return Answers(runs.name, runs.kind, runs.version, session.local, log, scored, runs.notes)


def _in_place(session: Session, runs: _Runs, basis: Mapping[str, Any], progress: Progress) -> Answers:
    """A log that the database of the examples works out whenever it is counted: of its rows, only those to time come here."""
    frame, given = session.frame, dict(runs.given)
    rule = runs.answerer
    if isinstance(rule, Rule):
        progress(f"timing {runs.name}")
        kept = {"proof": "latency", **basis}
        taken = proved(session.opened.workspace, kept, lambda: rule_timings(session, rule))
        frame, given["latency_ms"] = timed(frame, taken)
    log = answered(frame, runs.name, given)
    found = _proved(session, session.home, log, runs.name, content_hash(dict(basis)))
    scored = session.task.kind == "binary" and found["predictions"] == 0 and found["scores"] > 0
    return Answers(runs.name, runs.kind, runs.version, session.home, log, scored, runs.notes)


def _log_table(session: Session, file: str) -> Any:
    """A kept log. A damaged one is not written over: whoever damaged it should know."""
    try:
        return load_table(session.local, file, session.opened.workspace.logs)
    except InputError as error:
        path = session.opened.workspace.logs / file
        raise InputError(
            "log.damaged",
            error.problem.message,
            where=str(path),
            remedy="Delete it: it is written again, with latencies taken anew.",
        ) from None


def _recorded(session: Session, name: str, candidate: Candidate, progress: Progress) -> Answers:
    """Somebody's predictions, read where they lie; examples in another engine are copied beside them first."""
    place = session.opened.places.of("candidates", name, "recorded")
    table, engine, same = recording(session, name, candidate)
    frame = session.frame if engine is session.home else _copied(session, engine, place, progress)
    columns = {str(role): column for role, column in candidate.columns.items()}
    repeats, several = _repetitions(session, name, table, columns, place)
    log = recorded_log(
        frame, table, name, columns, place, same_source=same, target=session.product.predicts.positive
    )
    log = log if candidate.cost is None else priced(log, candidate.cost)
    version = _recorded_version(session, name, candidate)
    _prove_vocabulary(session, engine, table, name, columns, version)
    if not same:
        _prove_rows(session, name, columns, version, several or repeats)
        if "label" in columns:
            basis = {"proof": "labels", "version": version, "data": session.fingerprint}
            target = session.product.predicts.positive
            proved(
                session.opened.workspace,
                basis,
                lambda: prove_labels(engine, frame, table, name, columns, target, place),
            )
    found = _proved(session, engine, log, name, version)
    scored = session.task.kind == "binary" and found["predictions"] == 0 and found["scores"] > 0
    return Answers(name, "recorded", version, engine, log, scored, repeated=several is not None)


def _prove_rows(
    session: Session, name: str, columns: Mapping[str, str], version: str, numbered: str | None
) -> None:
    """Prove that recorded answers are each for one row: by id, of ranked items by request and item."""
    candidate, place = (
        session.product.candidates[name],
        session.opened.places.of("candidates", name, "recorded"),
    )
    table, engine, _ = recording(session, name, candidate)
    workspace, source = session.opened.workspace, candidate.recorded or ""
    request, item = (columns.get(role, role) for role in ("request", "item"))
    if session.task.kind == "ranking" and {request, item} <= {*table.columns}:
        pair = {"proof": "items", "columns": [request, item], "data": version}
        proved(workspace, pair, lambda: prove_items(engine, table, request, item, place))
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
    examples, source = session.product.data.examples, candidate.recorded or ""
    if source == examples.source and candidate.table == examples.table:
        return session.examples, session.home, True
    return (
        session.table(source, candidate.table, session.opened.places.of("candidates", name, "recorded")),
        session.engine(source),
        False,
    )


def _recorded_version(session: Session, name: str, candidate: Candidate) -> str:
    """A hash of the recorded content and of how its columns are read."""
    table, engine, same = recording(session, name, candidate)
    content = (
        session.fingerprint
        if same
        else fingerprint(engine, candidate.recorded or "", session.opened.folder, table)
    )
    return content_hash(
        {"content": content, "columns": {str(role): column for role, column in candidate.columns.items()}}
    )[:16]


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
    file = f"examples-{content_hash({**session.division, 'data': session.fingerprint, 'columns': list(frame.extra)})[:16]}.parquet"
    if not (workspace.logs / file).exists():
        progress("copying the examples beside the recorded predictions")
        frame.engine.write(wanted, workspace.logs / file, "copying the examples", lambda batch: batch)
    return replace(frame, engine=engine, table=load_table(engine, file, workspace.logs))


def _proved(session: Session, engine: Engine, log: Any, name: str, version: str) -> Any:
    basis = {
        "proof": "answers",
        "candidate": name,
        "version": version,
        "data": session.fingerprint,
        **session.division,
    }
    place, workspace = session.opened.places.of("candidates", name), session.opened.workspace
    if metric := session.questions.of_probabilities:
        probable = {**basis, "proof": "probabilities"}
        proved(workspace, probable, lambda: prove_probabilities(engine, log, name, metric, place))
    return proved(workspace, basis, lambda: prove_answers(engine, log, name, place, session.task))
