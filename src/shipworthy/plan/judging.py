"""How many labels and how many answers of a judge decide a claim most cheaply, beside what labels alone would cost."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite

import numpy as np

from shipworthy.errors import InputError
from shipworthy.plan.mixing import JudgingPrices, Mix, Present, cheapest, cheapest_of, judged_rows
from shipworthy.plan.proving import Proof
from shipworthy.stats.judge_errors import JudgeTable, correlation, correlation_interval
from shipworthy.stats.sample_size import trials_to_decide, trials_with_power

TRIED = 100
"""Numbers of labels that are tried where the bound asks for more than the variances do."""


@dataclass(frozen=True)
class JudgingPlan:
    """The cheapest way to decide a claim with a judge, and without.

    Attributes:
        needed: independent labels that decide it; None where no number does.
        alone: labels without a judge; None likewise, or where there are not so many rows.
        mix: the cheapest of labels and judge; None where it is not cheaper than labels alone.
        cautious: the same if the judge is as bad as the pilot's interval allows.
        correlation: of people and judge on one row, with its two-sided interval.
        low: of the correlation.
        high: of the correlation.
        reason: why there is no mix, or nothing.
    """

    needed: int | None
    alone: Mix | None
    mix: Mix | None
    cautious: Mix | None
    correlation: float
    low: float
    high: float
    reason: str = ""


def judging_plan(
    rate: float,
    bound: float,
    pilot: JudgeTable,
    prices: JudgingPrices,
    present: Present | None = None,
    level: float = 0.95,
    power: float | None = None,
) -> JudgingPlan:
    """The plan of one claim about a pass rate.

    Args:
        rate: the present rate, by people's labels.
        bound: the claimed one.
        pilot: rows that both people and the judge answered, drawn at random.
        prices: of a label and of a call.
        present: what there is already; nothing if not given.
        level: one-sided.
        power: the chance of deciding; the present rate deciding it, an even chance, if not given.

    Raises:
        InputError: a price is no price, or there are more labels than judged rows or rows.
    """
    have = present or Present()
    _prove(prices, have)
    needed = (
        trials_to_decide(rate, bound, level)
        if power is None
        else trials_with_power(rate, bound, level, power)
    )
    value, low, high = correlation(pilot), *correlation_interval(pilot)
    if needed is None:
        why = "no number of labels decides it: the present rate equals the bound, or lies too near to it"
        return JudgingPlan(None, None, None, None, value, low, high, why)
    alone = _alone(needed, prices, have)
    proof = Proof(rate, bound, pilot, level)
    share = (trials_to_decide(rate, bound, level) or needed) / needed
    mix, cautious = (_cheaper(needed, share, proof, each, prices, have, alone) for each in (value, low))
    return JudgingPlan(needed, alone, mix, cautious, value, low, high, _reason(mix, alone, value))


def _alone(needed: int, prices: JudgingPrices, have: Present) -> Mix | None:
    labels = max(needed, have.labels)
    if have.rows is not None and labels > have.rows:
        return None
    return Mix(labels, 0, (labels - have.labels) * prices.label, float(labels))


def _cheaper(
    needed: int,
    share: float,
    proof: Proof,
    correlation: float,
    prices: JudgingPrices,
    have: Present,
    alone: Mix | None,
) -> Mix | None:
    """The cheapest mix that proves the claim, where it is cheaper than labels alone.

    `share` is what an even chance needs of what is `needed`: of a mix for a greater chance, that share must prove it.
    """
    if not correlation > 0:
        return None
    found = cheapest(needed, correlation, prices, have)
    if found is not None and not proof.holds(found.labels * share, found.judged * share):
        labels = np.unique(np.ceil(np.linspace(min(found.labels, needed), needed, TRIED)))
        judged = np.maximum(proof.judged(labels, share), judged_rows(labels, needed, correlation))
        found = cheapest_of(labels, judged, correlation, prices, have)
    return None if found is None or (alone is not None and found.cost >= alone.cost) else found


def _reason(mix: Mix | None, alone: Mix | None, correlation: float) -> str:
    if mix is not None:
        return ""
    if not correlation > 0:
        return "the judge's answers do not go along with people's, so that it adds nothing"
    if alone is None:
        return "there are too few rows to decide it, with a judge or without"
    return f"a judge whose answers correlate with people's by {correlation:.2f} saves no labels that cost more than its answers"


def _prove(prices: JudgingPrices, have: Present) -> None:
    if not all(isfinite(each) and each >= 0 for each in (prices.label, prices.call)):
        raise InputError(
            "plan.judge_price",
            f"a price is a number from 0 on, found {prices.label:g} for a label and {prices.call:g} for a call",
            remedy="Write what one costs, in the same currency: 0.40 and 0.002.",
        )
    most = max(have.labels, have.judged)
    if min(have.labels, have.judged) < 0 or (have.rows is not None and have.rows < most):
        raise InputError(
            "plan.judge_rows",
            f"labelled and judged rows are among all rows: found {have.labels} labelled, {have.judged} judged, {have.rows} rows",
            remedy="Count all rows, those that are labelled or judged already among them.",
        )
