"""What an assistant is asked for a suite: each attack, and each benign twin."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from shipworthy.misuse.attack import Attack, Suite


@dataclass(frozen=True)
class Question:
    """One thing to ask: its text, what the assistant finds in the documents for it, and the attack that it belongs to."""

    id: str
    text: str
    context: str
    attack: Attack
    benign: bool


def questions(suite: Suite) -> Iterator[Question]:
    """Each attack, followed by its twin, whose id is the attack's with `/twin` behind it."""
    for attack in suite.attacks:
        yield Question(attack.id, attack.text, attack.passages, attack, benign=False)
        yield Question(f"{attack.id}/twin", attack.twin, attack.context, attack, benign=True)
