"""Numbers as people read them: no digit that the interval does not support, separators, units. Pure."""

from __future__ import annotations

import math
from datetime import datetime
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal
from typing import Literal

SPACE = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"
SYMBOLS = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥"}
Towards = Literal["nearest", "down", "up"]
_ROUNDING = {"nearest": ROUND_HALF_EVEN, "down": ROUND_FLOOR, "up": ROUND_CEILING}


def supported_decimals(value: float, low: float | None, high: float | None) -> int:
    """How many decimals the uncertainty supports; negative where even tens or hundreds are not certain.

    Two digits of the half-width below 3.55, one above: the rounding rule of the Particle Data Group
    (Review of Particle Physics, introduction, section 5.3). Three digits of the value where there is no interval.
    """
    if low is None or high is None or high - low <= 1e-12 * max(abs(low), abs(high)):
        return 2 - _magnitude(value) if value else 0
    half = (high - low) / 2
    magnitude = _magnitude(half)
    return -magnitude + (1 if half / 10.0**magnitude < 3.55 else 0)


def _magnitude(value: float) -> int:
    return math.floor(math.log10(abs(value)))


def rounded(value: float, decimals: int, towards: Towards = "nearest") -> Decimal:
    """The value at a number of decimals. Ends of intervals are rounded outwards, so that none gets narrower.

    Twelve significant digits are looked at: 0.1 + 0.2 is not rounded up to 0.4.
    """
    exact = Decimal(f"{value:.12g}")
    return exact.quantize(Decimal(1).scaleb(-decimals), rounding=_ROUNDING[towards])


def number(value: float, decimals: int, towards: Towards = "nearest") -> str:
    """The value with separators between thousands: 12,300 or −0.25."""
    found = rounded(value, decimals, towards)
    if found == 0:
        found = abs(found)
    return f"{found:,.{max(decimals, 0)}f}".replace("-", MINUS)


def count(value: int) -> str:
    """A whole number with separators between thousands."""
    return f"{value:,}".replace("-", MINUS)


def percentage(share: float, decimals: int) -> str:
    """A share in [0, 1] as a percentage with so many decimals."""
    return f"{number(100 * share, decimals)}{SPACE}%"


def with_unit(shown: str, unit: str) -> str:
    """A shown number with its unit: % and ms behind it, a currency in front of it."""
    if not unit:
        return shown
    if is_currency(unit):
        sign, digits = (MINUS, shown[1:]) if shown.startswith(MINUS) else ("", shown)
        return f"{sign}{SYMBOLS.get(unit, unit + SPACE)}{digits}"
    return f"{shown}{SPACE}{unit}"


def is_currency(unit: str) -> bool:
    """Whether a unit is a currency's code of three capitals."""
    return len(unit) == 3 and unit.isupper()


def price(amount: float, currency: str) -> str:
    """An amount of money that a person wrote, as it was written: at least two decimals where it has any."""
    exact = Decimal(str(amount)).normalize()
    places = -int(exact.as_tuple().exponent)
    return with_unit(number(amount, max(places, 2) if places > 0 else 0), currency)


def plural(amount: int, one: str, many: str = "") -> str:
    """A count with its noun: 1 claim, 3 claims."""
    return f"{count(amount)} {one if amount == 1 else many or one + 's'}"


def listed(items: list[str] | tuple[str, ...], word: str = "and") -> str:
    """Items as a sentence lists them: a, b and c."""
    *most, last = items or ("",)
    return f"{', '.join(most)} {word} {last}" if most else last


def day(time: str) -> str:
    """The day of a time as ISO 8601 writes it, as people read it: 22 November 2026."""
    found = datetime.fromisoformat(time)
    return f"{found.day} {found:%B %Y}"
