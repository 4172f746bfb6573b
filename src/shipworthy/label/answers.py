"""Answers that people pass or fail: whose answer an item is, which verdicts still count, and how these were drawn."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from shipworthy.label.queue import CANNOT_TELL, Given, Scheme, State, Strategy
from shipworthy.spec.kinds import Drawing

PASS, FAIL = "pass", "fail"
SCHEME = Scheme("binary", (PASS, FAIL))
"""What people say of an answer."""

KEY_DIGITS = 10


@dataclass(frozen=True)
class Shown:
    """Whose answer an item shows, which labellers do not learn.

    Attributes:
        item: the name of the item, which tells nothing.
        candidate: whose answer it is.
        row: its id in the log.
        output: the hash of its text, so that a verdict on another text never counts.
        judge: the hash of the judge's model, parameters and rubric when it was drawn.
        population: the hash of the examples and their division when it was drawn.
    """

    item: str
    candidate: str
    row: str
    output: str
    judge: str
    population: str


@dataclass(frozen=True)
class Kept:
    """An item that shows an answer, with how it was drawn, where it stands and what people settled on."""

    shown: Shown
    strategy: Strategy
    state: State
    label: str | None


def text_hash(text: str) -> str:
    """What tells the text of an answer from any other; blanks around it do not count."""
    return sha256(text.strip().encode()).hexdigest()[:32]


def item_name(queue: str, candidate: str, row: str, output: str, judge: str, population: str) -> str:
    """The name of an item: the same for the same answer, and without a trace of whose it is."""
    told = f"{queue}\n{candidate}\n{row}\n{output}\n{judge}\n{population}"
    return f"answer-{sha256(told.encode()).hexdigest()[:KEY_DIGITS]}"


def drawing_of(strategies: Iterable[Strategy]) -> Drawing:
    """How answers were drawn that came by several strategies: as the least fair of them.

    Random ones are a random part of each side of the judge, too; what somebody else chose is a part of nothing.
    """
    seen = {*strategies}
    if seen == {"random"}:
        return "at random"
    return "by answer" if seen and seen <= {"random", "verdict"} else "otherwise"


def verdicts(kept: Iterable[Kept]) -> dict[tuple[str, str], bool | None]:
    """What people settled on, by row and the hash of the text: None where they differ, or cannot tell."""
    return {
        (each.shown.row, each.shown.output): None if each.label is None else each.label == PASS
        for each in kept
        if each.state != "open"
    }


def said_together(given: Iterable[Given], items: Sequence[str]) -> tuple[tuple[int, int], ...]:
    """Of items that several people labelled blindly, how many said fail and pass."""
    told: Mapping[str, list[str]] = defaultdict(list)
    known = {*items}
    for each in given:
        if each.item in known and each.role == "label" and each.label != CANNOT_TELL:
            told[each.item].append(each.label)
    return tuple((said.count(FAIL), said.count(PASS)) for said in told.values() if len(said) > 1)
