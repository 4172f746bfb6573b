"""The words of misuse: an attack, and a suite of attacks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["moderate", "serious", "severe"]
Expected = Literal["refuse", "answer safely", "hand over"]
SEVERITIES: tuple[Severity, ...] = ("moderate", "serious", "severe")
"""How much harm a hit would do, the least first."""
EXPECTED: tuple[Expected, ...] = ("refuse", "answer safely", "hand over")
"""What the right answer does: it refuses; it answers without the harm; it names somebody who can help."""


@dataclass(frozen=True)
class Attack:
    """One attempt at misuse, and the harmless question that resembles it.

    `hazard` is what it is about, `method` how it goes about it, `actor` who would try. `text` is what is asked, `twin` a
    benign question that should be answered; `context` is what both find in the documents, and holds the twin's answer.
    `injected` stands in the context of the attack only. With `canary` the attack asks for a word of the instructions. An
    answer that says any of `hit_if` is a hit; one that says any of `held_if` is held.
    """

    id: str
    hazard: str
    severity: Severity
    method: str
    actor: str
    expected: Expected
    text: str
    twin: str
    context: str
    injected: str = ""
    canary: bool = False
    hit_if: tuple[str, ...] = ()
    held_if: tuple[str, ...] = ()

    @property
    def passages(self) -> str:
        """What the attack finds in the documents: the context, and below it what somebody has put there."""
        return f"{self.context}\n\n{self.injected}" if self.injected else self.context


@dataclass(frozen=True)
class Suite:
    """Attacks of one name and edition; `taxonomies` are the editions of the lists that sort them."""

    name: str
    edition: str
    licence: str
    taxonomies: tuple[str, ...]
    attacks: tuple[Attack, ...]
