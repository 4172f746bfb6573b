"""Dates in several formats, and dates whose day and month may be either way around."""

from __future__ import annotations

import re

from shipworthy.audit.fault import Fault, RowShare
from shipworthy.audit.values.counted import Counted, grouped, in_words, of_column, rows_in

_MONTHS = r"(?:[^\W\d_]{3,10})\.?"
_CLOCK = r"(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?(?: ?[AaPp][Mm])?(?: ?(?:Z|[+-]\d{2}:?\d{2}))?)?"
_DATES = {
    name: re.compile(f"(?:{pattern}){_CLOCK}")
    for name, pattern in {
        "2020-12-31": r"(?:1[6-9]|2[01])\d\d-(?:0?[1-9]|1[0-2])-(?:0?[1-9]|[12]\d|3[01])",
        "2020/12/31": r"(?:1[6-9]|2[01])\d\d/(?:0?[1-9]|1[0-2])/(?:0?[1-9]|[12]\d|3[01])",
        "2020.12.31": r"(?:1[6-9]|2[01])\d\d\.(?:0?[1-9]|1[0-2])\.(?:0?[1-9]|[12]\d|3[01])",
        "20201231": r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])",
        "31.12.2020": r"(?P<first>\d{1,2})\.(?P<second>\d{1,2})\.(?:(?:1[6-9]|2[01])\d\d|\d\d)",
        "31/12/2020": r"(?P<first>\d{1,2})/(?P<second>\d{1,2})/(?:(?:1[6-9]|2[01])\d\d|\d\d)",
        "31-12-2020": r"(?P<first>\d{1,2})-(?P<second>\d{1,2})-(?:(?:1[6-9]|2[01])\d\d|\d\d)",
        "31 December 2020": rf"\d{{1,2}}(?:\.|st|nd|rd|th)?[ -]{_MONTHS}[ -,]{{0,2}}\d{{4}}",
        "December 31, 2020": rf"{_MONTHS} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}",
    }.items()
}  # fmt: skip
"""The formats of dates, each named by what it looks like; those with `first` and `second` may begin with the day or the month."""


def date_format(value: str) -> str | None:
    """The format of a date: one of those above, with the day first, the month first or either; None where it is no date."""
    text = value.strip()
    for name, pattern in _DATES.items():
        match = pattern.fullmatch(text)
        if match:
            return _ordered(name, match)
    return None


def _ordered(name: str, match: re.Match[str]) -> str | None:
    if "first" not in match.re.groupindex:
        return name
    first, second = int(match["first"]), int(match["second"])
    if not (1 <= min(first, second) <= 12 and max(first, second) <= 31):
        return None
    if first > 12:
        return name
    sign = name[2]
    month_first = f"12{sign}31{sign}2020"
    return month_first if second > 12 else f"{name} or {month_first}"


_SAME = re.compile(r"\s*0?(\d{1,2})[./-]0?\1[./-]")
"""Day and month are the same number: either way is right."""


def date_formats(values: Counted, column: str = "") -> tuple[Fault, ...]:
    """Dates in another format than most, and dates whose day and month may be either way around.

    Dates that may be either are read as the others of their kind where these agree, and are a fault where there are none
    or where they do not. Nothing is said of columns of which less than half are dates.

    Args:
        values: the values of a text column with their rows.
        column: its name.
    """
    total, of = rows_in(values), of_column(column)
    by_format, unclear = _resolved(grouped(values, [date_format(value) or "" for value, _ in values]))
    dates = sum(rows_in(each) for each in by_format.values())
    if 2 * dates < total or not dates:
        return ()
    main = max(by_format, key=lambda name: rows_in(by_format[name]))
    others = {name: each for name, each in by_format.items() if name != main and " or " not in name}
    several, twofold = sum(rows_in(each) for each in others.values()), rows_in(unclear)
    faults = []
    if several:
        what = f"{several:,} of {dates:,} dates{of} are written in another way than most ({main}): {in_words(others)}"
        faults.append(Fault("date_formats", "several", what, RowShare(several, dates)))
    if twofold:
        what = f"{twofold:,} of {dates:,} dates{of} may have the day or the month first"
        faults.append(Fault("date_formats", "ambiguous", what, RowShare(twofold, dates)))
    return tuple(faults)


def _resolved(
    formats: dict[str, list[tuple[str, int]]],
) -> tuple[dict[str, list[tuple[str, int]]], list[tuple[str, int]]]:
    """Dates by format, those that may be either with the way that others prove, and those that stay unclear."""
    by_format, unclear = {name: each for name, each in formats.items() if name}, list[tuple[str, int]]()
    for name in [name for name in by_format if " or " in name]:
        proven = [way for way in name.split(" or ") if way in by_format]
        if len(proven) == 1:
            by_format[proven[0]] += by_format.pop(name)
        else:
            unclear += [each for each in by_format[name] if not _SAME.match(each[0])]
    return by_format, unclear
