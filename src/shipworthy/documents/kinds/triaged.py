"""The tier of the law that the known facts lead to, and the questions that are open; never legal advice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from shipworthy.documents.statement import Statement, assumption, evidence
from shipworthy.documents.wording import plural

if TYPE_CHECKING:
    from shipworthy.evidence import TierRule, Triage
    from shipworthy.evidence.risks import Tier

TIERS: Mapping[Tier, str] = {
    "prohibited": "prohibited",
    "high_risk": "high risk",
    "transparency": "duties of transparency",
    "minimal": "minimal risk",
    "outside": "outside the Act",
}


@dataclass(frozen=True)
class OpenFact:
    """One question that could change the tier: its name in product.yaml, where it stands in the law, where it leads."""

    name: str
    question: str
    article: str
    leads: str


@dataclass(frozen=True)
class Law:
    """What a document shows of the law."""

    tier: Statement
    because: tuple[Statement, ...]
    rules: tuple[TierRule, ...]
    known: tuple[Statement, ...]
    open: tuple[OpenFact, ...]
    notes: tuple[str, ...]


def law(found: Triage) -> Law:
    """What the triage of a record says."""
    facts = [found.fact(name) for name in found.questions]
    known = [each for each in found.facts if each.answer is not None]
    return Law(
        evidence(f"EU AI Act: {tier_words(found)}."),
        tuple(evidence(f"Because {each.rstrip('.')}.") for each in found.because),
        found.rules,
        tuple(assumption(f"{each.question} {'Yes' if each.answer else 'No'} ({each.source or 'stated'}).") for each in known),
        tuple(
            OpenFact(each.name, each.question, each.article, TIERS[each.tier] if each.tier else "outside the Act, if no")
            for each in facts
        ),
        found.notes,
    )  # fmt: skip


def tier_words(found: Triage) -> str:
    """The tier in words, and what the unknown facts could make of it."""
    if found.settled:
        return TIERS[found.tier]
    if found.tier == found.most:
        return f"{TIERS[found.tier]}, if it reaches people in the European Union"
    known = "not known yet" if found.tier == "minimal" else f"at least {TIERS[found.tier]}"
    questions = plural(len(found.questions), "question is", "questions are")
    return f"{known}; {questions} open, the gravest of which could lead to: {TIERS[found.most]}"
