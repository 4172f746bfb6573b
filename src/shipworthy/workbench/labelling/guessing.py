"""What the product's candidates say of rows that nobody has labelled."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from shipworthy.errors import InputError
from shipworthy.label.drawing import Guess
from shipworthy.query.log import answered, originals, rule_answers
from shipworthy.query.recorded import recorded_log
from shipworthy.query.to_label import as_judged
from shipworthy.workbench.answering.imported import imported
from shipworthy.workbench.answering.own import rule_of
from shipworthy.workbench.answering.recorded import recording, roles_of
from shipworthy.workbench.train import model_of, training_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pyarrow as pa

    from shipworthy.query.frame import Frame
    from shipworthy.spec.model import Candidate
    from shipworthy.workbench.session import Session


def guesses(session: Session, rows: Any, *, scored: bool = False) -> tuple[list[str], dict[str, Guess]]:
    """The ids of rows, and what each candidate that can say something of them says.

    Args:
        session: the product's data.
        rows: an expression over rows of the frame; not too many, as they come here.
        scored: only candidates that say how sure they are.
    """
    frame = replace(session.frame, table=rows)
    order: list[str] = sorted(
        session.home.run(rows.select("id"), "reading ids to draw from")["id"].to_pylist()
    )
    found: dict[str, Guess] = {}
    for name, candidate in session.product.candidates.items():
        said = _said(session, frame, name, candidate)
        if said is not None:
            guess = _guess(session, [said.get(each, (None, None)) for each in order])
            if not scored or any(sure is not None for sure in guess.sureness):
                found[name] = guess
    return order, found


Said = dict[str, tuple[Any, float | None]]
"""Prediction and score by id."""


def _said(session: Session, frame: Frame, name: str, candidate: Candidate) -> Said | None:
    """What one candidate says; None for one that cannot be asked."""
    if candidate.kind == "trained":
        return _said_by_model(session, frame, name, candidate)
    if candidate.kind == "rule":
        judged = as_judged(frame)
        return _read(session, answered(judged, name, rule_answers(judged, rule_of(session, candidate))))
    if candidate.kind == "recorded":
        candidate = imported(session, name, candidate).candidate
        table, engine, same = recording(session, name, candidate)
        if engine is not session.home:
            return None
        columns = roles_of(session, candidate, table)
        target = session.product.predicts.positive
        log = recorded_log(as_judged(frame), table, name, columns, None, same_source=same, target=target)
        return _read(session, log)
    return None


def _read(session: Session, log: Any) -> Said:
    found = session.home.run(log.select("id", "prediction", "score"), "asking a candidate for its guess")
    return {row["id"]: (row["prediction"], row["score"]) for row in found.to_pylist()}


def _said_by_model(session: Session, frame: Frame, name: str, candidate: Candidate) -> Said | None:
    training = training_of(session, name, candidate)
    if training is None:
        return None
    table: pa.Table = session.home.run(originals(frame), f"reading rows for {name}")
    own = table.select([column for column in table.column_names if not column.startswith("key:")])
    said = model_of(session, training.version).answers(own)
    blank: list[Any] = [None] * table.num_rows
    predictions, scores = (_listed(said.get(each, blank)) for each in ("prediction", "score"))
    pairs = zip(predictions, scores, strict=True)
    return dict(zip(table["key:id"].to_pylist(), pairs, strict=True))


def _listed(values: Any) -> list[Any]:
    return values.tolist() if hasattr(values, "tolist") else list(values)


def _guess(session: Session, said: list[tuple[Any, float | None]]) -> Guess:
    """Answers and sureness: of yes or no, how far the score is from one half; of classes, the score itself."""
    if session.task.kind == "binary":
        sure = [None if score is None or not 0 <= score <= 1 else abs(2 * score - 1) for _, score in said]
        return Guess(tuple(_yes(each) for each in said), tuple(sure))
    if session.task.kind == "multiclass":
        sure = [score if score is not None and 0 <= score <= 1 else None for _, score in said]
        return Guess(tuple(prediction for prediction, _ in said), tuple(sure))
    numbers = tuple(None if prediction is None else float(prediction) for prediction, _ in said)
    return Guess(numbers, (None,) * len(said))


def _yes(said: tuple[bool | None, float | None]) -> str | None:
    """Yes or no; of a score alone, whether it is at least one half."""
    prediction, score = said
    if prediction is None:
        return None if score is None else "yes" if score >= 0.5 else "no"
    return "yes" if prediction else "no"


def prove_guesses(found: Mapping[str, Guess], least: int, what: str, session: Session) -> None:
    """Return where enough candidates said something.

    Raises:
        InputError: they did not.
    """
    if len(found) >= least:
        return
    raise InputError(
        "label.no_guess",
        f"{len(found)} candidates can be asked, and {what} needs {least}",
        where=session.opened.places.of("candidates"),
        remedy="Train them first: shipworthy train; or draw rows with --by random.",
        next_command="shipworthy train",
    )
