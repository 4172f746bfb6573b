"""What is told of the values of a text column without a claim."""

from __future__ import annotations

from collections.abc import Iterator

from shipworthy.audit.fault import Fault
from shipworthy.audit.values.counted import Counted, rows_in
from shipworthy.audit.values.dates import date_formats
from shipworthy.audit.values.decimals import number_formats
from shipworthy.audit.values.mixed import mixed_types
from shipworthy.audit.values.spellings import inconsistent
from shipworthy.evidence import Finding

LONGEST = 50
"""Columns of longer texts (on average) hold no values to compare."""

REPEATED = 2
"""Rows that a value has on average, from which on spellings are compared: names and ids differ by a letter rightly."""

STEPS = {
    "inconsistent": "Write each in one way, where the data are made or before they are read: now they count as different.",
    "mixed_types": "Leave the value empty where there is none, and keep one type in a column.",
    "date_formats": "Write all dates as 2024-12-31: nobody can tell which number is the day.",
    "number_formats": "Write all numbers with a decimal point and without signs between thousands.",
}


def value_faults(values: Counted, column: str) -> tuple[Fault, ...]:
    """What is written in several ways, or of several types.

    Args:
        values: the values of a text column with their rows; of all rows, or of a bounded sample.
        column: its name.
    """
    rows = rows_in(values)
    if not rows or sum(len(value) * count for value, count in values) > LONGEST * rows:
        return ()
    of_all = (*mixed_types(values, column), *date_formats(values, column), *number_formats(values, column))
    return (*inconsistent(values, column), *of_all) if rows >= REPEATED * len(values) else of_all


def value_findings(faults: tuple[Fault, ...], column: str) -> Iterator[Finding]:
    """Each as a line of the card."""
    for fault in faults:
        rows, shown = fault.share.rows, f": {'; '.join(fault.examples)}" if fault.examples else ""
        yield Finding(
            fault.sort, column, "amber", f"{fault.what}{shown}", rows,
            cost=f"{rows:,} rows to mend", next_step=STEPS[fault.sort],
        )  # fmt: skip
