"""Stretches of a text with digits in them: where cards, accounts, ids and telephone numbers are looked for, and nowhere else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_WITH_DIGITS = re.compile(r"\d[\dA-Z ().+/\-]{5,}+")
_AHEAD = 8
"""Characters before the first digit that may belong: six letters of an Italian tax code, or a sign and a bracket."""

_CONTEXT = 32
"""Characters before a number in which a word may say what it is."""


@dataclass(frozen=True)
class Stretch:
    """The part of `text` from `start` to before `end`; a pattern is let to see one character beyond it."""

    text: str
    start: int
    end: int

    def matches(self, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        """The matches inside, in order."""
        return pattern.finditer(self.text, self.start, self.end)


def stretches(text: str) -> Iterator[Stretch]:
    """The stretches of a text that have digits, each at least six characters long."""
    before = 0
    for match in _WITH_DIGITS.finditer(text):
        yield Stretch(text, max(before, match.start() - _AHEAD), min(match.end() + 1, len(text)))
        before = match.end()


def said_before(text: str, start: int, words: re.Pattern[str]) -> bool:
    """Whether one of the words stands shortly before a place, with no other number in between."""
    context = text[max(0, start - _CONTEXT) : start]
    ends = [match.end() for match in words.finditer(context)]
    return bool(ends) and not any(each.isdecimal() for each in context[ends[-1] :])


def words_of(*words: str) -> re.Pattern[str]:
    """A pattern of any of these words, in capitals or not, at the beginning of a word."""
    return re.compile(r"(?<![^\W_])(?:" + "|".join(words) + ")", re.IGNORECASE)
