"""A roadmap as many possible schedules: stages of uncertain length, gates that may fail, and so many at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from shipworthy.economics.drawing import points
from shipworthy.evidence import Assumed
from shipworthy.spec.inputs import Input
from shipworthy.spec.roadmap import Gate, Roadmap, order_of
from shipworthy.stats.floats import Bools, Floats, Ints

_LATE = 1e300
"""Stands for never where a finite number is needed, so that what can never begin is still chosen before what is done."""


@dataclass(frozen=True)
class Work:
    """One stage, drawn: `days` of work with all tries in it, and whether it passes its gate in the end."""

    days: Floats
    passes: Bools


@dataclass(frozen=True)
class Schedule:
    """When each stage begins and ends, in days from the start: stages by draws, infinite where it never does.

    `stops` is when nobody works on it any more, which a stage that fails its last try comes to as well.
    """

    names: tuple[str, ...]
    begins: Floats
    ends: Floats
    stops: Floats

    @property
    def whole(self) -> Floats:
        """When everything is done."""
        return np.asarray(np.max(self.ends, axis=0))

    def given(self, kept: Bools) -> Schedule:
        """The draws that are kept."""
        return Schedule(self.names, self.begins[:, kept], self.ends[:, kept], self.stops[:, kept])


def works(
    roadmap: Roadmap, count: int, seed: int, pinned: Mapping[str, float] | None = None
) -> dict[str, Work]:
    """The work of each stage in so many draws, the same for the same seed.

    Args:
        roadmap: the stages.
        count: how many draws.
        seed: the seed; each stage has draws of its own, whatever the others are.
        pinned: stages whose length is taken at one point of its range (a share such as 0.95) in all draws.
    """
    streams = np.random.SeedSequence(seed).spawn(len(roadmap.stages))
    found = {}
    for stream, (name, stage) in zip(streams, roadmap.stages.items(), strict=True):
        tries = stage.gate.tries if stage.gate else 1
        shares = np.random.default_rng(stream).random((2 * tries + 1, count))
        if pinned is not None and name in pinned:
            shares[:tries] = pinned[name]
        found[name] = _work(stage.takes, stage.gate, shares, tries)
    return found


def _work(takes: Input, gate: Gate | None, shares: Floats, tries: int) -> Work:
    """The first try, and each further one that a failed gate asks for.

    Rows of `shares`: the length of each try, then the luck of each try, then the chance itself.
    """
    first = points(_spread(takes), shares[0])
    if gate is None:
        return Work(first, np.ones(first.shape, dtype=np.bool_))
    chance = points(_spread(gate.passes), shares[-1])
    lucky = shares[tries:-1] < chance
    again = _spread(gate.again or takes)
    lengths = np.array([first, *(points(again, row) for row in shares[1:tries])])
    failed_before = np.cumsum(~lucky, axis=0) == np.arange(1, tries + 1)[:, None]
    needed = np.vstack([np.ones((1, first.size), dtype=np.bool_), failed_before[:-1]])
    return Work(np.sum(lengths * needed, axis=0), np.asarray(lucky.any(axis=0)))


def _spread(given: Input) -> Assumed:
    found = given.range
    return Assumed("", "", found.low, found.likely, found.high, given.spread, "", given.basis)


def schedule(roadmap: Roadmap, work: Mapping[str, Work]) -> Schedule:
    """The schedule of each draw: of the stages that may begin, the one that can begin first does (ties as written).

    Stages that are done stand at their day and take nobody's time. A stage that fails its last try ends never, and
    what comes after it never begins; whoever worked on it is free for other stages.

    Raises:
        ValueError: stages need each other in a circle.
    """
    names = tuple(roadmap.stages)
    after = {name: stage.after for name, stage in roadmap.stages.items()}
    order_of(after)
    needs = np.array([[each in after[name] for each in names] for name in names])
    count = next(iter(work.values())).days.size
    days = np.array([work[name].days for name in names])
    passes = np.array([work[name].passes for name in names])
    plan = _Plan(needs, days, passes, np.zeros((min(roadmap.at_once, len(names)), count)))
    for at, name in enumerate(names):
        done = roadmap.stages[name].done
        if done is not None:
            plan.end(np.full(count, at), np.full(count, float((done - roadmap.starts).days)))
    for _ in range(sum(stage.done is None for stage in roadmap.stages.values())):
        plan.begin_one()
    return Schedule(
        names, plan.begins, plan.ends, np.where(np.isfinite(plan.ends), plan.ends, plan.begins + days)
    )


class _Plan:
    """A schedule in the making: for each stage and draw, what it still waits for and from when on it may begin."""

    def __init__(self, needs: Bools, days: Floats, passes: Bools, free: Floats) -> None:
        self.needs, self.days, self.passes, self.free = needs, days, passes, free
        self.draws = np.arange(days.shape[1])
        self.begins, self.ends = np.full((2, *days.shape), np.inf)
        self.waiting = np.ones(days.shape, dtype=np.bool_)
        self.open_needs = np.repeat(needs.sum(axis=1)[:, None], days.shape[1], axis=1)
        self.ready = np.zeros(days.shape)

    def begin_one(self) -> None:
        """Put the stage that can begin first into the schedule of each draw; one that never can comes last."""
        person = np.argmin(self.free, axis=0)
        start = np.maximum(self.ready, self.free[person, self.draws])
        can = self.waiting & (self.open_needs == 0)
        stage = np.argmin(np.where(can, np.minimum(start, _LATE), np.inf), axis=0)
        begin = start[stage, self.draws]
        finish = begin + self.days[stage, self.draws]
        working = np.isfinite(begin)
        self.free[person[working], self.draws[working]] = finish[working]
        self.end(stage, np.where(self.passes[stage, self.draws], finish, np.inf), begin)

    def end(self, stage: Ints, end: Floats, begin: Floats | None = None) -> None:
        """Let a stage of each draw end, and those that need it wait for one less."""
        self.begins[stage, self.draws] = end if begin is None else begin
        self.ends[stage, self.draws] = end
        self.waiting[stage, self.draws] = False
        needing = self.needs[:, stage]
        self.open_needs -= needing
        self.ready = np.where(needing, np.maximum(self.ready, end), self.ready)
