"""Statements of a document: each is evidence, an assumption, or a question that nobody has answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from shipworthy.documents.figure import of_record, sentence

if TYPE_CHECKING:
    from shipworthy.documents.figure import Figure, Sentence

Standing = Literal["evidence", "assumption", "open"]
"""`evidence` stands in a record, `assumption` was stated by a person, `open` is not known."""


@dataclass(frozen=True)
class Statement:
    """What is said, and what it rests on."""

    words: Sentence
    standing: Standing


def evidence(*parts: str | Figure | Sentence, record: str = "") -> Statement:
    """What a record says; `record` is its id, where the document is about another one."""
    words = sentence(*parts)
    return Statement(of_record(words, record) if record else words, "evidence")


def assumption(*parts: str | Figure | Sentence) -> Statement:
    """What a person stated, in product.yaml."""
    return Statement(sentence(*parts), "assumption")


def unanswered(what: str, key: str = "", *, run: str = "") -> Statement:
    """What is not known, and how it becomes known: a key of product.yaml, a command, or people's block of the section."""
    steps = [f"state {key} in product.yaml"] if key else []
    steps += [f"run {run}"] if run else []
    how = ", then ".join(steps) or "write it into the block below"
    return Statement((f"Not known: {what}. To fill this in, {how}.",), "open")


def stated(value: object | None, what: str, key: str) -> Statement:
    """What product.yaml says under a key, as an assumption; open where it says nothing."""
    return assumption(str(value)) if value else unanswered(what, key)
