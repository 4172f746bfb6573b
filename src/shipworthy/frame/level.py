"""Rule F11: how far an answer may act by itself. It starts as a suggestion, and each step up is earned."""

from __future__ import annotations

from shipworthy.evidence.framing import Level, Route
from shipworthy.frame.inputs import Inputs
from shipworthy.frame.modelling import person_decides

DECIDING: tuple[Route, ...] = ("rule", "predictive", "generative", "cascade", "augment", "buy", "build")
"""The answers after which something is built that may act."""


def level(given: Inputs, route: Route, *, drafts: bool) -> tuple[Level, str]:
    """How far the answer may act, and what the next step up asks."""
    if route not in DECIDING:
        return "none", "nothing is automated on this answer"
    if route == "augment" or person_decides(given).holds:
        return "suggest", f"a person decides: {person_decides(given).said}"
    if drafts:
        return "suggest", "generated answers stay drafts until what is missing is there"
    if given.word("requirements_met") != "yes":
        return "suggest", "it acts once evaluate proves every requirement for a candidate"
    if given.word("reversible") != "yes":
        return "suggest", "it acts once what it does can be undone"
    if given.word("met_live") != "yes":
        return (
            "act_with_undo",
            "it acts without undo once the requirements are met live, at the cost of mistakes there",
        )
    return "act", "the requirements are met live; it goes back to act with undo as soon as one is missed"
