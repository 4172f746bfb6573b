"""Whether what an answer claims stands in the evidence: content words and numbers, claim by claim.

Each sentence is a claim. It is grounded where enough of its content words stand in the evidence and every number of it
does. That is no understanding: a claim that turns the evidence round in its own words passes.
"""

from __future__ import annotations

from dataclasses import dataclass

from shipworthy.grade.answer import Answer, Grade, Grading, one_by_one, passed, unscored
from shipworthy.grade.numbers import told_numbers
from shipworthy.grade.refusing import is_refusal
from shipworthy.grade.words import content_words, sentences
from shipworthy.spec.grading import Groundedness


@dataclass(frozen=True)
class Claim:
    """One sentence: the share of its content words that stand in the evidence, and its numbers that do not."""

    text: str
    coverage: float
    strange: tuple[float, ...]

    def grounded(self, least: float) -> bool:
        """Whether the evidence holds it, at the least coverage."""
        return self.coverage >= least and not self.strange


def claims(text: str, evidence: str) -> tuple[Claim, ...]:
    """The claims of an answer; sentences that decline to answer, and those without a content word or number, are none."""
    there, known = content_words(evidence), told_numbers(evidence)
    found = []
    for each in sentences(text):
        own, numbers = content_words(each), told_numbers(each)
        if (own or numbers) and not is_refusal(each):
            coverage = len(own & there) / len(own) if own else 1.0
            found.append(Claim(each, coverage, tuple(sorted(numbers - known))))
    return tuple(found)


def groundedness(settings: Groundedness) -> Grading:
    """Passes the answer of whose claims enough are grounded, and the one that declines and claims nothing."""

    def graded(answer: Answer, text: str) -> Grade:
        if is_refusal(text) and not claims(text, ""):
            return passed(right=True)  # it claims nothing, whatever the evidence is
        parts = [own for column in settings.evidence if (own := answer.value(column))]
        if not parts:
            return unscored("no evidence")
        found = claims(text, "\n".join(parts))
        if not found:
            return unscored("the answer makes no claim")
        failed = [each for each in found if not each.grounded(settings.coverage)]
        share = 1 - len(failed) / len(found)
        return passed(right=share >= settings.claims, why="; ".join(map(_told, failed)))

    return one_by_one(graded)


def _told(claim: Claim) -> str:
    """A claim that failed, and why."""
    strange = (
        f", and the evidence has no {', '.join(f'{each:g}' for each in claim.strange)}"
        if claim.strange
        else ""
    )
    return f"{claim.text!r}: {claim.coverage:.0%} of its words{strange}"
