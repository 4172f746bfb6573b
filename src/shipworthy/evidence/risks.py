"""What may go wrong with a product: the register of risks as measured, the tier of the law, and the card of ethics."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

Standing = Literal["triggered", "quiet", "not_measured", "does_not_apply"]
"""`does_not_apply` where the product is of a kind that cannot have the risk, such as invented texts where answers are yes or no."""

Response = Literal["mitigate", "transfer", "avoid", "accept"]
Tier = Literal["outside", "minimal", "transparency", "high_risk", "prohibited"]
"""From nothing asked to not allowed; the order is that of gravity."""

Principle = Literal["fairness", "transparency", "safety", "privacy", "recourse"]


@dataclass(frozen=True)
class Edition:
    """Data of others that something rests on: which edition, when it was last compared with its source, and that source.

    `old` says that the comparison lies further back than this version trusts; `days` is how far, at the record's time.
    """

    name: str
    edition: str
    last_verified: str
    source: str
    days: int
    old: bool


@dataclass(frozen=True)
class Tag:
    """A place in somebody else's list: `MEASURE 2.11` of NIST AI RMF, or `LLM01` of OWASP, and what stands there in our words."""

    list: str
    id: str
    meaning: str


@dataclass(frozen=True)
class RiskFigure:
    """One measured number behind a risk: what it is, its two-sided 95 % interval, its bound, and the record that holds it.

    `requirement` is the claim as written and `verdict` what was said of it; "" where no claim asks for the number.
    """

    metric: str
    slice: Mapping[str, str]
    value: float | None
    low: float | None
    high: float | None
    n: int
    record: str
    requirement: str = ""
    comparator: str = ""
    bound: float | None = None
    verdict: str = ""


@dataclass(frozen=True)
class RiskRow:
    """One risk of the register.

    Attributes:
        id: K1 to K22; the words of product.yaml for one of the product's own.
        name: what it is.
        standing: triggered, quiet, not measured, or that the product cannot have it.
        why: what was measured, in a sentence with its numbers, or what is missing.
        figures: the numbers behind it.
        records: the records that it rests on.
        next_step: what to do.
        standard: the usual treatment.
        tags: where NIST AI RMF and OWASP speak of it.
        owner: who answers for it, as product.yaml says; None where nobody does.
        response: mitigate, transfer, avoid or accept.
        treatment: what is done about it here.
        note: what else product.yaml says.
        revisit: the day on which it is looked at again, as an ISO date.
        overdue: whether that day is past.
        own: whether it is one of the product's own, not of the register.
    """

    id: str
    name: str
    standing: Standing
    why: str
    figures: tuple[RiskFigure, ...] = ()
    records: tuple[str, ...] = ()
    next_step: str = ""
    standard: str = ""
    tags: tuple[Tag, ...] = ()
    owner: str | None = None
    response: Response | None = None
    treatment: str | None = None
    note: str | None = None
    revisit: str | None = None
    overdue: bool = False
    own: bool = False

    @property
    def unowned(self) -> bool:
        """Whether it is triggered, and nobody answers for it or nobody said what is done. K20 is about the others."""
        return self.standing == "triggered" and self.id != "K20" and not (self.owner and self.response)


@dataclass(frozen=True)
class TriageFact:
    """One fact of triage: its answer (None: unknown), where that comes from, and where it leads if it is so.

    `tier` is None for facts that only narrow what others say. `clause` says the fact where it holds.
    """

    name: str
    question: str
    answer: bool | None
    source: str
    tier: Tier | None
    article: str
    clause: str


@dataclass(frozen=True)
class TierRule:
    """What a tier asks, in short, from when, and where sources differ."""

    tier: Tier
    title: str
    duties: str
    dates: tuple[str, ...]
    conflicts: tuple[str, ...]


@dataclass(frozen=True)
class Triage:
    """The tier of the EU AI Act that the known facts lead to, and which the unknown ones could. Not legal advice.

    Attributes:
        tier: the gravest that known facts put it in.
        most: the gravest that the unknown facts could.
        because: the facts that put it there.
        also: graver-than-minimal tiers below it whose duties hold too.
        facts: every fact that was asked.
        questions: the names of unknown facts that could change the tier.
        rules: of the tier and of those in `also`.
        notes: what else to know.
    """

    tier: Tier
    most: Tier
    because: tuple[str, ...]
    also: tuple[Tier, ...]
    facts: tuple[TriageFact, ...]
    questions: tuple[str, ...]
    rules: tuple[TierRule, ...]
    notes: tuple[str, ...] = ()

    @property
    def settled(self) -> bool:
        """Whether no unknown fact could change the tier."""
        return not self.questions

    def fact(self, name: str) -> TriageFact:
        """The fact with this name.

        Raises:
            KeyError: there is none.
        """
        for each in self.facts:
            if each.name == name:
                return each
        raise KeyError(name)


@dataclass(frozen=True)
class EthicsItem:
    """One line of the ethics card: how it is measured, how that stands, who answers, by when, and what is missing.

    `standing` is `met`, `missed`, `undecided` (the poorest of its requirements), `stated` where only words measure it,
    or `open` where nothing does.
    """

    item: Principle
    meaning: str
    measures: tuple[str, ...]
    standing: Literal["met", "missed", "undecided", "stated", "open"]
    owner: str | None
    by: str | None
    how: str | None
    figures: tuple[RiskFigure, ...] = ()
    gaps: tuple[str, ...] = ()


@dataclass(frozen=True)
class RiskRegister:
    """Everything that `risks` found: the register, the tier, the card, and the editions that they rest on."""

    candidate: str | None
    rows: tuple[RiskRow, ...]
    triage: Triage
    ethics: tuple[EthicsItem, ...]
    editions: tuple[Edition, ...]
    notes: tuple[str, ...] = ()

    def row(self, name: str) -> RiskRow:
        """The risk with this id.

        Raises:
            KeyError: there is none.
        """
        for each in self.rows:
            if each.id == name:
                return each
        raise KeyError(name)

    def of(self, standing: Standing) -> tuple[RiskRow, ...]:
        """The risks that stand so."""
        return tuple(each for each in self.rows if each.standing == standing)


def read_register(found: Mapping[str, Any]) -> RiskRegister:
    """The register inside a record's JSON."""
    return RiskRegister(
        found["candidate"],
        tuple(_row(item) for item in found["rows"]),
        _triage(found["triage"]),
        tuple(_item(item) for item in found["ethics"]),
        tuple(Edition(**item) for item in found["editions"]),
        tuple(found["notes"]),
    )


def _row(item: Mapping[str, Any]) -> RiskRow:
    lists = {"figures": _figures(item), "tags": tuple(Tag(**each) for each in item["tags"])}
    return RiskRow(**{**item, **lists, "records": tuple(item["records"])})


def _figures(item: Mapping[str, Any]) -> tuple[RiskFigure, ...]:
    return tuple(RiskFigure(**each) for each in item["figures"])


def _item(item: Mapping[str, Any]) -> EthicsItem:
    lists = {name: tuple(item[name]) for name in ("measures", "gaps")}
    return EthicsItem(**{**item, **lists, "figures": _figures(item)})


def _triage(item: Mapping[str, Any]) -> Triage:
    lists = {name: tuple(item[name]) for name in ("because", "also", "questions", "notes")}
    facts = tuple(TriageFact(**each) for each in item["facts"])
    rules = tuple(_rule(each) for each in item["rules"])
    return Triage(**{**item, **lists, "facts": facts, "rules": rules})


def _rule(item: Mapping[str, Any]) -> TierRule:
    return TierRule(**{**item, "dates": tuple(item["dates"]), "conflicts": tuple(item["conflicts"])})
