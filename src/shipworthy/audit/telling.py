"""A verdict on data in words for people: how much, of how many rows, and how sure."""

from __future__ import annotations

from shipworthy.audit.advice import ADVICE
from shipworthy.evidence import Estimate, Verdict
from shipworthy.judge import Claim
from shipworthy.metrics import Definition
from shipworthy.metrics.on_data import COUNTED, EXACT

DAY_MS = 86_400_000


def told(claim: Claim, verdict: Verdict, rows: int | None) -> str:
    """What was found on a claim.

    Args:
        claim: what was claimed.
        verdict: on it as a whole.
        rows: how many rows are not as they should be, where that is known.
    """
    estimate = verdict.estimate
    if estimate is None or estimate.value is None:
        return verdict.reason
    shown = _shown(claim.definition, estimate.value)
    if estimate.method in (COUNTED, EXACT):
        return f"{_where(estimate)}{shown}, and {claim.requirement.bound.quantity} was asked"
    counted = _counted(claim, estimate, rows)
    return f"{_where(estimate)}{shown}{counted}; {_sureness(claim, verdict, estimate)}"


def _where(estimate: Estimate) -> str:
    """The slice that the numbers are of; of all slices it is the weakest."""
    named = ", ".join(f"{column} = {value}" for column, value in estimate.slice.items())
    return f"{named}: " if named else ""


def _counted(claim: Claim, estimate: Estimate, rows: int | None) -> str:
    advice = ADVICE.get((claim.definition.inner or claim.definition).metric.name)
    if rows is None or advice is None or not advice.rows:
        return ""
    return f" ({rows:,} of {estimate.n:,} rows {advice.rows})"


def _sureness(claim: Claim, verdict: Verdict, estimate: Estimate) -> str:
    """The bound that decides, or both where none does."""
    least, most = (
        None if end is None else _shown(claim.definition, end) for end in (estimate.lower, estimate.upper)
    )
    met, up = verdict.verdict == "met", claim.requirement.bound.at_least
    if verdict.verdict == "undecided":
        more = f", and {verdict.needs_more:,} more rows would decide" if verdict.needs_more else ""
        return f"it may be {least} to {most}{more}" if least and most else verdict.reason
    sure = f"with {100 * estimate.level:.4g} % confidence"
    return f"at least {least} {sure}" if met == up else f"at most {most} {sure}"


def _shown(definition: Definition, value: float) -> str:
    """A number in its unit."""
    if definition.unit == "time":
        days = value / DAY_MS
        return f"{days:,.1f} days" if days >= 1 else f"{24 * days:,.1f} hours"
    if definition.unit != "share" or definition.kind in ("leak", "ratio"):
        return f"{value:,.3f}" if definition.kind in ("leak", "ratio") else f"{value:,.0f}"
    unit = "points" if definition.kind in ("gap", "conditional") else "%"
    return f"{_rounded(100 * value)} {unit}"


def _rounded(number: float) -> str:
    """To three digits that count, without an exponent."""
    return (
        f"{number:.0f}"
        if abs(number) >= 100
        else f"{float(f'{number:.2g}'):g}"
        if abs(number) < 1
        else f"{number:.3g}"
    )
