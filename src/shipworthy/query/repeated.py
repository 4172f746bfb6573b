"""Every row several times over, for a candidate that answers each so often."""

from __future__ import annotations

from dataclasses import replace

import ibis

from shipworthy.query.frame import Frame


def repeated(frame: Frame, times: int) -> Frame:
    """The frame with each row `times` times: its id gets the number of the repetition, and its unit is the row.

    That is the form that recorded answers have where several are given to a row.
    """
    if times == 1:
        return frame
    table = frame.table.mutate(**{"key:repeat": ibis.range(1, times + 1).unnest()})
    numbered = table.id.concat("#", table["key:repeat"].cast("string"))
    table = table.mutate(id=numbered, unit=ibis.coalesce(table.unit, table.id)).drop("key:repeat")
    return replace(frame, table=table)


def repetition(row_id: str, times: int) -> int:
    """Which repetition a row of that id is, from 0."""
    return int(row_id.rpartition("#")[2]) - 1 if times > 1 else 0
