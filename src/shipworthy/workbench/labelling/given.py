"""The queue's labels back into the product: which are used, which are not, and what each counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from shipworthy.errors import InputError
from shipworthy.label.queue import MEASURES, Settled
from shipworthy.label.weighting import Cell, alike, factors, unreached
from shipworthy.query.frame import row_id
from shipworthy.query.given_labels import (
    beside,
    cell_sums,
    differing,
    lent_labels,
    marked,
    weighted,
    with_labels,
)
from shipworthy.query.split import TEST, VALIDATION
from shipworthy.workbench.labelling.contents import bring_up_to_date
from shipworthy.workbench.labelling.opening import kept_labels

if TYPE_CHECKING:
    from shipworthy.query.frame import Frame
    from shipworthy.workbench.session import Session

SHOWN = 5
UNSETTLED = {"disagreed": "on which people differ", "unclear": "that nobody can tell"}


@dataclass(frozen=True)
class GivenLabels:
    """The settled labels of a queue, held against the source.

    `used` fill rows that have no label of their own; the source's labels of the others stand, and `differing` are
    the ids of those that the queue labels otherwise. `changed` is how many are left out because their row is another
    one by now, or gone. `unsettled` counts drawn rows by why they came to no label. `table` is what was lent to the
    engine. `again` are labels of rows that were drawn at random among those that the source has labels for.
    """

    used: tuple[Settled, ...]
    differing: tuple[str, ...]
    changed: int
    unsettled: Mapping[str, int]
    table: Any
    again: tuple[Settled, ...] = ()

    @property
    def basis(self) -> list[list[str]]:
        """What decides which row has which label, for fingerprints."""
        return [[each.item, each.label, each.strategy] for each in self.used]

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns whose slices were drawn with chances of their own."""
        return tuple(sorted({column for each in self.used for column in each.columns}))


def given_labels(session: Session) -> GivenLabels | None:
    """The labels that people gave, where there are any.

    Raises:
        InputError: one does not fit the column of the source.
    """
    labels = kept_labels(session.opened)
    if labels is None or not {session.product.label, session.product.data.examples.id} <= {
        *session.source.columns,
        None,
    }:
        return None
    from shipworthy.store.labels.reading import settled, unsettled

    found = settled(labels)
    if not found:
        return None
    bring_up_to_date(session, labels)
    found = settled(labels)
    present = [each for each in found if not each.changed]
    product, key = session.product, row_id(session.source, session.product)
    try:
        first = lent_labels(session.home, session.source[product.label], _lines(present), "labels_kept")
        own = differing(session.home, session.source, key, product.label, first)
        used = tuple(each for each in present if each.item not in own)
        table = lent_labels(session.home, session.source[product.label], _lines(used))
    except (ValueError, KeyError) as error:
        raise InputError(
            "label.type",
            f"a label of the queue does not fit the column {product.label}: {error}",
            where=session.opened.places.of("predicts", "target"),
            remedy="Store the labels of the source in one type, or name the classes as the source writes them.",
        ) from None
    apart = tuple(name for name, (_, differs) in own.items() if differs)
    again = tuple(each for each in present if each.strategy == "again" and each.item in own)
    return GivenLabels(used, apart, len(found) - len(present), unsettled(labels), table, again)


def with_second(session: Session, examples: Any, column: str) -> Any:
    """The examples beside what people said of rows that were labelled again, as a column; null of all others.

    Args:
        session: whose queue.
        examples: the rows.
        column: how the new column is called.
    """
    label = session.source[session.product.label]
    given = session.labelled.again if session.labelled else ()
    lent = lent_labels(session.home, label, _lines(given), "labels_again")
    return beside(examples, row_id(examples, session.product), lent, column)


def filled(session: Session, given: GivenLabels) -> Any:
    """The examples with the given labels where the source has none."""
    key = row_id(session.source, session.product)
    return with_labels(session.source, key, session.product.label, given.table)


def _lines(labels: Sequence[Settled]) -> list[tuple[str, str, bool]]:
    return [(each.item, each.label, each.strategy not in MEASURES) for each in labels]


@dataclass(frozen=True, eq=False)
class Measured:
    """The frame in which drawn labels count for the rows that they stand for, with what is to be said of it."""

    frame: Frame
    notes: tuple[str, ...]


def measured(session: Session, frame: Frame, given: GivenLabels) -> Measured:
    """The frame with the labels that measure, weighted by the chances of their draws, and what was left out."""
    if not given.used:
        return Measured(frame, tuple(_counts(given)))
    frame = marked(frame, given.table)
    sums = cell_sums(frame, given.columns)
    rule = session.product.labelling.given
    by_cell, notes = [], list(_counts(given))
    for part in (VALIDATION, TEST):
        rows = [row for row in sums if row["split"] == part]
        cells = [Cell(float(row["rows"]), float(row["source"]), float(row["drawn"])) for row in rows]
        if not any(cell.drawn for cell in cells):
            continue
        found = factors(cells, rule)
        notes += _left_out(part, unreached(cells, rule))
        if not alike(cells, found):
            by_cell += [(row, by.source, by.drawn) for row, by in zip(rows, found, strict=True)]
            notes.append(_weighed(session, part, given.columns))
    notes += _apart_from_measure(given, sums)
    return Measured(weighted(frame, given.columns, by_cell) if by_cell else frame, tuple(notes))


def _counts(given: GivenLabels) -> Sequence[str]:
    """How many labels of the queue are used, and which are not."""
    notes = []
    if given.used:
        notes.append(f"{_labels(len(given.used), 'is', 'are')} of the queue, where the source has none")
    if given.differing:
        shown = ", ".join(given.differing[:SHOWN]) + (", …" if len(given.differing) > SHOWN else "")
        notes.append(
            f"{_labels(len(given.differing), 'of the queue differs', 'of the queue differ')} from the source, which stands: {shown}"
        )
    if given.changed:
        notes.append(
            f"{_labels(given.changed, 'of the queue is', 'of the queue are')} kept and not used, as rows have changed since or are gone"
        )
    if given.unsettled:
        why = [
            f"{given.unsettled[state]:,} {said}"
            for state, said in UNSETTLED.items()
            if state in given.unsettled
        ]
        notes.append(f"left out, and likely hard: of the drawn rows {' and '.join(why)}")
    return notes


def _labels(number: int, one: str, more: str) -> str:
    """`1 label is`, `5 labels are`."""
    return f"{number:,} label{'' if number == 1 else 's'} {one if number == 1 else more}"


def _weighed(session: Session, part: str, columns: Sequence[str]) -> str:
    """How labelled rows of a part are weighted."""
    by = f", slice by slice of {' and '.join(columns)}" if columns else ""
    if session.product.labelling.given == "chosen":
        return f"labels of the source count for themselves, those of drawn {part} rows for all others{by}"
    return f"labelled {part} rows are weighted so that they stand for all {part} rows{by}"


def _left_out(part: str, share: float) -> Sequence[str]:
    if share <= 0:
        return ()
    return (
        f"{100 * share:.3g} % of the {part} rows had no chance to be labelled, or none was: nothing is known of them",
    )


def _apart_from_measure(given: GivenLabels, sums: Sequence[dict[str, Any]]) -> Sequence[str]:
    """What was drawn to learn from and lies in rows that judge."""
    learns = sum(each.strategy not in MEASURES for each in given.used)
    measuring = len(given.used) - learns
    used = sum(int(row["labels"]) for row in sums)
    left = measuring + learns - used
    if left <= 0:
        return ()
    return (
        f"{_labels(left, 'was', 'were')} drawn to learn from, of rows that judge or set thresholds: left out",
    )
