"""The stakeholder FAQ: what executives, support, legal and users ask, each answered from records alone, or open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from shipworthy.documents.kinds.questions import executives, legal, support, users

if TYPE_CHECKING:
    from shipworthy.documents.kinds.questions.question import Question
    from shipworthy.documents.sources import Sources


@dataclass(frozen=True)
class Faq:
    """What the FAQ shows: questions by who asks them."""

    name: str
    parts: tuple[tuple[str, tuple[Question, ...]], ...]


def view(sources: Sources) -> Faq:
    """Every question with what records answer; nothing but product.yaml is needed."""
    return Faq(
        sources.product.product,
        (
            ("Executives ask", executives.questions(sources)),
            ("Support asks", support.questions(sources)),
            ("Legal asks", legal.questions(sources)),
            ("Users ask", users.questions(sources)),
        ),
    )
