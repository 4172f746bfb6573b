"""Champion, challengers and baseline side by side: quality, latency, cost, and how many rows each left."""

from __future__ import annotations

from typing import Literal

from shipworthy.compare.asking import Asked
from shipworthy.evidence import CandidateFacts, Estimate, Evaluation
from shipworthy.evidence.comparison import Contender

LATENCY, COST = "p95(latency_ms)", "mean(cost_usd)"


def quality_of(found: Asked) -> str:
    """The metric that the table shows: net value where it is compared, else the first one that is no cost."""
    names = [each.name for each in found.sliced] or [each.name for each in found.questions]
    return "net_value" if "net_value" in names else names[0]


def contenders(evaluation: Evaluation, champion: str, quality: str) -> tuple[Contender, ...]:
    """Everyone who was counted, the champion first and the baseline last where it is only shown."""
    found = [_contender(evaluation, facts, champion, quality) for facts in evaluation.candidates]
    roles = ("champion", "challenger", "reference")
    return tuple(sorted(found, key=lambda each: roles.index(each.role)))


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
        1 - facts.scored / facts.rows if facts.rows else None,
        (),
        (),
    )


def _value(estimate: Estimate | None) -> float | None:
    return estimate.value if estimate else None
