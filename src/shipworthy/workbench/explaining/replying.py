"""What a candidate says of rows, as a score and an answer at its frozen threshold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from shipworthy.evidence import OperatingPoint
from shipworthy.evidence.explanation import Replied
from shipworthy.store import latest

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from shipworthy.workbench.session import Session

NO_THRESHOLD = "no threshold is stated, and no evaluation of this version froze one: the score alone is shown"
A_PERSON = "a person decides"


@dataclass(frozen=True)
class Cutter:
    """How a score becomes an answer, in the words of the product; without a `point` it does not."""

    positive: str
    point: OperatingPoint | None

    @property
    def threshold(self) -> float | None:
        """The score from which the answer is yes, where there is one for all rows."""
        return self.point.threshold if self.point is not None and not self.point.by else None

    @property
    def notes(self) -> tuple[str, ...]:
        """What a reader should know of the answers."""
        if self.point is None:
            return (NO_THRESHOLD,)
        if self.point.by:
            return (f"each group of {self.point.by} has a threshold of its own: the score alone is shown",)
        return ()

    def answer(self, score: float | None) -> str | None:
        """The answer to a score."""
        if score is None or self.threshold is None or self.point is None:
            return None
        if score >= self.threshold:
            return self.positive
        review = self.point.review_from
        return A_PERSON if review is not None and score >= review else f"not {self.positive}"

    def replied(self, scores: Iterable[float | None]) -> list[Replied]:
        """Score and answer of each."""
        return [Replied(score, self.answer(score)) for score in scores]


def cutter(session: Session, positive: str, name: str, version: str) -> Cutter:
    """How this version of a candidate answers: at the threshold of product.yaml, or the one that the newest evaluation froze."""
    candidate = session.product.candidates[name]
    if candidate.threshold is not None:
        return Cutter(positive, OperatingPoint(float(candidate.threshold)))
    record = latest(session.opened.workspace, "evaluate")
    found = record.evaluation.candidates if record is not None and record.evaluation is not None else ()
    facts = next((each for each in found if each.name == name and each.version == version), None)
    if facts is None or facts.threshold is None:
        return Cutter(positive, None)
    return Cutter(positive, OperatingPoint(facts.threshold, facts.review_from, facts.thresholds_by))


def answers_of(replied: Sequence[Replied]) -> list[str | None]:
    """The answers alone."""
    return [each.answer for each in replied]
