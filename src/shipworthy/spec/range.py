"""Uncertain numbers as people write them: `8..12 %`, `40 to 80 USD`, `2 / 3 / 6 weeks`, `$3 / 1M tokens`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from shipworthy.spec.quantity import CURRENCIES, NUMBER

_TO = r"\.\.|\bto\b"
_NEXT = rf"(?:\s*(?:{_TO}|/(?!\s*\d[\d_]*\s*(?:[KkM]\b|thousand|million)))\s*({NUMBER}))?"
_RANGE = re.compile(rf"\s*({NUMBER}){_NEXT}{_NEXT}(.*)", re.DOTALL)
_PRICE_OF_TOKENS = re.compile(rf"\s*([$€£¥]\s*{NUMBER})()()(\s*/\s*\d[\d_]*\s*tokens?\s*)")
_REPEATED_PERCENT = re.compile(rf"\s*%(?=\s*(?:{_TO}|/)\s*[+-]?[\d.])")
_REPEATED_UNIT = re.compile(rf"[A-Za-z]\s*(?:{_TO}|/)\s*[$€£¥]?\d[\d_.]*\s*[A-Za-z%]*\s*(?:$|/|{_TO})")
_NO_END = re.compile(rf"\s*(?:{_TO}|/)\s*")
_PER = re.compile(r"(?P<count>\d[\d_]*)?\s*(?P<scale>[KkM]|thousand|million)?\s*(?P<of>[A-Za-z][A-Za-z-]*)")
_PER_MANY = re.compile(r"(?:tokens?|decisions?)\s*$")
_SCALES = {"": 1, "K": 1_000, "k": 1_000, "thousand": 1_000, "M": 1_000_000, "million": 1_000_000}
_LARGEST = Decimal(10) ** 15


@dataclass(frozen=True)
class Unit:
    """What stands behind the numbers: `USD / 1M tokens` is top USD, per token, count 1,000,000."""

    top: str = ""
    per: str = ""
    count: float = 1.0


@dataclass(frozen=True)
class Range:
    """A number that is known within bounds; without `likely` nothing is said of its middle.

    `unit` is what the numbers count; `written` is the text in product.yaml.
    """

    low: float
    likely: float | None
    high: float
    unit: Unit
    written: str

    @property
    def middle(self) -> float:
        """The likely number, else the middle of the range."""
        return (self.low + self.high) / 2 if self.likely is None else self.likely

    def times(self, factor: float) -> Range:
        """The same range in a unit of another size."""
        likely = None if self.likely is None else self.likely * factor
        return Range(self.low * factor, likely, self.high * factor, self.unit, self.written)

    def __str__(self) -> str:
        return self.written


def read_range(text: str) -> Range:
    """The range that a text states: one number, `low..high` or `low / likely / high`, with its unit.

    Raises:
        ValueError: it is none, or it stands upside down.
    """
    match = _PRICE_OF_TOKENS.fullmatch(text) or _RANGE.fullmatch(_REPEATED_PERCENT.sub("", text))
    if not match:
        raise ValueError(
            f"{text!r} is not a range; write LOW..HIGH or LOW / LIKELY / HIGH with a unit, as 0.002..0.004 USD / decision"
        )
    written = [match[part] for part in (1, 2, 3) if match[part]]
    numbers = [_number(each, text) for each in written]
    if numbers != sorted(numbers):
        raise ValueError(
            f"{text!r} stands upside down: {' then '.join(each.strip() for each in written)}; "
            f"write the lowest number first: {_rightly(written, numbers)}"
        )
    if _NO_END.fullmatch(match[4]):
        raise ValueError(f"{text!r} breaks off; write LOW..HIGH with a unit, as 40_000..80_000 USD")
    if _REPEATED_UNIT.search(match[4]) and not _PER_MANY.search(match[4]):
        raise ValueError(
            f"{text!r} states its unit twice; write it once, behind the last number, as 2 / 3 / 6 weeks"
        )
    unit = _with_symbol(read_unit(match[4]), written, text)
    likely = numbers[1] if len(numbers) == 3 else None
    return Range(numbers[0], likely, numbers[-1], unit, text.strip())


def _rightly(written: list[str], numbers: list[float]) -> str:
    """The same numbers in their order."""
    ordered = [each.strip() for _, each in sorted(zip(numbers, written, strict=True))]
    return (" / " if len(ordered) > 2 else "..").join(ordered)


def range_of(value: Any) -> Range:
    """The range that a value of product.yaml states: a number, or a text.

    Raises:
        ValueError: it is none.
    """
    if isinstance(value, Range):
        return value
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise ValueError(f"{value!r} is not a range; write it as 2..4 with its unit")
    return read_range(str(value))


def currency_in(text: Any) -> str:
    """The currency that a value of product.yaml names; "" where it is no range, or names none."""
    try:
        found = read_range(text).unit.top if isinstance(text, str) else ""
    except ValueError:
        return ""
    return found if is_currency(found) else ""


def is_currency(unit: str) -> bool:
    """Whether a unit is the code of a currency, such as USD."""
    return len(unit) == 3 and unit.isupper()


def _with_symbol(unit: Unit, written: list[str], text: str) -> Unit:
    symbols = {char for each in written for char in each if char in CURRENCIES}
    if not symbols:
        return unit
    codes = {CURRENCIES[symbol] for symbol in symbols} | ({unit.top} if unit.top else set())
    if len(codes) > 1:
        raise ValueError(
            f"{text!r} mixes {' and '.join(sorted(codes))}; write the range in one currency, and how you converted it in source"
        )
    return Unit(codes.pop(), unit.per, unit.count)


def read_unit(text: str) -> Unit:
    """The unit that a text states, such as ``, `%`, `USD / decision`, `USD / 1M tokens`, `/ month`.

    Raises:
        ValueError: it is not WORD, / WORD or WORD / WORD.
    """
    top, slash, below = (part.strip() for part in text.partition("/"))
    if top and not re.fullmatch(r"%|[A-Za-z][A-Za-z-]*", top):
        raise ValueError(
            f"{top!r} is not a unit; write a range with one unit, as in 0.002..0.004 USD / decision"
        )
    if not slash:
        return Unit(_singular(top))
    match = _PER.fullmatch(below)
    if not match:
        raise ValueError(
            f"{below!r} is not what a rate counts by; write for example / month, / decision or / 1M tokens"
        )
    count = float((match["count"] or "1").replace("_", "")) * _SCALES[match["scale"] or ""]
    if not 0 < count <= _LARGEST:
        raise ValueError(f"{below!r} counts by nothing or by too many; write for example / 1M tokens")
    return Unit(_singular(top), _singular(match["of"]), count)


def _singular(word: str) -> str:
    if word.isupper():
        return word
    if word == "people":
        return "person"
    return word[:-1] if word.endswith("s") and len(word) > 2 else word


def _number(written: str, text: str) -> float:
    digits = "".join(char for char in written if char not in CURRENCIES and char not in "_ \t")
    try:
        number = Decimal(digits)
    except InvalidOperation:
        number = Decimal("inf")
    if not number.is_finite() or abs(number) > _LARGEST:
        raise ValueError(f"{text!r} has a number that is too large; at most 15 digits are read")
    return float(number)
