"""The words of the queue: items, slots, offers and given labels."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from shipworthy.errors import InputError, did_you_mean
from shipworthy.spec.kinds import Kind
from shipworthy.spec.task import class_text

CANNOT_TELL_WRITTEN = "cannot tell"
CANNOT_TELL = ""
"""What is kept where a person looked and could not tell; no class has an empty name."""

Role = Literal["label", "settle"]
"""What a person is asked for: one of the blind labels of an item, or the one that settles a disagreement."""

Strategy = Literal[
    "random", "slices", "settle", "uncertainty", "disagreement", "again", "noise", "verdict", "imported"
]
"""How rows are drawn: the first three to measure, with known chances; the others to learn from and to mend, answers by a judge's verdict, or chosen elsewhere."""

MEASURES: tuple[Strategy, ...] = ("random", "slices", "settle")
"""The strategies whose labels stand for all rows of their part."""

State = Literal["open", "settled", "disagreed", "unclear"]
"""An item that waits for labels, has its label, waits for a further person, or cannot be told."""


@dataclass(frozen=True)
class Item:
    """One row to label: its id, what people see of it, a hash of that, and how it was drawn.

    `probability` is the chance with which it was drawn among the rows of its `stratum` at that moment.
    """

    id: str
    shown: Mapping[str, str]
    content: str
    stratum: str = ""
    probability: float = 1.0


@dataclass(frozen=True)
class Draw:
    """How rows came into the queue: by which strategy, from which part of the split, and what was said of it.

    `columns` are those whose slices had chances of their own; the rows of a slice had the same one.
    """

    strategy: Strategy
    part: str
    columns: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Settled:
    """An item with its label, and how it was drawn; `changed` where its row is another one by now."""

    item: str
    label: str
    strategy: Strategy
    part: str
    columns: tuple[str, ...]
    changed: bool


@dataclass(frozen=True)
class Offer:
    """An item lent to one person until the lease ends; what others said of it is not part of it."""

    item: str
    shown: Mapping[str, str]
    role: Role
    until: str


@dataclass(frozen=True)
class Given:
    """One label that one person gave one item, and when; CANNOT_TELL is a label too."""

    item: str
    labeller: str
    label: str
    role: Role
    at: str
    origin: str


@dataclass(frozen=True)
class Scheme:
    """The labels that may be given: the classes in their order (of yes or no, yes first), or any number where there are none."""

    kind: Kind
    classes: tuple[str, ...] = ()

    @property
    def numeric(self) -> bool:
        """Whether a label is a number."""
        return self.kind in ("regression", "ranking")

    def meaning(self, label: str) -> str:
        """What a label means where it does not say so itself: yes or no; else nothing."""
        if self.kind != "binary" or label.casefold() not in ("0", "1", "true", "false", "y", "n"):
            return ""
        return "yes" if label == self.classes[0] else "no"

    def read(self, text: str) -> str:
        """A label as it is kept, from what a person or a file wrote; `cannot tell` is CANNOT_TELL.

        Raises:
            InputError: it is none of the classes, or no number.
        """
        written = text.strip()
        if written.casefold() == CANNOT_TELL_WRITTEN and written not in self.classes:
            return CANNOT_TELL
        if self.numeric:
            return _number(written, self.kind)
        known = {name.casefold(): name for name in self.classes}
        if written in self.classes:
            return written
        if written.casefold() in known:
            return known[written.casefold()]
        raise InputError(
            "label.value",
            f"{text!r} is no label of this product",
            remedy=did_you_mean(written, self.classes),
        )


def _number(written: str, kind: Kind) -> str:
    """A number in its shortest form; what is relevant goes from 0 upwards."""
    try:
        value = float(written)
    except ValueError:
        value = float("nan")
    if not abs(value) < float("inf") or (kind == "ranking" and value < 0):
        least = " from 0 upwards" if kind == "ranking" else ""
        raise InputError(
            "label.value", f"{written!r} is no number{least}", remedy="Write it like 3 or 0.25."
        ) from None
    return class_text(value)
