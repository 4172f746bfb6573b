"""Texts without what they give away: what every output shows of personal data."""

from __future__ import annotations

import re

from shipworthy.personal.searching import spans_in
from shipworthy.personal.span import Span

DOT = "•"
"""What stands for a letter or a digit."""

_WORD = re.compile(r"\S+")


def masked(text: str) -> str:
    """The text without any digit, any word with an @, and anything else that is recognised as personal; as long as before.

    What the patterns miss stays readable: show no more of a text than is needed.
    """
    parts, last = [], 0
    for span in spans_in(text):
        parts += [text[last : span.start], masked_span(text, span)]
        last = span.end
    rest = _WORD.sub(_without_at, "".join((*parts, text[last:])))
    return "".join(DOT if each.isnumeric() else each for each in rest)


def without_personal(text: str) -> str:
    """A sentence with what is recognised as personal masked, and the rest as it is."""
    for span in reversed([each for each in spans_in(text) if each.passes is not False]):
        text = f"{text[: span.start]}{masked_span(text, span)}{text[span.end :]}"
    return text


def masked_span(text: str, span: Span) -> str:
    """One stretch of a text: the first letter of each word, the signs between, and dots for the rest."""
    return masked_words(text[span.start : span.end])


def masked_words(text: str) -> str:
    """The first letter of each word, and dots for other letters and all digits; of words with an @ no letter."""
    shown, inside = [], "@" in text
    for each in text:
        signs = each.isalnum() or each.isnumeric()
        shown.append(DOT if signs and (inside or each.isnumeric()) else each)
        inside = signs or "@" in text
    return "".join(shown)


def _without_at(word: re.Match[str]) -> str:
    return masked_words(word[0]) if "@" in word[0] else word[0]
