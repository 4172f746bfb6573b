"""What each kind of personal data covers, how it is told, and what it misses: said beside every result."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from shipworthy.personal.accounts import IBAN_LENGTHS
from shipworthy.personal.national_ids import NATIONAL_IDS

ANY = ("any",)
_SEVEN = ("English", "German", "French", "Spanish", "Italian", "Portuguese", "Dutch")


@dataclass(frozen=True)
class Coverage:
    """One kind of personal data.

    Attributes:
        name: in words, for people.
        countries: ISO 3166 codes of those covered, or any.
        languages: in which texts it is recognised, or any.
        told_by: what makes a stretch of text one.
        misses: what stays unseen.
        chance: the share of other numbers of that form which pass its check digit; None where there is none.
    """

    name: str
    countries: tuple[str, ...]
    languages: tuple[str, ...]
    told_by: str
    misses: str
    chance: float | None = None


_CHANCES = {
    "es_dni": 1 / 23,
    "fr_nir": 1 / 97,
    "se_number": 1 / 10,
    "fi_hetu": 1 / 31,
    "in_aadhaar": 1 / 10,
    "cn_resident_id": 1 / 11,
}
_NEED_WORDS = {each.kind for each in NATIONAL_IDS} - {each.kind for each in NATIONAL_IDS if each.telling}


def _of_national(kind: str) -> Coverage:
    """The coverage of a national id."""
    each = next(one for one in NATIONAL_IDS if one.kind == kind)
    told = (
        "its form, its check, and a word before it or in the column's name"
        if kind in _NEED_WORDS
        else "its form and its check"
    )
    misses = (
        "small letters; numbers without a word that says what they are"
        if kind in _NEED_WORDS
        else "small letters; bare digits without such a word"
    )
    return Coverage(f"{each.country} {each.name}", (each.country,), ANY, told, misses, _CHANCES.get(kind))


NATIONAL = frozenset(each.country for each in NATIONAL_IDS)
"""The countries whose national ids are known, as ISO 3166 codes."""

COVERAGE: Mapping[str, Coverage] = {
    "email": Coverage("e-mail address", ANY, ANY, "its form", "spelled out ones (name at example dot com)"),
    "iban": Coverage("bank account (IBAN)", tuple(sorted(IBAN_LENGTHS)), ANY, "the country's length and the remainder by 97", "small letters; accounts without IBAN", None),
    "card": Coverage("payment card", ANY, ANY, "the schemes' first digits and lengths, and the Luhn digit", "Maestro and schemes of one country", 0.1),
    "ip_address": Coverage("network address", ANY, ANY, "its form", "four numbers that are all below 20, which are mostly versions"),
    **{kind: _of_national(kind) for kind in dict.fromkeys(each.kind for each in NATIONAL_IDS)},
    "birth_date": Coverage("date of birth", ANY, _SEVEN, "a word for birth shortly before a date, or in the column's name", "dates of birth without such a word"),
    "phone": Coverage("telephone number", ANY, _SEVEN,
                      "a plus and a country code; a leading 0 and groups; the American groups; any digits after a word such as tel, or in a column of that name",
                      "bare digits without such a word"),
    "address": Coverage("street address", ("AT", "AU", "BE", "BR", "CA", "CH", "DE", "ES", "FR", "GB", "IE", "IT", "NL", "PT", "US"), _SEVEN,
                        "a word for street beside a house number", "streets whose names have no such word; small letters; other languages"),
    "name": Coverage("person's name", ANY, _SEVEN,
                     "capitals after a title, a greeting or an introduction, below a farewell, or in a column of names",
                     "names in running text without such a sign; scripts without capitals; small letters"),
}  # fmt: skip
"""By kind, in the order of precedence: of two that overlap, the earlier stands."""
