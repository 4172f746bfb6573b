"""Whether a document still says what its records say: line by line, outside people's blocks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from shipworthy.documents.seal import told_lines

AROUND = 32
"""Characters that are shown on each side of what differs in a line."""

_ASIDE = re.compile(r'<aside class="yours".*?</aside>\n?', re.DOTALL)


@dataclass(frozen=True)
class Difference:
    """One line of a document that is not what its records say: its number, what stands there, what they say.

    `found` or `expected` is "" where one has a line that the other has not.
    """

    line: int
    found: str
    expected: str


def differences(standing: str, rebuilt: str) -> tuple[Difference, ...]:
    """Every line in which a document differs from the one that is rebuilt from its records."""
    old, new = told_lines(_without_asides(standing)), told_lines(_without_asides(rebuilt))
    lines = [line for _, line in old]
    matcher = SequenceMatcher(None, lines, [line for _, line in new], autojunk=False)
    found: list[Difference] = []
    for tag, first, last, start, end in matcher.get_opcodes():
        if tag != "equal":
            found += _pairs(old, first, last, [line for _, line in new[start:end]])
    return tuple(found)


def _without_asides(text: str) -> str:
    """A page without people's blocks, whose lines keep their numbers."""
    return _ASIDE.sub(lambda found: "\n" * found[0].count("\n"), text)


def _pairs(old: list[tuple[int, str]], first: int, last: int, new: list[str]) -> list[Difference]:
    """Lines that stand for one another, side by side; the rest has no counterpart."""
    told = old[first:last]
    place = told[-1][0] if told else old[first - 1][0] if first else 1
    found = []
    for at in range(max(len(told), len(new))):
        number = told[at][0] if at < len(told) else place
        one, other = (part[at] if at < len(part) else "" for part in ([line for _, line in told], new))
        found.append(Difference(number, *_near(one, other)))
    return found


def _near(one: str, other: str) -> tuple[str, str]:
    """Two lines around what differs in them."""
    if not one or not other:
        return _short(one), _short(other)
    pairs = zip(one, other, strict=False)
    start = next((at for at, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))
    backwards = zip(reversed(one), reversed(other), strict=False)
    most = min(len(one), len(other)) - start
    end = min(next((at for at, (a, b) in enumerate(backwards) if a != b), most), most)
    return _cut(one, start, len(one) - end), _cut(other, start, len(other) - end)


def _cut(line: str, start: int, end: int) -> str:
    low, high = max(start - AROUND, 0), min(end + AROUND, len(line))
    return f"{'…' if low else ''}{_short(line[low:high])}{'…' if high < len(line) else ''}"


def _short(line: str) -> str:
    return line if len(line) <= 6 * AROUND else f"{line[: 3 * AROUND]} … {line[-3 * AROUND :]}"
