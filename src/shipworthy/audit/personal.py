"""Personal data in the values of one column: what, in how many rows, and by what it was told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from shipworthy.audit.fault import SHOWN, Fault, RowShare, places_of
from shipworthy.personal.coverage import COVERAGE, Coverage
from shipworthy.personal.masking import masked_span
from shipworthy.personal.searching import Finder, column_words, spans_in
from shipworthy.personal.span import Span
from shipworthy.stats.proportion import clopper_pearson

CHANCE_CONFIDENCE = 0.998
"""How sure it must be that check digits are passed more often than by chance, or that fewer than half are."""


@dataclass(frozen=True)
class Personal:
    """The personal data of one column.

    Attributes:
        column: which.
        looked_at: rows with a value that were looked at.
        faults: one for each kind found, the most frequent first; their examples are masked.
        by: what looked: the patterns here, and another finder if there was one.
    """

    column: str
    looked_at: int
    faults: tuple[Fault, ...]
    by: tuple[str, ...]

    @property
    def places(self) -> tuple[int, ...]:
        """The positions of the rows with any personal data."""
        return places_of(self.faults)

    @property
    def coverage(self) -> Mapping[str, Coverage]:
        """What each kind that was found covers, and misses."""
        return {fault.kind: COVERAGE[fault.kind] for fault in self.faults if fault.kind in COVERAGE}


def personal_data(
    texts: Sequence[str | None], column: str = "", also: Finder | None = None, also_by: str = ""
) -> Personal:
    """The personal data in a column's values; None and empty values are not looked at.

    Args:
        texts: the values, a bounded sample of rows.
        column: its name, which may say what it holds.
        also: another finder, whose spans count where none of the patterns here found any.
        also_by: its name and version.
    """
    words, found = column_words(column), dict[str, dict[int, Span]]()
    failed: dict[str, int] = {}
    in_text = {text: (*spans_in(text, words, also),) for text in {*texts} if text}
    for place, text in enumerate(texts):
        for span in in_text[text] if text else ():
            if span.passes is False:
                failed[span.kind] = failed.get(span.kind, 0) + 1
                continue
            known = found.setdefault(span.kind, {}).setdefault(place, span)
            if known.passes is not None and span.passes is None:
                found[span.kind][place] = span
    looked_at = sum(bool(text and text.strip()) for text in texts)
    kept = {kind: _beyond_chance(kind, rows, failed.get(kind, 0)) for kind, rows in found.items()}
    faults = (_fault(kind, rows, texts, looked_at, column) for kind, rows in kept.items() if rows)
    by = ("patterns", also_by) if also else ("patterns",)
    return Personal(column, looked_at, tuple(sorted(faults, key=lambda fault: -fault.share.rows)), by)


def _beyond_chance(kind: str, rows: Mapping[int, Span], failed: int) -> Mapping[int, Span]:
    """The rows without those whose check digit passes as often as it would by chance."""
    chance = COVERAGE[kind].chance if kind in COVERAGE else None
    passed = sum(span.passes is not None for span in rows.values())
    if chance is None or passed == 0 or failed == 0:
        return rows
    low, high = clopper_pearson(passed, passed + failed, CHANCE_CONFIDENCE)
    if low > chance or high >= 0.5:
        return rows
    return {place: span for place, span in rows.items() if span.passes is None}


def _fault(
    kind: str, rows: Mapping[int, Span], texts: Sequence[str | None], looked_at: int, column: str
) -> Fault:
    share, of = RowShare(len(rows), looked_at), f" of {column}" if column else ""
    name = COVERAGE[kind].name if kind in COVERAGE else kind.replace("_", " ")
    what = f"{share.rows:,} of {looked_at:,} values{of} seem to hold personal data: {name}"
    shown = (masked_span(texts[place] or "", span) for place, span in rows.items())
    return Fault(
        "personal",
        kind,
        what,
        share,
        tuple(sorted(rows)),
        tuple(dict.fromkeys(islice(shown, 10 * SHOWN)))[:SHOWN],
    )
