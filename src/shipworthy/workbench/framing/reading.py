"""Values as people write them, as inputs in the unit of the catalogue."""

from __future__ import annotations

from shipworthy.errors import InputError
from shipworthy.evidence.framing import FrameInput, Known
from shipworthy.frame import SORTS, Sort, known
from shipworthy.spec import measures
from shipworthy.spec.measures import Measure, measured
from shipworthy.spec.quantity import SECONDS, Quantity, Rate
from shipworthy.spec.range import Range, read_range

DAY_S, MONTH_S = float(SECONDS["day"]), float(SECONDS["month"])
PER_UNIT_S = {"days": DAY_S, "months": MONTH_S, "ms": 0.001}
"""Seconds in each unit of time that inputs have."""

MEASURES: dict[str, Measure] = {
    "money": measures.MONEY,
    "money / decision": measures.GAIN_A_DECISION,
    "money / month": measures.MONEY_EACH_MONTH,
    "decisions / month": measures.DECISIONS,
    "edits / month": measures.EDITS,
    "share": measures.SHARE,
    "kappa": measures.AGREEMENT,
    "times": measures.FACTOR,
    "rows": measures.ROWS,
    "rows / week": measures.ROWS_A_WEEK,
    "days": measures.DELAY,
    "months": measures.MONTHS,
    "ms": measures.MILLISECONDS,
}
"""What an answer of each unit measures, which says how it is written."""

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
        return known(name, value.middle, how, source, low=value.low, high=value.high)
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
    return ", ".join(sort.words) if sort.words else MEASURES[sort.unit].example.replace("USD", currency)


def _written(sort: Sort, text: str, currency: str) -> Written:
    if sort.words:
        return {"y": "yes", "n": "no", "true": "yes", "false": "no"}.get(text.lower(), text.lower())
    found = measured(read_range(text), MEASURES[sort.unit])
    if found.unit.top not in ("", currency) and sort.unit.startswith("money"):
        raise ValueError(
            f"{text!r} is in {found.unit.top}, and {currency} is expected; write it in {currency}"
        )
    return found
