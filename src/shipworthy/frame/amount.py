"""Numbers between two ends, and what is known of their sums, products and order (interval arithmetic, Moore 1966)."""

from __future__ import annotations

from dataclasses import dataclass

NONE: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Amount:
    """A number from `low` to `high`; `missing` names the inputs without which it is not known, `wide` those that have a range."""

    low: float
    high: float
    missing: frozenset[str] = NONE
    wide: frozenset[str] = NONE

    def __add__(self, other: Amount) -> Amount:
        return self._joined(other, self.low + other.low, self.high + other.high)

    def __sub__(self, other: Amount) -> Amount:
        return self._joined(other, self.low - other.high, self.high - other.low)

    def __mul__(self, other: Amount) -> Amount:
        ends = [a * b for a in (self.low, self.high) for b in (other.low, other.high)]
        return self._joined(other, min(ends), max(ends))

    def times(self, factor: float) -> Amount:
        """The amount scaled by a number that is known."""
        return self * Amount(factor, factor)

    def below(self, other: Amount) -> bool | None:
        """Whether it is less than another one whatever both are; None where that depends, or an input is missing."""
        if self.missing or other.missing:
            return None
        if self.high < other.low:
            return True
        return False if self.low >= other.high else None

    def open_with(self, other: Amount) -> tuple[str, ...]:
        """The inputs that keep the order of two amounts from being known: the missing ones, else those with a range."""
        return tuple(sorted(self.missing | other.missing or self.wide | other.wide))

    def _joined(self, other: Amount, low: float, high: float) -> Amount:
        return Amount(low, high, self.missing | other.missing, self.wide | other.wide)


def exactly(value: float) -> Amount:
    """A number that is known."""
    return Amount(value, value)
