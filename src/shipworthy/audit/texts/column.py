"""The texts of one column of the sample, and what is found in them: each detector looks once, and only when it is asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from shipworthy.audit.fault import Fault
from shipworthy.audit.personal import Personal, personal_data
from shipworthy.audit.texts.damage import damaged
from shipworthy.audit.texts.near_duplicates import NearDuplicates, near_duplicates

MOST_READ = 10_000_000
"""Characters of a column that are searched for personal data and damage: some seconds."""

MOST_COMPARED = 50_000_000
"""Characters of a column that are compared with each other."""

FREE = 20
"""From this mean number of characters on, a column holds texts that people wrote rather than words of a list."""


@dataclass(frozen=True, eq=False)
class TextColumn:
    """The texts of one column (None where a row has none), and the part of the split that each row is in, where there is one."""

    name: str
    texts: Sequence[str | None]
    parts: Sequence[str | None] = ()

    @cached_property
    def characters(self) -> int:
        """Of all texts together."""
        return sum(len(text) for text in self.texts if text)

    @property
    def free(self) -> bool:
        """Whether the texts are long enough to be compared with each other."""
        filled = sum(has_text(text) for text in self.texts)
        return filled > 0 and self.characters >= FREE * filled

    @cached_property
    def read(self) -> Sequence[str | None]:
        """Those that are searched for personal data and damage: all, or every second, third … row of long texts."""
        return thinned(self.texts, self.characters, MOST_READ)

    @cached_property
    def compared(self) -> Sequence[str | None]:
        """Those that are compared with each other, likewise."""
        return thinned(self.texts, self.characters, MOST_COMPARED)

    @cached_property
    def personal(self) -> Personal:
        """The personal data in the texts that are read."""
        return personal_data(self.read, self.name)

    @cached_property
    def damage(self) -> tuple[Fault, ...]:
        """The damage in the texts that are read, by kind."""
        return damaged(self.read, self.name)

    @cached_property
    def alike(self) -> NearDuplicates:
        """The nearly equal texts among those that are compared."""
        return near_duplicates(self.compared)


def has_text(text: str | None) -> bool:
    """Whether there is anything but blanks."""
    return bool(text and text.strip())


def thinned(texts: Sequence[str | None], characters: int, most: int) -> Sequence[str | None]:
    """The texts of every k-th row and None for the others, with the least k that leaves about so many characters at most."""
    step = -(-characters // most)
    return texts if step <= 1 else [None if at % step else text for at, text in enumerate(texts)]
