"""Recorded answers to attacks: a table of ids and outputs, several rows of one id being several samples."""

from __future__ import annotations

from collections.abc import Mapping

import ibis

from shipworthy.errors import InputError, Place
from shipworthy.query.engine import Engine

MOST_ANSWERS = 1_000_000


def attack_answers(
    engine: Engine, table: ibis.Table, candidate: str, where: Place | None
) -> Mapping[str, list[str | None]]:
    """The answers by the id of the question. Where a column `twin` says yes, the id is that of the attack itself.

    Raises:
        InputError: a column is missing, or there are more answers than any suite asks for.
    """
    for column in ("id", "output"):
        if column not in table.columns:
            raise InputError(
                "misuse.column",
                f"the answers of {candidate} to attacks have no column {column!r}",
                where=where,
                remedy=f"Store id (of an attack, or of its twin: ID/twin) and output. Columns: {', '.join(table.columns)}.",
            )
    found = table.select(**_columns(table)).limit(MOST_ANSWERS + 1)
    rows = engine.run(found, f"reading what {candidate} answered to attacks").to_pylist()
    if len(rows) > MOST_ANSWERS:
        message = f"{candidate} has more than {MOST_ANSWERS:,} answers to attacks"
        raise InputError("misuse.column", message, where=where, remedy="Record fewer samples.")
    answers: dict[str, list[str | None]] = {}
    for row in sorted(rows, key=lambda each: (each["id"], each["output"] or "")):
        answers.setdefault(row["id"], []).append(row["output"])
    return answers


def _columns(table: ibis.Table) -> dict[str, ibis.Value]:
    name = table["id"].cast("string")
    if "twin" in table.columns:
        twin = table["twin"].cast("string").lower().isin(["yes", "true", "1"])
        name = ibis.cases((twin & ~name.endswith("/twin"), name.concat("/twin")), else_=name)
    return {"id": name, "output": table["output"].cast("string")}
