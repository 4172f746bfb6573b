"""How fast labelled examples came: their number, and the time of the first and the last."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from shipworthy.query.frame import Frame

WEEK_SECONDS = 604_800


@dataclass(frozen=True)
class LabelFlow:
    """So many labelled rows in so many weeks, from the first to the last; no weeks where they have no times."""

    labelled: int
    weeks: float | None


def label_flow(frame: Frame) -> LabelFlow:
    """The flow of the labelled examples, in one statement."""
    time = frame.table.time
    table = frame.table.filter(frame.table.label.notnull())
    found = frame.engine.run(
        table.aggregate(n=table.count(), first=table.time.min(), last=table.time.max()), "measuring the flow"
    ).to_pylist()[0]
    labelled = int(found["n"])
    if not time.type().is_temporal() or found["first"] is None:
        return LabelFlow(labelled, None)
    return LabelFlow(labelled, (_seconds(found["last"]) - _seconds(found["first"])) / WEEK_SECONDS or None)


def _seconds(moment: Any) -> float:
    """Seconds since 1970; a day is its midnight."""
    if isinstance(moment, datetime):
        return moment.replace(tzinfo=moment.tzinfo or UTC).timestamp()
    if isinstance(moment, date):
        return datetime(moment.year, moment.month, moment.day, tzinfo=UTC).timestamp()
    return float("nan")
