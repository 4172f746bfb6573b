"""What a comparison asks: the metrics, how much worse still counts as no worse, and the slices to look at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from shipworthy.compare.contrast import NOBODY, Reviewed, comparable, needs, paired_column, prove_comparable
from shipworthy.errors import InputError, did_you_mean
from shipworthy.judge import Claim
from shipworthy.metrics import Definition, define
from shipworthy.metrics.defining import headlines
from shipworthy.spec.language import Metric
from shipworthy.spec.model import Value
from shipworthy.spec.task import Task
from shipworthy.tally.needs import OVERALL, Grouping, Needs, merged

SHARES = ""
"""The name under which a margin stands that is for every share."""

COSTS = (Metric("mean", (Metric("latency_ms"),)), Metric("mean", (Metric("cost_usd"),)))


@dataclass(frozen=True)
class Question:
    """One metric: how much worse is still no worse (None: not stated), and whether it was asked for or stands beside."""

    definition: Definition
    margin: float | None
    asked: bool

    @property
    def name(self) -> str:
        """The metric as it is written."""
        return str(self.definition.metric)


@dataclass(frozen=True)
class Asked:
    """The questions of a comparison, in the order of the table, the groupings in which differences are looked for, and what cannot be compared."""

    questions: tuple[Question, ...]
    slices: tuple[Grouping, ...]
    not_compared: tuple[Definition, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """The numbers of the logs that are compared row by row."""
        return tuple(
            dict.fromkeys(name for each in self.questions if (name := paired_column(each.definition)))
        )

    @property
    def sliced(self) -> tuple[Question, ...]:
        """The metrics that are compared slice by slice."""
        return tuple(
            each
            for each in self.questions
            if each.definition.kind != "mean" and each.definition.subject == "answers"
        )

    @property
    def attack_needs(self) -> Needs:
        """What to count over the attacks that were tried on both."""
        asked = [each.definition for each in self.questions if each.definition.subject == "attacks"]
        return merged(needs(each, OVERALL, Task("text"), unanswered=False) for each in asked)


def asked(
    claims: Sequence[Claim],
    value: Value | None,
    segments: Sequence[str],
    metrics: Sequence[Metric],
    margins: Mapping[str, float],
    task: Task,
) -> Asked:
    """The questions: the metrics that are named, else those of the claims and the headline ones.

    Args:
        claims: the requirements that are judged offline.
        value: the money of each outcome.
        segments: the columns to look at slice by slice.
        metrics: those that a person named; none for the default.
        margins: by metric; under SHARES for every share, or for the one metric that is named.
        task: the kind of answers.

    Raises:
        InputError: a metric cannot be compared, or a margin is impossible or for no metric of the comparison.
    """
    named = [define(metric, value, task) for metric in metrics]
    for definition in named:
        prove_comparable(definition, task)
    wanted = named or _default(claims, value, task)
    beside = [define(metric, None, task) for metric in COSTS] + ([] if named else [*headlines(value, task)])
    questions: dict[str, Question] = {}
    for definition, is_asked in [*((each, True) for each in wanted), *((each, False) for each in beside)]:
        if comparable(definition, task) and str(definition.metric) not in questions:
            margin = _margin(definition, margins, alone=len(named) == 1 and is_asked)
            questions[str(definition.metric)] = Question(definition, margin, is_asked)
    _prove_margins(margins, questions)
    ordered = sorted(questions.values(), key=lambda each: (not each.asked, each.definition.kind == "mean"))
    left = [] if named else [each for each in _claimed(claims) if not comparable(each, task)]
    not_compared = tuple({str(each.metric): each for each in left}.values())
    return Asked(tuple(ordered), tuple((column,) for column in segments), not_compared)


def _default(claims: Sequence[Claim], value: Value | None, task: Task) -> list[Definition]:
    """The metrics of the requirements, and net value where money is stated; the headlines where none can be compared."""
    found = _claimed(claims)
    if task.kind == "binary" and value is not None:
        found.append(define(Metric("net_value"), value))
    return [each for each in found if comparable(each, task)] or [*headlines(value, task)]


def _claimed(claims: Sequence[Claim]) -> list[Definition]:
    """The metrics of the requirements, those of their conditions too."""
    return [
        definition
        for claim in claims
        for definition in (claim.definition, *((claim.at,) if claim.at else ()))
    ]


def _margin(definition: Definition, margins: Mapping[str, float], *, alone: bool) -> float | None:
    own = margins.get(str(definition.metric))
    general = margins.get(SHARES) if definition.unit == "share" or alone else None
    margin = general if own is None else own
    if margin is not None and (margin < 0 or (definition.unit == "share" and margin > 1)):
        rule = "a share, from 0 to 1" if definition.unit == "share" else "an amount from 0 up"
        raise InputError(
            "compare.margin",
            f"the margin {margin:g} of {definition.metric} is not {rule}",
            remedy="Write how much worse you would still accept: 0.01 for one percentage point.",
        )
    return margin


def _prove_margins(margins: Mapping[str, float], questions: Mapping[str, Question]) -> None:
    for name, margin in margins.items():
        if name != SHARES and name not in questions:
            raise InputError(
                "compare.margin",
                f"a margin is given for {name}, which is not compared",
                remedy=did_you_mean(name, questions),
            )
        if margin < 0:
            raise InputError(
                "compare.margin",
                f"the margin {margin:g} lies below 0",
                remedy="Write how much worse you would still accept: 0.01 for one percentage point.",
            )


def pair_needs(found: Asked, task: Task, reviewed: Reviewed = NOBODY, *, unanswered: bool) -> Needs:
    """Everything that the one statement over two logs must bring back."""
    overall = [
        needs(each.definition, OVERALL, task, reviewed, unanswered=unanswered)
        for each in found.questions
        if each.definition.subject == "answers"
    ]
    sliced = [
        needs(each.definition, by, task, reviewed, unanswered=unanswered)
        for each in found.sliced
        for by in found.slices
    ]
    return merged([*overall, *sliced, Needs(groupings=frozenset({OVERALL}))])
