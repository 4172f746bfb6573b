"""Recorded predictions as a log: somebody's table, its columns named by role, joined to the examples."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import ibis

from shipworthy.errors import InputError, Place, did_you_mean
from shipworthy.query.answer_proofs import prove_numbers, typed_answer
from shipworthy.query.frame import Frame
from shipworthy.query.grades import recorded_grades
from shipworthy.query.log import answered, blank_answers
from shipworthy.query.recorded_keys import item_columns, row_keys
from shipworthy.spec.kinds import Kind
from shipworthy.spec.task import BINARY, Task

_WANTED: Mapping[Kind, tuple[str, ...]] = {
    "binary": ("prediction", "score"),
    "ranking": ("score",),
    "text": ("output",),
}
"""What recorded answers must have one of; of other tasks a prediction."""


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
    named = {
        name: columns.get(name, name)
        for name in ("id", "prediction", *blank_answers(task), *recorded_grades(task))
    }
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
    if not same_source and "id" not in found and not item_columns(recorded, columns, task):
        raise _nothing_to_join_by(recorded, candidate, named["id"], where, task)
    prove_numbers(candidate, recorded, found, blank_answers(task), where)
    return found


def _nothing_to_join_by(
    recorded: ibis.Table, candidate: str, id_column: str, where: Place | None, task: Task
) -> InputError:
    lacking, named = f"no column {id_column!r}", "it with columns: {id: NAME}"
    if task.kind == "ranking":
        lacking = "no columns of the request and the item"
        named = "them with columns: {request: NAME, item: NAME}"
    return InputError(
        "recorded.id",
        f"{candidate} has {lacking} to join the examples by",
        where=where,
        remedy=f"Name {named}. Its columns: {', '.join(recorded.columns)}.",
    )


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
            name: typed_answer(frame.column(column), name, frame.task, target)
            for name, column in given.items()
        }
        return answered(frame, candidate, own)
    several = {"a:repeats": recorded[columns["repeats"]].cast("string")} if "repeats" in columns else {}
    theirs, ours = row_keys(recorded, columns, frame)
    answers = recorded.select(
        **{"a:id": theirs},
        **{f"a:{n}": typed_answer(recorded[c], n, frame.task, target) for n, c in given.items()},
        **several,
    )
    joined = frame.table.left_join(answers, ours == answers["a:id"])
    if "a:repeats" in joined.columns:
        numbered = joined.id.concat("#", joined["a:repeats"])
        joined = joined.mutate(
            id=ibis.coalesce(numbered, joined.id), unit=ibis.coalesce(joined.unit, joined.id)
        )
    return answered(replace(frame, table=joined), candidate, {name: joined[f"a:{name}"] for name in given})


def priced(log: ibis.Table, cost: float) -> ibis.Table:
    """The log with this cost of a decision wherever it states none."""
    return log.mutate(cost_usd=ibis.coalesce(log.cost_usd, ibis.literal(cost)))
