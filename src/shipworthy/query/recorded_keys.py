"""Which row of the examples a recorded answer is for: by id, of ranked items also by request and item."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ibis

from shipworthy.query.frame import Frame, pair_id, row_key
from shipworthy.spec.task import Task


def item_roles(
    columns: Mapping[str, str], recorded: ibis.Table, named: Mapping[str, str], *, identified: bool
) -> dict[str, str]:
    """The columns of recorded answers by role; request and item also by the names that the examples have for them.

    Args:
        columns: the columns that the candidate names.
        recorded: the recorded answers.
        named: the columns of the examples that hold the request and the item; none where nothing is ranked.
        identified: whether the examples have ids, which then count where the answers have some.
    """
    by_id = "id" in columns or (identified and "id" in recorded.columns and "id" not in named.values())
    if by_id:
        return {**columns}
    there = {*recorded.columns}
    found = {role: column for role, column in named.items() if column in there and role not in there}
    return {**found, **columns}


def item_columns(recorded: ibis.Table, columns: Mapping[str, str], task: Task) -> tuple[str, str] | None:
    """The columns of the request and the item that recorded answers go by; None where they go by their id."""
    request, item = (columns.get(role, role) for role in ("request", "item"))
    there = {request, item} <= {*recorded.columns}
    return (request, item) if task.kind == "ranking" and there else None


def row_keys(recorded: ibis.Table, columns: Mapping[str, str], frame: Frame) -> tuple[Any, Any]:
    """What recorded answers and the rows of the frame are joined by, where they are equal."""
    items = item_columns(recorded, columns, frame.task)
    if items:
        return pair_id(recorded, *items), pair_id(frame.table, "request", "item")
    return row_key(recorded, columns.get("id", "id"), frame.repeats), frame.table.id
