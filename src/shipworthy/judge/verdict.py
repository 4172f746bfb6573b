"""Comparisons -> verdicts: on each slice, with the plan and the reason, and rolled up over the slices of a claim."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from shipworthy.evidence import Estimate, Verdict
from shipworthy.evidence.values import Answer
from shipworthy.judge.claim import Claim
from shipworthy.judge.comparison import Compared, compared, estimate_of, p_missed
from shipworthy.judge.planning import NO_PLAN, Plan, plan
from shipworthy.judge.reason import reason_for
from shipworthy.stats.multiplicity import holm
from shipworthy.tally.cube import Key
from shipworthy.tally.scan import Tallies

Known = Mapping[str, Sequence[str]]
"""The slices that each column has anywhere in the examples, in order."""


@dataclass(frozen=True)
class _Side:
    """One comparison on one slice: its answer, estimate, plan, the p-value against it, and the reason."""

    answer: Answer
    estimate: Estimate
    plan: Plan
    p_missed: float
    reason: str


def judge(
    claim: Claim, tallies: Tallies, candidate: str, known: Known, level: float | None = None
) -> tuple[Verdict, ...]:
    """The verdicts on one claim: the roll-up first, then one per slice where the claim is made of every slice.

    Args:
        claim: what is claimed.
        tallies: of the candidate's log, scanned for at least the claim's needs.
        candidate: whose log it is.
        known: the slices that each column has anywhere in the examples; one without test rows is undecided.
        level: one-sided, where stricter than the requirement's own confidence.
    """
    level = level or claim.requirement.confidence
    tallies = tallies.of(claim.subject)
    if claim.subject == "attacks":
        known = tallies.labels  # its slices are those of the suite, not of the examples
    sides = [
        compared(definition, bound, tallies, claim.by, level, both=claim.at is not None)
        for definition, bound in claim.comparisons
    ]
    keys = _keys(claim, sides, known)
    if not claim.requirement.every:
        key = keys[0] if keys else tuple(value for _, value in sorted(claim.requirement.where))
        return (_verdict(claim, sides, tallies, candidate, key, known),)
    slices = [_verdict(claim, sides, tallies, candidate, key, known) for key in keys]
    return (_rolled_up(claim, candidate, slices, level), *slices)


def _keys(claim: Claim, sides: Sequence[Compared], known: Known) -> list[Key]:
    """The slices that the claim speaks of, in the order of the examples; those without rows where one column names them."""
    by, wanted = claim.by, dict(claim.requirement.where)
    found = {key for side in sides for key in side.measured.keys}
    free = [column for column in by if column not in wanted]
    if len(free) == 1:
        found |= {tuple(wanted.get(c, label) for c in by) for label in known.get(free[0], ())}
    order = {column: {label: at for at, label in enumerate(known.get(column, ()))} for column in by}

    def place(key: Key) -> list[tuple[int, str]]:
        return [(order[c].get(label, len(order[c])), label) for c, label in zip(by, key, strict=True)]

    return sorted((key for key in found if claim.covers(key)), key=place)


def _verdict(
    claim: Claim, sides: Sequence[Compared], tallies: Tallies, candidate: str, key: Key, known: Known
) -> Verdict:
    """The verdict on one slice: missed where one comparison is, met where all are."""
    own = tallies.where(claim.by, key)
    found = [_side(claim, each, own, candidate, key, known) for each in sides]
    main, at = found[0], found[1] if len(found) > 1 else None
    answer = _combined([side.answer for side in found])
    weak = next(side for side in found if side.answer == answer)
    open_ = [side for side in found if side.answer == answer == "undecided"] or [weak]
    reasons = [
        side.reason if side is main else f"the condition {claim.requirement.at}: {side.reason}"
        for side in open_
    ]
    return Verdict(
        claim.requirement.text,
        candidate,
        dict(zip(claim.by, key, strict=True)) if claim.requirement.every else {},
        answer,
        main.estimate,
        weak.plan.even,
        weak.plan.likely,
        "; ".join(reasons),
        min(1.0, len(found) * min(side.p_missed for side in found)),
        at.estimate if at else None,
    )


def _combined(answers: Sequence[Answer]) -> Answer:
    if "missed" in answers:
        return "missed"
    return "undecided" if "undecided" in answers else "met"


def _side(claim: Claim, side: Compared, own: Tallies, candidate: str, key: Key, known: Known) -> _Side:
    """One comparison on one slice. It is not met while a group that the examples have is without test rows."""
    definition, bound, at = side.definition, side.bound, side.measured.position(key)
    slice_ = dict(zip(claim.by, key, strict=True))
    estimate = estimate_of(definition, side.measured, at, candidate, slice_, side.level)
    if at is None or estimate.value is None:
        where = ", ".join(f"{column} = {value}" for column, value in slice_.items())
        blank = f"no {claim.rows} counts for {definition.metric}" + (f" where {where}" if where else "")
        note = side.measured.notes[at] if at is not None else ""
        return _Side("undecided", estimate, NO_PLAN, 1.0, note or blank)
    p = p_missed(definition, bound, own, claim.by, key, estimate)
    answer = side.answer(at)
    absent = absent_groups(claim, side, own, known) if answer != "missed" else []
    if absent:
        return _Side("undecided", estimate, NO_PLAN, p, f"no {claim.rows} where {', '.join(absent)}")
    planned = plan(side, own, claim.by, key, estimate) if answer == "undecided" else NO_PLAN
    return _Side(answer, estimate, planned, p, reason_for(side, at, answer, estimate, planned))


def absent_groups(claim: Claim, side: Compared, own: Tallies, known: Known) -> list[str]:
    """The compared groups, as `column = group`, that are in the examples but of which the slice has no test row."""
    absent = []
    for column in side.definition.groups:
        (by,) = side.definition.needs(claim.by).groupings
        seen = {key[by.index(column)] for key in own.cubes[by].keys}
        absent += [f"{column} = {label}" for label in known.get(column, ()) if label not in seen]
    return absent


def _rolled_up(claim: Claim, candidate: str, slices: Sequence[Verdict], level: float) -> Verdict:
    """Met where every slice is; missed where a slice still is after Holm's correction for having looked at all of them."""
    text = claim.requirement.text
    if not slices:
        nowhere = f"no {claim.rows} is in any of its slices"
        return Verdict(text, candidate, {}, "undecided", None, None, None, nowhere, 1.0)
    adjusted = np.asarray(holm([1.0 if each.p_missed is None else each.p_missed for each in slices]))
    worst = int(np.argmin(adjusted))
    answer: Answer = "undecided"
    if all(each.verdict == "met" for each in slices):
        answer = "met"
    elif adjusted[worst] <= 1 - level:
        answer = "missed"
    pick = slices[worst] if answer == "missed" else _weakest(claim, slices)
    open_ = [each for each in slices if each.verdict == "undecided"] if answer == "undecided" else []
    return Verdict(
        text,
        candidate,
        {},
        answer,
        pick.estimate,
        _sum([each.needs_more for each in open_]),
        _sum([each.needs_more_80 for each in open_]),
        f"{_counted(slices)}; {_named(pick)}",
        float(adjusted[worst]),
        pick.at,
    )


def _counted(slices: Sequence[Verdict]) -> str:
    """How many slices got which answer."""
    states: tuple[Answer, ...] = ("met", "undecided", "missed")
    counts = {state: sum(each.verdict == state for each in slices) for state in states}
    return f"of {len(slices)} slices " + ", ".join(f"{n} {state}" for state, n in counts.items() if n)


def _weakest(claim: Claim, slices: Sequence[Verdict]) -> Verdict:
    """The slice that stands worst against the claim: undecided before met, then by value."""
    sign = 1 if claim.requirement.bound.at_least else -1

    def standing(each: Verdict) -> tuple[bool, float]:
        value = each.estimate.value if each.estimate and each.estimate.value is not None else -sign * math.inf
        return each.verdict == "met", sign * value

    return min(slices, key=standing)


def _named(verdict: Verdict) -> str:
    return f"{', '.join(f'{column} = {value}' for column, value in verdict.slice.items())}: {verdict.reason}"


def _sum(counts: Sequence[int | None]) -> int | None:
    known = [count for count in counts if count is not None]
    return sum(known) if known and len(known) == len(counts) else None
