"""How far answers change where an input is written otherwise and means the same: counted over inputs and their variants."""

from __future__ import annotations

from shipworthy.errors import InputError, did_you_mean
from shipworthy.metrics.definition import Definition
from shipworthy.metrics.entry import Entry
from shipworthy.metrics.graded import prove_grader
from shipworthy.metrics.table import entry_of
from shipworthy.spec.claim import Metric
from shipworthy.spec.kinds import VARIANTS
from shipworthy.spec.task import Task
from shipworthy.tally.needs import OVERALL, Grouping

FLIP, DROP = "variant_flip", "variant_drop"

CHANGED, KEPT, UNKNOWN = "=changed", "=kept", "=changed_unknown"
"""Of an input and its variant one is 1: whether another answer, or grade, was given."""

LOST, GAINED, SAME = "=lost", "=gained", "=same"
"""Of an input and its variant one is 1: right and then wrong, wrong and then right, or alike."""

LOST_OR_SAME, GAINED_OR_SAME, LOST_OR_GAINED = "=lost_or_same", "=gained_or_same", "=lost_or_gained"
"""What it could be where the original, its variant or both are unscored."""

RIGHT_OR_WRONG = ("binary", "multiclass")
"""The kinds of answers that are right or wrong by themselves; others need a grader for that."""


def cell(name: str, variant: str, grader: str = "") -> str:
    """The name of a row value for one variant, and for one grader where it is about grades."""
    return f"{name}@{variant}@{grader}" if grader else f"{name}@{variant}"


def drop_cell(before: bool | None, after: bool | None) -> str:  # noqa: FBT001 - both stand side by side
    """Which outcome it is that something was right (or passed) before and after; None where that is not known."""
    if before is None or after is None:
        if before is None and after is None:
            return LOST_OR_GAINED
        return LOST_OR_SAME if before or after is False else GAINED_OR_SAME
    return SAME if before == after else LOST if before else GAINED


def define_varied(metric: Metric, entry: Entry, task: Task) -> Definition:
    """The definition of a metric of variants: of the answer itself, or of what a grader says of it.

    Raises:
        InputError: it takes other arguments, the variant is not made, or no grader has the name.
    """
    variant, grader = _arguments(metric, task)
    if grader:
        _prove_grader(metric, grader, task)
    elif metric.name == DROP and task.kind not in RIGHT_OR_WRONG:
        raise InputError(
            "metric.grader",
            f"{metric} asks how many more answers are wrong, and answers of the kind {task.kind} are right or wrong only by a grader",
            remedy=f"Name one of the section grade: {metric.name}({variant}, {next(iter(task.grades), 'NAME')}).",
        )
    if metric.name == FLIP:
        changed, kept, unknown = (cell(name, variant, grader) for name in (CHANGED, KEPT, UNKNOWN))
        both = {changed: 1.0, kept: 1.0}
        return Definition(metric, entry, "share", {changed: 1.0}, both, answers={unknown: (changed, kept)})
    return _drop(metric, entry, variant, grader)


def _drop(metric: Metric, entry: Entry, variant: str, grader: str) -> Definition:
    """The mean of 1 for what is lost and -1 for what is gained."""
    lost, gained, same = (cell(name, variant, grader) for name in (LOST, GAINED, SAME))
    first, second, both = (
        cell(name, variant, grader) for name in (LOST_OR_SAME, GAINED_OR_SAME, LOST_OR_GAINED)
    )
    answers = {first: (lost, same), second: (gained, same), both: (lost, gained)}
    worth = {lost: 1.0, gained: -1.0, same: 0.0}
    return Definition(metric, entry, "cells", worth, dict.fromkeys(worth, 1.0), answers=answers)


def _arguments(metric: Metric, task: Task) -> tuple[str, str]:
    """The variant and the grader ("" where none is named)."""
    names = [each.name for each in metric.args if isinstance(each, Metric) and not each.args]
    if not 1 <= len(names) <= 2 or len(names) != len(metric.args):
        raise InputError(
            "metric.arguments",
            f"{metric} does not have the arguments of {metric.name}",
            remedy=f"Name a variant, and a grader where its grades are meant: {metric.name}(typo), {metric.name}(typo, grounded).",
        )
    if names[0] not in task.variants:
        known = f"Variants: {', '.join(task.variants)}." if task.variants else ""
        add = "Add it, for example stability: {variants: {columns: question, typo: {edits: 2}}}."
        near = did_you_mean(names[0], VARIANTS) if names[0] not in VARIANTS else add
        raise InputError(
            "metric.variant",
            f"{metric} names no variant that the section stability: makes",
            remedy=f"{near} {known}".strip(),
        )
    return names[0], names[1] if len(names) > 1 else ""


def _prove_grader(metric: Metric, grader: str, task: Task) -> None:
    prove_grader(metric, grader, task)
    if grader in dict(task.judged):
        raise InputError(
            "metric.judged",
            f"{metric} compares what {grader} says, which is a judge: only a pass rate is corrected by what people say",
            remedy=f"Claim pass_rate({grader}), or compare what a grader says that is no judge.",
        )


def variant_metrics(task: Task) -> list[tuple[Metric, Grouping]]:
    """What is estimated of every variant without being asked: changed answers, and how many more are wrong or fail."""
    found = []
    for variant in task.variants if task.kind in entry_of(FLIP).kinds else ():
        named = Metric(variant)
        found.append(Metric(FLIP, (named,)))
        found += [Metric(DROP, (named,))] if task.kind in RIGHT_OR_WRONG else []
        judges = dict(task.judged)
        found += [Metric(DROP, (named, Metric(grader))) for grader in task.grades if grader not in judges]
    return [(metric, OVERALL) for metric in found]
