"""Documents written for people, each number bound to the record that it came from.

Importing this package is cheap; charts and templates are loaded when the first document is made.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from shipworthy.documents.binding import BoundNumber, bound_numbers, disagreements

if TYPE_CHECKING:
    from shipworthy.documents.framing import Page
    from shipworthy.documents.memo import Memo
    from shipworthy.documents.readiness import Card
    from shipworthy.documents.roadmap import Plan
    from shipworthy.evidence import Record
    from shipworthy.spec.model import Product


def decision_memo(product: Product, record: Record, comparison: Record | None = None) -> Memo:
    """The memo of a decision, for a manager: one to two pages as Markdown and as a self-contained HTML page.

    Raises:
        InputError: the record holds no decision.
    """
    from shipworthy.documents import memo

    return memo.decision_memo(product, record, comparison)


def readiness_card(product: Product, record: Record) -> Card:
    """The readiness card of an audit, as Markdown and as a self-contained HTML page.

    Raises:
        InputError: the record holds no audit.
    """
    from shipworthy.documents import readiness

    return readiness.readiness_card(product, record)


def data_card(product: Product, record: Record) -> Card:
    """The data card of an audit: a datasheet's questions, answered or open, as Markdown and as a self-contained HTML page.

    Raises:
        InputError: the record holds no audit.
    """
    from shipworthy.documents import datasheet

    return datasheet.data_card(product, record)


def roadmap_plan(product: str, record: Record) -> Plan | None:
    """The forecast of the roadmap in a decision's record, as Markdown, CSV and iCalendar; None where it has none."""
    from shipworthy.documents import roadmap

    return roadmap.roadmap_plan(product, record)


def framing_page(product: Product, record: Record) -> Page:
    """The page of a framing: answer, rules, inputs and what would flip it, as Markdown and as a self-contained HTML page.

    Raises:
        InputError: the record holds no framing.
    """
    from shipworthy.documents import framing

    return framing.framing_page(product, record)


__all__ = [
    "BoundNumber",
    "bound_numbers",
    "data_card",
    "decision_memo",
    "disagreements",
    "framing_page",
    "readiness_card",
    "roadmap_plan",
]
