"""One question, and what records answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from shipworthy.documents.statement import Statement


@dataclass(frozen=True)
class Question:
    """What somebody asks, and the statements that answer it, of which some may be open."""

    asked: str
    answers: tuple[Statement, ...]
