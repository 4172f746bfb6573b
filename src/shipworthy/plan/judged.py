"""The cheapest labels and answers of a judge that decide a claim about its pass rate, as evidence."""

from __future__ import annotations

from dataclasses import replace

from shipworthy.evidence import JudgeMix
from shipworthy.judge import Claim
from shipworthy.judge.comparison import compared, estimate_of
from shipworthy.judge.labels import labels_that_decide
from shipworthy.metrics.judged import grader_of, in_units, judged_counts_of, judged_rate
from shipworthy.plan.judging import JudgingPlan, judging_plan
from shipworthy.plan.mixing import LEAST_LABELS, JudgingPrices, Mix, Present
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
    if not why and in_units(definition, cube, 0):
        why = UNITS
    if why:
        return JudgeMix(text, candidate, have, judged, reason=why)
    rate = float(judged_rate(definition, cube, level).value[0])
    bound = claim.requirement.bound.value
    rows = None if prices.call else judged  # of answers that cost nothing any number would be planned
    found = judging_plan(rate, bound, table, prices, Present(have, judged, rows), level)
    side = compared(definition, claim.requirement.bound, tallies, (), level, both=False)
    estimate = estimate_of(definition, side.measured, 0, candidate, {}, level)
    of_these = labels_that_decide(side, cube, 0, estimate, level)
    known = None if of_these is None or of_these[0] > judged else of_these[0]
    return _evidence(JudgeMix(text, candidate, have, judged), found, known, prices)


def _evidence(blank: JudgeMix, found: JudgingPlan, known: int | None, prices: JudgingPrices) -> JudgeMix:
    """The plan as plain numbers: its mix, or labels of the answers that are judged already where these cost less."""
    mix, alone, cautious = found.mix, found.alone, found.cautious
    if known is not None:
        cost = (known - blank.have) * prices.label
        if mix is None or cost < mix.cost:
            mix = Mix(known, blank.judged, cost, 0.0)
    if mix is not None and alone is not None and alone.cost <= mix.cost:
        mix = None
    return replace(
        blank,
        labels=mix.labels if mix else None,
        calls=mix.judged if mix else None,
        cost=mix.cost if mix else None,
        alone=alone.labels if alone else None,
        alone_cost=alone.cost if alone else None,
        cautious=cautious.labels if cautious else None,
        correlation=found.correlation,
        low=found.low,
        high=found.high,
        reason="" if mix else found.reason or "labels alone cost no more",
    )
