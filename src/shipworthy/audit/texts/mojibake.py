"""UTF-8 that was read as another encoding: where, and what it was meant to be."""

# ruff: noqa: RUF001 # signs that look like others are what this is about

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

TIMES = 3
"""Texts may have been read wrongly several times over; this often at most they are read back."""


def _signs(encoding: str) -> str:
    """What the 256 bytes look like in an encoding; bytes that it leaves open stand for themselves, as they do in Latin-1."""
    signs = (bytes([byte]).decode(encoding, "replace") for byte in range(256))
    return "".join(chr(byte) if sign == "\ufffd" else sign for byte, sign in enumerate(signs))


_WESTERN = _signs("cp1252")
_CYRILLIC = _signs("cp1251")
_BYTES = {
    "cp1252": {
        **{chr(byte): byte for byte in range(256)},
        **{sign: byte for byte, sign in enumerate(_WESTERN)},
    },
    "cp1251": {sign: byte for byte, sign in enumerate(_CYRILLIC)},
}
"""The byte of each sign; Latin-1 and Windows-1252 in one, as they differ in 0x80 to 0x9F only."""


def _sequences(signs: str, extra: str = "") -> str:
    """A pattern of what sequences of two to four bytes of UTF-8 look like."""
    follow = "[" + re.escape(signs[0x80:0xC0] + extra) + "]"
    two, three, four = (
        re.escape(signs[low:high]) for low, high in ((0xC2, 0xE0), (0xE0, 0xF0), (0xF0, 0xF5))
    )
    return f"(?:[{two}]{follow}|[{three}]{follow}{{2}}|[{four}]{follow}{{3}})"


_RUNS = (
    ("cp1252", re.compile(f"{_sequences(_WESTERN, ''.join(map(chr, range(0x80, 0xA0))))}{{1,400}}+")),
    ("cp1251", re.compile(f"{_sequences(_CYRILLIC)}{{3,400}}+")),
)

_CLOSING = frozenset("\u00a0«»‘’“”‚„…–—‹›´¨·•º°")
"""Signs that real texts put after a letter."""

_SECOND = "€‚„†ŸˆÂ\x80\x82\x84\x86\x88\x9f"
"""The second sign of punctuation, symbols and emoji."""

_ALONE = re.compile(
    "[\u00a1-\u017f\u0218-\u021b\u02c6\u02dc\u1e00-\u1eff\u2010-\u203a\u20a0-\u20bf\u2100-\u214f\u2190-\u22ff\u2500-\u27bf\ufeff\ufffd\U0001f000-\U0001faff]"
)
"""What may have been meant where one sequence stands alone: Latin letters, punctuation, symbols, emoji."""

_SCRIPTS = ("LATIN", "GREEK", "CYRILLIC", "ARMENIAN", "HEBREW", "ARABIC", "DEVANAGARI", "BENGALI", "TAMIL", "TELUGU", "THAI", "GEORGIAN", "HANGUL", "HIRAGANA", "KATAKANA", "CJK", "FULLWIDTH", "IDEOGRAPHIC")  # fmt: skip
"""First words of the names of letters that a run may have been meant as."""


@dataclass(frozen=True)
class Misread:
    """From `start` to before `end` of a text stands what was meant as `meant`."""

    start: int
    end: int
    meant: str


def misread(text: str) -> Iterator[Misread]:
    """The stretches of a text that are UTF-8 read as Windows-1252, Latin-1 or Windows-1251, in order for each."""
    if text.isascii():
        return
    for encoding, pattern in _RUNS:
        for match in pattern.finditer(text):
            meant = _read_back(match[0], encoding)
            if meant is not None and _is_plausible(meant, match):
                yield Misread(match.start(), match.end(), meant)


def repaired(text: str) -> str:
    """The text as it was meant, as far as that is known: what is not misread stays as it is."""
    for _ in range(TIMES):
        found = sorted(misread(text), key=lambda each: each.start)
        if not found:
            return text
        parts, last = [], 0
        for each in found:
            if each.start >= last:
                parts += [text[last : each.start], each.meant]
                last = each.end
        text = "".join((*parts, text[last:]))
    return text


def _read_back(text: str, encoding: str) -> str | None:
    known = _BYTES[encoding]
    try:
        return bytes(known[sign] for sign in text).decode("utf-8")
    except UnicodeDecodeError:
        return None


def _is_plausible(meant: str, match: re.Match[str]) -> bool:
    """Whether what would have been meant is likelier than what stands there."""
    if len(meant) > 1:
        return all(_is_expected(each) for each in meant)
    return _ALONE.match(meant) is not None and (_is_sure(match[0]) or not _ends_a_word(match))


def _is_sure(found: str) -> bool:
    """Whether no language writes such a thing: punctuation, symbols and emoji of UTF-8, and the French and Italian word à."""
    return found == "Ã\u00a0" or (found[0] in "âð" and found[1] in _SECOND)


def _ends_a_word(match: re.Match[str]) -> bool:
    """Whether it may be a letter at the end of a word with a quotation mark or the like behind it."""
    before, after = (
        match.string[max(0, match.start() - 1) : match.start()],
        match.string[match.end() : match.end() + 1],
    )
    inside = match[0][0].isupper() and before.islower()
    return match[0][-1] in _CLOSING and not after.isalpha() and not inside


def _is_expected(sign: str) -> bool:
    """A letter or mark of a common script, punctuation, or what may stand alone."""
    known = _ALONE.match(sign) is not None or unicodedata.name(sign, "").startswith(_SCRIPTS)
    return known or unicodedata.category(sign)[0] in "PZ"
