"""Amounts in the sentences of rules: money, counts and shares at three digits, ranges with their two ends."""

from __future__ import annotations

import math

from shipworthy.frame.amount import Amount

SYMBOLS = {"USD": "$", "EUR": "€", "GBP": "£"}


def number(value: float) -> str:
    """At three digits, whole from 100 on, with separators between thousands."""
    if value == 0 or abs(value) >= 100:
        return f"{value:,.0f}".replace("-", "−")
    shown = f"{value:.{max(2 - math.floor(math.log10(abs(value))), 0)}f}"
    return shown.rstrip("0").rstrip(".").replace("-", "−")


def money(amount: Amount, currency: str) -> str:
    """An amount of money: $12,000, or $8,000 to $12,000."""
    ends = dict.fromkeys(_coins(end, currency) for end in (amount.low, amount.high))
    return " to ".join(ends)


def _coins(value: float, currency: str) -> str:
    sign, symbol = "−" if value < 0 else "", SYMBOLS.get(currency, f"{currency} ")
    return f"{sign}{symbol}{number(abs(value))}"


def counted(amount: Amount) -> str:
    """A plain number or its range."""
    return " to ".join(dict.fromkeys(number(end) for end in (amount.low, amount.high)))


def percent(share: float) -> str:
    """A share as a percentage."""
    return f"{number(100 * share)} %"
