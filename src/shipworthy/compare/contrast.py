"""One metric of two candidates on the same rows: what each divides by what, in joint outcomes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

from shipworthy.errors import InputError
from shipworthy.metrics import Definition
from shipworthy.metrics.definition import ANSWERS
from shipworthy.metrics.estimate import completions
from shipworthy.metrics.outcomes import NONE, UNANSWERED, joint, joint_pairs
from shipworthy.spec.task import Task
from shipworthy.tally.cube import present
from shipworthy.tally.needs import Grouping, Needs, pairs

LOGGED = ("latency_ms", "cost_usd")
"""The columns that a log holds of each candidate."""


@dataclass(frozen=True)
class Fraction:
    """A ratio of two sums of row values."""

    numerator: Mapping[str, float]
    denominator: Mapping[str, float]


@dataclass(frozen=True)
class Contrast:
    """The metric of the first and of the second candidate, over the same joint outcomes or paired values."""

    first: Fraction
    second: Fraction

    @property
    def rows(self) -> tuple[str, ...]:
        """The joint outcomes of the rows that count for either."""
        return tuple(sorted({*self.first.denominator, *self.second.denominator}))

    @property
    def same_rows(self) -> bool:
        """Whether both divide by the same rows, as for recall and not for precision."""
        return self.first.denominator == self.second.denominator


def answered(cell: str) -> bool:
    """Whether an outcome is that of a row with an answer."""
    return cell not in ANSWERS and cell != UNANSWERED and not cell.endswith(f"as {NONE}")


def better(definition: Definition) -> int:
    """1 where more is better, -1 where less is, 0 where the metric does not say."""
    if definition.kind == "mean" and definition.column in LOGGED:
        return -1
    return {"higher": 1, "lower": -1, "either": 0}[definition.entry.direction]


def comparable(definition: Definition) -> bool:
    """Whether two candidates can be compared in it row by row."""
    of_log = definition.kind == "mean" and definition.column in LOGGED
    return of_log or (definition.kind in ("share", "dice", "cells") and better(definition) != 0)


def prove_comparable(definition: Definition) -> None:
    """Return where two candidates can be compared in the metric row by row.

    Raises:
        InputError: they cannot; the reason is told.
    """
    if comparable(definition):
        return
    if better(definition) == 0:
        reason = "it says neither that more is better nor that less is"
    else:
        reason = "its difference is no sum over rows that both answered"
    raise InputError(
        "compare.metric",
        f"candidates cannot be compared in {definition.metric}: {reason}",
        remedy="Name a share of rows such as recall or precision, f1, net_value, mean(latency_ms) or mean(cost_usd).",
    )


def contrast(definition: Definition, task: Task) -> Contrast:
    """The metric on the rows that both candidates answered."""
    if definition.kind == "mean":
        return _of_column(definition.column)
    common = [each for each in joint_pairs(task) if answered(each[0]) and answered(each[1])]
    return _over(_plain(definition), _plain(definition), common)


def completed(definition: Definition, task: Task) -> tuple[Contrast, ...]:
    """The metric on all rows, for each extreme way in which both could have answered what they left unanswered."""
    plain = _plain(definition)
    moves = completions(plain.unanswered) if plain.unanswered else []
    every = joint_pairs(task)
    return tuple(
        _over(plain.completed(first), plain.completed(second), every)
        for first, second in product(moves, moves)
    )


def needs(definition: Definition, by: Grouping, task: Task, *, unanswered: bool) -> Needs:
    """What to scan on every slice of a grouping; with rows `unanswered`, for the worst case too."""
    own = contrast(definition, task)
    if definition.kind == "mean":
        columns = [f"{side}:{definition.column}" for side in ("a", "b", "d")]
        multiplied = (columns[2], present(columns[2]))
        return Needs(frozenset(columns), frozenset({by}), products=pairs(multiplied))
    cells = {*own.rows}
    if unanswered:
        cells |= {cell for each in completed(definition, task) for cell in each.rows}
    return Needs(groupings=frozenset({by}), products=pairs(cells))


def _plain(definition: Definition) -> Definition:
    """F1 as the ratio that it is: 2 TP / (2 TP + FP + FN)."""
    if definition.kind != "dice":
        return definition
    return replace(definition, numerator={"tp": 2.0}, denominator={"tp": 2.0, "fp": 1.0, "fn": 1.0})


def _over(first: Definition, second: Definition, cells: Sequence[tuple[str, str]]) -> Contrast:
    def fraction(definition: Definition, side: int) -> Fraction:
        def spread(combination: Mapping[str, float]) -> dict[str, float]:
            return {joint(*each): combination[each[side]] for each in cells if each[side] in combination}

        return Fraction(spread(definition.numerator), spread(definition.denominator))

    return Contrast(fraction(first, 0), fraction(second, 1))


def _of_column(column: str) -> Contrast:
    rows = {present(f"d:{column}"): 1.0}
    return Contrast(Fraction({f"a:{column}": 1.0}, rows), Fraction({f"b:{column}": 1.0}, rows))
