"""Whether labels that people gave still show what a judge is worth: for this judge, these answers and these rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shipworthy.store import records

if TYPE_CHECKING:
    from shipworthy.evidence import JudgeTrust
    from shipworthy.workbench.session import Session

AGAIN = "label a fresh sample, and put it in place of the old one"
CHANGED = {
    "judge": "the judge is another one (its model, parameters or rubric)",
    "version": "the answers are those of another version of the candidate",
    "population": "the examples or their division are others",
}
"""What may have changed since labels were first held against a judge."""


def expiry(session: Session, found: JudgeTrust) -> str:
    """Why the labels behind a calibration no longer count; "" where they do.

    A calibration belongs to what it was first made of: a judge that is changed until it agrees with the labels at hand
    looks better than it is, and labels of other answers say nothing of these.
    """
    for record in records(session.opened.workspace, "evaluate"):
        for earlier in record.evaluation.judges if record.evaluation else ():
            if _same_labels(earlier, found):
                return _told(earlier, found)
    return ""


def _same_labels(earlier: JudgeTrust, found: JudgeTrust) -> bool:
    mine, theirs = ((each.grader, each.candidate, each.labels) for each in (found, earlier))
    return mine == theirs


def _told(earlier: JudgeTrust, found: JudgeTrust) -> str:
    changed = [what for name, what in CHANGED.items() if getattr(earlier, name) != getattr(found, name)]
    if not changed:
        return ""
    return (
        f"its calibration has expired: since people labelled these answers, {' and '.join(changed)}; {AGAIN}"
    )
