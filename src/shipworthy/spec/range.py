"""Numbers that nobody knows exactly: `40_000..80_000 USD`, `$2_000 / month`, `8..12 %`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from shipworthy.spec.quantity import SECONDS, Quantity, read_quantity

_PER = re.compile(r"(?P<amount>[^/]*)/\s*(?P<per>[a-z]+)\s*")
_TO = re.compile(r"\s+to\s+|\s*\.\.\s*")


@dataclass(frozen=True)
class Range:
    """A number between two ends, which are equal where it is known: with a currency or no unit, and per a length of time or none.

    Shares are in [0, 1], lengths of time in milliseconds, as `Quantity.value` gives them.
    """

    low: float
    high: float
    unit: str = ""
    per: str = ""
    written: str = ""

    @property
    def per_month(self) -> Range:
        """The same per month.

        Raises:
            ValueError: it is not per a length of time.
        """
        if not self.per:
            raise ValueError(f"{self} does not say per what; write for example '1_000 USD / month'")
        times = float(SECONDS["month"] / SECONDS[self.per])
        return Range(times * self.low, times * self.high, self.unit, "month", self.written)

    def __str__(self) -> str:
        return self.written


def read_range(text: str) -> Range:
    """The range that a text states: one number, or two with `..` or `to` between them.

    Raises:
        ValueError: an end is no number, the ends differ in unit, or the lesser one stands last.
    """
    rate = _PER.fullmatch(text)
    if "/" in text and (rate is None or rate["per"] not in SECONDS):
        raise ValueError(
            f"{text!r} is not per a length of time; write it as NUMBER / day, week, month or year"
        )
    ends = [read_quantity(part) for part in _TO.split((rate["amount"] if rate else text).strip())]
    if len(ends) > 2:
        raise ValueError(f"{text!r} has more than two ends; write the lesser and the greater, as in 40..80")
    first, last = ends[0], ends[-1]
    unit = _unit(first, last, text)
    low, high = Quantity(first.number, unit).value, Quantity(last.number, unit).value
    if low > high:
        raise ValueError(
            f"{text!r} is upside down; write the lesser number first: {last.number:f}..{first.number:f}"
        )
    return Range(low, high, unit, rate["per"] if rate else "", " ".join(text.split()))


def _unit(first: Quantity, last: Quantity, text: str) -> str:
    """The unit of both ends, which one of them may leave out."""
    if first.unit and last.unit and first.unit != last.unit:
        raise ValueError(f"{text!r} has two units, {first.unit} and {last.unit}; keep one")
    return first.unit or last.unit
