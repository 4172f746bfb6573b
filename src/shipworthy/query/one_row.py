"""One row of the examples, or one made up in their shape, and what a rule answers to it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pyarrow as pa

from shipworthy.errors import InputError, did_you_mean
from shipworthy.query.engine import Engine
from shipworthy.query.frame import Frame
from shipworthy.query.log import RULE_KINDS, originals
from shipworthy.query.rule import Rule, rule_value
from shipworthy.spec.task import Task

PLACE = "asked:place"
NEAR_ROWS = 1_000
"""Among so many ids, first in their order, the nearest to an unknown one is looked for."""

WRITTEN = "Write a value as the column has them, as in true, 3, 0.5 or 2026-01-31."
"""What to do about a value that is none of its column's kind."""


def row_of(frame: Frame, row_id: str) -> pa.Table:
    """The row of this id: its own columns, and the keys of the log under `key:NAME`.

    Raises:
        InputError: there is none.
    """
    found = found_row(frame, row_id)
    if found is None:
        message = f"no row of the examples has the id {row_id!r}"
        raise InputError("probe.row", message, remedy=near_ids(frame, row_id))
    return found


def found_row(frame: Frame, row_id: str) -> pa.Table | None:
    """The row of this id, as `row_of` gives it; None where there is none."""
    table = originals(frame)
    found = frame.engine.run(table.filter(table["key:id"] == row_id).limit(1), "looking up a row")
    return found if found.num_rows else None


def near_ids(frame: Frame, row_id: str) -> str:
    """What to write in place of an id that no row has."""
    table = originals(frame)
    found = frame.engine.run(table.select("key:id").order_by("key:id").limit(NEAR_ROWS), "looking up ids")
    ids: list[str] = found["key:id"].to_pylist()
    near = did_you_mean(row_id, ids) if ids else ""
    return near if near.startswith("Did") else f"Ids look like {', '.join(ids[:3])}."


def empty_row(frame: Frame) -> pa.Table:
    """A row in the shape of the examples in which nothing stands."""
    shape = frame.engine.run(originals(frame).limit(0), "looking up the columns").schema
    return pa.table({field.name: pa.nulls(1, field.type) for field in shape}, schema=shape)


def with_values(row: pa.Table, given: Mapping[str, str]) -> pa.Table:
    """The row with these values in place of its own, each read as what its column holds; an empty text is no value.

    Raises:
        InputError: a value is not of its column's kind.
    """
    for name, text in given.items():
        kind = row.schema.field(name).type
        value = value_of(text, kind)
        if value is None:
            message = f"--var {name}={text}: the column {name} holds {kind}, and {text!r} is none"
            raise InputError("probe.value", message, remedy=WRITTEN)
        row = with_value(row, name, value)
    return row


def value_of(text: str, kind: pa.DataType) -> pa.Array | None:
    """One value of a column's kind as a person writes it, null where the text is empty; None where it is none of that kind."""
    if text == "" and not _is_text(kind):
        return pa.nulls(1, kind)
    try:
        return pa.array([text]).cast(kind)
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        return None


def with_value(row: pa.Table, name: str, value: pa.Array) -> pa.Table:
    """The row with another value in one column."""
    at = row.schema.get_field_index(name)
    return row.set_column(at, row.schema.field(at), value)


def _is_text(kind: pa.DataType) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))


def rule_on(engine: Engine, rule: Rule, row: pa.Table, task: Task) -> Any:
    """What a rule answers to one row: true or false, a number, or of several classes one.

    Raises:
        InputError: it gives something else than the task asks for.
    """
    [found] = rule_on_rows(engine, rule, row, task)
    return found


def rule_on_rows(engine: Engine, rule: Rule, rows: pa.Table, task: Task) -> list[Any]:
    """What a rule answers to each of some rows, in their order, as `rule_on` does.

    Raises:
        InputError: it gives something else than the task asks for.
    """
    numbered = rows.append_column(PLACE, pa.array(range(rows.num_rows), pa.int64()))
    lent = engine.lent(numbered, "asked_rows")
    value = rule_value(rule, lent, kinds=RULE_KINDS.get(task.kind))
    found = engine.run(lent.select(lent[PLACE], answer=value).order_by(PLACE), "answering some rows")
    answers: list[Any] = found["answer"].to_pylist()
    return answers
