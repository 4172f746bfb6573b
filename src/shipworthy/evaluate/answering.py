"""Tallies of the test rows -> estimates and verdicts of one candidate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from shipworthy.evaluate.asking import Questions
from shipworthy.evidence import Confused, Estimate, Verdict
from shipworthy.judge import judge
from shipworthy.judge.comparison import estimate_of
from shipworthy.metrics import Definition, Measured, measure_each
from shipworthy.metrics.outcomes import NONE, confusion
from shipworthy.spec.claim import Metric
from shipworthy.spec.task import Task
from shipworthy.tally.needs import Grouping
from shipworthy.tally.scan import Tallies

LEVEL = 0.95
"""Of the one-sided bounds of estimates that no requirement asked for."""


def answered(
    asked: Questions,
    tallies: Tallies,
    candidate: str,
    known: Mapping[str, Sequence[str]],
    share_of_error: int = 1,
) -> tuple[tuple[Estimate, ...], tuple[Verdict, ...]]:
    """All estimates and verdicts of one candidate.

    Args:
        asked: the questions, which `tallies` were scanned for.
        tallies: of the candidate's test rows.
        candidate: its name.
        known: the slices that each column has in the examples, in order.
        share_of_error: between how many candidates the error of a wrong verdict is shared.
    """
    level = 1 - (1 - LEVEL) / share_of_error
    measured = _measured(asked.estimated, tallies, level)
    estimates = [
        each
        for definition, by in asked.estimated
        for each in _estimates(
            definition, by, measured[definition.metric, by], candidate, tallies, known, level
        )
    ]
    verdicts = [
        verdict
        for claim in asked.claims
        for verdict in judge(
            claim, tallies, candidate, known, 1 - (1 - claim.requirement.confidence) / share_of_error
        )
    ]
    return tuple(estimates), tuple(verdicts)


def confusion_of(tallies: Tallies, task: Task) -> tuple[Confused, ...]:
    """How often each class was answered with each, over all rows that were; nothing where answers are no classes."""
    if task.kind != "multiclass":
        return ()
    cube = tallies.overall
    pairs = [(label, answer) for label in task.classes for answer in (*task.classes, NONE)]
    counted = ((*pair, int(cube.count({confusion(*pair): 1.0}).sum())) for pair in pairs)
    return tuple(
        Confused(label, None if answer == NONE else answer, rows) for label, answer, rows in counted if rows
    )


def _measured(
    estimated: Sequence[tuple[Definition, Grouping]], tallies: Tallies, level: float
) -> dict[tuple[Metric, Grouping], Measured]:
    """Every metric on all of its groupings."""
    definitions = {definition.metric: definition for definition, _ in estimated}
    groupings = {
        metric: [by for definition, by in estimated if definition.metric == metric] for metric in definitions
    }
    return {
        (metric, by): found
        for metric, definition in definitions.items()
        for by, found in measure_each(
            definition, tallies.of(definition.subject), groupings[metric], level
        ).items()
    }


def _estimates(
    definition: Definition,
    by: Grouping,
    measured: Measured,
    candidate: str,
    tallies: Tallies,
    known: Mapping[str, Sequence[str]],
    level: float,
) -> list[Estimate]:
    known = tallies.of(definition.subject).labels if definition.subject == "attacks" else known
    keys = [(label,) for label in known.get(by[0], ())] if len(by) == 1 else list(measured.keys)
    return [
        estimate_of(
            definition, measured, measured.position(key), candidate, dict(zip(by, key, strict=True)), level
        )
        for key in keys
    ]
