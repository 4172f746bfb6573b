"""Texts of several types in one column: words among numbers, numbers among words, words that stand for nothing."""

from __future__ import annotations

from shipworthy.audit.fault import SHOWN, Fault, RowShare
from shipworthy.audit.values.counted import Counted, examples_of, grouped, in_words, of_column, rows_in
from shipworthy.audit.values.dates import date_format
from shipworthy.audit.values.decimals import is_number

FEW = 0.05
"""Below this share numbers and dates among words are words too, such as the name of a street."""

NOTHING = frozenset(
    [
        "-",
        "--",
        ".",
        "?",
        "??",
        "*",
        "/",
        "n/a",
        "na",
        "n.a.",
        "#n/a",
        "none",
        "null",
        "nil",
        "nan",
        "missing",
        "unknown",
        "unk",
        "undefined",
        "tbd",
        "not available",
        "not applicable",
        "no answer",
        "(blank)",
        "(none)",
        "unbekannt",
        "keine",
        "k.a.",
        "inconnu",
        "aucun",
        "desconocido",
        "ninguno",
        "sconosciuto",
        "onbekend",
    ]
)
"""Words that stand for no value, in small letters."""

_TRUTHS = frozenset(["true", "false", "yes", "no"])


def form_of(value: str) -> str:
    """What a text is by itself: a number, a date, true or false, nothing, or words."""
    text = value.strip()
    if not text or text.lower() in NOTHING:
        return "nothing"
    if text.lower() in _TRUTHS:
        return "true or false"
    if date_format(text) and not text.isdecimal():
        return "date"
    return "number" if is_number(text) else "words"


def mixed_types(values: Counted, column: str = "") -> tuple[Fault, ...]:
    """Values of another type than most: words among numbers or dates, or numbers and dates among words.

    A few numbers among words are no fault; words that stand for no value are one of their own.

    Args:
        values: the values of a text column with their rows.
        column: its name.
    """
    by_form = grouped(values, [form_of(value) for value, _ in values])
    total, of = rows_in(values), of_column(column)
    faults = []
    nothing = by_form.pop("nothing", [])
    if nothing and by_form:
        rows = rows_in(nothing)
        what = f"{rows:,} of {total:,} values{of} are words that stand for no value"
        faults.append(
            Fault("mixed_types", "stands_for_nothing", what, RowShare(rows, total), (), examples_of(nothing))
        )
    main = max(by_form, key=lambda form: rows_in(by_form[form]), default="")
    others = {form: each for form, each in by_form.items() if form != main}
    rows = sum(rows_in(each) for each in others.values())
    if rows and (main != "words" or rows >= FEW * total):
        named = in_words(others)
        what = f"{rows:,} of {total:,} values{of} are of another type than the rest ({main}): {named}"
        shown = tuple(example for each in others.values() for example in examples_of(each))
        faults.append(Fault("mixed_types", "other_type", what, RowShare(rows, total), (), shown[:SHOWN]))
    return tuple(faults)
