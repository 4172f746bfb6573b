"""Names, dates of birth and street addresses: what only the words around give away."""

from __future__ import annotations

import re
from collections.abc import Iterator

from shipworthy.personal.numbers import words_of
from shipworthy.personal.span import Span

_NAME = r"[^\W\d_a-z][^\W\d_]{1,20}(?:[-'’][^\W\d_]{1,20})?"
_NAMES = (
    rf"{_NAME}(?:[ \t]+(?:(?:van|von|de|der|den|di|da|del|la|bin|al|dos|du|le)[ \t]+){{0,2}}{_NAME}){{0,3}}"
)


def _said(*words: str) -> str:
    """These words in small letters, with a first capital, and in capitals: plain letters are found many times faster."""
    return (
        "(?:"
        + "|".join(
            dict.fromkeys(way for each in words for way in (each, each[0].upper() + each[1:], each.upper()))
        )
        + ")"
    )


_TITLED = re.compile(
    "(?:Mrs|Mr|Ms|Mx|Dr|Prof|Herrn?|Frau|Monsieur|Madame|Mademoiselle|Mme|Mlle|Señora?|Sra?|Doña|Don|Signora?|Sig"
    rf"|Dott|Dhr|Mevrouw|Mevr|Meneer|Senhora?)\.?[ \t]+(?P<name>(?:Dr\.?[ \t]+)?{_NAMES})"
)
_INTRODUCED = re.compile(
    _said("my name is", "i am called", "mein name ist", "ich heiße", "ich heisse", "je m'appelle", "je m’appelle", "mon nom est", "me llamo",
          "mi nombre es", "mi chiamo", "il mio nome è", "mijn naam is", "ik heet", "meu nome é", "chamo-me", "me chamo")
    + rf"[ \t]+(?P<name>{_NAMES})"
)  # fmt: skip
_GREETED = re.compile(
    "(?:Dear|Hi|Hello|Hallo|Lieber|Liebe|Cher|Chère|Bonjour|Querida|Querido|Estimada|Estimado|Hola|Cara|Caro|Gentile|Beste|Olá)"
    rf"[ \t]+(?P<name>{_NAMES})(?=[ \t]*(?:[,!:\n]|$))"
)
_SIGNED = re.compile(
    _said("regards", "sincerely", "faithfully", "cheers", "best wishes", "grüßen", "grüße", "gruß", "cordialement", "salutations", "saludos",
          "saluti", "groeten", "cumprimentos")
    + rf"[ \t]*[,.!]?[ \t]*\r?\n[\s]{{0,4}}(?P<name>{_NAMES})[ \t]*(?=\r?\n|$)"
)  # fmt: skip

NOBODY = frozenset(
    [
        "sir",
        "madam",
        "all",
        "team",
        "everyone",
        "everybody",
        "customer",
        "customers",
        "friend",
        "friends",
        "colleague",
        "colleagues",
        "member",
        "members",
        "user",
        "users",
        "there",
        "world",
        "folks",
        "guys",
        "applicant",
        "student",
        "students",
        "parents",
        "editor",
        "editors",
        "reader",
        "readers",
        "sirs",
        "madame",
        "monsieur",
        "damen",
        "herren",
        "kunde",
        "kunden",
        "kollegen",
        "todos",
        "tutti",
        "collega",
        "collegas",
        "list",
        "subscriber",
        "shareholder",
        "investor",
        "winner",
        "beneficiary",
        "homeowner",
        "president",
        "chairman",
        "director",
        "manager",
        "doctor",
        "professor",
    ]
)
"""Who is greeted without a name."""

NAME_COLUMN = re.compile(
    r"^(?:name|names|(?:full|first|last|given|family|sur|middle|maiden|birth)[ ]?names?|surname"
    r"|(?:customer|client|patient|person|contact|employee|student|sender|recipient|author|driver|guest|passenger|applicant)(?: (?:full|first|last|given|family))? names?"
    r"|vorname|nachname|familienname|prénom|prenom|nom(?: de famille)?|nombre|apellidos?|nome|cognome|voornaam|achternaam|sobrenome|apelido)$"
)
"""Names of columns that hold people's names."""

_ALONE = re.compile(rf"(?P<name>(?:{_NAME},[ ])?{_NAMES})")

BORN = words_of(
    r"born\b", "birth", r"d\.?o\.?b\b", "geboren", "geb\\.", "geburt", r"née? le", "naissance", "nacid[oa]", "nacimiento", r"nat[oa] il",
    "nascita", "geboorte", "nascimento", "nascid[oa]",
)  # fmt: skip
"""What says that a date of birth follows: English, German, French, Spanish, Italian, Dutch, Portuguese."""

_DATE = re.compile(
    r"(?<![\w.,/-])(?:\d{1,2}([./-])\d{1,2}\1(?:\d{4}|\d{2})|\d{4}([./-])\d{1,2}\2\d{1,2}"
    r"|\d{1,2}(?:\.|st|nd|rd|th|er)? (?:of |de )?[^\W\d_]{3,10}\.? (?:de )?\d{4}|[^\W\d_]{3,10}\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4})(?!\w|[./-]\d)"
)
_AFTER_WORD = 24


def names(text: str, *, column: bool = False) -> Iterator[Span]:
    """Names after a title, a greeting or an introduction and below a farewell; the whole value where the column holds names."""
    whole = _ALONE.fullmatch(text.strip()) if column else None
    if whole and whole[0][0].isupper():
        start = text.find(whole[0])
        yield Span("name", start, start + len(whole[0]))
    for pattern in (_TITLED, _INTRODUCED, _GREETED, _SIGNED):
        for match in pattern.finditer(text):
            inside = match.start() > 0 and text[match.start() - 1].isalnum()
            if not inside and match["name"][0].isupper() and match["name"].split()[0].lower() not in NOBODY:
                yield Span("name", match.start("name"), match.end("name"))


def birth_dates(text: str, *, column: bool = False) -> Iterator[Span]:
    """Dates shortly after a word for birth; every date where the column holds them."""
    starts = [0] if column else [match.end() for match in BORN.finditer(text)]
    for start in starts:
        match = _DATE.search(text, start, len(text) if column else start + _AFTER_WORD + 20)
        if match and (column or match.start() - start <= _AFTER_WORD):
            yield Span("birth_date", match.start(), match.end())
