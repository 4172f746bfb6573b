"""Proof that ids are unique, in one statement whose memory the engine bounds by spilling to disk."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import ibis

from shipworthy.errors import InputError, Place
from shipworthy.query.engine import Engine
from shipworthy.query.frame import row_key

EXACT = {4: 2.0**24, 8: 2.0**53}
"""From here on a floating number of so many bytes does not hold every whole number."""


def prove_unique(
    engine: Engine,
    table: ibis.Table,
    column: str,
    source: str,
    where: Place | None = None,
    repeats: str | None = None,
) -> None:
    """Return where every row has an id of its own; with `repeats`, an id and a repetition.

    Raises:
        InputError: an id is missing or repeated; the first such ids are named.
    """
    counted = table.group_by(id=row_key(table, column, repeats)).aggregate(n=table.count())
    wrong = counted.filter((counted.n > 1) | counted.id.isnull()).order_by("id").limit(4)
    found: list[dict[str, Any]] = engine.run(wrong, f"proving that {column} is unique").to_pylist()
    if not found:
        return
    nulls = sum(row["n"] for row in found if row["id"] is None)
    if nulls:
        raise InputError(
            "data.null_id",
            f"{nulls} rows of {source} have no {column}{f' or no {repeats}' if repeats else ''}",
            where=where,
            remedy="Every row needs an id of its own: drop these rows or give them one.",
        )
    first = ", ".join(f"{row['id']} ({row['n']} times)" for row in found[:3])
    remedy = "Remove the repeated rows, or name the column that tells repetitions apart with repeats: COLUMN."
    if _blurred(table[column].type(), [row["id"] for row in found]):
        remedy = f"Store {column} as text: it holds floating numbers, which do not tell so large ones apart."
    raise InputError(
        "data.duplicate_id",
        f"{column}{f' with {repeats}' if repeats else ''} of {source} is not unique: {first}{', …' if len(found) > 3 else ''}",
        where=where,
        remedy=remedy,
    )


def _blurred(of: Any, keys: Sequence[str]) -> bool:
    """Whether ids of this type are floating numbers so large that neighbours are one."""
    return of.is_floating() and any(
        abs(float(key.partition("#")[0])) >= EXACT.get(of.nbytes, 0) for key in keys
    )
