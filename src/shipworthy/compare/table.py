"""Champion, challengers and baseline side by side: quality, latency, cost, and the Pareto front."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from shipworthy.compare.asking import Asked
from shipworthy.evidence import CandidateFacts, Estimate, Evaluation
from shipworthy.evidence.comparison import Contender

LATENCY, COST = "p95(latency_ms)", "mean(cost_usd)"


def quality_of(found: Asked) -> str:
    """The metric that the table shows: net value where it is compared, else the first one that is no cost."""
    names = [each.name for each in found.sliced] or [each.name for each in found.questions]
    return "net_value" if "net_value" in names else names[0]


def contenders(evaluation: Evaluation, champion: str, quality: str, sign: int) -> tuple[Contender, ...]:
    """Everyone who was counted, the champion first and the baseline last where it is only shown.

    `sign` is 1 where more of the quality is better, -1 where less is.
    """
    found = [_contender(evaluation, facts, champion, quality) for facts in evaluation.candidates]
    roles = ("champion", "challenger", "reference")
    ordered = sorted(found, key=lambda each: roles.index(each.role))
    playing = [each for each in ordered if each.role != "reference"]
    return tuple(
        replace(each, front=not any(_beats(other, each, sign) for other in playing))
        if each.role != "reference"
        else each
        for each in ordered
    )


def _contender(evaluation: Evaluation, facts: CandidateFacts, champion: str, quality: str) -> Contender:
    own = {
        each.metric: each for each in evaluation.estimates if each.candidate == facts.name and not each.slice
    }
    shown = own.get(quality)
    cost = _value(own.get(COST))
    role: Literal["champion", "challenger", "reference"] = "challenger" if facts.eligible else "reference"
    return Contender(
        facts.name,
        "champion" if facts.name == champion else role,
        facts.kind,
        _value(shown),
        shown.low if shown else None,
        shown.high if shown else None,
        _value(own.get(LATENCY)),
        None if cost is None else 1_000 * cost,
        None,
    )


def _value(estimate: Estimate | None) -> float | None:
    return estimate.value if estimate else None


def _beats(other: Contender, one: Contender, sign: int) -> bool:
    """Whether another one is at least as good in all that is known of both, and better in something."""
    gains = [
        factor * (theirs - own)
        for theirs, own, factor in zip(_axes(other), _axes(one), (sign, -1, -1), strict=True)
        if theirs is not None and own is not None
    ]
    return bool(gains) and all(gain >= 0 for gain in gains) and any(gain > 0 for gain in gains)


def _axes(each: Contender) -> Sequence[float | None]:
    return each.quality, each.p95_latency_ms, each.cost_per_1000
