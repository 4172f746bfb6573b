"""One metric of two candidates on the same rows: what each divides by what, in joint outcomes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

from shipworthy.compare.judged import judged_column, judged_needs
from shipworthy.errors import InputError
from shipworthy.metrics import Definition
from shipworthy.metrics.definition import ANSWERS
from shipworthy.metrics.estimate import completions
from shipworthy.metrics.graded import BOTH_GRADED, ONE_GRADED, leaves_unscored
from shipworthy.metrics.outcomes import SILENT, UNANSWERED, joint, joint_blocks, joint_pairs, labelled_cells
from shipworthy.spec.task import BINARY, Task
from shipworthy.tally.cube import present
from shipworthy.tally.needs import Grouping, Needs, pairs
from shipworthy.tally.scan import Tallies

LEFT = frozenset({*ANSWERS, SILENT, UNANSWERED})
"""The outcomes of labelled rows without an answer, and of unlabelled ones that show it."""

COMPARED = {
    "binary": "a share of rows such as recall or precision, f1, net_value",
    "multiclass": "accuracy, error_rate",
    "regression": "mae, quantile_loss, coverage",
    "text": "pass_rate(grader), attack_success, over_refusal",
    "ranking": "ndcg@10, recall@10, precision@10, map@10, mrr",
}

LOGGED = ("latency_ms", "cost_usd")
"""The columns that a log holds of each candidate."""


_COUNTED_OVER = {
    "data": "the examples, whatever candidates answer",
    "samples": "inputs that were answered several times",
    "variants": "inputs that were written otherwise",
}


Reviewed = tuple[Mapping[str, float] | None, Mapping[str, float] | None]
"""Of each candidate: the money of the rows that it leaves to a person, by their outcome; None where it leaves none."""

NOBODY: Reviewed = (None, None)


@dataclass(frozen=True)
class Joined:
    """The test rows of two candidates together: their tallies, the first candidate being the challenger."""

    tallies: Tallies
    task: Task = BINARY
    reviewed: Reviewed = NOBODY


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
    return cell not in LEFT


def of_column(definition: Definition) -> bool:
    """Whether it is a mean of a number that a log holds of each candidate, or that follows from its answers."""
    logged = definition.kind == "mean" and definition.column in LOGGED
    return definition.subject == "answers" and (logged or definition.kind in ("loss", "bounded"))


def labelled(task: Task, *, paired: bool = False) -> tuple[str, ...]:
    """The outcomes, or joint outcomes, of rows whose true answer is known."""
    if not paired:
        return labelled_cells(task)
    blocks = joint_blocks(task)[:-1]
    return tuple(joint(first, second) for block in blocks for first in block for second in block)


def paired_column(definition: Definition) -> str:
    """The number of the logs that two candidates are compared by, row by row; "" where their outcomes are."""
    if definition.subject != "answers":
        return ""
    if definition.kind == "judged":
        return judged_column(definition)
    return definition.column if of_column(definition) or leaves_unscored(definition) else ""


def better(definition: Definition) -> int:
    """1 where more is better, -1 where less is, 0 where the metric does not say."""
    if of_column(definition) and definition.entry.direction == "either":
        return -1
    return {"higher": 1, "lower": -1, "either": 0}[definition.entry.direction]


def comparable(definition: Definition, task: Task) -> bool:
    """Whether two candidates can be compared in it row by row."""
    known = {cell for block in joint_blocks(task) for cell in block}
    of_outcomes = definition.kind in ("share", "dice", "cells") and definition.counted <= known
    if definition.subject not in ("answers", "attacks"):
        return False
    if definition.kind == "judged":
        return definition.drawn == "random"
    paired = of_column(definition) or leaves_unscored(definition)
    return better(definition) != 0 and (paired or of_outcomes)


def prove_comparable(definition: Definition, task: Task) -> None:
    """Return where two candidates can be compared in the metric row by row.

    Raises:
        InputError: they cannot; the reason is told.
    """
    if comparable(definition, task):
        return
    raise InputError(
        "compare.metric",
        f"candidates cannot be compared in {definition.metric}: {why_not(definition)}",
        remedy=f"Name {COMPARED.get(task.kind, COMPARED['binary'])}, mean(latency_ms) or mean(cost_usd).",
    )


def why_not(definition: Definition) -> str:
    """Why two candidates cannot be compared in a metric, in words."""
    if definition.subject in _COUNTED_OVER:
        return f"that is counted over {_COUNTED_OVER[definition.subject]}, which are not paired"
    if definition.inner is not None:
        return "that compares groups, and the difference of two such comparisons has no bounds here"
    if definition.kind == "quantile":
        return "a difference of quantiles is no sum over rows that both answered"
    if better(definition) == 0:
        return "it says neither that more is better nor that less is"
    if definition.kind == "judged":
        return "its verdicts are a judge's, and the answers that people labelled were not drawn at random"
    return "its difference is no sum over rows that both answered"


def instead(definition: Definition) -> str:
    """What to do where two candidates cannot be compared in a metric."""
    if definition.inner is not None:
        return f"compare them in {definition.inner.metric}: slices in which they differ are shown"
    if definition.kind == "quantile" and definition.column in LOGGED:
        return f"mean({definition.column}) is compared instead"
    if definition.kind == "judged":
        return "have people label the same rows for both, drawn at random, and write drawn: at random"
    return "the claim on each candidate is judged by evaluate"


def contrast(definition: Definition, task: Task, reviewed: Reviewed = NOBODY) -> Contrast:
    """The metric on the rows that both candidates answered; money counts the rows that one leaves to a person too."""
    if of_column(definition):
        return _of_column(definition.column)
    if leaves_unscored(definition):
        return _of_grades(definition.column)
    own = as_ratio(definition)
    sides = [_with_reviewed(own, money) for money in reviewed]
    whole = bool(own.counted & LEFT)
    usable = [
        each
        for each in joint_pairs(task)
        if whole
        or all(answered(cell) or cell in side.counted for cell, side in zip(each, sides, strict=True))
    ]
    return _over(sides[0], sides[1], usable)


def completed(definition: Definition, task: Task, reviewed: Reviewed = NOBODY) -> tuple[Contrast, ...]:
    """The metric on all rows, for each extreme way in which both could have answered what they left unanswered or unscored.

    Rows that one of them leaves to a person are none of these.
    """
    if leaves_unscored(definition):
        return tuple(_graded_all(definition.column, *ways) for ways in product((True, False), repeat=2))
    own = as_ratio(definition)
    if not own.unanswered:
        return ()
    sides = [_with_reviewed(own, money) for money in reviewed]
    usable = [
        each
        for each in joint_pairs(task)
        if all(
            money is None or answered(cell) or cell in side.counted
            for cell, side, money in zip(each, sides, reviewed, strict=True)
        )
    ]
    moves: list[list[dict[str, str]]] = [
        completions(own.unanswered, own.answers) if money is None else [{}] for money in reviewed
    ]
    if all(money is not None for money in reviewed):
        return ()
    return tuple(
        _over(sides[0].completed(first), sides[1].completed(second), usable)
        for first, second in product(*moves)
    )


def _with_reviewed(definition: Definition, money: Mapping[str, float] | None) -> Definition:
    """A mean of money with the rows that a person decides."""
    if definition.kind != "cells" or not money:
        return definition
    return replace(
        definition,
        numerator={**definition.numerator, **money},
        denominator={**definition.denominator, **dict.fromkeys(money, 1.0)},
    )


def needs(
    definition: Definition, by: Grouping, task: Task, reviewed: Reviewed = NOBODY, *, unanswered: bool
) -> Needs:
    """What to scan on every slice of a grouping; with rows `unanswered`, for the worst case too."""
    if definition.kind == "judged":
        return judged_needs(definition, by)
    own = contrast(definition, task, reviewed)
    if of_column(definition):
        columns = [f"{side}:{definition.column}" for side in ("a", "b", "d")]
        multiplied = (columns[2], present(columns[2]))
        return Needs(frozenset(columns), frozenset({by}), products=pairs(multiplied))
    if leaves_unscored(definition):
        rows = {cell for each in completed(definition, task) for cell in each.rows}
        return Needs(frozenset(rows), frozenset({by}), products=pairs(rows))
    cells = {*own.rows}
    if unanswered:
        cells |= {cell for each in completed(definition, task, reviewed) for cell in each.rows}
    return Needs(groupings=frozenset({by}), products=pairs(cells))


def as_ratio(definition: Definition) -> Definition:
    """F1 as the ratio that it is: 2 TP / (2 TP + FP + FN)."""
    if definition.kind != "dice":
        return definition
    twice = {name: 2.0 * weight for name, weight in definition.numerator.items()}
    whole = {
        name: weight + definition.numerator.get(name, 0.0) for name, weight in definition.denominator.items()
    }
    return replace(definition, numerator=twice, denominator=whole)


def _over(first: Definition, second: Definition, cells: Sequence[tuple[str, str]]) -> Contrast:
    def fraction(definition: Definition, side: int) -> Fraction:
        def spread(combination: Mapping[str, float]) -> dict[str, float]:
            return {joint(*each): combination[each[side]] for each in cells if each[side] in combination}

        return Fraction(spread(definition.numerator), spread(definition.denominator))

    return Contrast(fraction(first, 0), fraction(second, 1))


def _of_column(column: str) -> Contrast:
    rows = {present(f"d:{column}"): 1.0}
    return Contrast(Fraction({f"a:{column}": 1.0}, rows), Fraction({f"b:{column}": 1.0}, rows))


def _of_grades(column: str) -> Contrast:
    """Passes of the rows that both have a grade of, by what the first and what the second got."""
    both, first, second, neither = (f"{which}:{column}" for which in BOTH_GRADED)
    rows = dict.fromkeys((both, first, second, neither), 1.0)
    return Contrast(Fraction({both: 1.0, first: 1.0}, rows), Fraction({both: 1.0, second: 1.0}, rows))


def _graded_all(column: str, first: bool, second: bool) -> Contrast:  # noqa: FBT001 - both grades stand side by side
    """Passes of all rows, where what the first (the second) lacks a grade of passed or failed."""
    both = dict(zip(BOTH_GRADED, product((True, False), repeat=2), strict=True))
    grades = {
        f"{name}:{column}": (first if mine is None else mine, second if theirs is None else theirs)
        for name, (mine, theirs) in {**both, **ONE_GRADED}.items()
    }
    rows = dict.fromkeys(grades, 1.0)
    return Contrast(
        *(Fraction({name: 1.0 for name, got in grades.items() if got[side]}, rows) for side in (0, 1))
    )
