"""Risks of life in production, of which offline records say little: K8, K9, K15 to K19, K21, K22."""

from __future__ import annotations

from shipworthy.evidence.incident import Incident
from shipworthy.evidence.risks import RiskRow
from shipworthy.risk.clocks import passed
from shipworthy.risk.measured import Measured, does_not_apply, not_measured
from shipworthy.risk.seen import Seen

NO_LIVE = "no record of live traffic: this release judges logs offline only"


def unappealable(seen: Seen) -> Measured:
    """K8: whether what is done can be undone or appealed; how faithful explanations are, no record says."""
    action, ethics = seen.product.action, seen.product.ethics
    appeal = bool(ethics and ethics.recourse and ethics.recourse.how) or bool(action and action.undo)
    if action and action.reversible is False and not appeal:
        why = "what is done cannot be undone, and no way to appeal is stated"
        return Measured(
            "triggered",
            why,
            next_step="State the way: ethics: {recourse: {owner: TEAM, how: WHOM TO WRITE TO}}.",
        )
    return not_measured(
        "no record measures how faithful explanations are",
        "" if appeal else "State how a decision is appealed: ethics: {recourse: {how: …}}.",
    )


def misrelied(_: Seen) -> Measured:
    """K9: nothing watches people use it yet."""
    return not_measured("no record of people at work with it: accepted when right, rejected when wrong")


def drifting(seen: Seen) -> Measured:
    """K15: the age of the examples, as the audit judged it; live decay is not measured."""
    if seen.audited is not None:
        audit, record = seen.audited
        for finding in audit.findings:
            if finding.sort in ("freshness", "age", "time_behind") and finding.colour != "green":
                why = f"the examples are old: {finding.what}"
                return Measured("triggered", why, records=(record,), next_step=finding.next_step)
    return not_measured(
        NO_LIVE, "State monitor: {every: 1 day, label_delay: 7 days}." if not seen.product.monitor else ""
    )


def failing_silently(_: Seen) -> Measured:
    """K16: nulls, constants and volume are those of live traffic."""
    return not_measured(NO_LIVE)


def feeding_back(_: Seen) -> Measured:
    """K17: it takes traffic that the model did not touch."""
    return not_measured(NO_LIVE, "Keep a share of the traffic that the model does not touch.")


def changing_vendor(seen: Seen) -> Measured:
    """K18: candidates that somebody else runs."""
    bought = [
        name
        for name, each in seen.product.candidates.items()
        if each.chat is not None or each.recorded is not None
    ]
    if not bought:
        return does_not_apply("no candidate is run by somebody else")
    return not_measured(
        f"no record asks {', '.join(bought)} the same questions again over time",
        "Pin the version of the model; evaluate again when it changes.",
    )


def unstoppable(seen: Seen) -> Measured:
    """K19: the drill of the kill switch."""
    if seen.product.launch is None or not seen.product.launch.stop_if:
        return not_measured(
            "no drill is on record, and nothing says when it is stopped",
            "Write launch: {stop_if: […], owner: …}.",
        )
    return not_measured("no drill of stopping it is on record")


def mishandled(seen: Seen) -> Measured:
    """K21: incidents on record: whether they were closed, and told in time."""
    found = [(record, record.incident) for record in seen.incidents if record.incident is not None]
    if not found:
        return not_measured(
            "no incident or drill is on record", 'Drill one: shipworthy incident --open "…" --as NAME'
        )
    late = [(record, each) for record, each in found if _late(each, seen.time)]
    ids = tuple(record.id for record, _ in found)
    if late:
        told = "; ".join(f"incident {each.number}: {', '.join(_late(each, seen.time))}" for _, each in late)
        return Measured("triggered", told, records=ids, next_step="shipworthy incident --show")
    still = [each for _, each in found if not each.closed]
    if still:
        why = f"incident {still[0].number} is open: {still[0].next_step} comes next"
        return Measured("not_measured", why, records=ids, next_step="shipworthy incident")
    return Measured("quiet", f"{len(found)} handled to the end, told in time", records=ids)


def _late(each: Incident, time: str) -> tuple[str, ...]:
    """The clocks that ran out before somebody was told."""
    return tuple(f"{clock.name} ran out" for clock in passed(each, time))


def indebted(seen: Seen, rows: tuple[RiskRow, ...]) -> Measured:
    """K22: risks whose day of looking again is past, and columns of the data that say nothing."""
    overdue = [row.id for row in rows if row.overdue]
    if overdue:
        why = f"the day on which {', '.join(overdue)} should be looked at again is past"
        return Measured("triggered", why, next_step="Look at them, and write a later day: revisit.")
    dead = _dead(seen)
    if dead:
        columns, record = dead
        why = f"columns that hold one value or none: {', '.join(columns)}"
        return Measured(
            "triggered",
            why,
            records=(record,),
            next_step="Take them out of the source, or keep them from models.",
        )
    return not_measured("nothing is overdue; who else uses its data or answers, no record says")


def _dead(seen: Seen) -> tuple[list[str], str] | None:
    if seen.audited is None:
        return None
    audit, record = seen.audited
    found = [each.about for each in audit.findings if each.sort in ("constant", "empty")]
    return (found, record) if found else None
