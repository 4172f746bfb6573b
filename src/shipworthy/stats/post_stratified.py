"""The rate of all judged rows, from labels that were drawn among what a judge lets pass and among what it does not."""

from __future__ import annotations

from dataclasses import dataclass
from math import hypot

from shipworthy.stats.judge_errors import JudgeTable, Share, share
from shipworthy.stats.level import one_sided


@dataclass(frozen=True)
class Sides:
    """The judge's share of passes, and the share that people let pass on each side of it."""

    passed: Share
    among_passed: Share
    among_failed: Share

    @property
    def value(self) -> float:
        """Each side's share by the size of the side."""
        size = self.passed.value
        return size * self.among_passed.value + (1 - size) * self.among_failed.value


def sides(passed: float, judged: float, table: JudgeTable, level: float) -> Sides:
    """The sides with bounds at `level`.

    Args:
        passed: rows without a label that the judge lets pass.
        judged: all rows without a label.
        table: the labelled rows; some of both sides.
        level: one-sided.
    """
    one, other = table.both + table.judge_only, table.human_only + table.neither
    return Sides(
        share(passed + one, judged + table.rows, level=level),
        share(table.both, one, level=level),
        share(table.human_only, other, level=level),
    )


def bounds(of: Sides) -> tuple[float, float]:
    """One-sided lower and upper bound of the value, from the exact limits of the three shares (MOVER)."""
    size, one, other = of.passed, of.among_passed, of.among_failed
    apart = one.value - other.value
    less, more = (size.lower, size.upper) if apart >= 0 else (size.upper, size.lower)
    down = hypot(
        size.value * (one.value - one.lower),
        (1 - size.value) * (other.value - other.lower),
        apart * (size.value - less),
    )
    up = hypot(
        size.value * (one.upper - one.value),
        (1 - size.value) * (other.upper - other.value),
        apart * (more - size.value),
    )
    return max(of.value - down, 0.0), min(of.value + up, 1.0)


def interval(
    passed: float, judged: float, table: JudgeTable, confidence: float = 0.95
) -> tuple[float, float]:
    """Two-sided interval with equal tails."""
    return bounds(sides(passed, judged, table, float(one_sided(confidence))))
