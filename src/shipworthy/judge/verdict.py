"""Bounds against thresholds: met, missed or undecided, on each slice and as a whole."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from shipworthy.evidence import Estimate, Verdict
from shipworthy.evidence.values import Answer
from shipworthy.judge.claim import Claim
from shipworthy.judge.planning import Plan, plan
from shipworthy.metrics import Definition, Measured, measure
from shipworthy.metrics.estimate import CONFIDENCE
from shipworthy.spec.language import Bound
from shipworthy.stats.multiplicity import holm
from shipworthy.tally.cube import Key
from shipworthy.tally.needs import Grouping
from shipworthy.tally.scan import Tallies

LEAST_P = 1e-9


@dataclass(frozen=True)
class _Side:
    """One comparison on one slice: its answer, estimate, plan, and the p-value against it."""

    answer: Answer
    estimate: Estimate
    plan: Plan
    p_missed: float
    reason: str


def judge(
    claim: Claim,
    tallies: Tallies,
    candidate: str,
    known: Mapping[str, Sequence[str]],
    level: float | None = None,
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
    keys = _keys(claim, tallies, known)
    if not claim.requirement.every:
        key = keys[0] if keys else tuple(value for _, value in sorted(claim.requirement.where))
        return (_verdict(claim, tallies, candidate, key, level, named=False),)
    slices = [_verdict(claim, tallies, candidate, key, level, named=True) for key in keys]
    return (_rolled_up(claim, candidate, slices, level), *slices)


def _keys(claim: Claim, tallies: Tallies, known: Mapping[str, Sequence[str]]) -> list[Key]:
    """The slices that the claim speaks of, those without rows included, in the order of the examples."""
    by = claim.by
    names = claim.definition.needs(by)
    found = {key for grouping in names.groupings for key in tallies.cubes[grouping].keys if grouping == by}
    found |= {
        key
        for column, grouping in names.histograms
        for key in tallies.histograms[column, grouping]
        if grouping == by
    }
    if claim.definition.inner is not None:
        found |= set(measure(claim.definition, tallies, by, 0.5).keys)
    order = {column: {label: at for at, label in enumerate(known.get(column, ()))} for column in by}
    if len(by) == 1:
        found |= {(label,) for label in known.get(by[0], ())}
    covered = [key for key in found if claim.covers(key)]
    return sorted(
        covered,
        key=lambda key: [
            (order[c].get(label, len(order[c])), label) for c, label in zip(by, key, strict=True)
        ],
    )


def _verdict(
    claim: Claim, tallies: Tallies, candidate: str, key: Key, level: float, *, named: bool
) -> Verdict:
    """The verdict on one slice; `named` says whether it is one of several."""
    slice_ = dict(zip(claim.by, key, strict=True)) if named else {}
    own = tallies.where(claim.by, key)
    both = claim.at is not None
    main = _side(claim.definition, claim.requirement.bound, own, claim.by, key, candidate, level, both=both)
    if claim.at is None or claim.requirement.at is None:
        more, likely = main.plan.even, main.plan.likely
        return Verdict(
            claim.requirement.text,
            candidate,
            slice_,
            main.answer,
            main.estimate,
            more,
            likely,
            main.reason,
            main.p_missed,
        )
    at = _side(claim.at, claim.requirement.at, own, claim.by, key, candidate, level, both=True)
    answer = _combined((main.answer, at.answer))
    weak = next((side for side in (main, at) if side.answer == answer), main)
    p_missed = min(1.0, 2 * min(main.p_missed, at.p_missed))
    reason = main.reason if weak is main else f"the condition {claim.requirement.at}: {at.reason}"
    return Verdict(
        claim.requirement.text,
        candidate,
        slice_,
        answer,
        main.estimate,
        weak.plan.even,
        weak.plan.likely,
        reason,
        p_missed,
        at.estimate,
    )


def _combined(answers: Sequence[Answer]) -> Answer:
    if "missed" in answers:
        return "missed"
    return "undecided" if "undecided" in answers else "met"


def _side(
    definition: Definition,
    bound: Bound,
    own: Tallies,
    by: Grouping,
    key: Key,
    candidate: str,
    level: float,
    *,
    both: bool,
) -> _Side:
    """One comparison. Two that must both hold can be missed in two ways, so each may be with half the error."""
    measured = measure(definition, own, by, level)
    at = measured.position(key)
    estimate = estimate_of(definition, measured, at, candidate, dict(zip(by, key, strict=True)), level)
    if at is None or estimate.value is None:
        where = ", ".join(f"{column} = {value}" for column, value in estimate.slice.items())
        blank = f"no test row counts for {definition.metric}" + (f" where {where}" if where else "")
        return _Side(
            "undecided", estimate, Plan(None, None), 1.0, measured.notes[0] if measured.notes else blank
        )
    p_missed = _p_missed(definition, bound, own, by, key, estimate)
    alpha = (1 - level) / 2 if both else 1 - level
    answer: Answer = (
        "met"
        if _holds(bound, estimate.lower, estimate.upper)
        else "missed"
        if p_missed <= alpha
        else "undecided"
    )
    planned = (
        Plan(None, None) if answer != "undecided" else plan(definition, bound, own, by, key, level, estimate)
    )
    return _Side(answer, estimate, planned, p_missed, _reason(answer, bound, estimate, planned, measured))


def _holds(bound: Bound, lower: float | None, upper: float | None) -> bool:
    """Whether the bound on the side of the claim clears the threshold."""
    nearest = lower if bound.at_least else upper
    if nearest is None:
        return False
    return {
        ">=": nearest >= bound.value,
        ">": nearest > bound.value,
        "<=": nearest <= bound.value,
        "<": nearest < bound.value,
    }[bound.comparator]


def _p_missed(
    definition: Definition, bound: Bound, own: Tallies, by: Grouping, key: Key, estimate: Estimate
) -> float:
    """The smallest error with which the opposite one-sided bound fails the threshold, by bisection over levels."""

    def fails(alpha: float) -> bool:
        measured = measure(definition, own, by, 1 - alpha)
        at = measured.keys.index(key)
        return bool(measured.upper[at] < bound.value if bound.at_least else measured.lower[at] > bound.value)

    if estimate.value is None or not fails(0.5):
        return 1.0
    low, high = math.log(LEAST_P), math.log(0.5)
    if fails(LEAST_P):
        return LEAST_P
    for _ in range(24):
        middle = (low + high) / 2
        low, high = (low, middle) if fails(math.exp(middle)) else (middle, high)
    return math.exp(high)


def _rolled_up(claim: Claim, candidate: str, slices: Sequence[Verdict], level: float) -> Verdict:
    """Met where every slice is; missed where a slice still is after Holm's correction for having looked at all of them."""
    if not slices:
        return Verdict(
            claim.requirement.text,
            candidate,
            {},
            "undecided",
            None,
            None,
            None,
            "no test row is in any of its slices",
            1.0,
        )
    adjusted = np.asarray(holm([each.p_missed or 0.0 for each in slices]))
    worst = int(np.argmin(adjusted))
    answer: Answer = "undecided"
    if all(each.verdict == "met" for each in slices):
        answer = "met"
    elif adjusted[worst] <= 1 - level:
        answer = "missed"
    pick = slices[worst] if answer == "missed" else _weakest(claim, slices)
    counts = {
        state: sum(each.verdict == state for each in slices) for state in ("met", "undecided", "missed")
    }
    reason = f"of {len(slices)} slices " + ", ".join(f"{n} {state}" for state, n in counts.items() if n)
    more = (
        [each.needs_more for each in slices if each.verdict == "undecided"] if answer == "undecided" else []
    )
    likely = (
        [each.needs_more_80 for each in slices if each.verdict == "undecided"]
        if answer == "undecided"
        else []
    )
    return Verdict(
        claim.requirement.text,
        candidate,
        {},
        answer,
        pick.estimate,
        _sum(more),
        _sum(likely),
        f"{reason}; {_named(pick)}",
        float(adjusted[worst]),
        pick.at,
    )


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


def estimate_of(
    definition: Definition,
    measured: Measured,
    at: int | None,
    candidate: str,
    slice_: Mapping[str, str],
    level: float,
) -> Estimate:
    """The estimate at one position of what was measured; empty where there is no such slice."""
    name = str(definition.metric)
    if at is None or measured.n[at] == 0:
        return Estimate(
            candidate, name, slice_, None, None, None, CONFIDENCE, None, None, level, 0, 0, "none"
        )
    bounds = (measured.value, measured.low, measured.high, measured.lower, measured.upper)
    value, low, high, lower, upper = (float(each[at]) if math.isfinite(each[at]) else None for each in bounds)
    n, units = round(float(measured.n[at])), round(float(measured.units[at]))
    return Estimate(
        candidate,
        name,
        slice_,
        value,
        low,
        high,
        CONFIDENCE,
        lower,
        upper,
        level,
        n,
        units,
        measured.method[at],
    )


def _reason(answer: Answer, bound: Bound, estimate: Estimate, planned: Plan, measured: Measured) -> str:
    """Why the answer is what it is, in one clause."""
    if measured.notes and answer == "undecided" and estimate.lower is None and estimate.upper is None:
        return measured.notes[0]
    name, nearest, farthest = (
        ("lower", estimate.lower, estimate.upper)
        if bound.at_least
        else ("upper", estimate.upper, estimate.lower)
    )
    opposite = "upper" if name == "lower" else "lower"
    sure = f"{100 * estimate.level:.4g} %"
    if answer == "met":
        return f"the {name} bound at {sure}, {_number(nearest)}, clears {bound.quantity}"
    if answer == "missed":
        return f"the {opposite} bound at {sure}, {_number(farthest)}, fails {bound.quantity}"
    if estimate.value is not None and estimate.value == bound.value:
        return f"the estimate equals the bound {bound.quantity}: no number of rows at this rate decides"
    if nearest is None:
        return f"{estimate.n:,} rows are too few for a bound at {sure}"
    side = "" if planned.even is None else f"; {planned.even:,} more rows would decide at this rate"
    return f"between its bounds, {_number(estimate.lower)} to {_number(estimate.upper)}, lies {bound.quantity}{side}"


def _number(value: float | None) -> str:
    return "unbounded" if value is None else f"{value:.4g}"
