"""Risks that an audit measures: K2 to K5."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from shipworthy.evidence import Audit, Finding
from shipworthy.evidence.risks import Standing
from shipworthy.risk.measured import Measured, judged, not_measured, together
from shipworthy.risk.seen import Seen
from shipworthy.spec.rights import gaps

UNLIKE = (
    "unlike_production", "missing_segment", "time_behind", "base_rate", "selective_labels", "shift",
)  # fmt: skip
LIKE = ("like_production", "shift")
LABELS = ("label_noise", "suspected_labels")
CONFLICTS = ("conflicting_labels",)
LEAKS = (
    "leaked_rows", "leaked_units", "leaked_texts", "leak_auc", "after_outcome", "time_backwards",
)  # fmt: skip
RIGHTS = ("owner", "licence", "basis", "personal", "consent", "retention")
AUDIT = "shipworthy audit"


def unrepresentative(seen: Seen) -> Measured:
    """K2: whether the examples look like production."""
    if seen.audited is None:
        return _unaudited(seen)
    found = tuple(_told(seen, (*UNLIKE, *LIKE)))
    if seen.product.data.production is None and not any(each.standing == "triggered" for each in found):
        step = "Name what the world looks like, with data.production, and audit again."
        return not_measured("nothing says what production looks like", step)
    return together(found) if found else not_measured("the audit compared nothing with production", AUDIT)


def mislabelled(seen: Seen) -> Measured:
    """K3: how many labels are wrong."""
    if seen.audited is None:
        return _unaudited(seen)
    measured, conflicts = tuple(_told(seen, LABELS)), tuple(_told(seen, CONFLICTS))
    wrong = tuple(each for each in conflicts if each.standing == "triggered")
    if measured or wrong:
        return together((*measured, *wrong))
    step = (
        "Run shipworthy audit --label-noise, or have labels checked: shipworthy label --take 100 --by again"
    )
    return not_measured("nobody looked how many labels are wrong", step)


def leaking(seen: Seen) -> Measured:
    """K4: leaks of the answer or of test rows, and how often the test rows were judged."""
    parts = [*_told(seen, LEAKS)] if seen.audited else []
    looks = (
        (seen.decision.facts or {}).get("looks") if seen.decision and seen.is_fresh(seen.decision) else None
    )
    if isinstance(looks, int) and looks > 1 and seen.decision:
        why = f"these test rows were judged {looks} times; the stated error holds for the first"
        step = "Judge on fresh labels: shipworthy label --take 100 --by random"
        parts.append(Measured("triggered", why, records=(seen.decision.id,), next_step=step))
    if parts:
        found = together(parts)
        told = f"{len(parts)} looks for leaks found none"
        return replace(found, why=told) if found.standing == "quiet" else found
    if seen.audited is None:
        return _unaudited(seen)
    return Measured("quiet", "nothing is trained, so no row can leak", records=(seen.audited[1],))


def unlicensed(seen: Seen) -> Measured:
    """K5: who answers for the data, what allows their use, and personal data in them."""
    stated = tuple(
        Measured("triggered", gap.message, next_step=f"{gap.remedy[:1].upper()}{gap.remedy[1:]}")
        for gap in gaps(seen.product)
        if gap.sort in RIGHTS and gap.about != "the product"
    )
    found = tuple(_told(seen, ("personal",))) if seen.audited else ()
    if stated or any(each.standing == "triggered" for each in found):
        return together((*stated, *found))
    if seen.audited is None:
        return not_measured("what the file states is whole; nobody looked for personal data", AUDIT)
    told = "owner, licence and basis are stated; no personal data were found that are not"
    return Measured("quiet", told, records=(seen.audited[1],))


def _told(seen: Seen, sorts: tuple[str, ...]) -> Iterator[Measured]:
    """What each finding of these sorts says of a risk."""
    if seen.audited is None:
        return
    audit, record = seen.audited
    for finding in audit.findings:
        if finding.sort not in sorts:
            continue
        yield _measured(audit, finding, record)


def _measured(audit: Audit, finding: Finding, record: str) -> Measured:
    verdict = next((each for each in audit.rolled_up if each.requirement == finding.requirement), None)
    about = f"{finding.about}: " if finding.about else ""
    why = f"{about}{finding.what}"
    if verdict is None:
        standing: Standing = "quiet" if finding.colour == "green" else "triggered"
        return Measured(standing, why, records=(record,), next_step=finding.next_step)
    said = judged(verdict, None, record)
    return Measured(said.standing, why, said.figures, (record,), finding.next_step)


def _unaudited(seen: Seen) -> Measured:
    if seen.audit is None:
        return not_measured("the data were not audited yet", AUDIT)
    return not_measured("audited before product.yaml changed", AUDIT)
