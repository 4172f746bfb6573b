"""The decision rule.

Ship the cheapest candidate that meets every requirement: an intersection-union test, so a wrong "ship" stays within
the error of one claim. A miss counts only after Holm's correction over all requirements of the candidate.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import inf
from typing import Literal

from shipworthy.errors import Problem
from shipworthy.evidence import CandidateFacts, Decision, Estimate, Evaluation, Verdict
from shipworthy.metrics import METRICS
from shipworthy.spec.model import Product
from shipworthy.spec.rights import gaps
from shipworthy.stats.multiplicity import holm

State = Literal["meets", "misses", "undecided"]


@dataclass(frozen=True)
class Standing:
    """How a candidate stands against all requirements, and which of them hold it back."""

    candidate: str
    state: State
    open: tuple[Verdict, ...]


def standing_of(evaluation: Evaluation, candidate: str) -> Standing:
    """The candidate's standing: a claim is held to be missed only where it still is after Holm's correction."""
    verdicts = evaluation.rolled_up(candidate)
    adjusted = holm([1.0 if verdict.p_missed is None else verdict.p_missed for verdict in verdicts])
    missed = tuple(
        verdict
        for verdict, p in zip(verdicts, adjusted, strict=True)
        if verdict.verdict == "missed" and float(p) <= 1 - _level(verdict)
    )
    if missed:
        return Standing(candidate, "misses", missed)
    still_open = tuple(verdict for verdict in verdicts if verdict.verdict != "met")
    return Standing(candidate, "undecided" if still_open else "meets", still_open)


def _level(verdict: Verdict) -> float:
    return verdict.estimate.level if verdict.estimate else 0.95


def blocks(product: Product) -> tuple[Problem, ...]:
    """What keeps a product from shipping whatever its numbers say: nobody owns it, or the right to its data is unknown."""
    return tuple(
        Problem("spec.blocks_ship", gap.message, remedy=gap.remedy) for gap in gaps(product) if gap.blocks
    )


def decide(product: Product, evaluation: Evaluation) -> Decision:
    """The decision from verdicts that were judged with the error shared between all eligible candidates."""
    eligible = [facts for facts in evaluation.candidates if facts.eligible]
    standings = {facts.name: standing_of(evaluation, facts.name) for facts in eligible}
    meeting = [facts for facts in eligible if standings[facts.name].state == "meets"]
    if not eligible:
        return Decision(
            "not_yet",
            None,
            ("there is no candidate beside the baseline",),
            ("Add a candidate: a rule is the cheapest to try.",),
        )
    if meeting:
        return _shipped(product, evaluation, meeting)
    if all(standing.state == "misses" for standing in standings.values()):
        return Decision("do_not_ship", None, _because(standings), _would_change(standings, evaluation))
    return Decision(
        "not_yet", _nearest(standings, evaluation), _because(standings), _would_change(standings, evaluation)
    )


def _shipped(product: Product, evaluation: Evaluation, meeting: Sequence[CandidateFacts]) -> Decision:
    ranked = sorted((facts.name for facts in meeting), key=lambda name: _price(evaluation, name))
    chosen = ranked[0]
    count = len(evaluation.rolled_up(chosen))
    because = [f"{chosen} meets {f'all {count} requirements' if count > 1 else 'the requirement'}"]
    if ranked[1:]:
        because.append(f"{_preferred(evaluation, ranked)} (also: {', '.join(ranked[1:])})")
    if blocked := blocks(product):
        reasons = (problem.message for problem in blocked)
        return Decision("not_yet", chosen, (*because, *reasons), tuple(problem.remedy for problem in blocked))
    return Decision("ship", chosen, tuple(because), _fragile(product, evaluation, chosen))


def _price(evaluation: Evaluation, candidate: str) -> tuple[float, float, str]:
    """The order of cheapness: cost per decision (an unknown one last), then net value, then the name."""
    values = {
        each.metric: each.value
        for each in evaluation.estimates
        if each.candidate == candidate and not each.slice and each.value is not None
    }
    return values.get("mean(cost_usd)", inf), -values.get("net_value", 0.0), candidate


def _preferred(evaluation: Evaluation, ranked: Sequence[str]) -> str:
    """Why the first of the candidates that meet everything is taken before the second."""
    first, second = (_price(evaluation, name) for name in ranked[:2])
    if first[0] < second[0]:
        return "it is the cheapest of those that do"
    if first[1] < second[1]:
        return "none of those that do is known to be cheaper, and it has the greatest net value of them"
    return "cost and net value do not tell those that do apart, so the first by name is taken"


def _nearest(standings: Mapping[str, Standing], evaluation: Evaluation) -> str:
    """The candidate that is nearest to shipping: not missing, then the fewest open claims, then the cheapest."""
    return min(
        standings,
        key=lambda name: (
            standings[name].state == "misses",
            len(standings[name].open),
            _price(evaluation, name),
        ),
    )


def _because(standings: Mapping[str, Standing]) -> tuple[str, ...]:
    """Why no candidate can ship yet: one sentence each."""
    reasons = []
    for name, standing in standings.items():
        verb = "misses" if standing.state == "misses" else "has not shown"
        claims = "; ".join(verdict.requirement for verdict in standing.open)
        reasons.append(f"{name} {verb} {claims}")
    return tuple(reasons)


def _would_change(standings: Mapping[str, Standing], evaluation: Evaluation) -> tuple[str, ...]:
    """What would turn the answer for the nearest candidate: labels where claims are open, a better candidate or another bound where they are missed."""
    nearest = standings[_nearest(standings, evaluation)]
    claims = (
        nearest.open if nearest.state == "undecided" else (*nearest.open, *_undecided(nearest, evaluation))
    )
    sure = nearest.state == "misses"
    return tuple(f"{nearest.candidate}: {_change(verdict, sure=sure)}" for verdict in claims)


def _undecided(standing: Standing, evaluation: Evaluation) -> tuple[Verdict, ...]:
    """The claims that would still be open if what was missed were met."""
    missed = {verdict.requirement for verdict in standing.open}
    return tuple(
        v
        for v in evaluation.rolled_up(standing.candidate)
        if v.verdict == "undecided" and v.requirement not in missed
    )


def _change(verdict: Verdict, *, sure: bool) -> str:
    """What would settle one claim; a miss is `sure` where it still is one after Holm's correction."""
    estimate = verdict.estimate
    if verdict.verdict == "missed" and not sure:
        return f"more labels for {verdict.requirement}: missed by itself, but not when all claims are looked at together"
    if verdict.verdict == "missed":
        reached = (
            f"; this one reached {_interval(estimate)}" if estimate and estimate.value is not None else ""
        )
        return f"a better candidate, or another bound than {verdict.requirement}{reached}"
    if verdict.needs_more is None:
        return f"{verdict.requirement}: {verdict.reason}"
    towards = "" if _towards_met(verdict) else ", at the present rate as a miss"
    likely = f" ({verdict.needs_more_80:,} for an 80 % chance)" if verdict.needs_more_80 else ""
    entry = METRICS.get(estimate.metric.partition("(")[0]) if estimate else None
    counted = {"attacks": "attacks", "samples": "inputs", "variants": "inputs"}
    rows = counted.get(entry.subject if entry else "", "rows that count for it")
    return f"{verdict.needs_more:,} more {rows}{likely} would decide {verdict.requirement}{towards}"


def _towards_met(verdict: Verdict) -> bool:
    """Whether the claim would be met if the present rate held: its p-value against is not small."""
    return verdict.p_missed is None or verdict.p_missed >= 0.5


def _interval(estimate: Estimate) -> str:
    """The value with its two-sided interval, shares as percentages."""
    name = estimate.metric.partition("(")[0].partition("@")[0]
    share = name in METRICS and METRICS[name].unit == "share"
    ends = " to ".join(
        "unbounded" if end is None else _shown(end, share=share) for end in (estimate.low, estimate.high)
    )
    return f"{_shown(estimate.value or 0.0, share=share)} ({ends})"


def _shown(value: float, *, share: bool) -> str:
    return f"{100 * value:.3g} %" if share else f"{value:.3g}"


def _fragile(product: Product, evaluation: Evaluation, candidate: str) -> tuple[str, ...]:
    """The claims whose bound clears the threshold by the least, in widths of their interval: the first to fall."""
    bounds = {requirement.text: requirement.bound for requirement in product.requirements}
    spare = []
    for verdict in evaluation.rolled_up(candidate):
        estimate, bound = verdict.estimate, bounds.get(verdict.requirement)
        if estimate is None or bound is None or None in (estimate.low, estimate.high):
            continue
        nearest = estimate.lower if bound.at_least else estimate.upper
        if nearest is not None:
            width = max((estimate.high or 0.0) - (estimate.low or 0.0), 1e-12)
            spare.append((abs(nearest - bound.value) / width, verdict.requirement, estimate))
    closest = sorted(spare, key=lambda item: item[0])[:2]
    return tuple(
        f"{text}, which has {'the least' if at == 0 else 'little'} to spare: measured {_interval(estimate)}"
        for at, (_, text, estimate) in enumerate(closest)
    )
