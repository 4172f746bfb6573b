"""When a person decides otherwise than the evidence does."""

from __future__ import annotations

from shipworthy.evidence import Decision, SignedAnswer


def is_override(decision: Decision, answer: SignedAnswer, candidate: str | None) -> bool:
    """Whether the answer, or the candidate that ships, is not the one of the decision."""
    other = answer == "ship" and candidate is not None and candidate != decision.candidate
    return answer != decision.answer or other
