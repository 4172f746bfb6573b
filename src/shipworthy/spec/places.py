"""Where in product.yaml each value stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from shipworthy.errors import Place

Loc = tuple[str | int, ...]


@dataclass(frozen=True)
class Spot:
    """One value of the file: where its key and it stand, its text as written, and what that reads as.

    `start` is the offset of `raw` in the text of the file; `keys` are what the value holds, if it is a group or list.
    """

    key: Place | None
    value: Place | None
    raw: str
    start: int
    read: str | None = None
    keys: tuple[str | int, ...] = ()


@dataclass(frozen=True)
class Places:
    """The place of every value of one file, found by its path of keys and list positions."""

    file: str
    spots: Mapping[Loc, Spot]

    def of(self, *loc: str | int) -> Place:
        """The place of a value, or of the nearest part around it that the file has."""
        found = self.nearest(loc)
        spot = self.spots.get(found)
        if spot is None:
            return Place(self.file)
        exact = len(found) == len(loc)
        return (spot.value if exact else spot.key) or spot.value or spot.key or Place(self.file)

    def key(self, *loc: str | int) -> Place:
        """The place of the key that a value stands under, or of the value where it has none."""
        spot = self.spots.get(self.nearest(loc))
        return (spot and (spot.key or spot.value)) or Place(self.file)

    def inside(self, loc: Loc, offset: int) -> Place:
        """The place of one character (counted from 0) of a text value."""
        spot = self.spots.get(self.nearest(loc))
        if (
            spot is None
            or spot.value is None
            or spot.value.line is None
            or spot.value.column is None
            or spot.read is None
        ):
            return self.of(*loc)
        before = spot.raw[: _written_offset(spot.raw, spot.read, offset)]
        lines = before.split("\n")
        column = len(lines[-1]) + (spot.value.column if len(lines) == 1 else 1)
        return Place(self.file, spot.value.line + len(lines) - 1, column)

    def nearest(self, loc: Loc) -> Loc:
        """The longest beginning of a path that the file has; a number may stand for the n-th key of a group."""
        found: Loc = ()
        for part in loc:
            keys = self.spots[found].keys if found in self.spots else ()
            if (*found, part) in self.spots:
                found = (*found, part)
            elif isinstance(part, int) and part < len(keys):
                found = (*found, keys[part])
            else:
                break
        return found

    def has(self, loc: Loc) -> bool:
        """Whether the file has a value at exactly this path."""
        return len(self.nearest(loc)) == len(loc)


def _written_offset(raw: str, read: str, offset: int) -> int:
    """The offset in the text as written of a character of the text as read: past quotes, escapes and line breaks."""
    position = 0
    for index, character in enumerate(read[: offset + 1]):
        start = position
        while position < len(raw) and not _stands_for(raw[position], character):
            position += 1
        if position == len(raw):
            return start
        if index == offset:
            return position
        position += 1
        if raw[position - 1] in "\r\n":
            position += len(raw[position:]) - len(raw[position:].lstrip())
    return position


def _stands_for(written: str, character: str) -> bool:
    return written == character or (character == " " and written in "\r\n")
