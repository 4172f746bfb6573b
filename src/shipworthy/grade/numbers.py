"""Numbers in running text, as values."""

from __future__ import annotations

import re

_NUMBER = re.compile(r"(?<![\w.,])[-−]?\d+(?:[.,’' \u00a0\u202f]\d{3}(?!\d))*(?:[.,]\d+)?(?![\d])")
_GROUPED = re.compile(r"\d{1,3}([.,’' \u00a0\u202f])\d{3}(?:\1\d{3})*(?:([.,])\d+)?")
_SPELLED = {
    word: float(value)
    for value, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
        ]
    )
}
_SPELLED_OUT = re.compile(rf"\b({'|'.join(_SPELLED)})\b", re.IGNORECASE)


def numbers(text: str) -> tuple[float, ...]:
    """The numbers that stand in digits, in their order: 1,000 and 1 000 are a thousand, 2,5 is two and a half."""
    return tuple(value(each.group()) for each in _NUMBER.finditer(text))


def told_numbers(text: str) -> frozenset[float]:
    """The numbers in digits, and from zero to twelve those in English words."""
    spelled = (_SPELLED[each.group().lower()] for each in _SPELLED_OUT.finditer(text))
    return frozenset({*numbers(text), *spelled})


def value(written: str) -> float:
    """A number as it is written, with a comma or a point before the decimals.

    A single comma or point with exactly three digits behind it parts thousands where it is a comma, and decimals where
    it is a point.
    """
    plain = written.replace("−", "-").strip()
    sign, digits = (-1.0, plain[1:]) if plain.startswith("-") else (1.0, plain)
    if "." in digits and "," in digits:
        decimal = max(".,", key=digits.rfind)
        digits = digits.replace("," if decimal == "." else ".", "").replace(decimal, ".")
    elif (grouped := _GROUPED.fullmatch(digits)) and (grouped[1] != "." or digits.count(".") > 1):
        digits = digits.replace(grouped[1], "").replace(",", ".")
    else:
        digits = digits.replace(",", ".")
    return sign * float(re.sub(r"[’' \u00a0\u202f]", "", digits))
