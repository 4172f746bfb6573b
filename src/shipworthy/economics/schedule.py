"""A roadmap as many possible schedules: stages of uncertain length, gates that may fail, and so many at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from shipworthy.economics.drawing import points
from shipworthy.evidence import Assumed
from shipworthy.spec.inputs import Input
from shipworthy.spec.roadmap import Gate, Roadmap, order_of
from shipworthy.stats.floats import Floats


@dataclass(frozen=True)
class Work:
    """One stage, drawn: `days` of work with all tries in it, and whether it passes its gate in the end."""

    days: Floats
    passes: np.typing.NDArray[np.bool_]


@dataclass(frozen=True)
class Schedule:
    """When each stage begins and ends, in days from the start: stages by draws, infinite where it never does."""

    names: tuple[str, ...]
    begins: Floats
    ends: Floats

    @property
    def whole(self) -> Floats:
        """When everything is done."""
        return np.asarray(np.max(self.ends, axis=0))

    def given(self, kept: np.typing.NDArray[np.bool_]) -> Schedule:
        """The draws that are kept."""
        return Schedule(self.names, self.begins[:, kept], self.ends[:, kept])


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
    before = np.array([[each in after[name] for each in names] for name in names])
    count = next(iter(work.values())).days.size
    begins, ends = np.full((2, len(names), count), np.inf)
    waiting = np.ones((len(names), count), dtype=np.bool_)
    for at, name in enumerate(names):
        done = roadmap.stages[name].done
        if done is not None:
            begins[at] = ends[at] = (done - roadmap.starts).days
            waiting[at] = False
    free = np.zeros((min(roadmap.at_once, len(names)), count))
    for _ in range(int(waiting[:, 0].sum())):
        _begin_one(before, begins, ends, waiting, free, [work[name] for name in names])
    return Schedule(names, begins, ends)


def _begin_one(
    before: np.typing.NDArray[np.bool_],
    begins: Floats,
    ends: Floats,
    waiting: np.typing.NDArray[np.bool_],
    free: Floats,
    work: list[Work],
) -> None:
    """Put the stage that can begin first into the schedule of each draw."""
    draws = np.arange(free.shape[1])
    blocked = np.array([(waiting & needs[:, None]).any(axis=0) for needs in before])
    ready = np.array([np.max(np.where(needs[:, None], ends, 0.0), axis=0) for needs in before])
    person = np.argmin(free, axis=0)
    start = np.where(waiting & ~blocked, np.maximum(ready, free[person, draws]), np.nan)
    stage = np.argmin(np.where(np.isnan(start), np.finfo(np.float64).max, np.minimum(start, 1e300)), axis=0)
    begin = start[stage, draws]
    finish = begin + np.array([each.days for each in work])[stage, draws]
    passed = np.array([each.passes for each in work])[stage, draws]
    begins[stage, draws] = begin
    ends[stage, draws] = np.where(passed, finish, np.inf)
    waiting[stage, draws] = False
    working = np.isfinite(begin)
    free[person[working], draws[working]] = finish[working]
