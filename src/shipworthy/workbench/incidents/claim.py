"""The requirement that an incident is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shipworthy.errors import InputError, did_you_mean
from shipworthy.risk.claims import compares_groups
from shipworthy.spec.language import LanguageError, Requirement, read_requirement

if TYPE_CHECKING:
    from shipworthy.risk import Seen
    from shipworthy.workbench.product import Opened


def claim_about(opened: Opened, text: str) -> str:
    """The requirement of product.yaml that a text means, as the file writes it.

    Raises:
        InputError: `incident.claim` where the file has no such requirement.
    """
    claims = opened.product.requirements
    if found := claim_of(opened, text.strip()):
        return found.text
    try:
        meant = _asked(read_requirement(text))
    except LanguageError:
        meant = None
    same = next((claim for claim in claims if _asked(claim) == meant), None)
    if same is None:
        advice = did_you_mean(text, [claim.text for claim in claims])
        message = f"product.yaml has no requirement {text!r}"
        remedy = f"{advice} What is to be measured again must be required: add it, and evaluate."
        raise InputError("incident.claim", message, remedy=remedy)
    return same.text


def _asked(claim: Requirement) -> tuple[object, ...]:
    """What a requirement asks, however its numbers are written."""
    bounds = [(str(each.metric), each.comparator, each.value) for each in (claim.bound, claim.at) if each]
    return (*bounds, claim.every, claim.where, claim.confidence)


def claim_of(opened: Opened, text: str) -> Requirement | None:
    """The requirement of product.yaml with this text; None where it is not there, or not any more."""
    return next((claim for claim in opened.product.requirements if claim.text == text), None)


def default_claim(found: Seen) -> str:
    """The requirement that compares groups and stands poorest; "" where none compares any."""
    wanted = compares_groups(found.product)
    order = {"missed": 0, "undecided": 1, "met": 2}
    judged = [(order[verdict.verdict], claim.text) for claim, verdict, _ in found.verdicts() if wanted(claim)]
    if judged:
        return min(judged, key=lambda each: each[0])[1]
    return next((claim.text for claim in found.product.requirements if wanted(claim)), "")
