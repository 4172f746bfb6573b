"""What the register is made from: the product, and the newest record of each verb."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from shipworthy.evidence import Audit, CandidateFacts, Evaluation, Record, Verdict
from shipworthy.spec.language import Requirement
from shipworthy.spec.model import Product


@dataclass(frozen=True)
class Seen:
    """A product with the newest record of each verb that a risk may be measured by; None where there is none.

    `spec_hash` says what the file asks now: a record of another one is stale, and measures nothing. `incidents` holds
    the newest record of each incident. `time` is now, as records have it.
    """

    product: Product
    spec_hash: str
    time: str
    audit: Record | None = None
    evaluation: Record | None = None
    framing: Record | None = None
    decision: Record | None = None
    incidents: tuple[Record, ...] = ()

    def is_fresh(self, record: Record | None) -> bool:
        """Whether there is such a record, and it speaks of the present product.yaml."""
        return record is not None and record.provenance.spec_hash == self.spec_hash

    @property
    def audited(self) -> tuple[Audit, str] | None:
        """The audit of the present file with its record's id."""
        if self.audit is None or self.audit.audit is None or not self.is_fresh(self.audit):
            return None
        return self.audit.audit, self.audit.id

    @property
    def evaluated(self) -> tuple[Evaluation, str] | None:
        """The evaluation of the present file with its record's id; a decision holds one too."""
        found = [each for each in (self.evaluation, self.decision) if each and self.is_fresh(each)]
        for each in found:
            if each.evaluation is not None:
                return each.evaluation, each.id
        return None

    @property
    def candidate(self) -> str | None:
        """Whose evidence counts: who was decided on, else the eligible one with the fewest misses."""
        if self.decision and self.decision.evaluation and self.is_fresh(self.decision):
            chosen = self.decision.evaluation.decision
            if chosen and chosen.candidate:
                return chosen.candidate
        return answering(self.evaluated[0]) if self.evaluated else None

    def verdicts(self) -> Iterator[tuple[Requirement, Verdict, str]]:
        """Each claim of the file with the roll-up verdict on the candidate, and the record that holds it."""
        claims = {claim.text: claim for claim in self.product.requirements}
        if self.evaluated and self.candidate:
            found, record = self.evaluated
            for verdict in found.rolled_up(self.candidate):
                if verdict.requirement in claims:
                    yield claims[verdict.requirement], verdict, record
        if self.audited:
            audit, record = self.audited
            for verdict in audit.rolled_up:
                if verdict.requirement in claims:
                    yield claims[verdict.requirement], verdict, record


def answering(found: Evaluation) -> str | None:
    """The eligible candidate with the fewest misses, then the fewest open claims; None where none is eligible."""

    def standing(facts: CandidateFacts) -> tuple[int, int]:
        verdicts = [verdict.verdict for verdict in found.rolled_up(facts.name)]
        return verdicts.count("missed"), verdicts.count("undecided")

    best = min((each for each in found.candidates if each.eligible), key=standing, default=None)
    return best.name if best else None
