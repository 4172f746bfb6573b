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

NEAR_ROWS = 1_000
"""Among so many ids, first in their order, the nearest to an unknown one is looked for."""


def row_of(frame: Frame, row_id: str) -> pa.Table:
    """The row of this id: its own columns, and the keys of the log under `key:NAME`.

    Raises:
        InputError: there is none.
    """
    table = originals(frame)
    found = frame.engine.run(table.filter(table["key:id"] == row_id).limit(1), "looking up a row")
    if found.num_rows == 0:
        ids = frame.engine.run(table.select("key:id").order_by("key:id").limit(NEAR_ROWS), "looking up ids")
        raise _unknown(row_id, ids["key:id"].to_pylist())
    return found


def _unknown(row_id: str, ids: list[str]) -> InputError:
    near = did_you_mean(row_id, ids) if ids else ""
    shown = near if near.startswith("Did") else f"Ids look like {', '.join(ids[:3])}."
    return InputError("probe.row", f"no row of the examples has the id {row_id!r}", remedy=shown)


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
        at = row.schema.get_field_index(name)
        kind = row.schema.field(at).type
        row = row.set_column(at, row.schema.field(at), _read(name, text, kind))
    return row


def _read(name: str, text: str, kind: pa.DataType) -> pa.Array:
    if text == "" and not _is_text(kind):
        return pa.nulls(1, kind)
    try:
        return pa.array([text]).cast(kind)
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        remedy = "Write a value as the column has them, as in true, 3, 0.5 or 2026-01-31."
        message = f"--var {name}={text}: the column {name} holds {kind}, and {text!r} is none"
        raise InputError("probe.value", message, remedy=remedy) from None


def _is_text(kind: pa.DataType) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))


def rule_on(engine: Engine, rule: Rule, row: pa.Table, task: Task) -> Any:
    """What a rule answers to one row: true or false, a number, or of several classes one.

    Raises:
        InputError: it gives something else than the task asks for.
    """
    lent = engine.lent(row, "probed_row")
    value = rule_value(rule, lent, kinds=RULE_KINDS.get(task.kind))
    return engine.run(lent.select(answer=value), "answering one row")["answer"][0].as_py()
