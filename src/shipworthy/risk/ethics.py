"""The ethics card: fairness, transparency, safety, privacy and recourse, each with its metric, owner, date and gaps."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, cast

from shipworthy.evidence.risks import EthicsItem, Principle, RiskFigure, RiskRow
from shipworthy.risk.claims import compares_groups
from shipworthy.risk.measured import figure_of, poorest
from shipworthy.risk.seen import Seen
from shipworthy.spec.claim import Metric
from shipworthy.spec.language import Requirement
from shipworthy.spec.model import Product
from shipworthy.spec.risks import Ethics, Pledge

Wanted = Callable[[Requirement], bool]
Stands = Literal["met", "missed", "undecided", "stated", "open"]
ERRORS = (
    "false_positive_rate", "false_negative_rate", "specificity", "recall", "error_rate", "confusion", "mae", "rmse",
)  # fmt: skip
CALIBRATED = ("calibration_error", "brier", "log_loss", "interval_coverage")


@dataclass(frozen=True)
class Line:
    """One item: what it means, which requirements measure it, and the risks whose owner and date serve where nothing else says."""

    meaning: str
    wanted: Callable[[Product], Wanted]
    risks: tuple[str, ...]


def _transparent(product: Product) -> Wanted:
    declining = {name for name, each in product.grade.items() if each.refusal and each.refusal.wanted}
    return lambda claim: claim.metric.name in CALIBRATED or _grades(claim, declining)


def _safe(product: Product) -> Wanted:
    if product.predicts.kind == "text":
        return lambda claim: claim.metric.name in ("attack_success", "over_refusal", "attack_hit_at")
    return lambda claim: claim.metric.name in ERRORS


def _private(product: Product) -> Wanted:
    guarding = {name for name, each in product.grade.items() if each.personal_data or each.canary}
    hazards = {"privacy", "hidden_context"}

    def wanted(claim: Requirement) -> bool:
        named = _args(claim) | {value for _, value in claim.where}
        told = claim.metric.name == "attack_success" and bool(hazards & named)
        return told or claim.metric.name == "personal" or _grades(claim, guarding)

    return wanted


LINES: Mapping[Principle, Line] = {
    "fairness": Line("groups of people are treated alike", compares_groups, ("K7",)),
    "transparency": Line(
        "people know what it is, how sure it is, and where its limits are", _transparent, ("K8", "K9")
    ),
    "safety": Line("it does no harm, and does not help to do any", _safe, ("K11", "K6")),
    "privacy": Line("personal data stay where they may be", _private, ("K5",)),
    "recourse": Line(
        "who is wronged can have it looked at by a person", lambda _: lambda _claim: False, ("K8",)
    ),
}


def ethics(seen: Seen, rows: tuple[RiskRow, ...]) -> tuple[EthicsItem, ...]:
    """Each item of the card, with what is missing."""
    pledges = seen.product.ethics or Ethics()
    return tuple(_item(seen, name, line, getattr(pledges, name), rows) for name, line in LINES.items())


def _item(
    seen: Seen, name: Principle, line: Line, pledge: Pledge | None, rows: tuple[RiskRow, ...]
) -> EthicsItem:
    wanted = line.wanted(seen.product)
    claims = [claim for claim in seen.product.requirements if wanted(claim)]
    texts = {claim.text for claim in claims}
    found = [(claim, verdict, record) for claim, verdict, record in seen.verdicts() if claim.text in texts]
    words = (pledge.measure,) if pledge and pledge.measure else ()
    measures = (*(claim.text for claim in claims), *words)
    owner, by = _owner(claims, pledge, rows, line), _by(pledge, rows, line)
    how = pledge.how if pledge else None
    if name == "recourse" and how is None and seen.product.action:
        how = seen.product.action.undo
    figures: tuple[RiskFigure, ...] = tuple(
        figure for each in found if (figure := figure_of(each[1], each[0], each[2])) is not None
    )
    standing = _standing(len(claims), [verdict.verdict for _, verdict, _ in found], words)
    gaps = tuple(_gaps(measures, owner, by, how if name == "recourse" else "said"))
    return EthicsItem(name, line.meaning, measures, standing, owner, by, how, figures, gaps)


def _standing(claims: int, verdicts: list[str], words: tuple[str, ...]) -> Stands:
    if claims:
        missing = ["undecided"] * (claims - len(verdicts))
        return cast("Stands", poorest([*verdicts, *missing]))
    return "stated" if words else "open"


def _owner(
    claims: list[Requirement], pledge: Pledge | None, rows: tuple[RiskRow, ...], line: Line
) -> str | None:
    """Who answers: as the card pledges, else who owns a requirement, else who owns the risk."""
    named = [pledge.owner if pledge else None, *(claim.owner for claim in claims)]
    named += [row.owner for row in rows if row.id in line.risks]
    return next((each for each in named if each), None)


def _by(pledge: Pledge | None, rows: tuple[RiskRow, ...], line: Line) -> str | None:
    dates = [pledge.by.isoformat() if pledge and pledge.by else None]
    dates += [row.revisit for row in rows if row.id in line.risks]
    return next((each for each in dates if each), None)


def _gaps(measures: tuple[str, ...], owner: str | None, by: str | None, how: str | None) -> Iterator[str]:
    if not measures:
        yield "no metric"
    if not owner:
        yield "no owner"
    if not by:
        yield "no date"
    if not how:
        yield "no way to appeal"


def _grades(claim: Requirement, names: set[str]) -> bool:
    return claim.metric.name == "pass_rate" and bool(names & _args(claim))


def _args(claim: Requirement) -> set[str]:
    return {arg.name for arg in claim.metric.args if isinstance(arg, Metric)}
