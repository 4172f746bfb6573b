"""Numbers of payment cards and bank accounts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from shipworthy.personal.digits import digits_of, passes_luhn
from shipworthy.personal.numbers import Stretch
from shipworthy.personal.span import Span

_CARD = re.compile(
    r"(?<![\w.\-/+])(?<!\d )(?:\d{13,19}|\d{4}([ -])(?:\d{4}\1\d{4}\1\d{1,4}(?:\1\d{3})?|\d{6}\1\d{4,5}))(?![\w-]|[ .,]\d)"
)

_CARD_FORMS = (
    (re.compile(r"4"), (13, 16, 19)),  # Visa
    (re.compile(r"5[1-5]|2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)"), (16,)),  # Mastercard
    (re.compile(r"3[47]"), (15,)),  # American Express
    (re.compile(r"6011|64[4-9]|65"), (16, 17, 18, 19)),  # Discover
    (re.compile(r"30[0-5]|3095|36|3[89]"), (14, 16, 19)),  # Diners Club
    (re.compile(r"35(?:2[89]|[3-8]\d)"), (16, 17, 18, 19)),  # JCB
    (re.compile(r"62"), (16, 17, 18, 19)),  # UnionPay
)
"""How the numbers of each scheme begin, and how long they are (ISO/IEC 7812 ranges as the schemes publish them)."""

IBAN_LENGTHS = {
    country: int(length)
    for country, length in re.findall(
        r"([A-Z]{2})(\d{2})",
        "AD24AE23AL28AT20AZ28BA20BE16BG22BH22BI27BR29BY28CH21CR22CY28CZ24DE22DJ27DK18DO28EE20EG29ES24FI18FK18FO18FR27"
        "GB22GE22GI23GL18GR27GT28HN28HR21HU28IE22IL23IQ23IS26IT27JO30KW30KZ20LB28LC32LI21LT20LU20LV21LY25MC27MD24ME22"
        "MK19MN20MR27MT31MU30NI28NL18NO15OM23PK24PL28PS29PT25QA29RO24RS22RU33SA24SC31SD18SE24SI19SK24SM27SO23ST25SV28"
        "TL23TN24TR26UA29VA22VG24XK20YE30",
    )
}
"""Characters of an IBAN by country (the registry of ISO 13616)."""

_IBAN_BEGINS = re.compile(r"(?<![\w-])[A-Z]{2}\d{2}(?=[ -]?[A-Z0-9])", re.ASCII)
_LONGEST_SPACED = 48


def cards(stretch: Stretch) -> Iterator[Span]:
    """Numbers of cards; of unbroken ones also those that fail the check digit."""
    for match in stretch.matches(_CARD):
        digits = digits_of(match[0])
        if not is_card_form("".join(map(str, digits))):
            continue
        passes, grouped = passes_luhn(digits), match[1] is not None
        if passes or not grouped:
            yield Span("card", match.start(), match.end(), None if grouped else passes)


def is_card_form(number: str) -> bool:
    """Whether digits begin as those of a known scheme do, and are as many."""
    return any(begin.match(number) and len(number) in lengths for begin, lengths in _CARD_FORMS)


def ibans(stretch: Stretch) -> Iterator[Span]:
    """Bank accounts whose check digits are right (ISO 13616: the remainder by 97 is 1)."""
    for match in stretch.matches(_IBAN_BEGINS):
        length = IBAN_LENGTHS.get(match[0][:2])
        end = _end_of(stretch.text, match.start(), length) if length else None
        if end is not None and is_iban(stretch.text[match.start() : end]):
            yield Span("iban", match.start(), end)


def _end_of(text: str, start: int, length: int) -> int | None:
    """Where so many letters and digits end, with single spaces or hyphens between; None where there are fewer."""
    seen, gap = 0, False
    for place in range(start, min(len(text), start + _LONGEST_SPACED)):
        letter = text[place]
        if letter.isascii() and (letter.isdigit() or letter.isupper()):
            seen, gap = seen + 1, False
        elif letter not in " -" or gap:
            return None
        else:
            gap = True
        if seen == length:
            return place + 1
    return None


def is_iban(text: str) -> bool:
    """Whether letters and digits are an IBAN: a known country, its length, and the right check digits."""
    signs = text.replace(" ", "").replace("-", "")
    if IBAN_LENGTHS.get(signs[:2]) != len(signs):
        return False
    return int("".join(str(int(each, 36)) for each in signs[4:] + signs[:4])) % 97 == 1
