"""Telephone numbers: international ones, common national forms, and whatever follows a word such as tel."""

from __future__ import annotations

import re
from collections.abc import Iterator

from shipworthy.personal.numbers import Stretch, said_before, words_of
from shipworthy.personal.span import Span

PHONE_WORDS = words_of(
    "tele?(?:ph|f)", "tel[.: ]", "phone", "fax", "mobil", "cell", "call ", "dial", "whatsapp", "sms", "handy", "rufnummer",
    "fon[.: ]", "téléphone", "portable", "teléfono", "móvil", "celular", "cellulare", "telemóvel", "gsm", "ring ", "text me",
)  # fmt: skip
"""What says that a telephone number follows: English, German, French, Spanish, Italian, Portuguese, Dutch."""

PHONE_COLUMN = re.compile(r"tel$|^tel|phone|telef|mobile?$|^mobile?|cell(?:ular)?$|fax|handy|gsm|whatsapp")
"""Names of columns that hold telephone numbers."""

_INTERNATIONAL = re.compile(
    r"(?<![\w+.])(?:\+ ?|(?<!\d )00)[1-9](?:[ .\-/()]{0,2}\d){6,14}+(?![\w%]|[.,:]\d)"
)
_TRUNK = re.compile(
    r"(?<![\w+.,\-/:])(?<!\d )(?:\(0[1-9]\d{0,4}\)|0[1-9]\d{0,4})[ /.\-]{1,3}\d{2,8}(?:[ .\-]\d{2,6}){0,4}(?![\w%]|[ .,:\-/]\d)"
)
_AMERICAN = re.compile(
    r"(?<![\w+.,\-/])(?:1[ .\-])?(?:\([2-9]\d\d\)[ \-]?|[2-9]\d\d[.\-])[2-9]\d\d[.\-]\d{4}(?![\w%]|[.,\-/]\d)"
)
_BRACKETED = re.compile(r"(?<![\w+.,\-/])\(\d{2,4}\) ?\d{3,5}[ \-]\d{4}(?![\w%]|[.,\-/]\d)")
_SAID = re.compile(r"(?<![\w+.,])\(?\d(?:[ .\-/()]{0,2}\d){6,14}+(?!\w)")
_DATE_OR_POSTCODE = re.compile(
    r"0\d{4}-\d{4}$|\(?(?:[0-3]?\d([./\-])[0-3]?\d\1(?:\d{4}|\d{2})|(?:19|20)\d\d([./\- ])[01]\d\2[0-3]\d)(?![./\-]?\d)"
)

_CODES = frozenset(
    [
        "1",
        "7",
        "20",
        "27",
        "30",
        "31",
        "32",
        "33",
        "34",
        "36",
        "39",
        "40",
        "41",
        "43",
        "44",
        "45",
        "46",
        "47",
        "48",
        "49",
        "51",
        "52",
        "53",
        "54",
        "55",
        "56",
        "57",
        "58",
        "60",
        "61",
        "62",
        "63",
        "64",
        "65",
        "66",
        "81",
        "82",
        "84",
        "86",
        "90",
        "91",
        "92",
        "93",
        "94",
        "95",
        "98",
    ]
)
_AREAS = frozenset(
    [
        "21",
        "22",
        "23",
        "24",
        "25",
        "26",
        "29",
        "35",
        "37",
        "38",
        "42",
        "50",
        "59",
        "67",
        "68",
        "69",
        "80",
        "85",
        "87",
        "88",
        "96",
        "97",
        "99",
    ]
)
"""Country codes of one or two digits, and the first two digits of those of three (ITU-T E.164)."""


def phones(stretch: Stretch, *, told: bool = False) -> Iterator[Span]:
    """Telephone numbers, no dates; `told` where the column's name says that it holds them."""
    for match in stretch.matches(_INTERNATIONAL):
        if _is_international(match[0], told=told or said_before(match.string, match.start(), PHONE_WORDS)):
            yield _span(match)
    for pattern, least, most in ((_TRUNK, 9, 12), (_AMERICAN, 10, 11), (_BRACKETED, 9, 11)):
        for match in stretch.matches(pattern):
            if least <= _count(match[0]) <= most and not _DATE_OR_POSTCODE.match(match[0]):
                yield _span(match)
    for match in stretch.matches(_SAID):
        if not _DATE_OR_POSTCODE.match(match[0]) and (
            told or said_before(match.string, match.start(), PHONE_WORDS)
        ):
            yield _span(match)


def _is_international(text: str, *, told: bool) -> bool:
    """A known country code, and as many digits as such numbers have (at most 15, E.164)."""
    digits = "".join(each for each in text if each.isdecimal()).removeprefix("00")
    known = digits[0] in _CODES or digits[:2] in _CODES or digits[:2] in _AREAS
    broken = any(each in text.lstrip("+ ") for each in " .-/(")
    enough = 8 if broken or told else 10
    plain = text.startswith("00") and not broken and not told
    return known and not plain and enough <= len(digits) <= 15


def _count(text: str) -> int:
    return sum(each.isdecimal() for each in text)


def _span(match: re.Match[str]) -> Span:
    return Span("phone", match.start(), match.end())
