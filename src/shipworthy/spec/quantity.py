"""Numbers as people write them: `30 %`, `2_000_000 / month`, `7 days`, `$0.50`, `50 ms`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

SECONDS = {
    "ms": Decimal("0.001"),
    "s": Decimal(1),
    "second": Decimal(1),
    "minute": Decimal(60),
    "hour": Decimal(3_600),
    "day": Decimal(86_400),
    "week": Decimal(604_800),
    "month": Decimal(2_629_746),
    "year": Decimal(31_556_952),
}
"""Length of each unit of time in seconds; a month is a twelfth of the mean Gregorian year of 365.2425 days."""

CURRENCIES = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY"}
_DIGITS = r"(?:\d[\d_]*(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?"
NUMBER = rf"[+-]?\s*[$€£¥]\s*{_DIGITS}|[$€£¥]?\s*[+-]?{_DIGITS}"
"""A number as it is written, with its sign and the symbol of its currency in either order."""

_QUANTITY = re.compile(rf"\s*(?P<number>{NUMBER})\s*(?P<unit>%|[A-Za-z]+)?\s*")
_RATE = re.compile(rf"\s*(?P<number>[+-]?{_DIGITS})\s*/\s*(?P<per>[a-z]+)\s*")
_LARGEST_EXPONENT = 18


@dataclass(frozen=True)
class Quantity:
    """A number with the unit it was written in: "" (plain), "%", a unit of time, or a currency code."""

    number: Decimal
    unit: str = ""

    @property
    def value(self) -> float:
        """The number that is compared: a share for %, milliseconds for time, else the number itself."""
        if self.unit == "%":
            return float(self.number / 100)
        if self.unit in SECONDS:
            return float(self.number * SECONDS[self.unit] * 1000)
        return float(self.number)

    @property
    def seconds(self) -> float:
        """The length in seconds.

        Raises:
            ValueError: the unit is not one of time.
        """
        if self.unit not in SECONDS:
            raise ValueError(f"{self} is not a length of time; write for example '7 days'")
        return float(self.number * SECONDS[self.unit])

    def __str__(self) -> str:
        number = f"{self.number:f}"
        return f"{number} {self.unit}" if self.unit else number


def read_quantity(text: str) -> Quantity:
    """The quantity that a text states.

    Raises:
        ValueError: it is not a number with an optional %, currency or unit of time.
    """
    match = _QUANTITY.fullmatch(text)
    if not match:
        raise ValueError(
            f"{text!r} is not a number; write it with an optional unit, as in 0.8, 1 %, 50 ms, 7 days or $0.02"
        )
    symbol = next((char for char in match["number"] if char in CURRENCIES), "")
    if symbol and match["unit"]:
        raise ValueError(f"{text!r} has two units, {symbol} and {match['unit']}; keep one")
    return Quantity(
        _number(match["number"].replace(symbol, ""), text),
        CURRENCIES.get(symbol) or _unit(match["unit"] or "", text),
    )


def _number(digits: str, text: str) -> Decimal:
    """The exact number; sizes that nobody means are refused, because writing them out would fill the memory."""
    try:
        number = Decimal("".join(digits.replace("_", "").split()))
    except InvalidOperation:
        number = Decimal("inf")
    if not number.is_finite() or (number and abs(number.adjusted()) > _LARGEST_EXPONENT):
        raise ValueError(
            f"{text!r} is too large or too small a number; at most {_LARGEST_EXPONENT} digits are read on each side"
        )
    return number


def _unit(written: str, text: str) -> str:
    if written in ("", "%") or (len(written) == 3 and written.isupper()):
        return written
    singular = written[:-1] if written.endswith("s") and len(written) > 2 else written
    if singular in SECONDS:
        return singular
    raise ValueError(
        f"{text!r} has the unknown unit {written!r}; known are %, {', '.join(SECONDS)} or a currency such as USD"
    )


@dataclass(frozen=True)
class Rate:
    """So many per unit of time, such as 2,000,000 decisions a month."""

    number: Decimal
    per: str

    @property
    def per_day(self) -> float:
        """The same rate counted per day."""
        return float(self.number * SECONDS["day"] / SECONDS[self.per])

    def __str__(self) -> str:
        return f"{self.number:f} / {self.per}"


def read_rate(text: str) -> Rate:
    """The rate that a text such as `2_000_000 / month` states.

    Raises:
        ValueError: it is not NUMBER / UNIT OF TIME, or it is not positive.
    """
    match = _RATE.fullmatch(text)
    if not match or match["per"] not in SECONDS:
        raise ValueError(
            f"{text!r} is not a rate; write it as NUMBER / day, week, month or year, such as 2_000_000 / month"
        )
    number = _number(match["number"], text)
    if number <= 0:
        raise ValueError(f"{text!r} is not above zero; write how many there are, as in 2_000_000 / month")
    return Rate(number, match["per"])
