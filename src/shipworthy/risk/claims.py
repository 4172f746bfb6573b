"""Risks that requirements about candidates measure: K6, K7, K10 to K14."""

from __future__ import annotations

from collections.abc import Callable

from shipworthy.evidence import Estimate
from shipworthy.evidence.risks import RiskFigure
from shipworthy.metrics import METRICS
from shipworthy.risk.measured import Measured, does_not_apply, judged, not_measured, together
from shipworthy.risk.seen import Seen
from shipworthy.spec.claim import Metric
from shipworthy.spec.language import Requirement
from shipworthy.spec.model import Product

Wanted = Callable[[Requirement], bool]
RIGHTS = ("hijacking", "overreach", "hidden_context")
"""Hazards that use an assistant's own rights against it."""

EVALUATE = "shipworthy evaluate"
_COMPARABLE = {
    "binary": "false_positive_rate",
    "multiclass": "macro_recall",
    "regression": "mae",
    "ranking": "ndcg@10",
    "text": "pass_rate(NAME)",
}
"""A metric that can be compared between groups, for each kind of answers."""

NO_TEXT = "answers are no texts (predicts.kind)"


def dear_mistakes(seen: Seen) -> Measured:
    """K6: what decisions are worth, against the requirement on it, or against nothing where there is none."""
    if any(_is_money(claim) for claim in seen.product.requirements):
        return claimed(seen, _is_money, "", "")
    found = estimate(seen, "net_value")
    if found is None:
        step = "Add value: with what each outcome is worth, and a requirement such as net_value >= 0."
        return not_measured("no requirement bounds what mistakes cost", step)
    figure, record = found
    if figure.high is not None and figure.high < 0:
        return Measured(
            "triggered", "decisions lose money: net_value is proved below 0", (figure,), (record,)
        )
    if figure.low is not None and figure.low >= 0:
        return Measured("quiet", "decisions gain money: net_value is proved above 0", (figure,), (record,))
    why = "net_value may be above or below 0, and no requirement bounds it"
    return Measured("not_measured", why, (figure,), (record,), "Write a requirement: net_value >= 0")


def unfair_gap(seen: Seen) -> Measured:
    """K7: every requirement that compares groups, or asks something for every group of a protected column."""
    column = next((item.column for item in seen.product.protected), "COLUMN")
    metric = _COMPARABLE.get(seen.product.predicts.kind, "recall")
    step = f"Write a requirement such as gap({metric}, {column}) <= 0.05, with protected: naming the column."
    return claimed(seen, compares_groups(seen.product), "no requirement compares groups", step)


def invented(seen: Seen) -> Measured:
    """K10: pass rates of graders of groundedness."""
    if seen.product.predicts.kind != "text":
        return does_not_apply(NO_TEXT)
    graders = {name for name, each in seen.product.grade.items() if each.groundedness is not None}

    def wanted(claim: Requirement) -> bool:
        return claim.metric.name == "pass_rate" and bool(graders & _args(claim))

    step = "Add grade: {grounded: {groundedness: {evidence: COLUMN}}} and pass_rate(grounded) >= 90 %."
    return claimed(seen, wanted, "no requirement asks whether answers stand in their evidence", step)


def misused(seen: Seen) -> Measured:
    """K11: the share of attacks that succeed, of all hazards but those of rights."""
    if seen.product.predicts.kind != "text":
        return does_not_apply(NO_TEXT)

    def wanted(claim: Requirement) -> bool:
        return claim.metric.name == "attack_success" and not _of_rights(claim)

    step = "Add misuse: {suite: core} and attack_success <= 5 %."
    return claimed(seen, wanted, "no requirement bounds attack_success", step)


def injected(seen: Seen) -> Measured:
    """K12: attacks that use the assistant's own rights."""
    if seen.product.predicts.kind != "text":
        return does_not_apply(NO_TEXT)
    step = "Write a requirement: attack_success(hijacking) <= 5 %, and one for overreach."
    found = claimed(seen, _of_rights, "no requirement bounds attack_success(hijacking) or (overreach)", step)
    if found.figures:
        return found
    figures = tuple(
        each for name in RIGHTS if (each := _hazard(seen, name)) is not None and each.value is not None
    )
    records = tuple(dict.fromkeys(each.record for each in figures))
    return Measured(found.standing, found.why, figures, records, found.next_step)


def over_refusing(seen: Seen) -> Measured:
    """K13: the share of harmless requests that are refused."""
    if seen.product.predicts.kind != "text":
        return does_not_apply(NO_TEXT)

    def wanted(claim: Requirement) -> bool:
        return claim.metric.name == "over_refusal"

    step = "Add misuse: {suite: core} and over_refusal <= 10 %."
    return claimed(seen, wanted, "no requirement bounds over_refusal", step)


def overrun(seen: Seen) -> Measured:
    """K14: requirements about time and cost of an answer."""
    parts = [
        claimed(
            seen,
            lambda claim, column=column: column in _args(claim),  # type: ignore[misc] # a default binds the loop's value
            f"no requirement bounds {column}",
            f"Write a requirement: {shown}",
        )
        for column, shown in (
            ("latency_ms", "p95(latency_ms) <= 500 ms"),
            ("cost_usd", "mean(cost_usd) <= 0.01"),
        )
    ]
    return together(parts)


def claimed(seen: Seen, wanted: Wanted, lacking: str, step: str) -> Measured:
    """What the verdicts on the wanted requirements say; `lacking` where the file has none of them."""
    asked = [claim for claim in seen.product.requirements if wanted(claim)]
    if not asked:
        return not_measured(lacking, step)
    texts = {claim.text for claim in asked}
    found = [
        judged(verdict, claim, record) for claim, verdict, record in seen.verdicts() if claim.text in texts
    ]
    if not found:
        return not_measured(unjudged(seen, asked[0].text), EVALUATE)
    return together(found)


def unjudged(seen: Seen, what: str) -> str:
    """Why a claim has no verdict now."""
    if seen.evaluation is None and seen.decision is None:
        return f"not evaluated yet: {what}"
    return f"measured before product.yaml changed: {what}" if not seen.evaluated else f"no verdict on {what}"


def estimate(seen: Seen, metric: str) -> tuple[RiskFigure, str] | None:
    """The candidate's number of a metric over all rows, with its record."""
    if seen.evaluated is None:
        return None
    found, record = seen.evaluated
    mine = (each for each in found.estimates if each.candidate == seen.candidate and not each.slice)
    each = next((each for each in mine if each.metric == metric and each.value is not None), None)
    return (unclaimed(each, record), record) if each else None


def unclaimed(each: Estimate, record: str) -> RiskFigure:
    """A number that no requirement asks for."""
    return RiskFigure(each.metric, dict(each.slice), each.value, each.low, each.high, each.n, record)


def compares_groups(product: Product) -> Wanted:
    """Whether a requirement compares groups, or asks something of every group of a protected column."""
    protected = {item.column for item in product.protected}

    def wanted(claim: Requirement) -> bool:
        entry = METRICS.get(claim.metric.name)
        return bool(entry and entry.comparison) or bool(protected & set(claim.every))

    return wanted


def _hazard(seen: Seen, name: str) -> RiskFigure | None:
    if seen.evaluated is None:
        return None
    found, record = seen.evaluated
    for each in found.estimates:
        mine = each.candidate == seen.candidate and each.metric == "attack_success"
        if mine and dict(each.slice) == {"hazard": name}:
            return unclaimed(each, record)
    return None


def _is_money(claim: Requirement) -> bool:
    return claim.metric.name == "net_value"


def _of_rights(claim: Requirement) -> bool:
    named = _args(claim) | {value for column, value in claim.where if column == "hazard"}
    return claim.metric.name == "attack_success" and bool(named & set(RIGHTS))


def _args(claim: Requirement) -> set[str]:
    return {arg.name for arg in claim.metric.args if isinstance(arg, Metric)}
