"""How often two candidates answer differently on the rows that a metric counts."""

from __future__ import annotations

from dataclasses import dataclass

from shipworthy.metrics import Definition
from shipworthy.metrics.outcomes import joint, joint_pairs
from shipworthy.spec.task import BINARY, Task
from shipworthy.tally import Cube


@dataclass(frozen=True)
class Discordance:
    """Rows that the metric counts of both candidates, and those of them on which only one of the two is right."""

    rows: int
    discordant: int


def discordance(cube: Cube, definition: Definition, task: Task = BINARY) -> Discordance:
    """The discordance of two candidates, from the one slice of the cube of their joint outcomes."""
    counted = [
        pair for pair in joint_pairs(task) if all(outcome in definition.denominator for outcome in pair)
    ]
    differing = [
        (first, second)
        for first, second in counted
        if (first in definition.numerator) != (second in definition.numerator)
    ]
    rows, discordant = (
        round(float(cube.count({joint(*pair): 1.0 for pair in pairs}).sum()))
        for pairs in (counted, differing)
    )
    return Discordance(rows, discordant)
