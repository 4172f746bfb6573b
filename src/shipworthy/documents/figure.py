"""Figures: numbers that know which number of which record they came from, and sentences that hold them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from shipworthy.documents import wording

if TYPE_CHECKING:
    from shipworthy.evidence import Estimate


@dataclass(frozen=True)
class Scale:
    """How a number of the record becomes the one that is shown: `offset + factor * number`, in a unit."""

    factor: float = 1.0
    offset: float = 0.0
    unit: str = ""
    most_decimals: int = 9

    def shown(self, value: float) -> float:
        """The number that is shown for a number of the record."""
        return self.offset + self.factor * value

    def times(self, factor: float, unit: str | None = None, most_decimals: int = 9) -> Scale:
        """The same scale in another size, as from one decision to all of a month."""
        unit = self.unit if unit is None else unit
        return Scale(self.factor * factor, self.offset * factor, unit, most_decimals)


@dataclass(frozen=True)
class Figure:
    """One shown number: its text, the JSON pointer of its source in the record, and the way from there to here.

    `decimals` says to which place the shown number is rounded (-2: to hundreds). `record` is the id of the record, where a
    document rests on several; "" is the one that the document is about.
    """

    text: str
    path: str
    scale: Scale = Scale()
    decimals: int = 0
    record: str = ""


Sentence = tuple[str | Figure, ...]


def sentence(*parts: str | Figure | Sentence) -> Sentence:
    """One sentence from texts, figures and sentences."""
    flat: list[str | Figure] = []
    for part in parts:
        flat.extend(part if isinstance(part, tuple) else (part,))
    return tuple(flat)


def of_record(words: Sentence, record: str) -> Sentence:
    """A sentence whose figures come from the record with this id."""
    return tuple(replace(part, record=record) if isinstance(part, Figure) else part for part in words)


def plain_text(words: Sentence) -> str:
    """A sentence as text alone."""
    return "".join(part.text if isinstance(part, Figure) else part for part in words)


def counted(value: int, path: str) -> Figure:
    """A count as it stands in the record."""
    return Figure(wording.count(value), path)


def figure(
    value: float, path: str, scale: Scale, decimals: int, towards: wording.Towards = "nearest"
) -> Figure:
    """A number of the record on a scale, rounded to a place."""
    text = wording.with_unit(wording.number(scale.shown(value), decimals, towards), scale.unit)
    return Figure(text, path, scale, decimals)


def _bound(value: float, path: str, scale: Scale, decimals: int, towards: wording.Towards) -> Figure:
    """An end of an interval: only a currency is repeated, other units stand behind the value."""
    shown = wording.number(scale.shown(value), decimals, towards)
    unit = scale.unit if wording.is_currency(scale.unit) else ""
    return Figure(wording.with_unit(shown, unit), path, scale, decimals)


def measured(estimate: Estimate, path: str, scale: Scale) -> Sentence:
    """An estimate as `value (low to high)`, at the precision that its interval supports."""
    if estimate.value is None:
        return ("not measured",)
    value = figure(estimate.value, f"{path}/value", scale, decimals_of(estimate, scale))
    if estimate.low == estimate.high:
        return (value,)
    least, greatest = _bounds(estimate, path, scale)
    if least and greatest:
        return (value, " (", least, " to ", greatest, ")")
    if least or greatest:
        return (value, " (at least " if least else " (at most ", least or greatest or "", ")")
    return (value,)


def point(estimate: Estimate, path: str, scale: Scale) -> Sentence:
    """The value of an estimate alone, at the precision that its interval supports."""
    return measured(
        replace(estimate, low=None, high=None),
        path,
        replace(scale, most_decimals=decimals_of(estimate, scale)),
    )


def decimals_of(estimate: Estimate, scale: Scale) -> int:
    """The decimals at which an estimate is shown on a scale."""
    if estimate.value is None:
        return 0
    low, high = (None if bound is None else scale.shown(bound) for bound in (estimate.low, estimate.high))
    if low is not None and high is not None and high < low:
        low, high = high, low
    shown = scale.shown(estimate.value)
    most = 2 if wording.is_currency(scale.unit) and abs(shown) >= 0.1 else 9
    return min(wording.supported_decimals(shown, low, high), scale.most_decimals, most)


def _bounds(estimate: Estimate, path: str, scale: Scale) -> tuple[Figure | None, Figure | None]:
    """The shown bounds, the lesser first: a negative scale turns them round."""
    decimals = decimals_of(estimate, scale)
    ends = [(f"{path}/low", estimate.low), (f"{path}/high", estimate.high)]
    if scale.factor < 0:
        ends.reverse()
    (low_path, low), (high_path, high) = ends
    least = None if low is None else _bound(low, low_path, scale, decimals, "down")
    greatest = None if high is None else _bound(high, high_path, scale, decimals, "up")
    return least, greatest
