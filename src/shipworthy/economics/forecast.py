"""The forecast of a roadmap: when each stage is done with which chance, what decides it, and what begins soon."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from math import ceil, isfinite

import numpy as np

from shipworthy.economics.backlog import backlog_order
from shipworthy.economics.hindsight import hindsight
from shipworthy.economics.schedule import Schedule, schedule, works
from shipworthy.economics.sprint import soon, sprint
from shipworthy.evidence import Forecast, StageForecast
from shipworthy.spec.roadmap import Roadmap
from shipworthy.stats.floats import Floats

DRAWS = 10_000
SWING_DRAWS = 4_000
LEAST_DRAWS = 500
"""With fewer draws that agree with what has happened, the plan is not the world any more."""

WHOLE = "everything"
_ENDS = (0.05, 0.95)


def forecast(
    roadmap: Roadmap,
    today: date,
    worth: Mapping[str, float],
    earlier: Sequence[Forecast] = (),
    *,
    currency: str = "USD",
    count: int = DRAWS,
    seed: int = 0,
) -> Forecast:
    """The forecast of all stages, in days of the calendar.

    Args:
        roadmap: the stages and the backlog.
        today: the day of the forecast.
        worth: what each input of `build_or_buy` would be worth to know.
        earlier: past forecasts, the oldest first, to be held against what happened.
        currency: that of the backlog's money.
        count: how many draws.
        seed: the seed of the draws.

    Raises:
        ValueError: stages need each other in a circle.
    """
    found, notes = _so_far(roadmap, schedule(roadmap, works(roadmap, count, seed)), today)
    swings = {name: _swing(roadmap, name, min(count, SWING_DRAWS), seed) for name in roadmap.stages}
    stages = tuple(_stage(roadmap, found, at, swings[name]) for at, name in enumerate(found.names))
    moving = {name: swing for name, swing in swings.items() if swing is None or swing > 0}
    done = {name: stage.done for name, stage in roadmap.stages.items() if stage.done is not None}
    backlog = backlog_order(roadmap.backlog, worth)
    near = sprint(roadmap, found, today, backlog)
    return Forecast(
        starts=roadmap.starts.isoformat(),
        kill_date=roadmap.kill_date.isoformat() if roadmap.kill_date else None,
        proposed_kill=_day(roadmap, _proposed_kill(found.whole)),
        draws=found.whole.size,
        seed=seed,
        stages=stages,
        whole=_forecast_of(WHOLE, roadmap, np.min(found.begins, axis=0), found.whole, None),
        critical=max(moving, key=lambda name: np.inf if moving[name] is None else moving[name] or 0.0)
        if moving
        else None,
        soon=soon(near),
        backlog=backlog,
        currency=currency,
        hindsight=hindsight(earlier, done) if done else None,
        notes=notes,
        as_of=today.isoformat(),
        sprint=near,
    )


def _so_far(roadmap: Roadmap, found: Schedule, today: date) -> tuple[Schedule, tuple[str, ...]]:
    """The draws in which nothing ends before today but what is done; all of them, with a note, where too few are left."""
    open_ones = [at for at, name in enumerate(found.names) if roadmap.stages[name].done is None]
    kept = np.all(found.ends[open_ones] >= (today - roadmap.starts).days, axis=0)
    if np.count_nonzero(kept) >= LEAST_DRAWS:
        return found.given(kept), ()
    late = ", ".join(
        found.names[at]
        for at in open_ones
        if np.mean(found.ends[at] >= (today - roadmap.starts).days) < LEAST_DRAWS / kept.size
    )
    told = f"{late} should have ended by now" if late else "the open stages should have come further by now"
    return found, (f"{told}: the dates here are those of the plan; say what is done, or widen the ranges",)


def _stage(roadmap: Roadmap, found: Schedule, at: int, swing: float | None) -> StageForecast:
    begins, ends, stage = found.begins[at], found.ends[at], roadmap.stages[found.names[at]]
    told = _forecast_of(found.names[at], roadmap, begins, ends, swing)
    if stage.gate is None or stage.done is not None:
        return told
    return replace(told, fails=float(np.mean(np.isfinite(begins) & ~np.isfinite(ends))))


def _forecast_of(
    name: str, roadmap: Roadmap, begins: Floats, ends: Floats, swing: float | None
) -> StageForecast:
    p50, p85, p95 = (
        _day(roadmap, float(each)) for each in np.quantile(ends, (0.5, 0.85, 0.95), method="higher")
    )
    kill = roadmap.kill_date
    stage = roadmap.stages.get(name)
    done = stage.done if stage else None
    return StageForecast(
        name,
        _day(roadmap, float(np.quantile(begins, 0.5, method="higher"))),
        p50,
        p85,
        p95,
        float(np.mean(np.isfinite(ends))),
        float(np.mean(ends <= (kill - roadmap.starts).days)) if kill else None,
        swing,
        done.isoformat() if done else None,
    )


def _swing(roadmap: Roadmap, name: str, count: int, seed: int) -> float | None:
    """How far P85 of the whole moves between a short and a long stage, all other draws the same; None: to never."""
    if roadmap.stages[name].done is not None:
        return 0.0
    short, long = (
        float(
            np.quantile(
                schedule(roadmap, works(roadmap, count, seed, {name: end})).whole, 0.85, method="higher"
            )
        )
        for end in _ENDS
    )
    if isfinite(short) and isfinite(long):
        return long - short
    return 0.0 if short == long else None


def _proposed_kill(whole: Floats) -> float:
    """The day by which 95 % of the draws that get there are there: who is not, is in another world than this one."""
    there = whole[np.isfinite(whole)]
    return float(np.quantile(there, 0.95, method="higher")) if there.size else np.inf


def _day(roadmap: Roadmap, days: float) -> str | None:
    """The date so many days after the start, a part of a day counting as a whole one."""
    if days > (date.max - roadmap.starts).days:
        return None
    return (roadmap.starts + timedelta(days=ceil(days))).isoformat()
