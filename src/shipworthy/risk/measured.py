"""What the evidence says of one risk: triggered, quiet, or not measured, with the numbers behind it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from shipworthy.evidence import Verdict
from shipworthy.evidence.risks import RiskFigure, Standing
from shipworthy.spec.language import Requirement

GRAVITY: tuple[Standing, ...] = ("does_not_apply", "quiet", "not_measured", "triggered")
STANDING: dict[str, Standing] = {"met": "quiet", "missed": "triggered", "undecided": "not_measured"}
SHOWN = 3
"""Reasons that a risk names; the figures hold all."""


@dataclass(frozen=True)
class Measured:
    """How one risk stands: a sentence with the numbers, the records that hold them, and what to do."""

    standing: Standing
    why: str
    figures: tuple[RiskFigure, ...] = ()
    records: tuple[str, ...] = ()
    next_step: str = ""


def not_measured(why: str, next_step: str = "") -> Measured:
    """What no record speaks of yet."""
    return Measured("not_measured", why, next_step=next_step)


def does_not_apply(why: str) -> Measured:
    """What this kind of product cannot have."""
    return Measured("does_not_apply", why)


def together(parts: Sequence[Measured]) -> Measured:
    """Several parts as one: the gravest of them speaks, all figures are kept."""
    gravest = max((part.standing for part in parts), key=GRAVITY.index)
    speaking = [part for part in parts if part.standing == gravest]
    whys = list(dict.fromkeys(part.why for part in speaking))
    more = f"; and {len(whys) - SHOWN} more" if len(whys) > SHOWN else ""
    return Measured(
        gravest,
        "; ".join(whys[:SHOWN]) + more,
        tuple(figure for part in parts for figure in part.figures),
        tuple(dict.fromkeys(record for part in parts for record in part.records)),
        next((part.next_step for part in speaking if part.next_step), ""),
    )


def figure_of(verdict: Verdict, claim: Requirement | None, record: str) -> RiskFigure | None:
    """The number of a verdict; None where there is none."""
    found = verdict.estimate
    if found is None:
        return None
    return RiskFigure(
        found.metric,
        dict(found.slice),
        found.value,
        found.low,
        found.high,
        found.n,
        record,
        verdict.requirement,
        claim.bound.comparator if claim else "",
        claim.bound.value if claim else None,
        verdict.verdict,
    )


def judged(verdict: Verdict, claim: Requirement | None, record: str) -> Measured:
    """What a verdict says of a risk."""
    figure = figure_of(verdict, claim, record)
    told = {"met": f"met: {verdict.requirement}", "missed": f"missed: {verdict.requirement}"}
    why = told.get(verdict.verdict, f"undecided: {verdict.requirement}{_more(verdict)}")
    figures = (figure,) if figure else ()
    return Measured(STANDING[verdict.verdict], why, figures, (record,))


def _more(verdict: Verdict) -> str:
    return f" ({verdict.needs_more:,} more decide it)" if verdict.needs_more else ""


def poorest(verdicts: Iterable[str]) -> str:
    """The poorest of several verdicts: missed before undecided before met; "" of none."""
    found = set(verdicts)
    return next((word for word in ("missed", "undecided", "met") if word in found), "")
