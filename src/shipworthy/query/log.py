"""Prediction logs: what a candidate answered, in one form whoever it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import ibis
import pyarrow as pa

from shipworthy.query.answer import class_of
from shipworthy.query.frame import RANGE, Frame, answer_columns
from shipworthy.query.grades import GRADE
from shipworthy.query.rule import Rule, rule_value
from shipworthy.query.split import TEST, VALIDATION
from shipworthy.spec.kinds import Kind
from shipworthy.spec.task import Task

NOTHING = {
    "prediction": "boolean", "score": "float64", "weight": "float64", "latency_ms": "float64",
    "cost_usd": "float64", "error": "string", "output": "string",
}  # fmt: skip
"""The types of the answers that a candidate may leave out, and that are then null."""


def blank_answers(task: Task) -> dict[str, str]:
    """The types of the answers of a task: a prediction is a boolean, the name of a class, a number, or of texts nothing."""
    if task.kind in ("multiclass", "text"):
        return {**NOTHING, "prediction": "string"}
    if task.kind == "ranking":
        return {**NOTHING, "prediction": "float64"}
    if task.kind == "regression":
        return {**NOTHING, "prediction": "float64", **dict.fromkeys(RANGE, "float64")}
    return NOTHING


RULE_KINDS: Mapping[Kind, tuple[str, ...]] = {
    "multiclass": ("text", "number", "boolean"),
    "regression": ("number",),
    "ranking": ("number",),
    "text": ("text",),
}
"""What a rule may give for each row; of other tasks true or false, or a number as score."""


def answered(frame: Frame, candidate: str, answers: Mapping[str, Any]) -> ibis.Table:
    """The log expression over the judged rows: keys, the candidate's answers (null where it gives none), extra columns."""
    return frame.rows(VALIDATION, TEST).select(**_columns(frame, candidate, answers))


def _columns(frame: Frame, candidate: str, answers: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of a log in their order; answers are expressions, or plain values that are the same on every row."""
    blank = {name: ibis.null(dtype) for name, dtype in blank_answers(frame.task).items()}
    given = {
        name: ibis.literal(value) if isinstance(value, bool | float | str) else value
        for name, value in answers.items()
    }
    columns = {
        **frame.carried,
        "candidate": ibis.literal(candidate),
        **blank,
        "weight": frame.table.weight,
        **given,
    }
    grades = [name for name in given if name.startswith(GRADE)]
    return {name: columns[name] for name in (*frame.keys, *answer_columns(frame.task), *grades, *frame.extra)}


def rule_answers(frame: Frame, rule: Rule) -> dict[str, Any]:
    """A rule's answers as expressions: a prediction, or of a yes/no task a score where it is a number.

    Raises:
        InputError: the rule gives something else than the task asks for.
    """
    value = rule_value(rule, frame.table, prefix="c:", kinds=RULE_KINDS.get(frame.task.kind))
    if frame.task.kind == "multiclass":
        return {"prediction": class_of(value)}
    if frame.task.kind == "text":
        return {"output": value}
    if frame.task.kind == "regression":
        return {"prediction": value.cast("float64")}
    return {"score": value.cast("float64")} if value.type().is_numeric() else {"prediction": value}


def originals(frame: Frame) -> ibis.Table:
    """The examples under their own column names, as a rule or a model sees them."""
    return frame.table.rename(
        lambda name: name.removeprefix("c:") if name.startswith("c:") else f"key:{name}"
    )


def write_log(
    frame: Frame,
    candidate: str,
    answers: Mapping[str, Any],
    path: Path,
    complete: Callable[[pa.Table], Mapping[str, Any]],
) -> None:
    """Write the log of a candidate to a Parquet file, batch by batch in the order of ids.

    `complete` gets each batch, with the original columns under `c:NAME`, and gives the columns that are computed
    outside the engine. Memory stays bounded; the file appears only when it is whole.
    """
    columns = _columns(frame, candidate, answers)
    own = {name: frame.table[name] for name in frame.table.columns if name.startswith("c:")}
    wide = frame.rows(VALIDATION, TEST).select(**columns, **own).order_by("id")
    frame.engine.write(
        wide,
        path,
        f"answering with {candidate}",
        lambda batch: _completed(batch, complete).select(list(columns)),
    )


def _completed(batch: pa.Table, complete: Callable[[pa.Table], Mapping[str, Any]]) -> pa.Table:
    for name, values in complete(batch).items():
        at = batch.schema.get_field_index(name)
        batch = batch.set_column(
            at, name, pa.array(values, type=batch.schema.field(at).type, from_pandas=True)
        )
    return batch
