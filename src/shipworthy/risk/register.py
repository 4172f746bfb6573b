"""The register: each of its 22 risks and the product's own, as measured, with who owns it and what is done."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from shipworthy.evidence.risks import RiskRegister, RiskRow
from shipworthy.risk import claims, data, living
from shipworthy.risk.editions import TITLES, data_of, day_of, edition, risk_ids, tags
from shipworthy.risk.ethics import ethics
from shipworthy.risk.measured import Measured, not_measured, together
from shipworthy.risk.purpose import misframed
from shipworthy.risk.seen import Seen
from shipworthy.risk.triage import triage
from shipworthy.spec.risks import RiskEntry

MEASURES: Mapping[str, Callable[[Seen], Measured]] = {
    "K1": misframed,
    "K2": data.unrepresentative,
    "K3": data.mislabelled,
    "K4": data.leaking,
    "K5": data.unlicensed,
    "K6": claims.dear_mistakes,
    "K7": claims.unfair_gap,
    "K8": living.unappealable,
    "K9": living.misrelied,
    "K10": claims.invented,
    "K11": claims.misused,
    "K12": claims.injected,
    "K13": claims.over_refusing,
    "K14": claims.overrun,
    "K15": living.drifting,
    "K16": living.failing_silently,
    "K17": living.feeding_back,
    "K18": living.changing_vendor,
    "K19": living.unstoppable,
    "K21": living.mishandled,
}
"""What measures each risk; K20 and K22 are about the others."""


def register(seen: Seen) -> RiskRegister:
    """Every risk with how it stands, the tier of the law, and the card of ethics."""
    rows = {name: _row(seen, name, measure(seen)) for name, measure in MEASURES.items()}
    own = tuple(_own(seen, entry) for entry in seen.product.risks if entry.risk not in risk_ids())
    rows["K22"] = _row(seen, "K22", living.indebted(seen, (*rows.values(), *own)))
    rows["K20"] = _row(seen, "K20", unowned(seen, (*rows.values(), *own)))
    ordered = (*(rows[name] for name in risk_ids()), *own)
    editions = tuple(edition(name, seen.time) for name in TITLES)
    old = tuple(
        f"{each.name}: last compared with its source on {each.last_verified}, {each.days} days ago; check what changed"
        for each in editions
        if each.old
    )
    return RiskRegister(seen.candidate, ordered, triage(seen.product), ethics(seen, ordered), editions, old)


def unowned(seen: Seen, rows: tuple[RiskRow, ...]) -> Measured:
    """K20: risks that are triggered and that nobody owns, or for which nobody said what is done."""
    return together(
        [*_unowned(seen, rows)] or [Measured("quiet", "every triggered risk has an owner and a response")]
    )


def _unowned(seen: Seen, rows: tuple[RiskRow, ...]) -> Iterator[Measured]:
    found = [row.id for row in rows if row.unowned]
    if found:
        why = f"triggered, without an owner and a response: {', '.join(found)}"
        step = f"Write in product.yaml: risks: [{{risk: {found[0]}, owner: NAME, response: mitigate}}]"
        yield Measured("triggered", why, next_step=step)
    accepted = [row.id for row in rows if row.response == "accept" and not (row.note and row.revisit)]
    if accepted:
        why = f"accepted without a reason and a day to look again: {', '.join(accepted)}"
        yield Measured("triggered", why, next_step="Add note: and revisit: to each of them.")
    if not seen.product.owner:
        yield Measured("triggered", "the product has no owner", next_step="Name who answers for it: owner:")


def _row(seen: Seen, name: str, found: Measured) -> RiskRow:
    known = data_of("register")["risks"][name]
    row = RiskRow(
        name,
        known["name"],
        found.standing,
        found.why,
        found.figures,
        found.records,
        found.next_step,
        known["treatment"],
        tags(name),
    )
    entry = next((each for each in seen.product.risks if each.risk == name), None)
    return _looked_after(seen, row, entry) if entry else row


def _own(seen: Seen, entry: RiskEntry) -> RiskRow:
    found = not_measured("a risk of your own: no record measures it")
    row = RiskRow(entry.risk, entry.risk, found.standing, found.why, own=True)
    return _looked_after(seen, row, entry)


def _looked_after(seen: Seen, row: RiskRow, entry: RiskEntry) -> RiskRow:
    """The risk with what product.yaml says of it."""
    revisit = entry.revisit.isoformat() if entry.revisit else None
    return replace(
        row,
        owner=entry.owner,
        response=entry.response,
        treatment=entry.treatment,
        note=entry.note,
        revisit=revisit,
        overdue=bool(entry.revisit and entry.revisit < day_of(seen.time)),
    )
