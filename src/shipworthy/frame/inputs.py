"""The inputs of framing: what there is to ask, in which unit, and the values that are known; unknown is a value of its own."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from shipworthy.evidence.framing import FrameInput, Known
from shipworthy.frame.amount import Amount
from shipworthy.frame.catalogue import CATALOGUE, SORTS, Sort


def unknown(name: str) -> FrameInput:
    """An input that nobody stated or measured."""
    return FrameInput(name, None, SORTS[name].unit, "unknown", "")


def known(
    name: str,
    value: float | str,
    how: Known,
    source: str,
    *,
    record: str | None = None,
    low: float | None = None,
    high: float | None = None,
) -> FrameInput:
    """An input with a value: a word, or a number with its ends, which are the number where none are given.

    Raises:
        ValueError: the value is none that the input can have.
    """
    sort = SORTS[name]
    if isinstance(value, str):
        if value not in sort.words:
            raise ValueError(f"{name} is one of {', '.join(sort.words)}, not {value!r}")
        return FrameInput(name, value, sort.unit, how, source, record)
    ends = (value if low is None else low, value if high is None else high)
    if sort.words or not sort.low <= ends[0] <= value <= ends[1] <= sort.high or not math.isfinite(value):
        raise ValueError(
            f"{name} is no number from {sort.low:g} to {sort.high:g} between its ends: {value:g}"
        )
    return FrameInput(name, value, sort.unit, how, source, record, *ends)


@dataclass(frozen=True)
class Inputs:
    """Every input of one decision by name, those of no value included; amounts of money are in `currency`."""

    given: Mapping[str, FrameInput]
    currency: str = "USD"

    @cached_property
    def all(self) -> tuple[FrameInput, ...]:
        """Every input in the order of the catalogue."""
        return tuple(self.given.get(sort.name) or unknown(sort.name) for sort in CATALOGUE)

    def of(self, name: str) -> FrameInput:
        """The input with a name; one without a value where it is not known."""
        return self.given.get(name) or unknown(name)

    def word(self, name: str) -> str | None:
        """The word that an input has; None where it is unknown."""
        found = self.of(name).value
        return found if isinstance(found, str) else None

    def amount(self, name: str) -> Amount:
        """The number that an input has, with its ends, or that it is missing."""
        found = self.of(name)
        if not isinstance(found.value, float | int):
            return Amount(0.0, 0.0, missing=frozenset((name,)))
        low = found.value if found.low is None else found.low
        high = found.value if found.high is None else found.high
        return Amount(low, high, wide=frozenset((name,) if low < high else ()))

    def knows(self, name: str) -> bool:
        """Whether an input has a value."""
        return self.of(name).value is not None

    def having(self, changed: FrameInput) -> Inputs:
        """The same inputs with one of another value."""
        return replace(self, given={**self.given, changed.name: changed})


__all__ = ["CATALOGUE", "SORTS", "Inputs", "Sort", "known", "unknown"]
