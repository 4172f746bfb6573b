"""Tallies of a judge's verdicts -> what they are worth beside what people said, in numbers and in words."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from shipworthy.evidence import JudgeTrust, Ranged
from shipworthy.metrics import Definition
from shipworthy.metrics.judged import grader_of, judged_counts_of, judged_rate
from shipworthy.stats import judge_errors
from shipworthy.stats.agreement import Agreement
from shipworthy.stats.judge_agreement import Gain, JudgeAgreement, judge_agreement
from shipworthy.stats.judge_errors import JudgeTable, Share
from shipworthy.tally.scan import Tallies

LEVEL = 0.95
NOTABLE = 0.3
"""A correlation of verdict and length from here on is a medium one (Cohen 1988), and is told as a warning."""


@dataclass(frozen=True)
class Origin:
    """What a calibration belongs to, and what is known of it beside the tallies; see `JudgeTrust`."""

    judge: str
    version: str
    population: str
    labels: str
    drawn: str
    people: int
    patterns: Sequence[tuple[int, int]]
    length: float | None


def judge_trust(definition: Definition, tallies: Tallies, candidate: str, origin: Origin) -> JudgeTrust:
    """What the verdicts of one judge on all test rows of a candidate are worth."""
    grader, cube = grader_of(definition), tallies.overall
    counts, expired = judged_counts_of(definition, cube), tallies.uncalibrated.get(grader, "")
    table, rate = counts.table, judged_rate(definition, cube, LEVEL, expired)
    [value, low, high] = (float(each[0]) for each in (rate.value, rate.low, rate.high))
    judged = round(table.rows + counts.judged)
    agreement = _agreement(table, origin.patterns)
    raw = judge_errors.share(table.both + table.judge_only + counts.passed, judged)
    return JudgeTrust(
        candidate,
        grader,
        origin.judge,
        origin.version,
        origin.population,
        origin.labels,
        origin.drawn,
        judged,
        round(table.rows),
        origin.people,
        _ranged(raw),
        Ranged(_finite(value), _finite(low), _finite(high)),
        rate.method[0],
        _ranged(judge_errors.share(table.passed, table.rows)),
        origin.drawn == "at random",
        _ranged(judge_errors.sensitivity(table)),
        _ranged(judge_errors.specificity(table)),
        _ranged(agreement.agreement),
        _finite(agreement.majority.value),
        _ranged(agreement.kappa),
        _ranged(agreement.alpha),
        _ranged(agreement.people) if agreement.people else None,
        None if origin.length is None else round(min(max(origin.length, -1.0), 1.0), 6),
        rate.notes[0],
    )


def _agreement(table: JudgeTable, patterns: Sequence[tuple[int, int]]) -> JudgeAgreement:
    cells = [[table.neither, table.judge_only], [table.human_only, table.both]]
    return judge_agreement(cells, np.asarray(patterns, np.float64) if patterns else None)


def _ranged(found: Share | Agreement | Gain) -> Ranged:
    return Ranged(_finite(found.value), _finite(found.low), _finite(found.high))


def _finite(value: float) -> float | None:
    return float(value) if math.isfinite(value) else None


def trust_notes(found: JudgeTrust) -> tuple[str, ...]:
    """What a reader should know of a judge, beside the rates that rest on it."""
    judge = f"{found.grader} is a judge, and passes {_percent(found.raw)} of {found.judged:,} answers"
    if not found.labelled:
        return (f"{judge}; {found.refusal}", *_length(found))
    who = f"{found.people} {'person' if found.people == 1 else 'people'}"
    notes = [f"{judge}; {who} labelled {found.labelled:,} of them, drawn {found.drawn}"]
    if found.refusal:
        notes.append(f"{found.grader} cannot be corrected: {found.refusal}")
    elif found.corrected.value is not None:
        alone = f"people alone: {_percent(found.by_people)}{'' if found.human_applies else ' of what they labelled'}"
        notes.append(
            f"{found.grader} corrected by what people say: {_percent(found.corrected)} ({found.method}); {alone}"
        )
    errs = f"passes {_percent(found.sensitivity)} of what people pass, fails {_percent(found.specificity)} of what they fail"
    return (*notes, f"{found.grader} {errs}", _agreeing(found), *_length(found))


def _agreeing(found: JudgeTrust) -> str:
    always = (
        ""
        if found.majority is None
        else f", where always saying the same reaches {100 * found.majority:.3g} %"
    )
    ceiling = (
        f"; people among themselves: alpha {_number(found.ceiling)}"
        if found.ceiling
        else "; each answer was labelled once, so how far people agree is not known"
    )
    beyond = f"kappa {_number(found.kappa)}, alpha {_number(found.alpha)}"
    return f"{found.grader} agrees with people on {_percent(found.agreement)}{always}; {beyond}{ceiling}"


def _length(found: JudgeTrust) -> tuple[str, ...]:
    if found.length is None:
        return ()
    warning = ": see whether it likes long answers" if found.length >= NOTABLE else ""
    warning = ": see whether it likes short answers" if found.length <= -NOTABLE else warning
    return (
        f"{found.grader}'s verdict and the length of the answer correlate by {found.length:.2f}{warning}",
    )


def _percent(found: Ranged) -> str:
    if found.value is None:
        return "an unknown share"
    ends = (
        ""
        if found.low is None or found.high is None
        else f" ({100 * found.low:.3g} to {100 * found.high:.3g} %)"
    )
    return f"{100 * found.value:.3g} %{ends}"


def _number(found: Ranged) -> str:
    if found.value is None:
        return "not known"
    ends = "" if found.low is None or found.high is None else f" ({found.low:.2f} to {found.high:.2f})"
    return f"{found.value:.2f}{ends}"
