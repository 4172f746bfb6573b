"""Proofs that the answers of a log can be judged: numbers in their range, known classes, labels that agree."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ibis

from shipworthy.errors import InputError, Place, did_you_mean
from shipworthy.query.answer import answer_of
from shipworthy.query.engine import Engine
from shipworthy.query.frame import Frame
from shipworthy.query.grades import GRADE, typed_grade
from shipworthy.query.log import blank_answers
from shipworthy.query.recorded_keys import row_keys
from shipworthy.query.slicing import infinite
from shipworthy.spec.task import BINARY, Task


def prove_numbers(
    candidate: str,
    recorded: ibis.Table,
    given: Mapping[str, str],
    types: Mapping[str, str],
    where: Place | None,
) -> None:
    """Prove that the columns that must hold numbers do.

    Raises:
        InputError: one holds something else.
    """
    for name, column in given.items():
        kind = recorded[column].type()
        graded = name.startswith(GRADE) and not name.endswith(".unscored") and not kind.is_boolean()
        if (types.get(name) == "float64" or graded) and not kind.is_numeric():
            raise InputError(
                "recorded.type",
                f"{candidate} gives its {name} in the column {column!r}, which does not hold numbers",
                where=where,
                remedy="Store numbers only (an empty field for none), or take the column out of columns:.",
            )


def prove_labels(
    engine: Engine,
    frame: Frame,
    recorded: ibis.Table,
    candidate: str,
    columns: Mapping[str, str],
    target: Any,
    where: Place | None,
) -> None:
    """Return where the labels that a recorded candidate carries agree with those of the examples, which win.

    Raises:
        InputError: one disagrees; the first such id is named.
    """
    key, ours = row_keys(recorded, columns, frame)
    label = answer_of(recorded[columns["label"]], frame.task, target)
    theirs = recorded.select(**{"a:id": key, "a:label": label})
    joined = frame.table.inner_join(theirs, ours == theirs["a:id"])
    differing = joined.filter(joined.label != joined["a:label"])
    found = engine.run(
        differing.aggregate(rows=differing.count(), first=differing.id.min()),
        f"comparing the labels of {candidate}",
    ).to_pylist()[0]
    if found["rows"]:
        message = f"{found['rows']:,} labels of {candidate} disagree with the examples, the first at id {found['first']}"
        raise InputError(
            "recorded.label",
            message,
            where=where,
            remedy="The examples' labels count: correct one of the two, or take label out of columns.",
        )


def typed_answer(column: Any, name: str, task: Task, target: Any) -> Any:
    """A recorded column in the type that the log has for it."""
    if name.startswith(GRADE):
        return typed_grade(column, name)
    if name == "prediction":
        return answer_of(column, task, target)
    if blank_answers(task)[name] == "float64":
        return column.cast("float64")
    return column.cast("string")


def prove_answers(
    engine: Engine, log: ibis.Table, candidate: str, where: Place | None = None, task: Task = BINARY
) -> dict[str, int]:
    """How many rows of a log have a prediction (a text, where answers are texts) and how many a score, in one statement.

    Raises:
        InputError: a score or a predicted number is NaN or infinite, or a prediction is no class, and the first such
            row is named; or there is no answer at all.
    """
    prove_classes(engine, log.select("id", value=log.prediction), candidate, task, where)
    answer = log.output if task.kind == "text" else log.prediction
    number, what = (log.prediction, "prediction") if task.kind == "regression" else (log.score, "score")
    bad = number.isnan() | infinite(number)
    counts = log.aggregate(
        rows=log.count(),
        predictions=answer.count(),
        scores=log.score.count(),
        bad=ibis.coalesce(ibis.cases((bad, 1), else_=0).sum(), 0),
        first=log.id.min(where=bad),
    )
    found = engine.run(counts, f"checking the answers of {candidate}").to_pylist()[0]
    remedy = f"A row without an answer has a null {what}, and its reason in the column error."
    if found["bad"]:
        some = f"1 {what}" if found["bad"] == 1 else f"{found['bad']:,} {what}s"
        message = f"{some} of {candidate} {'is' if found['bad'] == 1 else 'are'} NaN or infinite, the first at id {found['first']}"
        raise InputError("data.score", message, where=where, remedy=remedy)
    if found["rows"] and not found["predictions"] and not found["scores"]:
        raise InputError(
            "data.no_answers",
            f"{candidate} answers none of the {found['rows']:,} rows that judge and set thresholds",
            where=where,
            remedy="Check that its ids are those of the examples, and that its answers are not all empty.",
        )
    return {name: int(found[name]) for name in ("rows", "predictions", "scores")}


def prove_classes(engine: Engine, found: ibis.Table, whose: str, task: Task, where: Place | None) -> None:
    """Return where every `value` of a table of answers or labels is a class of the task; of other tasks always.

    Raises:
        InputError: some are none; the first of them, by id, is named.
    """
    if task.kind != "multiclass":
        return
    strange = found.filter(found.value.notin(task.classes))
    first = engine.run(strange.order_by("id").limit(1), f"comparing {whose} with the classes").to_pylist()
    if first:
        value, row = first[0]["value"], first[0]["id"]
        known = ", ".join(task.classes[:12]) + (", …" if len(task.classes) > 12 else "")
        raise InputError(
            "data.class",
            f"{whose} has {value!r} at id {row}, which is none of the classes {known}",
            where=where,
            remedy=f"{did_you_mean(str(value), task.classes)} Or add it to predicts.classes.",
        )
