"""What an uncertain number of product.yaml measures: which units it may bear, and the one that is reckoned in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from shipworthy.spec.quantity import SECONDS
from shipworthy.spec.range import Range, Unit, is_currency

Kind = Literal[
    "money", "share", "agreement", "factor", "decision", "row", "edit", "token", "person", "person-month", "hour", "time",
]  # fmt: skip
Per = Literal["", "time", "week", "year", "decision", "token", "hour", "person-month"]

TOKENS = 1e6
"""Token prices are reckoned per million."""

PLAUSIBLE_TOKEN_PRICE = (0.01, 100.0)
"""Prices of a million tokens that language models are sold at, in currencies of the dollar's size."""

LONGEST_DAYS = 3_653
"""No stretch of work is planned for longer than ten years."""

_LIKE_THE_DOLLAR = frozenset(("", "USD", "EUR", "GBP", "CHF", "CAD", "AUD"))
_TIMES = frozenset(("day", "week", "month", "year"))
_NAMES = {"": "a plain number", "%": "%"}


@dataclass(frozen=True)
class Measure:
    """One kind of number: what it counts, per what, in which unit it is shown, and how it is written.

    `bare` says that a number without a unit is taken in the unit that is shown.
    """

    kind: Kind
    per: Per
    shown: str
    example: str
    bare: bool = True
    negative: bool = False


MONEY = Measure("money", "", "{currency}", "40_000..60_000 USD")
MONEY_A_MONTH = Measure("money", "time", "{currency} / month", "1_000..2_000 USD / month")
MONEY_A_DECISION = Measure("money", "decision", "{currency} / decision", "0.002..0.004 USD / decision")
GAIN_A_DECISION = Measure(
    "money", "decision", "{currency} / decision", "0.01..0.03 USD / decision", negative=True
)
MONEY_A_TOKEN = Measure("money", "token", "{currency} / 1M tokens", "0.15..0.60 USD / 1M tokens", bare=False)
MONEY_AN_HOUR = Measure("money", "hour", "{currency} / hour", "1.5..3 USD / hour")
MONEY_A_PERSON_MONTH = Measure(
    "money", "person-month", "{currency} / person-month", "9_000..12_000 USD / person-month"
)
TOKENS_A_DECISION = Measure("token", "decision", "tokens / decision", "400..900 tokens / decision")
DECISIONS = Measure("decision", "time", "decisions / month", "1_500_000..2_500_000 / month", bare=False)
SHARE = Measure("share", "", "", "20 %..40 %")
SHARE_A_YEAR = Measure("share", "year", "/ year", "-30 %..0 % / year", negative=True)
DISCOUNT = Measure("share", "year", "/ year", "5 %..10 % / year")
PEOPLE = Measure("person", "", "people", "0.2..0.5 people")
PERSON_MONTHS = Measure("person-month", "", "person-months", "4 / 6 / 10 person-months")
HOURS_A_MONTH = Measure("hour", "time", "hours / month", "200..730 hours / month")
MONEY_EACH_MONTH = Measure("money", "time", "{currency} / month", "1_500 USD / month", bare=False)
AGREEMENT = Measure("agreement", "", "", "0.6..0.8", negative=True)
FACTOR = Measure("factor", "", "times", "1.2")
ROWS = Measure("row", "", "rows", "200")
ROWS_A_WEEK = Measure("row", "week", "rows / week", "500 / week")
EDITS = Measure("edit", "time", "edits / month", "2 / month", bare=False)
DELAY = Measure("time", "", "days", "30 days", bare=False)
MONTHS = Measure("time", "", "months", "6 months", bare=False)
MILLISECONDS = Measure("time", "", "ms", "800 ms", bare=False)
DAYS = Measure("time", "", "days", "2 / 3 / 6 weeks", bare=False)


def measured(found: Range, measure: Measure, *, sure: bool = False) -> Range:
    """The range in the unit that its measure is reckoned in; `unit.top` stays the currency of money.

    Raises:
        ValueError: the unit is not one of the measure, the number is impossible, or so unlikely that it is asked
            for again (`sure` says that it is meant).
    """
    written, unit = found.written, found.unit
    if not measure.bare and unit == Unit():
        raise ValueError(f"{written!r} has no unit; write it as {measure.example}")
    factor = _of_top(unit, measure, written) * _of_per(unit, measure, written)
    converted = found.times(factor)
    _possible(converted, measure)
    if measure.kind == "money" and measure.per == "token" and not sure:
        _plausible(converted)
    return converted


def _of_top(unit: Unit, measure: Measure, written: str) -> float:
    """What the unit's size is worth in that of the measure."""
    top, kind = unit.top, measure.kind
    if kind == "share":
        factor = {"%": 0.01, "": 1.0}.get(top)
    elif kind == "money":
        factor = 1.0 if not top or is_currency(top) else None
    elif kind == "time":
        shown = measure.shown.removesuffix("s") if measure.shown != "ms" else "ms"
        known = _TIMES if measure == DAYS else SECONDS
        factor = float(SECONDS[top] / SECONDS[shown]) if top in known else None
    elif kind == "person-month":
        factor = {"": 1.0, "person-month": 1.0, "person-year": 12.0}.get(top)
    else:
        factor = 1.0 if top in ("", kind) else None
    if factor is None:
        raise ValueError(f"{written!r} counts in {_NAMES.get(top, top)}; write it as {measure.example}")
    return factor


def _of_per(unit: Unit, measure: Measure, written: str) -> float:
    """What the rate's base is worth in that of the measure."""
    per, count = unit.per, unit.count
    factor: float | None = None
    if not per:
        factor = 1.0 if measure.bare or not measure.per else None
    elif measure.per in ("time", "week"):
        base = SECONDS["month" if measure.per == "time" else "week"]
        factor = float(base / SECONDS[per]) / count if per in _TIMES else None
    elif measure.per == "token":
        factor = TOKENS / count if per == "token" else None
    elif measure.per == "person-month":
        factor = {"month": 1.0, "person-month": 1.0, "year": 1 / 12, "person-year": 1 / 12}.get(per)
    elif measure.per and per == measure.per:
        factor = 1 / count
    if factor is None:
        found = f"counts per {per}" if per else f"does not say per how much {measure.per}"
        raise ValueError(f"{written!r} {found}; write it as {measure.example}")
    return factor


def _possible(found: Range, measure: Measure) -> None:
    if found.low < 0 and not measure.negative:
        raise ValueError(f"{found.written!r} goes below zero; write it as {measure.example}")
    if measure.kind == "share" and not measure.per and found.high > 1:
        raise ValueError(f"{found.written!r} goes above 100 %; write a share as {measure.example}")
    if measure.kind == "agreement" and not -1 <= found.low <= found.high <= 1:
        raise ValueError(
            f"{found.written!r} is no agreement between -1 and 1; write Cohen's kappa, as {measure.example}"
        )
    if measure.kind == "share" and measure.per and not found.unit.top and found.high > 1:
        told = f"{100 * found.high:g} % a year"
        raise ValueError(f"{found.written!r} is {told}; write it with %, as {measure.example}")
    if measure.kind == "share" and measure.per and found.low <= -1:
        raise ValueError(
            f"{found.written!r} loses all or more within a year; write a change as {measure.example}"
        )
    if measure == DAYS and found.high > LONGEST_DAYS:
        raise ValueError(f"{found.written!r} is longer than ten years; write it as {measure.example}")
    if measure in (DECISIONS, DAYS) and found.low <= 0:
        raise ValueError(f"{found.written!r} is not above zero; write it as {measure.example}")


def _plausible(found: Range) -> None:
    """A price that no model is sold at is asked for again: prices per 1K and per 1M tokens differ 1,000-fold."""
    least, most = PLAUSIBLE_TOKEN_PRICE
    if found.unit.top not in _LIKE_THE_DOLLAR or found.high == 0 or least <= found.middle <= most:
        return
    other = "1K" if found.middle < least else "1M"
    raise ValueError(
        f"{found.written!r} is {found.middle:g} per 1M tokens, where models are sold at {least:g} to {most:g}; "
        f"if it is the price of {other} tokens, write / {other} tokens, else write it with sure: yes"
    )
