"""Values as people write them, as inputs in the unit of the catalogue."""

from __future__ import annotations

from shipworthy.errors import InputError
from shipworthy.evidence.framing import FrameInput, Known
from shipworthy.frame import SORTS, Sort, known
from shipworthy.spec.quantity import SECONDS, Quantity, Rate
from shipworthy.spec.range import Range, read_range

DAY_S, MONTH_S = float(SECONDS["day"]), float(SECONDS["month"])
PER_UNIT_S = {"days": DAY_S, "months": MONTH_S, "ms": 0.001}
"""Seconds in each unit of time that inputs have."""

SHOWN = {
    "": "yes or no",
    "money": "40_000..80_000 USD",
    "money / decision": "0.02",
    "money / month": "1_500 USD / month",
    "decisions / month": "2_000_000 / month",
    "edits / month": "2 / month",
    "share": "8..12 %",
    "kappa": "0.7",
    "rows": "200",
    "rows / week": "500",
    "days": "30 days",
    "months": "6 months",
    "ms": "800 ms",
}
"""How an answer of each unit is written, for example."""

Written = bool | float | str | Range | Quantity | Rate


def input_of(name: str, value: Written, source: str, how: Known = "assumption") -> FrameInput:
    """An input from a value of product.yaml.

    Raises:
        ValueError: it is none that the input can have.
    """
    sort = SORTS[name]
    if isinstance(value, bool):
        return known(name, "yes" if value else "no", how, source)
    if isinstance(value, str):
        return known(name, value, how, source)
    if isinstance(value, Quantity):
        return known(name, value.seconds / PER_UNIT_S[sort.unit], how, source)
    if isinstance(value, Rate):
        return known(name, value.per_day * MONTH_S / DAY_S, how, source)
    if isinstance(value, Range):
        found = value.per_month if value.per else value
        return known(name, (found.low + found.high) / 2, how, source, low=found.low, high=found.high)
    return known(name, float(value), how, source)


def answered(name: str, text: str, currency: str) -> FrameInput:
    """An input from what a person answers to its question.

    Raises:
        InputError: the answer is none that the input can have.
    """
    sort = SORTS[name]
    try:
        return input_of(name, _written(sort, text.strip(), currency), "answered")
    except ValueError as error:
        message, _, remedy = str(error).rpartition("; ")
        message = message or remedy
        raise InputError(
            "frame.answer",
            f"{name}: {message}",
            remedy=f"Write for example: {example(sort, currency)}",
        ) from None


def example(sort: Sort, currency: str) -> str:
    """How an answer is written, for example."""
    return ", ".join(sort.words) if sort.words else SHOWN[sort.unit].replace("USD", currency)


def _written(sort: Sort, text: str, currency: str) -> Written:
    if sort.words:
        return {"y": "yes", "n": "no", "true": "yes", "false": "no"}.get(text.lower(), text.lower())
    found = read_range(text)
    if sort.unit in PER_UNIT_S:
        return _time(found, sort, text)
    if sort.unit.endswith("/ month") != bool(found.per) and sort.unit != "rows / week":
        raise ValueError(f"{text!r} {'is' if found.per else 'is not'} per a length of time")
    money = sort.unit.startswith("money")
    if found.unit not in (("", currency) if money else ("", "%") if sort.unit == "share" else ("",)):
        raise ValueError(
            f"{text!r} is in {found.unit}, and {currency if money else 'a plain number'} is expected"
        )
    return found


def _time(found: Range, sort: Sort, text: str) -> Range:
    """A length of time in the unit of its input."""
    if found.unit not in SECONDS or found.per:
        raise ValueError(f"{text!r} is not a length of time")
    scale = 0.001 / PER_UNIT_S[sort.unit]
    return Range(found.low * scale, found.high * scale, "", "", found.written)
