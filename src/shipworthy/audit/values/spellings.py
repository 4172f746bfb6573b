"""Values of a column that say the same in several ways: capitals, spaces, accents, punctuation, and slips of the pen."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from shipworthy.audit.fault import SHOWN, Fault, RowShare
from shipworthy.audit.values.counted import Counted, of_column, rows_in
from shipworthy.personal import masked

SUPPORT = 20
"""A value must have this many rows before a rare one can be a slip of it."""

RARE = 0.1
"""A slip has at most this share of the rows of what was meant."""

LEAST_LETTERS = 5
"""Words shorter than this differ by one letter too often for it to be a slip."""

_SPACES = re.compile(r"\s+")
_BETWEEN = re.compile(
    r"(?<=[^\W\d ])[-_/,;:&.](?=[^\W\d]| )|(?<= )[-_/,;:&.](?=[^\W\d ]| )|(?<=\d)[_;:&](?!\d)|(?<!\d)[_;:&](?=\d)"
)
_DROPPED = re.compile(r"['’\"“”„()\[\]!?*]|(?<=[^\W\d_])\.(?=[^\W\d_]\b|\s|$)")


@dataclass(frozen=True)
class Spellings:
    """Values that say the same: the most frequent first, with their rows, and how they differ."""

    values: tuple[tuple[str, int], ...]
    differ_by: tuple[str, ...]

    @property
    def others(self) -> int:
        """The rows that do not have the most frequent one."""
        return rows_in(self.values[1:])


def spellings(values: Counted) -> tuple[Spellings, ...]:
    """Values that are the same but for capitals, spaces, accents or punctuation, those with the most rows first.

    Signs that tell values apart stay: +, #, minus signs and points beside digits. Values without a letter are left alone.
    """
    alike: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for value, rows in values:
        if any(each.isalpha() for each in value):
            alike[_plain(value)].append((value, rows))
    groups = (
        sorted(group, key=lambda each: (-each[1], each[0])) for group in alike.values() if len(group) > 1
    )
    found = (Spellings(tuple(group), _differences([value for value, _ in group])) for group in groups)
    return tuple(sorted(found, key=lambda each: (-each.others, each.values)))


def slips(values: Counted) -> tuple[Spellings, ...]:
    """Rare values that differ from a frequent one by one letter more, fewer, other, or by two that changed places.

    Digits that differ are no slip, and neither is an s at the end.
    """
    rows_of: dict[str, int] = defaultdict(int)
    for value, rows in values:
        rows_of[_plain(value)] += rows
    shown = {_plain(value): value for value, _ in sorted(values, key=lambda each: each[1])}
    frequent: dict[str, list[str]] = defaultdict(list)
    for value, rows in rows_of.items():
        if rows >= SUPPORT:
            for shortened in _shortened(value):
                frequent[shortened].append(value)
    found = (_slip(value, rows, rows_of, frequent) for value, rows in rows_of.items())
    pairs = [(value, meant) for value, meant in zip(rows_of, found, strict=True) if meant is not None]
    return tuple(
        Spellings(((shown[meant], rows_of[meant]), (shown[value], rows_of[value])), ("a letter",))
        for value, meant in sorted(pairs, key=lambda pair: -rows_of[pair[0]])
    )


def inconsistent(values: Counted, column: str = "") -> tuple[Fault, ...]:
    """What of a categorical column is written in several ways: one fault for spellings, one for slips.

    Args:
        values: all values that were looked at, with their rows.
        column: its name.
    """
    rows, of = rows_in(values), of_column(column)
    same, near = spellings(values), slips(values)
    faults = []
    if same:
        others = sum(each.others for each in same)
        by = ", ".join(sorted({how for each in same for how in each.differ_by}))
        what = (
            f"{others:,} of {rows:,} values{of} are written in another way than most that say the same ({by})"
        )
        faults.append(Fault("inconsistent", "spelling", what, RowShare(others, rows), (), _examples(same)))
    if near:
        others = sum(each.others for each in near)
        what = f"{others:,} of {rows:,} values{of} are one letter away from a frequent one"
        faults.append(Fault("inconsistent", "slip", what, RowShare(others, rows), (), _examples(near)))
    return tuple(faults)


def _examples(found: Sequence[Spellings]) -> tuple[str, ...]:
    return tuple(
        " / ".join(f"{masked(value)!r} ({rows:,})" for value, rows in each.values[:4])
        for each in found[:SHOWN]
    )


def _plain(value: str) -> str:
    """A value without what makes no difference."""
    parted = _BETWEEN.sub(" ", _DROPPED.sub("", _unaccented(value).casefold()))
    return _SPACES.sub(" ", parted).strip(" ,;:")


def _unaccented(value: str) -> str:
    parts = unicodedata.normalize("NFKD", value)
    return unicodedata.normalize(
        "NFKC", "".join(each for each in parts if unicodedata.category(each) != "Mn")
    )


def _differences(values: Sequence[str]) -> tuple[str, ...]:
    """Which of capitals, spaces, accents and punctuation make values differ."""

    def kinds(without: tuple[str, ...]) -> int:
        return len({_reduced(value, without) for value in values})

    ways = ("capitals", "spaces", "accents", "punctuation")
    return tuple(way for way in ways if kinds(tuple(other for other in ways if other != way)) > 1)


def _reduced(value: str, ways: Sequence[str]) -> str:
    """A value without these differences."""
    if "accents" in ways:
        value = _unaccented(value)
    if "capitals" in ways:
        value = value.casefold()
    if "punctuation" in ways:
        value = _BETWEEN.sub(" ", _DROPPED.sub("", value))
    return _SPACES.sub(" ", value).strip() if "spaces" in ways else value


def _shortened(value: str) -> Iterator[str]:
    """The value itself, and without each of its letters: two values one change apart share one of these."""
    yield value
    yield from {value[:place] + value[place + 1 :] for place in range(len(value))}


def _slip(value: str, rows: int, rows_of: dict[str, int], frequent: dict[str, list[str]]) -> str | None:
    """The most frequent value that this one may be a slip of."""
    near = {other for shortened in _shortened(value) for other in frequent.get(shortened, ())}
    meant = [other for other in near if rows <= RARE * rows_of[other] and _is_slip(value, other)]
    return max(meant, key=lambda other: (rows_of[other], other), default=None)


def _is_slip(value: str, other: str) -> bool:
    if min(len(value), len(other)) < LEAST_LETTERS or value == other:
        return False
    short, long = sorted((value, other), key=len)
    if _digits(value) != _digits(other) or (len(short) < len(long) and long == short + "s"):
        return False
    return _one_apart(short, long)


def _one_apart(short: str, long: str) -> bool:
    """Whether one change makes the longer one of the shorter (Damerau 1964)."""
    place = next(
        (at for at, (one, two) in enumerate(zip(short, long, strict=False)) if one != two), len(short)
    )
    if len(short) < len(long):
        return len(long) - len(short) == 1 and short[place:] == long[place + 1 :]
    turned = (
        short[place : place + 2] == long[place : place + 2][::-1] and short[place + 2 :] == long[place + 2 :]
    )
    return turned or short[place + 1 :] == long[place + 1 :]


def _digits(value: str) -> str:
    return "".join(each for each in value if each.isdecimal())
