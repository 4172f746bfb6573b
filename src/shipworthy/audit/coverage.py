"""How rows and labels are spread over time and segments: estimates that nobody asked for, and the holes in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise

from shipworthy.audit.judging import EXAMPLES
from shipworthy.evidence import Estimate, Finding, TimeBin
from shipworthy.judge.comparison import estimate_of
from shipworthy.metrics import Definition, define, measure
from shipworthy.spec.claim import Metric
from shipworthy.spec.model import Product
from shipworthy.tally.needs import Needs, merged
from shipworthy.tally.scan import Tallies

LEVEL = 0.95
LEAST_ROWS = 20
"""Rows that a span of time must have before its share of labels is worth telling."""

DAYS = {"day": 1, "week": 7, "month": 31, "year": 366}


def counted(product: Product) -> tuple[Definition, ...]:
    """What is counted of each segment without being asked: rows, labels, and positives where answers are yes or no."""
    names = ("rows", "labelled", *(("positives",) if product.predicts.kind == "binary" else ()))
    return tuple(define(Metric(name), None) for name in names)


def coverage_needs(product: Product, columns: Sequence[str]) -> Needs:
    """What to scan for them, by these columns."""
    return merged(each.needs((column,)) for each in counted(product) for column in columns)


def coverage(
    product: Product, columns: Sequence[str], tallies: Tallies, known: Mapping[str, Sequence[str]]
) -> Iterator[Estimate]:
    """Rows, labels and positives of each segment."""
    for definition in counted(product):
        for column in columns:
            found = measure(definition, tallies, (column,), LEVEL)
            for label in known[column]:
                at, slice_ = found.position((label,)), {column: label}
                yield estimate_of(definition, found, at, EXAMPLES, slice_, LEVEL)


def holes(span: str, bins: Sequence[TimeBin]) -> Iterator[Finding]:
    """Spans of time without a row, and the one with the fewest labels where that is under half of the rest."""
    gaps = [
        (first.start, second.start)
        for first, second in pairwise(bins)
        if _days(first.start, second.start) > DAYS[span]
    ]
    if gaps:
        shown = ", ".join(f"after {first} until {second}" for first, second in gaps[:3])
        more = f" and {len(gaps) - 3} more" if len(gaps) > 3 else ""
        step = "Find out whether nothing happened then, or nobody wrote it down."
        yield Finding("time_gap", "", "amber", f"no rows {shown}{more}", next_step=step)
    yield from _unlabelled(span, bins)


def unread_times(name: str, present: int, bins: Sequence[TimeBin]) -> Iterator[Finding]:
    """Times that are texts which no calendar knows."""
    rows = present - sum(each.rows for each in bins)
    if rows > 0:
        what = f"{rows:,} of {present:,} values are no time that can be read"
        step = "Write every time alike, as in 2026-01-31 12:00:00."
        yield Finding("time_unread", name, "red", what, rows, cost=f"{rows:,} rows to mend", next_step=step)


def _unlabelled(span: str, bins: Sequence[TimeBin]) -> Iterator[Finding]:
    rows, labelled = sum(each.rows for each in bins), sum(each.labelled for each in bins)
    enough = [each for each in bins if each.rows >= LEAST_ROWS]
    if not rows or not enough:
        return
    worst = min(enough, key=lambda each: each.labelled / each.rows)
    share, overall = worst.labelled / worst.rows, labelled / rows
    if share < overall / 2:
        what = (
            f"in the {span} from {worst.start} on, {100 * share:.3g} % of {worst.rows:,} rows are labelled,"
            f" where it is {100 * overall:.3g} % of all"
        )
        step = "Label rows of that time, or wait until their labels are known: what is judged is the labelled part."
        yield Finding("labels_by_time", "", "amber", what, worst.rows - worst.labelled, next_step=step)


def _days(first: str, second: str) -> int:
    return (date.fromisoformat(second) - date.fromisoformat(first)).days
