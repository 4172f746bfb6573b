"""What an audit looks at without a claim: ownership, lines, columns, the contract, times, and signs of leakage."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from shipworthy.audit import columns, contract, coverage, leakage, sources
from shipworthy.personal import without_personal
from shipworthy.query.leaks import filled_by_answer, order_of_time
from shipworthy.workbench.audits.representing import selected
from shipworthy.workbench.clock import now

if TYPE_CHECKING:
    from shipworthy.evidence import ColumnProfile, Finding, TimeBin
    from shipworthy.query.data_rows import DataRows
    from shipworthy.query.sampled import Sample
    from shipworthy.spec.contract import Contract
    from shipworthy.workbench.audits.texts import TextColumns
    from shipworthy.workbench.session import Session


@dataclass(frozen=True)
class Seen:
    """What was found of all rows before: the profile of each column, a sample and its texts, the contract, and the rows by time.

    `numbers` are the columns of whole numbers that hold personal data.
    """

    columns: tuple[ColumnProfile, ...]
    sample: Sample
    contract: Contract
    span: str
    timeline: tuple[TimeBin, ...]
    texts: TextColumns
    numbers: TextColumns


def looked_at(session: Session, rows: DataRows, seen: Seen) -> Iterator[Finding]:
    """One finding for each thing that is worth telling."""
    yield from sources.ownership(session.product)
    newest = seen.timeline[-1].start if seen.timeline else ""
    yield from sources.age(session.product, newest, now())
    yield from sources.reading(unread(session))
    yield from contract.drift(seen.contract, seen.columns)
    free = [name for name, texts in seen.texts.items() if texts.free]
    yield from columns.column_findings(session.product, seen.columns, free)
    for column in seen.columns:
        if column.name == rows.source.time:
            yield from coverage.unread_times(column.name, column.present, seen.timeline)
    yield from coverage.holes(seen.span, seen.timeline)
    yield from _leaks(rows)
    if rows.label in rows.table.columns and _unlabelled(rows, seen):
        yield from selected(session, rows, seen.sample)


def _unlabelled(rows: DataRows, seen: Seen) -> bool:
    """Whether some rows have a label and some have none."""
    return any(each.name == rows.label and each.missing and each.present for each in seen.columns)


def unread(session: Session) -> sources.Unread:
    """What of the files could not be read."""
    if not session.reads_on:
        return sources.Unread()
    read = session.examples_read
    return sources.Unread(
        tuple((each.file, each.line, without_personal(each.why)) for each in read.broken), read.encoding
    )


def _leaks(rows: DataRows) -> Iterator[Finding]:
    """Signs that answers or test rows leak."""
    if rows.kind == "binary":
        yield from leakage.filled_by_answer(filled_by_answer(rows))
    if rows.source.time and rows.plan.by not in ("none", "time"):
        found = order_of_time(rows)
        if found is not None:
            ends = (found.last_train, found.first_test, found.last_test)
            times = [each.isoformat(sep=" ", timespec="seconds") for each in ends]
            yield from leakage.backwards(times[0], times[1], times[2], found.later, found.train)
