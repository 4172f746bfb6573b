"""The risk register: every risk as records measure it, who answers for it, what is done, and what the law asks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from shipworthy.documents import risked
from shipworthy.documents.kinds.triaged import Law, law
from shipworthy.documents.statement import Statement, assumption, evidence, stated, unanswered
from shipworthy.documents.wording import plural
from shipworthy.errors import InputError

if TYPE_CHECKING:
    from shipworthy.documents.sources import Sources
    from shipworthy.evidence import Edition, EthicsItem, RiskRegister, RiskRow
    from shipworthy.evidence.risks import Standing
    from shipworthy.spec.model import Product

SIGNS: Mapping[Standing, str] = {
    "triggered": "✕ triggered",
    "not_measured": "? not measured",
    "quiet": "✓ quiet",
    "does_not_apply": "– does not apply",
}
TITLES: Mapping[Standing, str] = {
    "triggered": "Triggered",
    "not_measured": "Not measured",
    "quiet": "Quiet",
}
"""The standings whose risks are told one by one, in this order."""

MOST_FIGURES = 3
ETHICS_SIGNS = {
    "met": "✓ met",
    "missed": "✕ missed",
    "undecided": "? undecided",
    "stated": "~ stated",
    "open": "? open",
}


@dataclass(frozen=True)
class Line:
    """One risk in the overview."""

    id: str
    name: str
    standing: str
    owner: str
    response: str
    revisit: str


@dataclass(frozen=True)
class Told:
    """One risk by itself: what was found, its figures, and what is to be done by whom."""

    title: str
    found: Statement
    figures: tuple[Statement, ...]
    facts: tuple[tuple[str, Statement], ...]
    steps: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Register:
    """What the risk register shows."""

    name: str
    summary: Statement
    measured_as: Statement
    lines: tuple[Line, ...]
    parts: tuple[tuple[str, tuple[Told, ...]], ...]
    law: Law
    ethics: tuple[tuple[str, str, Statement, str, str, str], ...]
    editions: tuple[Edition, ...]
    notes: tuple[str, ...]
    records: tuple[str, ...]


def view(sources: Sources) -> Register:
    """What the register shows.

    Raises:
        InputError: the record holds no register.
    """
    record = sources.record("risks")
    found = record.register
    if found is None:
        message = f"the record {record.id} holds no register of risks"
        raise InputError("document.no_risks", message, remedy="Run shipworthy risks first.")
    numbers = risked.numbered([each for row in found.rows for each in row.records])
    return Register(
        sources.product.product,
        _summary(found),
        _measured_as(found),
        tuple(map(_line, found.rows)),
        tuple(
            (title, _part(sources.product, found, standing, numbers)) for standing, title in TITLES.items()
        ),
        law(found.triage),
        tuple(map(_ethics, found.ethics)),
        found.editions,
        found.notes,
        tuple(numbers),
    )


def _summary(found: RiskRegister) -> Statement:
    counts = {standing: len(found.of(standing)) for standing in SIGNS}
    bare = sum(row.unowned for row in found.rows)
    whose = (
        f", {bare} of them without an owner and a response" if bare else ", each with an owner and a response"
    )
    return evidence(
        f"{plural(counts['triggered'], 'risk')} triggered{whose if counts['triggered'] else ''}; "
        f"{counts['not_measured']} not measured, {counts['quiet']} quiet, {counts['does_not_apply']} that cannot occur."
    )


def _measured_as(found: RiskRegister) -> Statement:
    if found.candidate is None:
        return unanswered("which candidate the risks are measured of", run="shipworthy evaluate")
    return evidence(f"Risks of answers are those of {found.candidate}.")


def _line(row: RiskRow) -> Line:
    past = " (past)" if row.overdue else ""
    return Line(
        "own" if row.own else row.id,
        row.name,
        SIGNS[row.standing],
        row.owner or "–",
        row.response or "–",
        f"{row.revisit}{past}" if row.revisit else "–",
    )


def _part(
    product: Product, found: RiskRegister, standing: Standing, numbers: Mapping[str, int]
) -> tuple[Told, ...]:
    own = [(at, row) for at, row in enumerate(found.rows) if row.standing == standing]
    return tuple(_told(product, row, f"/register/rows/{at}", numbers) for at, row in own)


def _told(product: Product, row: RiskRow, path: str, numbers: Mapping[str, int]) -> Told:
    why = f"{row.why[:1].upper()}{row.why[1:].rstrip('.')}."
    figures = tuple(
        evidence(risked.told(product, each, f"{path}/figures/{at}"))
        for at, each in enumerate(row.figures[:MOST_FIGURES])
    )
    if len(row.figures) > MOST_FIGURES:
        figures = (*figures, evidence(f"{len(row.figures) - MOST_FIGURES} more figures are in the record."))
    return Told(
        row.name if row.own else f"{row.id}: {row.name}",
        evidence(why),
        figures,
        _facts(row),
        _steps(row, numbers),
    )


def _facts(row: RiskRow) -> tuple[tuple[str, Statement], ...]:
    """Who answers for a risk and what is done about it; K20 is about the others, and needs neither."""
    key = "risks" if row.own else f"risks, {row.id}"
    asked = row.standing == "triggered" and row.id != "K20"
    facts: list[tuple[str, Statement]] = []
    if row.owner or asked:
        facts.append(("Owner", stated(row.owner, "who answers for it", f"an owner under {key}")))
    if row.response or row.treatment or asked:
        facts.append(("Response", _response(row, key)))
    if row.note:
        facts.append(("Note", assumption(row.note)))
    return tuple(facts)


def _steps(row: RiskRow, numbers: Mapping[str, int]) -> tuple[tuple[str, str], ...]:
    """What the register itself advises, where others speak of the risk, and the records that it rests on."""
    open_ = row.standing != "quiet"
    steps = (
        ("Next", row.next_step.rstrip(":") if open_ else ""),
        ("Usual treatment", row.standard if row.standing == "triggered" else ""),
        ("See", _tags(row)),
        ("Rests on", f"{risked.referring(row.records, numbers)}." if row.records else ""),
    )
    return tuple(step for step in steps if step[1])


def _tags(row: RiskRow) -> str:
    """The places where others speak of the risk, by list."""
    lists: dict[str, list[str]] = {}
    for tag in row.tags:
        lists.setdefault(tag.list, []).append(tag.id)
    return "; ".join(f"{name} {', '.join(ids)}" for name, ids in lists.items())


def _response(row: RiskRow, key: str) -> Statement:
    if not row.response and not row.treatment:
        return unanswered("what is done about it", f"a response under {key}")
    told = ": ".join(each for each in (row.response, row.treatment) if each)
    again = (
        f"; looked at again on {row.revisit}{', which is past' if row.overdue else ''}" if row.revisit else ""
    )
    return assumption(f"{told.rstrip('.')}{again}.")


def _ethics(item: EthicsItem) -> tuple[str, str, Statement, str, str, str]:
    """One line of the card: the item, how it stands, how it is measured, who answers, by when, and what is missing."""
    how = "; ".join((*item.measures, *([item.how] if item.how else [])))
    measured = (assumption if item.standing == "stated" else evidence)(f"{how}.") if how else unanswered(
        "how it is measured", f"ethics.{item.item}"
    )  # fmt: skip
    return (
        item.item.capitalize(), ETHICS_SIGNS[item.standing], measured, item.owner or "–", item.by or "–", ", ".join(item.gaps) or "–",
    )  # fmt: skip
