"""Streets with house numbers, as seven languages write them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from shipworthy.personal.span import Span

_WORD = r"[^\W\d_a-z][^\W\d_]{1,20}"
_WORDS = rf"{_WORD}(?:[ -]{_WORD}){{0,3}}"

_FORMS = tuple(
    re.compile(rf"(?:{pattern})(?!\w|[.,:/-]\d)")
    for pattern in (
        # English: 12 Old Mill Road
        (rf"\d{{1,5}}[A-Za-z]?,? (?:[NSEW]\.? )?{_WORD}(?: {_WORD}){{0,2}} (?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr"
        r"|Boulevard|Blvd|Court|Ct|Place|Pl|Way|Terrace|Square|Sq|Close|Crescent|Highway|Hwy|Parkway)"),
        r"P\.? ?O\.? Box \d{1,6}",
        # German and Dutch: Lindenstraße 7, Am Alten Markt 3, Kerkstraat 12
        r"[^\W\d_a-z][^\W\d_]{1,25}(?:straße|strasse|str\.|weg|platz|gasse|allee|ufer|damm|straat|laan|plein|gracht|kade|dijk|singel) \d{1,4} ?[a-z]?",
        rf"(?:{_WORD} )?{_WORD}[ -](?:Straße|Str\.|Weg|Platz|Allee) \d{{1,4}} ?[a-z]?",
        # French: 12 bis, rue de la Paix
        rf"\d{{1,4}}(?: ?bis| ?ter)?,? (?:rue|avenue|av\.|boulevard|bd|place|chemin|allée|impasse|quai|route|cours|square)(?: (?:de|du|des|la|le|les|aux?))*+ ?(?:[dl][’'])?{_WORDS}",
        # Spanish, Portuguese and Italian: Calle de Alcalá, 45; Rua Augusta, 100; Via Roma 12
        rf"(?:[Cc]alle|C/|[Aa]venida|Avda\.|Av\.|[Pp]laza|[Pp]aseo|[Cc]amino|Rua|Travessa|Praça|[Vv]ia|[Vv]iale|[Pp]iazza|[Cc]orso|[Vv]icolo)(?: (?:de|del|la|las|los|do|da|dos|das|della|dei|di))*+ ?{_WORDS},? (?:n[.º°]{{1,2}} ?)?\d{{1,4}}",
    )
)  # fmt: skip
_HINT = re.compile(
    r"S(?:t|q)\b|R(?:d|oad)\b|A(?:ve|venue|v\.|vda)|L(?:n|ane)\b|D(?:r|rive)\b|B(?:lvd|oulevard|ox)|C(?:t|ourt|lose|rescent)\b|P(?:l|lace)\b|Way\b"
    r"|Terrace|Square|Street|Highway|Hwy|Parkway|stra|str\.|Str|weg|Weg|platz|Platz|gasse|allee|Allee|ufer|damm|laan|plein|gracht|kade|dijk|singel"
    r"|rue|avenue|av\.|boulevard|bd|place|chemin|allée|impasse|quai|route|cours|square|alle |C/|venida|laza|aseo|amino|Rua|Travessa|Praça|[Vv]ia|iazza|orso|icolo"
)


def addresses(text: str) -> Iterator[Span]:
    """Streets with a house number, and post-office boxes."""
    if any(each.isdecimal() for each in text) and _HINT.search(text):
        for form in _FORMS:
            for match in form.finditer(text):
                before = text[match.start() - 1] if match.start() else " "
                if not (before.isalnum() or before in "_.,/-"):
                    yield Span("address", match.start(), match.end())
