"""Prediction logs: what a candidate answered, in one form whoever it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import ibis
import pyarrow as pa

from shipworthy.errors import InputError, Place, did_you_mean
from shipworthy.query.answer import answer_of, class_of
from shipworthy.query.engine import Engine
from shipworthy.query.frame import RANGE, Frame, answer_columns, pair_id, row_key
from shipworthy.query.rule import Rule, rule_value
from shipworthy.query.slicing import infinite
from shipworthy.query.split import TEST, VALIDATION
from shipworthy.spec.sections import Kind
from shipworthy.spec.task import BINARY, Task

NOTHING = {
    "prediction": "boolean", "score": "float64", "weight": "float64", "latency_ms": "float64",
    "cost_usd": "float64", "error": "string", "output": "string",
}  # fmt: skip
"""The types of the answers that a candidate may leave out, and that are then null."""


def blank_answers(task: Task) -> dict[str, str]:
    """The types of the answers of a task: a prediction is a boolean, the name of a class, or a number."""
    if task.kind == "multiclass":
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
}
"""What a rule may give for each row; of other tasks true or false, or a number as score."""

_WANTED: Mapping[Kind, tuple[str, ...]] = {"binary": ("prediction", "score"), "ranking": ("score",)}
"""What recorded answers must have one of; of other tasks a prediction."""


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
    return {name: columns[name] for name in (*frame.keys, *answer_columns(frame.task), *frame.extra)}


def rule_answers(frame: Frame, rule: Rule) -> dict[str, Any]:
    """A rule's answers as expressions: a prediction, or of a yes/no task a score where it is a number.

    Raises:
        InputError: the rule gives something else than the task asks for.
    """
    value = rule_value(rule, frame.table, prefix="c:", kinds=RULE_KINDS.get(frame.task.kind))
    if frame.task.kind == "multiclass":
        return {"prediction": class_of(value)}
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


def recorded_columns(
    recorded: ibis.Table,
    candidate: str,
    columns: Mapping[str, str],
    where: Place | None,
    *,
    same_source: bool,
    task: Task = BINARY,
) -> dict[str, str]:
    """Which column of recorded predictions holds which answer; `id` too, unless they lie in the examples' own table.

    Raises:
        InputError: a mapped column does not exist, there is neither a prediction nor a score, no id to join the
            examples by, or text where a number is needed.
    """
    named = {name: columns.get(name, name) for name in ("id", "prediction", *blank_answers(task))}
    found = {
        name: column for name, column in named.items() if column in recorded.columns and name != "weight"
    }
    for name, column in columns.items():
        if column not in recorded.columns:
            raise InputError(
                "recorded.column",
                f"{candidate} maps {name} to {column!r}, a column that its predictions do not have",
                where=where,
                remedy=did_you_mean(column, recorded.columns),
            )
    wanted = _WANTED.get(task.kind, ("prediction",))
    if not {*wanted} & set(found):
        lacking = "neither a prediction nor a score" if len(wanted) > 1 else f"no {wanted[0]}"
        raise InputError(
            "recorded.answers",
            f"{candidate} has {lacking}",
            where=where,
            remedy=f"Name the column with columns: {{{wanted[0]}: NAME}}. Its columns: {', '.join(recorded.columns)}.",
        )
    if not same_source and "id" not in found and not _by_item(recorded, columns, task):
        raise InputError(
            "recorded.id",
            f"{candidate} has no column {named['id']!r} to join the examples by",
            where=where,
            remedy=f"Name it with columns: {{id: NAME}}. Its columns: {', '.join(recorded.columns)}.",
        )
    _prove_numbers(candidate, recorded, found, blank_answers(task), where)
    return found


def recorded_log(
    frame: Frame,
    recorded: ibis.Table,
    candidate: str,
    columns: Mapping[str, str],
    where: Place | None,
    *,
    same_source: bool,
    target: Any,
) -> ibis.Table:
    """The log of recorded predictions: joined to the examples by id, or read beside them where both are one table.

    Rows of the examples without a recorded answer stay, unanswered. Where only the predictions tell repetitions of an
    id apart (the role `repeats` of their columns), each answer is a row, and its unit is the id.

    Raises:
        InputError: as `recorded_columns`.
    """
    found = recorded_columns(recorded, candidate, columns, where, same_source=same_source, task=frame.task)
    given = {name: column for name, column in found.items() if name != "id"}
    if same_source:
        own = {
            name: _answer(frame.column(column), name, frame.task, target) for name, column in given.items()
        }
        return answered(frame, candidate, own)
    several = {"a:repeats": recorded[columns["repeats"]].cast("string")} if "repeats" in columns else {}
    answers = recorded.select(
        **{"a:id": _recorded_id(recorded, found, columns, frame)},
        **{f"a:{n}": _answer(recorded[c], n, frame.task, target) for n, c in given.items()},
        **several,
    )
    key = frame.table.id
    if _by_item(recorded, columns, frame.task):
        key = pair_id(frame.table, "request", "item")
    joined = frame.table.left_join(answers, key == answers["a:id"])
    if "a:repeats" in joined.columns:
        numbered = joined.id.concat("#", joined["a:repeats"])
        joined = joined.mutate(
            id=ibis.coalesce(numbered, joined.id), unit=ibis.coalesce(joined.unit, joined.id)
        )
    return answered(replace(frame, table=joined), candidate, {name: joined[f"a:{name}"] for name in given})


def _by_item(recorded: ibis.Table, columns: Mapping[str, str], task: Task) -> bool:
    """Whether recorded answers name their request and item, which need no further name."""
    names = (columns.get("request", "request"), columns.get("item", "item"))
    return task.kind == "ranking" and {*names} <= {*recorded.columns}


def _recorded_id(
    recorded: ibis.Table, found: Mapping[str, str], columns: Mapping[str, str], frame: Frame
) -> Any:
    if _by_item(recorded, columns, frame.task):
        return pair_id(recorded, columns.get("request", "request"), columns.get("item", "item"))
    return row_key(recorded, found["id"], frame.repeats)


def priced(log: ibis.Table, cost: float) -> ibis.Table:
    """The log with this cost of a decision wherever it states none."""
    return log.mutate(cost_usd=ibis.coalesce(log.cost_usd, ibis.literal(cost)))


def _prove_numbers(
    candidate: str,
    recorded: ibis.Table,
    given: Mapping[str, str],
    types: Mapping[str, str],
    where: Place | None,
) -> None:
    for name, column in given.items():
        if types.get(name) == "float64" and not recorded[column].type().is_numeric():
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
    theirs = recorded.select(
        **{
            "a:id": row_key(recorded, columns.get("id", "id"), frame.repeats),
            "a:label": answer_of(recorded[columns["label"]], frame.task, target),
        }
    )
    joined = frame.table.inner_join(theirs, frame.table.id == theirs["a:id"])
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


def _answer(column: Any, name: str, task: Task, target: Any) -> Any:
    if name == "prediction":
        return answer_of(column, task, target)
    if blank_answers(task)[name] == "float64":
        return column.cast("float64")
    return column.cast("string")


def prove_answers(
    engine: Engine, log: ibis.Table, candidate: str, where: Place | None = None, task: Task = BINARY
) -> dict[str, int]:
    """How many rows of a log have a prediction and how many a score, in one statement.

    Raises:
        InputError: a score or a predicted number is NaN or infinite, or a prediction is no class, and the first such
            row is named; or there is no answer at all.
    """
    prove_classes(engine, log.select("id", value=log.prediction), candidate, task, where)
    number, what = (log.prediction, "prediction") if task.kind == "regression" else (log.score, "score")
    bad = number.isnan() | infinite(number)
    counts = log.aggregate(
        rows=log.count(),
        predictions=log.prediction.count(),
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
