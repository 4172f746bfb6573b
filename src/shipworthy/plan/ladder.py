"""How many rows a claim needs before there are any: one number for each number of errors that may turn up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from shipworthy.errors import InputError
from shipworthy.judge import Claim
from shipworthy.metrics import Definition
from shipworthy.plan.rows import rows_that_count
from shipworthy.spec.language import Bound
from shipworthy.spec.task import BINARY, Task
from shipworthy.stats.sample_size import events_allowed_trials

ERRORS = (0, 1, 2, 3, 5, 10)
_AGAINST = {("recall", True): "misses", ("false_positive_rate", False): "false alarms"}


@dataclass(frozen=True)
class Rung:
    """The rows with which so many errors still meet the claim; None is more than a thousand million."""

    errors: int
    rows: int | None


@dataclass(frozen=True)
class Ladder:
    """One comparison of a claim: which rows count for it, what an error is, and the rungs.

    `level` is the one-sided confidence. `each` names the columns of whose slices each needs so many rows.
    """

    claim: str
    rows: str
    errors: str
    level: float
    each: tuple[str, ...]
    rungs: tuple[Rung, ...]


def ladder(claim: Claim, errors: Sequence[int] = ERRORS, task: Task = BINARY) -> tuple[Ladder, ...]:
    """The ladder of each comparison of a claim, exact (Clopper and Pearson 1934).

    Raises:
        InputError: the metric is no share of rows, so what it needs depends on how much it varies.
    """
    return tuple(_ladder(claim, definition, bound, errors, task) for definition, bound in claim.comparisons)


def _ladder(claim: Claim, definition: Definition, bound: Bound, errors: Sequence[int], task: Task) -> Ladder:
    if definition.kind not in ("share", "rate"):
        raise InputError(
            "plan.claim",
            f"what {definition.metric} needs depends on how much it varies, which only data tell",
            remedy="Evaluate it on some rows, then plan the product; or claim a share of rows, such as recall.",
        )
    level = claim.requirement.confidence
    rungs = tuple(
        Rung(count, events_allowed_trials(count, bound.value, level, at_least=bound.at_least))
        for count in errors
    )
    against = _AGAINST.get((definition.metric.name, bound.at_least), "rows against it")
    return Ladder(
        str(bound), rows_that_count(definition, task).words, against, level, claim.requirement.every, rungs
    )
