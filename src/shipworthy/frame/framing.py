"""One decision framed: the answer with every rule, what would flip it, and what is left to find out."""

from __future__ import annotations

from shipworthy.evidence.framing import Framing
from shipworthy.frame.answer import Answer, answer
from shipworthy.frame.inputs import Inputs
from shipworthy.frame.level import level
from shipworthy.frame.modelling import not_proved
from shipworthy.frame.rules import RULES
from shipworthy.frame.sensitivity import flips
from shipworthy.frame.worth import cost, ends, worth

NOBODY = "no rule speaks for a machine: leave it to people"


def framing(given: Inputs) -> Framing:
    """The answer with every rule, what would flip it, and the questions that are open."""
    found = answer(given)
    lacking = not_proved(given) if found.route == "generative" else ()
    reached, why = level(given, found.route, drafts=bool(lacking))
    return Framing(
        found.route,
        found.rule.id if found.rule else None,
        _because(found, lacking),
        found.leads_to,
        bool(lacking),
        reached,
        why,
        given.all,
        tuple(rule.asked(given) for rule in RULES),
        flips(given),
        questions(given),
        ends(worth(given)),
        ends(cost(given)),
        given.amount("months").low,
        given.currency,
    )


def questions(given: Inputs) -> tuple[str, ...]:
    """The inputs to find out next: those that keep every rule up to the first that fires from being said."""
    asked: dict[str, None] = {}
    for rule in RULES:
        found = rule.asked(given)
        if found.fired:
            break
        asked |= dict.fromkeys(found.missing)
    return tuple(asked)


def _because(found: Answer, lacking: tuple[str, ...]) -> str:
    if found.rule is None:
        return NOBODY
    drafts = f"; as a draft that a person finishes, for want of {', '.join(lacking)}" if lacking else ""
    return f"{found.rule.why}{drafts}"
