"""Damage that texts take on their way: wrong encodings, lost signs, control characters, entities encoded twice."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from shipworthy.audit.fault import SHOWN, Fault, RowShare
from shipworthy.audit.texts.mojibake import misread, repaired
from shipworthy.personal import masked

_AROUND = 20
"""Characters shown on either side of the damage."""

_LOST = re.compile("\ufffd+")
_NUL = re.compile("\0+")
_CONTROL = re.compile("[\x01-\x08\x0b\x0e-\x1f\x7f-\x9f]+")
_ENTITY = re.compile(r"&amp;(?:amp;){0,5}(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_SURROGATE = re.compile("[\ud800-\udfff]+")


@dataclass(frozen=True)
class Damage:
    """From `start` to before `end` of a text; `repaired` is the whole text without it, None where what was meant is lost."""

    kind: str
    start: int
    end: int
    repaired: str | None


KINDS = {
    "mojibake": "letters of another encoding: UTF-8 that was read as Windows-1252, Latin-1 or Windows-1251",
    "lost_letters": "the sign that stands for letters that could not be read (U+FFFD)",
    "nul": "NUL characters",
    "control": "control characters, or letters between 0x80 and 0x9F of another encoding",
    "double_entities": "HTML entities that were encoded twice",
    "surrogates": "halves of characters (surrogates)",
}
"""What each kind of damage is."""


def damaged(texts: Sequence[str | None], column: str = "") -> tuple[Fault, ...]:
    """The damage in a column's values, one fault for each kind, the most frequent first.

    Examples show the damage with a little around it, and what was meant where that is known; both are masked.

    Args:
        texts: the values, a bounded sample of rows; None and empty ones are not looked at.
        column: its name.
    """
    found: dict[str, list[tuple[int, str, Damage]]] = {}
    in_text = {text: (*damage_in(text),) for text in {*texts} if text}
    for place, text in enumerate(texts):
        for each in in_text[text] if text else ():
            found.setdefault(each.kind, []).append((place, text or "", each))
    looked_at = sum(bool(text) for text in texts)
    faults = (_fault(kind, rows, looked_at, column) for kind, rows in found.items())
    return tuple(sorted(faults, key=lambda fault: -fault.share.rows))


def damage_in(text: str) -> Iterator[Damage]:
    """The first damage of each kind in a text."""
    wrong = min(misread(text), key=lambda each: each.start, default=None)
    if wrong:
        yield Damage("mojibake", wrong.start, wrong.end, repaired(text))
    for kind, pattern, mend in _PATTERNS:
        match = pattern.search(text)
        if match and not (kind == "control" and wrong):
            yield Damage(kind, match.start(), match.end(), mend(text) if mend else None)


def _meant(match: re.Match[str]) -> str:
    """The Windows-1252 letters of signs between 0x80 and 0x9F; nothing for other control characters."""
    return bytes(ord(each) for each in match[0] if ord(each) > 0x7F).decode("cp1252", "ignore")


def _decoded(text: str) -> str:
    """Without entities that were encoded twice."""
    return _ENTITY.sub(lambda match: html.unescape(re.sub("^&(?:amp;)+", "&", match[0])), text)


def _whole(text: str) -> str | None:
    """With halves that belong together joined; None where a half has no other."""
    try:
        return text.encode("utf-16", "surrogatepass").decode("utf-16")
    except UnicodeDecodeError:
        return None


_PATTERNS: tuple[tuple[str, re.Pattern[str], Callable[[str], str | None] | None], ...] = (
    ("lost_letters", _LOST, None),
    ("nul", _NUL, lambda text: _NUL.sub("", text)),
    ("control", _CONTROL, lambda text: _CONTROL.sub(_meant, text)),
    ("double_entities", _ENTITY, _decoded),
    ("surrogates", _SURROGATE, _whole),
)


def _fault(kind: str, rows: Sequence[tuple[int, str, Damage]], looked_at: int, column: str) -> Fault:
    share, of = RowShare(len(rows), looked_at), f" of {column}" if column else ""
    what = f"{len(rows):,} of {looked_at:,} values{of} hold {KINDS[kind]}"
    examples = tuple(_shown(text, damage) for _, text, damage in rows[:SHOWN])
    return Fault("damaged", kind, what, share, tuple(place for place, _, _ in rows), examples)


def _shown(text: str, damage: Damage) -> str:
    """A little of the text around the damage, and what was meant there."""
    start, after = max(0, damage.start - _AROUND), len(text) - damage.end
    found = _visible(masked(text)[start : damage.end + _AROUND])
    if damage.repaired is None:
        return found
    end = len(damage.repaired) - after + min(after, _AROUND)
    return f"{found} -> {_visible(masked(damage.repaired)[start : max(end, start)])}"


def _visible(text: str) -> str:
    """With control characters and halves of characters by their number, as people cannot see them."""
    return "".join(
        each if each.isprintable() else " " if each.isspace() else f"<U+{ord(each):04X}>" for each in text
    )
