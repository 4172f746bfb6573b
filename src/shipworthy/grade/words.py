"""Texts as words and sentences: what graders compare."""

from __future__ import annotations

import re
import unicodedata

from shipworthy.grade.stop_words import EVERY

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_SENTENCE = re.compile(r"(?<=[.!?…])[\"'”’)\]]*\s+(?=\S)|\n+")
_ABBREVIATION = re.compile(
    r"\b(?:e\.g|i\.e|etc|vs|approx|no|mr|mrs|ms|dr|st|z\.b|ca|bzw|nr|[A-Za-z])\.$", re.IGNORECASE
)
_ENDINGS = ("ingly", "edly", "ing", "ies", "ed", "es", "en", "s", "e")


def normalised(text: str) -> str:
    """The text without case, punctuation and needless spaces, in one form of Unicode (NFKC)."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    kept = (" " if unicodedata.category(sign)[0] in "PZCS" and sign not in "%+-" else sign for sign in plain)
    return " ".join("".join(kept).split())


def words(text: str) -> tuple[str, ...]:
    """The words of a text, in small letters; numbers count as words."""
    return tuple(each.group().casefold().replace("’", "'") for each in _WORD.finditer(text))


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a text; a line of its own is one, and an abbreviation ends none."""
    found: list[str] = []
    for part in _SENTENCE.split(text):
        if found and _ABBREVIATION.search(found[-1]):
            found[-1] = f"{found[-1]} {part}"
        elif part.strip():
            found.append(part.strip())
    return tuple(each for each in found if _WORD.search(each))


def content_words(text: str) -> frozenset[str]:
    """The stems of the words that carry meaning: no stop words, no numbers, none of one letter."""
    found = (each.split("'")[0] for each in words(text) if each not in EVERY)
    return frozenset(
        stem(each) for each in found if len(each) > 1 and each not in EVERY and not each[0].isdigit()
    )


def stem(word: str) -> str:
    """The word without its ending, so that `ships` and `shipped` are alike; at least three letters stay."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= (3 if ending == "s" else 4):
            word = word.removesuffix(ending)
            break
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] else word
