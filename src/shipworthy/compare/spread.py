"""How much the difference of two candidates varies from row to row, which says how many rows show it."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

from shipworthy.compare.contrast import Contrast, Joined, as_ratio, contrast, labelled, of_column
from shipworthy.compare.rowwise import RowWise
from shipworthy.metrics import Definition
from shipworthy.metrics.graded import is_pass_rate
from shipworthy.metrics.sums import ratio_of
from shipworthy.spec.task import Task
from shipworthy.tally.cube import Cube, present
from shipworthy.tally.needs import OVERALL, Needs, pairs
from shipworthy.tally.scan import Tallies

SIDES = ("a", "b", "d")


@dataclass(frozen=True)
class Spread:
    """Standard deviations of what one row adds to a difference.

    `paired` where both candidates answer the row, `apart` where one row of each is set against the other; from so many
    `rows`. Of clustered rows, those of a row's share of its unit.
    """

    rows: int
    paired: float
    apart: float


def counts_same_rows(definition: Definition, task: Task) -> bool:
    """Whether both candidates are judged on the same rows; else a spread is that of any labelled row."""
    return of_column(definition) or contrast(definition, task).same_rows


def spread_needs(definition: Definition, task: Task) -> Needs:
    """What to scan of two candidates for their spread."""
    if of_column(definition):
        columns = [f"{side}:{definition.column}" for side in SIDES]
        products = frozenset(each for column in columns for each in pairs((column, present(columns[2]))))
        return Needs(frozenset(columns), frozenset({OVERALL}), products=products)
    outcomes = contrast(definition, task).rows
    graded = frozenset(outcomes if is_pass_rate(definition) else ())
    return Needs(graded, frozenset({OVERALL}), products=pairs(outcomes))


def spread(definition: Definition, joined: Joined) -> Spread:
    """The spread of two candidates, from the one slice of the cube of their joint rows."""
    cube, task = joined.tallies.overall, joined.task
    both = contrast(definition, task)
    rows = _rows(definition, both, cube, task)
    if of_column(definition):
        there = both.first.denominator
        paired = ratio_of(cube, {f"d:{definition.column}": 1.0}, there).variance
    else:
        paired = RowWise(both, cube).mean.variance
    apart = sum(
        float(ratio_of(cube, side.numerator, side.denominator).variance[0])
        for side in (both.first, both.second)
    )
    return Spread(round(rows), sqrt(float(paired[0]) * rows), sqrt(apart * rows))


def spread_of_one(definition: Definition, tallies: Tallies, task: Task) -> Spread:
    """The spread of two candidates that are as good as this one and err independently of each other."""
    cube, own = tallies.overall, as_ratio(definition)
    ratio = ratio_of(cube, own.numerator, own.denominator)
    rows = float(ratio.n[0])
    if not counts_same_rows(definition, task):
        rows = float(cube.count(dict.fromkeys(labelled(task), 1.0))[0])
    apart = sqrt(2 * float(ratio.variance[0]) * rows)
    return Spread(round(rows), apart, apart)


def _rows(definition: Definition, both: Contrast, cube: Cube, task: Task) -> float:
    counted = both.first.denominator if counts_same_rows(definition, task) else labelled(task, paired=True)
    return float(cube.count(dict.fromkeys(counted, 1.0))[0])
