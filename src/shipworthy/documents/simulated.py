"""Simulated numbers as they are shown: shares, spreads with their 5 % and 95 % points, at the digits that these support."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from shipworthy.documents.figure import Figure, Scale, Sentence, figure, sentence
from shipworthy.documents.wording import supported_decimals

if TYPE_CHECKING:
    from shipworthy.evidence import Quantiles

PERCENT = Scale(100.0, 0.0, "%")


def whole_percent(value: float, path: str) -> Figure:
    """A share as a whole percentage."""
    return figure(value, path, PERCENT, 0)


def spread(found: Quantiles, path: str, scale: Scale) -> Sentence:
    """A simulated number as `middle (low to high)`, its 5 % and 95 % points; what is beyond all is "never"."""
    places = decimals(
        *(None if each is None else scale.shown(each) for each in (found.middle, found.low, found.high))
    )

    def shown(key: str, value: float | None) -> Sentence:
        return ("no end",) if value is None else (figure(value, f"{path}/{key}", scale, places),)

    if found.low == found.high:
        return shown("middle", found.middle)
    return sentence(
        shown("middle", found.middle), " (", shown("low", found.low), " to ", shown("high", found.high), ")"
    )


def exact(value: float) -> int:
    """The decimals of a number that a person wrote."""
    return max(-int(Decimal(f"{value:.6g}").normalize().as_tuple().exponent), 0)


def decimals(value: float | None, low: float | None, high: float | None) -> int:
    """Two digits of the spread, or three of a single number; money by the cent at most, unless it is less than that."""
    found = supported_decimals(value or 0.0, low, high)
    return min(found, 2) if abs(value or 0.0) >= 0.1 else found
