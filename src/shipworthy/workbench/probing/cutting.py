"""Scores as answers: at the threshold that product.yaml states or the newest evaluation froze."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from shipworthy.store import latest

if TYPE_CHECKING:
    from shipworthy.models.chat.reading import Words
    from shipworthy.probe import Try
    from shipworthy.workbench.session import Session

NO_THRESHOLD = "no threshold is stated, and no evaluation of this version froze one"


def threshold_of(session: Session, name: str, version: str) -> float | None:
    """The threshold by which this version of a candidate answers; None where there is none, or not one for all rows."""
    stated = session.product.candidates[name].threshold
    if stated is not None:
        return float(stated)
    record = latest(session.opened.workspace, "evaluate")
    if record is None or record.evaluation is None:
        return None
    facts = next((each for each in record.evaluation.candidates if each.name == name), None)
    return facts.threshold if facts is not None and facts.version == version else None


def cut(tried: Try, labels: Words, threshold: float | None) -> Try:
    """The try with its score as an answer; the same where there is no score or no threshold."""
    if tried.score is None or threshold is None:
        return tried
    positive, negative, *_ = labels
    return replace(tried, answer=positive if tried.score >= threshold else negative)


def cutting_note(tried: Try, threshold: float | None) -> tuple[str, ...]:
    """What a reader should know of the threshold, where there is a score."""
    if tried.score is None:
        return ()
    if threshold is not None:
        return (f"scores of at least {threshold:.6g} are answered yes",)
    return (f"{NO_THRESHOLD}: {'the likeliest answer' if tried.chances else 'the bare score'} is shown",)
