"""Slips of the finger: a neighbouring key, two letters swapped, or one left out."""

from __future__ import annotations

import re

import numpy as np

KEYBOARD = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
"""The rows of letters of an English keyboard; other letters are swapped or left out."""

LEAST_LETTERS = 3
"""A shorter word is left alone, as a slip would make another word of it."""

_WORD = re.compile(r"[^\W\d_]+")


def with_slips(text: str, edits: int, draw: np.random.Generator) -> str | None:
    """The text with one slip in each of so many words, or in all that have three letters, where they are fewer.

    Digits, punctuation and first letters stay. None where no word can be changed.

    Args:
        text: any text.
        edits: how many words get a slip.
        draw: decides where, and which.
    """
    words = [each for each in _WORD.finditer(text) if len(each[0]) >= LEAST_LETTERS]
    if not words:
        return None
    chosen = draw.choice(len(words), size=min(edits, len(words)), replace=False)
    for at in sorted(chosen.tolist(), reverse=True):  # from the end, so that places stay true
        word = words[at]
        text = text[: word.start()] + slipped(word[0], draw) + text[word.end() :]
    return text


def slipped(word: str, draw: np.random.Generator) -> str:
    """The word with one slip, never the word itself. Its first letter stays."""
    at = int(draw.integers(1, len(word)))
    slips = [word[:at] + word[at + 1 :]]
    slips += [word[:at] + key + word[at + 1 :] for key in neighbours(word[at])]
    if at + 1 < len(word) and word[at] != word[at + 1]:
        slips += [word[:at] + word[at + 1] + word[at] + word[at + 2 :]] * 2
    return slips[int(draw.integers(len(slips)))]


def neighbours(letter: str) -> tuple[str, ...]:
    """The letters on both sides of one, in its own case; none of a letter that the keyboard lacks."""
    small = letter.lower()
    row = next((keys for keys in KEYBOARD if small in keys), "")
    at = row.find(small)
    found = [row[place] for place in (at - 1, at + 1) if row and 0 <= place < len(row)]
    return tuple(key.upper() if letter.isupper() else key for key in found)
