"""Numbers in texts: which have a decimal comma, and which may have thousands or decimals."""

from __future__ import annotations

import re

from shipworthy.audit.fault import Fault, RowShare
from shipworthy.audit.values.counted import Counted, grouped, of_column, rows_in

_NUMBER = re.compile(
    r"[+-]?(?:\d+|\d{1,3}(?:[ .,'’\u00a0\u202f]\d{3})+)(?:[.,]\d+)?(?:[eE][+-]?\d{1,3})?|[+-]?[.,]\d+"
)
_COMMA = re.compile(r"[+-]?(?:\d+|\d{1,3}(?:[ .'’\u00a0\u202f]\d{3})+),\d+")
_POINT = re.compile(r"[+-]?(?:\d+|\d{1,3}(?:[ ,'’\u00a0\u202f]\d{3})+)\.\d+")
_EITHER = re.compile(r"[+-]?[1-9]\d{0,2}[.,]\d{3}")


def is_number(value: str) -> bool:
    """Whether a text is a number, with or without thousands apart, decimals and an exponent."""
    return _NUMBER.fullmatch(value.strip()) is not None


def decimal_sign(value: str) -> str:
    """The sign before a number's decimals: "," or ".", "either" where three digits follow it, "" where there is none."""
    text = value.strip()
    if _EITHER.fullmatch(text):
        return "either " + ("," if "," in text else ".")
    return "," if _COMMA.fullmatch(text) else "." if _POINT.fullmatch(text) else ""


def number_formats(values: Counted, column: str = "") -> tuple[Fault, ...]:
    """Numbers with a decimal comma where engines read points, and numbers that may have thousands or decimals.

    Args:
        values: the values of a text column with their rows.
        column: its name.
    """
    total, of = rows_in(values), of_column(column)
    numbers = sum(rows for value, rows in values if is_number(value))
    if 2 * numbers < total or not numbers:
        return ()
    by_sign = grouped(values, [decimal_sign(value) for value, _ in values])
    commas, faults = rows_in(by_sign.get(",", [])), []
    if commas:
        points = rows_in(by_sign.get(".", []))
        beside = f", and {points:,} with a point" if points else ""
        what = f"{commas:,} of {numbers:,} numbers{of} are written with a decimal comma{beside}"
        faults.append(Fault("number_formats", "decimal_comma", what, RowShare(commas, numbers)))
    unclear = [*by_sign.get("either ,", []), *(by_sign.get("either .", []) if commas else [])]
    if unclear:
        rows = rows_in(unclear)
        what = (
            f"{rows:,} of {numbers:,} numbers{of} may have thousands or decimals after their comma or point"
        )
        faults.append(Fault("number_formats", "ambiguous", what, RowShare(rows, numbers)))
    return tuple(faults)
