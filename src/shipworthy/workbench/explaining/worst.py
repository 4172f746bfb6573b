"""Where a candidate does worse than elsewhere, in words, from the newest evaluation of its version."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shipworthy.documents.worst import worst_words
from shipworthy.store import latest

if TYPE_CHECKING:
    from shipworthy.evidence import Record
    from shipworthy.evidence.explanation import Explained
    from shipworthy.workbench.session import Session

MOST_SHOWN = 5
NOT_EVALUATED = (
    "where it does worse is not known: no evaluation of this version is kept (shipworthy evaluate)"
)
NONE_WORSE = "no slice does worse than the rest beyond chance, among those that the evaluation looked at"


def newest_evaluation(session: Session) -> Record | None:
    """The newest evaluation of the present product.yaml."""
    record = latest(session.opened.workspace, "evaluate")
    fresh = record is not None and record.provenance.spec_hash == session.opened.spec_hash
    return record if fresh else None


def worst_slices(session: Session, record: Record | None, found: Explained) -> tuple[tuple[str, ...], str]:
    """The worst slices in words, the worst first; and a note where there are none."""
    evaluation = record.evaluation if record is not None else None
    facts = [each for each in evaluation.candidates if each.name == found.candidate] if evaluation else []
    if evaluation is None or not facts or facts[0].version != found.version:
        return (), NOT_EVALUATED
    worst = [each for each in evaluation.worst if each.candidate == found.candidate]
    if not worst:
        return (), NONE_WORSE
    told = tuple(worst_words(session.product, each) for each in worst[:MOST_SHOWN])
    more = len(worst) - MOST_SHOWN
    return told, f"{more} more are in the record of the evaluation" if more > 0 else ""
