"""How steady answers are: counted over inputs, each of which was answered several times."""

from __future__ import annotations

from shipworthy.errors import InputError
from shipworthy.metrics.definition import Definition
from shipworthy.metrics.entry import Entry
from shipworthy.metrics.graded import prove_grader
from shipworthy.spec.claim import Metric
from shipworthy.spec.quantity import Quantity
from shipworthy.spec.task import Task
from shipworthy.tally.cube import present

TRIES = ("pass_at", "pass_all")
UNSCORED = "_unscored"
"""Behind the name of a row value: what it gains where unscored samples count as passes."""

NEVER = "=never"
"""A row value that no row has."""

MOST_TRIES = 100


def define_samples(metric: Metric, entry: Entry, task: Task) -> Definition:
    """The definition of a metric of samples: the mean over inputs of a value from 0 to 1.

    Raises:
        InputError: it takes other arguments, or no grader has the name.
    """
    if metric.name not in TRIES:
        if metric.args:
            raise _wrong(metric, f"Write {metric.name}.")
        value = f"={metric.name}"
        return Definition(metric, entry, "bounded", {value: 1.0}, {present(value): 1.0}, answers={})
    k, grader = _tries_of(metric)
    prove_grader(metric, grader, task)
    if grader in dict(task.judged):
        raise InputError(
            "metric.judged",
            f"{metric} counts the tries that {grader} passes, which is a judge: only a pass rate is corrected by what people say",
            remedy=f"Claim pass_rate({grader}), or count tries with a grader that is no judge.",
        )
    value, gain = (f"={metric.name}{end}@{k}@{grader}" for end in ("", UNSCORED))
    answers = {gain: (value, NEVER)}
    return Definition(metric, entry, "bounded", {value: 1.0}, {present(value): 1.0}, answers=answers)


def read_tries(name: str) -> tuple[str, bool, int, str] | None:
    """The metric, whether unscored samples are meant, k and the grader of a row value; None of any other's."""
    parts = name.split("@", 2)
    stem = parts[0].removeprefix("=").removesuffix(UNSCORED)
    if len(parts) < 3 or stem not in TRIES:
        return None
    return stem, parts[0].endswith(UNSCORED), int(parts[1]), parts[2]


def _tries_of(metric: Metric) -> tuple[int, str]:
    args = metric.args
    if len(args) == 2 and isinstance(args[0], Quantity) and isinstance(args[1], Metric):
        k = args[0].value
        if not args[0].unit and k.is_integer() and 1 <= k <= MOST_TRIES and not args[1].args:
            return int(k), args[1].name
    raise _wrong(metric, f"Say of how many samples, and which grader: {metric.name}(3, grounded).")


def _wrong(metric: Metric, remedy: str) -> InputError:
    return InputError(
        "metric.arguments", f"{metric} does not have the arguments of {metric.name}", remedy=remedy
    )
