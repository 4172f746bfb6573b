"""The tier of the EU AI Act that facts about a use lead to. What is not known stays open, and is asked for. Not legal advice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, get_args

from shipworthy.evidence.risks import Tier, TierRule, Triage, TriageFact
from shipworthy.risk.editions import data_of
from shipworthy.spec.model import Product
from shipworthy.spec.triage import Triage as Stated

GRAVITY: tuple[Tier, ...] = get_args(Tier)
"""From nothing asked to not allowed."""

LAW = "eu_ai_act"


def triage(product: Product) -> Triage:
    """The tier that the known facts lead to, the facts that put it there, and those that could still change it.

    A fact that is not known neither puts a product into a tier nor keeps it out of one (the three-valued logic of
    Kleene 1938). The exception of Article 6(3) counts only where it is claimed.
    """
    facts = tuple(_facts(product))
    known = {each.name: each.answer for each in facts}
    holds: dict[Tier, bool | None] = {tier: _holds(tier, facts, known) for tier in GRAVITY[2:]}
    if known["reaches_eu"] is False:
        return _found("outside", "outside", facts, {}, product)
    tier = _gravest(holds, (True,))
    return _found(tier, _gravest(holds, (True, None)), facts, holds, product)


def _gravest(holds: Mapping[Tier, bool | None], wanted: tuple[bool | None, ...]) -> Tier:
    found = [tier for tier, value in holds.items() if value in wanted]
    return max(found, key=GRAVITY.index, default="minimal")


def _found(
    tier: Tier,
    most: Tier,
    facts: tuple[TriageFact, ...],
    holds: Mapping[Tier, bool | None],
    product: Product,
) -> Triage:
    also = tuple(each for each in reversed(GRAVITY) if holds.get(each) and each != tier)
    because = tuple(
        f"{each.clause} ({each.article}; {each.source})"
        for each in facts
        if each.answer and each.tier == tier
    )
    if tier == "outside":
        because = (
            "nobody in the European Union uses it or is affected by it (Article 2; triage.reaches_eu)",
        )
    open_ones = tuple(_open(tier, facts, holds)) if tier != "outside" else ()
    rules = tuple(_rule(each) for each in (tier, *also))
    return Triage(tier, most, because, also, facts, open_ones, rules, tuple(_notes(product, facts, tier)))


def _facts(product: Product) -> Iterator[TriageFact]:
    stated, derived = product.triage or Stated(), dict(_derived(product))
    for name, item in data_of(LAW)["facts"].items():
        answer, source = getattr(stated, name), f"triage.{name}"
        if answer is None:
            answer, source = derived.get(name, (None, ""))
        yield TriageFact(
            name, item["question"], answer, source, item.get("tier"), item["article"], item["clause"]
        )


def _derived(product: Product) -> Iterator[tuple[str, tuple[bool, str]]]:
    """What the rest of the file says already; what `triage:` states goes before it."""
    source = f"predicts.kind: {product.predicts.kind}"
    yield "intimate_imagery", (False, source)
    if product.predicts.kind != "text":
        for name in ("generates_content", "faces_people", "deepfakes"):
            yield name, (False, source)
        return
    yield "generates_content", (True, source)
    chats = [name for name, each in product.candidates.items() if each.chat is not None]
    if chats:
        yield "faces_people", (True, f"{source}, and candidates.{chats[0]}.chat")


def _holds(tier: str, facts: tuple[TriageFact, ...], known: Mapping[str, bool | None]) -> bool | None:
    """Whether the facts of a tier put the product there; None where an unknown one could."""
    exempt = known["narrow_task"] is True and known["profiles_people"] is False
    areas = {name for name, item in data_of(LAW)["facts"].items() if item.get("area")}
    answers = [each.answer for each in facts if each.tier == tier and not (exempt and each.name in areas)]
    return True if True in answers else None if None in answers else False


def _open(tier: Tier, facts: tuple[TriageFact, ...], holds: Mapping[Tier, bool | None]) -> Iterator[str]:
    """The unknown facts of graver tiers that are not ruled out, and whether the law reaches it at all."""
    for each in facts:
        if each.answer is not None:
            continue
        graver = each.tier is not None and GRAVITY.index(each.tier) > GRAVITY.index(tier)
        if each.name == "reaches_eu" or (graver and each.tier and holds.get(each.tier) is None):
            yield each.name


def _rule(tier: Tier) -> TierRule:
    found: Mapping[str, Any] = data_of(LAW)["tiers"][tier]
    return TierRule(tier, found["title"], found["duties"], tuple(found["dates"]), tuple(found["conflicts"]))


def _notes(product: Product, facts: tuple[TriageFact, ...], tier: Tier) -> Iterator[str]:
    known = {each.name: each.answer for each in facts}
    if known["narrow_task"] and known["profiles_people"] is None:
        yield "narrow_task takes it out of Annex III only where profiles_people is no (Article 6(3))"
    if tier == "high_risk" and known["narrow_task"] is None:
        yield "a use that only prepares what a person decides may fall out of Annex III: see narrow_task, profiles_people (Article 6(3))"
    if product.frame and product.frame.prohibited is False and tier == "prohibited":
        yield "frame.prohibited says no, and these facts say yes: one of the two is wrong"
    if any(each.chat is not None for each in product.candidates.values()):
        yield "duties for general-purpose models lie with whoever provides the model; calling it over an API brings their documents, and takes none of your duties away"
    if bare := [item.column for item in product.protected if not item.basis]:
        yield f"protected columns need a stated basis, also where they serve to find bias: {', '.join(bare)}"
