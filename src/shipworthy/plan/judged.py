"""The cheapest labels and answers of a judge that decide a claim about its pass rate, as evidence."""

from __future__ import annotations

from shipworthy.evidence import JudgeMix
from shipworthy.judge import Claim
from shipworthy.metrics.judged import grader_of, in_units, judged_counts_of, judged_rate
from shipworthy.plan.judging import JudgingPlan, judging_plan
from shipworthy.plan.mixing import LEAST_LABELS, JudgingPrices, Present
from shipworthy.tally.scan import Tallies

FIRST = (
    f"label at least {LEAST_LABELS} of its answers, drawn at random, so that there is something to plan with"
)
NOT_AT_RANDOM = "a plan needs labels that were drawn at random from the judged answers"
UNITS = "the answers come in units or are weighted, and the plan is for independent ones"


def judge_mix(
    claim: Claim, tallies: Tallies, candidate: str, level: float, prices: JudgingPrices
) -> JudgeMix | None:
    """What would decide one claim about a judge's pass rate most cheaply; None where it is no such claim.

    Args:
        claim: of all rows.
        tallies: of the candidate's test rows.
        candidate: its name.
        level: one-sided.
        prices: of a label and of an answer of the judge.
    """
    definition = claim.definition
    if definition.kind != "judged" or claim.by or claim.at is not None:
        return None
    cube, text = tallies.overall, claim.requirement.text
    counts = judged_counts_of(definition, cube)
    table, have = counts.table, round(counts.table.rows)
    judged = round(table.rows + counts.judged)
    why = tallies.uncalibrated.get(grader_of(definition), "")
    if not why and have < LEAST_LABELS:
        why = FIRST
    if not why and definition.drawn != "random":
        why = NOT_AT_RANDOM
    if not why and in_units(cube, 0):
        why = UNITS
    if why:
        return JudgeMix(text, candidate, have, judged, reason=why)
    rate = float(judged_rate(definition, cube, level).value[0])
    bound = claim.requirement.bound.value
    rows = None if prices.call else judged  # of answers that cost nothing any number would be planned
    found = judging_plan(rate, bound, table, prices, Present(have, judged, rows), level)
    return _evidence(text, candidate, have, judged, found)


def _evidence(text: str, candidate: str, have: int, judged: int, found: JudgingPlan) -> JudgeMix:
    """The plan as plain numbers; what it costs with a judge that is as bad as its labels allow beside it."""
    mix, alone, cautious = found.mix, found.alone, found.cautious
    return JudgeMix(
        text,
        candidate,
        have,
        judged,
        mix.labels if mix else None,
        mix.judged if mix else None,
        mix.cost if mix else None,
        alone.labels if alone else None,
        alone.cost if alone else None,
        cautious.labels if cautious else None,
        found.correlation,
        found.low,
        found.high,
        found.reason,
    )
