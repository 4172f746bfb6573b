"""A metric on several groupings in one pass: to call an estimator costs more than most slices that it looks at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, replace
from itertools import accumulate, pairwise
from typing import Any

from shipworthy.metrics.definition import Definition
from shipworthy.metrics.estimate import ESTIMATORS, measure
from shipworthy.metrics.measured import Measured
from shipworthy.tally.cube import Cube, Key
from shipworthy.tally.needs import Grouping
from shipworthy.tally.scan import Tallies

TOGETHER: Grouping = ("together",)
"""The grouping whose slices are those of several others."""


def measure_each(
    definition: Definition, tallies: Tallies, groupings: Iterable[Grouping], level: float
) -> dict[Grouping, Measured]:
    """The metric on every slice of each grouping, as `measure` gives it for one."""
    wanted = [*dict.fromkeys(groupings)]
    if definition.inner is not None or definition.kind not in ESTIMATORS or len(wanted) < 2:
        return {by: measure(definition, tallies, by, level) for by in wanted}
    cubes = [tallies.cubes[by] for by in wanted]
    together = replace(tallies, cubes={TOGETHER: Cube.beside(TOGETHER, cubes)})
    found = measure(definition, together, TOGETHER, level)
    ends = pairwise(accumulate(map(len, cubes), initial=0))
    return {by: _part(found, slice(*at), cube.keys) for by, at, cube in zip(wanted, ends, cubes, strict=True)}


def _part(found: Measured, at: slice, keys: tuple[Key, ...]) -> Measured:
    """What was measured on these slices only, which have these keys."""
    values = {each.name: getattr(found, each.name) for each in fields(found)}
    cut: dict[str, Any] = {name: None if value is None else value[at] for name, value in values.items()}
    return Measured(**(cut | {"keys": keys}))
