"""How long single answers of a rule take: on a few rows, one at a time, wherever the examples lie."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from time import perf_counter_ns
from typing import Any

import pyarrow as pa

from shipworthy.query.engine import Engine, stop_if_interrupted
from shipworthy.query.frame import Frame
from shipworthy.query.log import RULE_KINDS, originals
from shipworthy.query.rule import Rule, rule_value
from shipworthy.query.split import TEST
from shipworthy.spec.task import BINARY, Task

WARMUP_ROWS = 20
"""How many rows a rule answers before the clock counts."""


def judged_rows(frame: Frame, rows: int) -> pa.Table:
    """The first test rows by id, with the original columns under their own names and `key:id`."""
    table = originals(frame)
    first = table.filter(table["key:split"] == TEST).order_by("key:id").limit(rows)
    return frame.engine.run(first, "choosing rows to time")


def rule_latency_ms(engine: Engine, rule: Rule, rows: pa.Table, task: Task = BINARY) -> list[float]:
    """How long the rule takes on each of these rows, one at a time and warm, in the embedded engine."""
    con = engine.con
    numbered = rows.append_column("key:row", pa.array(range(rows.num_rows), pa.int64()))
    con.create_table("timed_rows", numbered, temp=True, overwrite=True)
    con.raw_sql(
        "CREATE OR REPLACE TEMP VIEW timed_row AS SELECT * FROM timed_rows WHERE \"key:row\" = getvariable('row')"
    )
    one = con.table("timed_row")
    statement = con.compile(one.select(answer=rule_value(rule, one, kinds=RULE_KINDS.get(task.kind))))
    order = [*range(min(WARMUP_ROWS, rows.num_rows)), *range(rows.num_rows)]
    try:
        taken = [_taken_ms(con.con, statement, row) for row in order]
    except RuntimeError as error:
        stop_if_interrupted(error)
        raise
    return taken[-rows.num_rows :]


def _taken_ms(con: Any, statement: str, row: int) -> float:
    con.execute(f"SET VARIABLE row = {row}")
    start = perf_counter_ns()
    con.execute(statement).fetchall()
    return (perf_counter_ns() - start) / 1e6


def timed(frame: Frame, taken_ms: Mapping[str, float]) -> tuple[Frame, Any]:
    """The frame beside the latencies of some of its rows by id, which its engine is lent, and their column."""
    rows = pa.table(
        {"key:timed": pa.array(taken_ms, pa.string()), "key:ms": pa.array(taken_ms.values(), pa.float64())}
    )
    digest = hashlib.sha256(repr(sorted(taken_ms.items())).encode()).hexdigest()[:12]
    lent = frame.engine.lent(rows, f"shipworthy_timed_{digest}")
    joined = frame.table.left_join(lent, frame.table.id == lent["key:timed"])
    return replace(frame, table=joined), joined["key:ms"]
