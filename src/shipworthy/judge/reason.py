"""Why a comparison is met, missed or undecided, in one clause."""

from __future__ import annotations

from shipworthy.evidence import Estimate
from shipworthy.evidence.values import Answer
from shipworthy.judge.comparison import Compared
from shipworthy.judge.planning import Plan
from shipworthy.metrics.on_data import COUNTED, EXACT

DAY_MS = 86_400_000


def reason_for(side: Compared, at: int, answer: Answer, estimate: Estimate, planned: Plan) -> str:
    """The reason for the answer on the slice at a position, with the rows that no grader could score."""
    told = _reason(side, at, answer, estimate, planned)
    if not estimate.unscored:
        return told
    rows, kind, ways = estimate.n + estimate.unscored, _rows(side), "failed and as passed"
    ways = {"attacks": "hits and as held", "variants": "changed and as unchanged"}.get(
        side.definition.subject, ways
    )
    return f"{told}; {estimate.unscored:,} of {rows:,} {kind} are unscored, and count as {ways}, whichever is worse"


def _reason(side: Compared, at: int, answer: Answer, estimate: Estimate, planned: Plan) -> str:
    bound, note = side.bound, side.measured.notes[at]
    if note and answer == "undecided":
        return note
    name, nearest, farthest = (
        ("lower", estimate.lower, estimate.upper)
        if bound.at_least
        else ("upper", estimate.upper, estimate.lower)
    )
    if estimate.method in (COUNTED, EXACT):
        return f"it is {_exactly(side, estimate)}, as counted, and {bound} was asked"
    sure = f"{100 * side.level:.4g} %"
    if answer == "met":
        return f"the {name} bound at {sure}, {_number(nearest)}, clears {bound.quantity}"
    if answer == "missed":
        opposite = "upper" if name == "lower" else "lower"
        return f"the {opposite} bound at {sure}, {_number(farthest)}, fails {bound.quantity}"
    if estimate.value == bound.value:
        return f"the estimate equals the bound {bound.quantity}: no number of rows at this rate decides"
    if nearest is None:
        return f"{estimate.n:,} {_rows(side)} are too few for a bound at {sure}"
    return f"between its bounds, {_number(estimate.lower)} to {_number(estimate.upper)}, lies {bound.quantity}{_outlook(side, estimate, planned)}"


def _exactly(side: Compared, estimate: Estimate) -> str:
    """A number that is no sample, in its unit."""
    value = estimate.value or 0.0
    return f"{value / DAY_MS:,.1f} days" if side.definition.unit == "time" else f"{value:,.0f}"


def _rows(side: Compared) -> str:
    """What it counts, as a word of several."""
    return {"attacks": "attacks", "samples": "inputs", "variants": "inputs"}.get(
        side.definition.subject, "rows"
    )


def _outlook(side: Compared, estimate: Estimate, planned: Plan) -> str:
    """What would decide."""
    rows = _rows(side)
    if planned.even is not None:
        what = "labels" if side.definition.kind == "judged" else rows
        return f"; {planned.even:,} more {what} would decide at this rate"
    if estimate.unscored:
        return f"; more {rows} would not decide while so many are unscored"
    if "worst_case" in estimate.method:
        return "; more rows would not decide while so many have no answer"
    return ""


def _number(value: float | None) -> str:
    return "unbounded" if value is None else f"{value:.4g}"
