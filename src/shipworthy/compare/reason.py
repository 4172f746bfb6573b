"""Why a comparison came out as it did, in one clause."""

from __future__ import annotations

from shipworthy.evidence.comparison import Comparison


def reason_for(found: Comparison, challengers: int) -> str:
    """The reason for a verdict over all rows."""
    sure = f"{100 * found.level:.4g} %"
    together = f", corrected for {challengers} challengers" if challengers > 1 else ""
    if found.verdict in ("better", "worse"):
        return f"the difference is on that side of 0 at {sure}{together}"
    if found.verdict == "no_worse" and found.method == "declared" and not found.difference:
        return "both cost the same, as declared"
    if found.verdict == "no_worse":
        less = found.p_worse <= 1 - found.level
        return f"at {sure}{together}, it is worse by less than the margin {found.margin:g}" + (
            ", but it is worse" if less else ""
        )
    if "worst_case" in found.method and found.needs_more is None:
        return "too many rows were left unanswered or unscored by one of the two to tell"
    if found.only_challenger == 0 and found.only_champion == 0:
        return f"both are right and wrong on the same rows{_more(found)}"
    limit = (found.margin or 0.0) * (-1 if found.better == "higher" else 1)
    inside = f"{limit:g}, the margin" if found.margin else "0"
    return (
        f"between its bounds, {_number(found.lower)} to {_number(found.upper)}, lies {inside}{_more(found)}"
    )


def _number(value: float | None) -> str:
    return "unbounded" if value is None else f"{value:.4g}"


def _more(found: Comparison) -> str:
    return f"; {found.needs_more:,} more rows would decide at this rate" if found.needs_more else ""
