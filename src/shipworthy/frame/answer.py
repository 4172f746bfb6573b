"""The answer: the first rule that fires decides, unless one before it cannot be said."""

from __future__ import annotations

from dataclasses import dataclass

from shipworthy.evidence.framing import FrameRule, Route
from shipworthy.frame.inputs import Inputs
from shipworthy.frame.rules import RULES


@dataclass(frozen=True)
class Answer:
    """What the rules say together: the route, the rule that decided, or kept it open, and what it would lead to if that did not fire."""

    route: Route
    rule: FrameRule | None
    leads_to: Route | None = None


def answer(given: Inputs) -> Answer:
    """The answer of the first rule that fires, asked no further than it takes."""
    unclear: FrameRule | None = None
    for rule in RULES:
        found = rule.asked(given)
        if found.fired:
            return Answer("open", unclear, found.answer) if unclear else Answer(found.answer, found)
        if found.fired is None:
            unclear = unclear or found
    return Answer("open", unclear, "people") if unclear else Answer("people", None)
