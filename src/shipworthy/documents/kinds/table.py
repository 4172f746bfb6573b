"""The table of all kinds, in the order in which they are listed and written: the memo last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shipworthy.documents.kinds import (
    case_study,
    concept,
    data_card,
    expectations,
    faq,
    incident_report,
    launch_checklist,
    limits,
    memo,
    model_card,
    prd,
    risk_register,
)
from shipworthy.documents.kinds.kind import Kind
from shipworthy.errors import InputError, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Mapping

MEMO = "decision-memo"

KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind(
            "prd", "Requirements document", "what it must do, on what data, and what is known of it by now",
            prd.view, uses=("decide", "audit", "frame"),
        ),
        Kind(
            "concept", "Concept", "what is to be built and why, on one page",
            concept.view, uses=("decide", "frame"), prove=concept.prove,
        ),
        Kind(
            "model-card", "Model card", "what the candidate is, how well it does and where it does not",
            model_card.view, needs=("decide",),
        ),
        Kind(
            "launch-checklist", "Launch checklist", "what must stand before anybody gets it, and who closes it",
            launch_checklist.view, needs=("decide",), uses=("audit", "frame"),
        ),
        Kind(
            "expectations", "Expectation sheet", "how often it is right, how sure it is, and real failures",
            expectations.view, needs=("decide",), uses=("explain",),
        ),
        Kind(
            "limits", "Limits", "what its users should know before they rely on it",
            limits.view, needs=("decide",), uses=("frame",),
        ),
        Kind(
            "risk-register", "Risk register", "what may go wrong, who answers for it, what the law may ask",
            risk_register.view, needs=("risks",),
        ),
        Kind(
            "incident-report", "Incident report", "what was said, who was hit and told, and what is open",
            incident_report.view, needs=("incident",), event=True,
        ),
        Kind(
            "faq", "Stakeholder FAQ", "what executives, support, legal and users ask, answered from records",
            faq.view, uses=("decide", "audit", "frame", "explain", "risks", "incident", "sign", "dissent"),
        ),
        Kind(
            "case-study", "Case study", "the whole as a story, for a portfolio: also what failed",
            case_study.view, needs=("decide",), uses=("audit", "frame", "sign", "dissent", "incident"),
        ),
        Kind(
            "data-card", "Data card", "what anybody should ask of the data, answered or open",
            data_card.view, needs=("audit",), page="data_card.html.j2",
        ),
        Kind(
            MEMO, "Decision memo", "the answer, the evidence, and what would change it",
            memo.view, needs=("decide",), uses=("compare",), page="memo.html.j2",
        ),
    )
}  # fmt: skip


def kind_of(name: str) -> Kind:
    """The kind with this name.

    Raises:
        InputError: there is none.
    """
    if name not in KINDS:
        raise InputError(
            "document.kind",
            f"{name!r} is no kind of document",
            remedy=f"{did_you_mean(name, KINDS)} See them all: shipworthy document --list",
            next_command="shipworthy document --list",
        )
    return KINDS[name]
