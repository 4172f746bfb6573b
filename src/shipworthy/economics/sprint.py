"""The next few weeks of a roadmap: what is worked on, what ends, and which items of the backlog fit beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import numpy as np

from shipworthy.economics.backlog import DAYS_A_MONTH
from shipworthy.economics.schedule import Schedule
from shipworthy.evidence import Ranked, Sprint, SprintStage
from shipworthy.spec.roadmap import Roadmap

LEAST_CHANCE = 0.05
"""A stage that is worked on in fewer draws than this is no part of the sprint."""


def sprint(roadmap: Roadmap, found: Schedule, today: date, backlog: Sequence[Ranked]) -> Sprint:
    """The sprint that begins today, or with the work if that begins later.

    Args:
        roadmap: the stages, how many run at once, and how long a sprint is.
        found: the schedule of each draw.
        today: the day of the forecast.
        backlog: what else could be done, the first first.
    """
    first = max((today - roadmap.starts).days, 0)
    last = first + roadmap.sprint_days
    open_ones = [at for at, name in enumerate(found.names) if roadmap.stages[name].done is None]
    stages = [_stage(found, at, first, last) for at in open_ones]
    worked = np.minimum(found.stops[open_ones], last) - np.maximum(found.begins[open_ones], first)
    busy = float(np.mean(np.sum(np.maximum(worked, 0.0), axis=0)))
    free = max(roadmap.at_once * roadmap.sprint_days - busy, 0.0)
    begins = roadmap.starts + timedelta(days=first)
    return Sprint(
        begins.isoformat(),
        (begins + timedelta(days=roadmap.sprint_days - 1)).isoformat(),
        tuple(each for each in stages if each.worked_on >= LEAST_CHANCE),
        free,
        tuple(_fitting(backlog, free)),
    )


def _stage(found: Schedule, at: int, first: int, last: int) -> SprintStage:
    begins, stops, ends = found.begins[at], found.stops[at], found.ends[at]
    running = (begins < last) & (stops > first)
    return SprintStage(
        found.names[at], float(np.mean(running)), float(np.mean((ends > first) & (ends <= last)))
    )


def _fitting(backlog: Sequence[Ranked], free: float) -> Iterator[str]:
    """The items that fit, each taken in its order where there is room for it."""
    for each in backlog:
        days = each.months * DAYS_A_MONTH
        if days <= free:
            yield each.item
            free -= days


def soon(found: Sprint) -> tuple[str, ...]:
    """The stages that are more likely than not worked on in the sprint."""
    return tuple(each.stage for each in found.stages if each.worked_on >= 0.5)
