"""Rows of the examples written otherwise, as a frame of their own; and what was answered to them and to the originals."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pyarrow as pa

from shipworthy.query.digests import digest
from shipworthy.query.engine import Engine
from shipworthy.query.frame import Frame
from shipworthy.query.grades import grade_column
from shipworthy.query.scan import Log
from shipworthy.query.split import TEST
from shipworthy.query.values import ANSWER, LABEL

Rewritten = Callable[[Mapping[str, Any]], Mapping[str, str] | None]
"""The columns of a row that are written otherwise; None where the row cannot be. `key:id` is its id."""


@dataclass(frozen=True, eq=False)
class VariedRows:
    """Test rows that were written otherwise, and how many were looked at."""

    rows: pa.Table
    looked_at: int


def drawn_rows(frame: Frame, most: int, seed: int) -> pa.Table:
    """At most so many test rows, drawn by the digest of their ids, in the order of ids."""
    table = frame.rows(TEST)
    drawn = table.order_by(digest(table, ["id"], seed=seed)).limit(most)
    return frame.engine.run(drawn, "choosing rows to write otherwise").sort_by("id")


def varied_rows(rows: pa.Table, rewritten: Rewritten) -> VariedRows:
    """The rows that can be written otherwise, so written."""
    changed = [rewritten(_own(row)) for row in rows.to_pylist()]
    kept = rows.filter(pa.array([each is not None for each in changed], pa.bool_()))
    texts = [each for each in changed if each is not None]
    for name in texts[0] if texts else ():
        at = kept.schema.get_field_index(f"c:{name}")
        kept = kept.set_column(at, f"c:{name}", pa.array([each[name] for each in texts], pa.string()))
    return VariedRows(kept, rows.num_rows)


def _own(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row of a frame under the names of the examples."""
    names = {name: name.removeprefix("c:") if name.startswith("c:") else f"key:{name}" for name in row}
    return {names[name]: value for name, value in row.items()}


def frame_of(frame: Frame, engine: Engine, rows: pa.Table, name: str) -> Frame:
    """The frame of these rows, which the embedded engine is lent under a name."""
    return replace(frame, engine=engine, table=engine.lent(rows, name))


def scan_said(
    log: Log, graders: Sequence[str], columns: Sequence[str], ids: Collection[str] | None = None
) -> list[dict[str, Any]]:
    """What was answered to each row of a log: id, unit, weight, answer, label, grades, slices, and the text that was said.

    Args:
        log: of one candidate.
        graders: whose grades are wanted.
        columns: the slicings that are wanted.
        ids: only these rows, where not all are wanted.
    """
    table = log.sliced()
    answer = table.output if log.task.kind == "text" else table[ANSWER].cast("string")
    wanted = {
        "id": table.id,
        "unit": table.unit.cast("string"),
        "weight": table.weight,
        "answer": answer,
        "label": table[LABEL].cast("string"),
        **{f"g:{name}": table[grade_column(name)] for name in graders},
        **{f"s:{name}": table[f"slice:{name}"].cast("string") for name in columns},
    }
    found = table if ids is None else table.filter(table.id.isin(sorted(ids)))
    rows: list[dict[str, Any]] = log.engine.run(
        found.select(**wanted).order_by("id"), "reading answers to compare"
    ).to_pylist()
    return rows
