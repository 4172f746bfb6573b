"""What people see of a row, and whether it is still the same row."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from shipworthy.evidence.record import content_hash
from shipworthy.label.queue import Item
from shipworthy.query.frame import row_id
from shipworthy.query.to_label import shown_rows

if TYPE_CHECKING:
    from shipworthy.store.labels.opening import Labels
    from shipworthy.workbench.session import Session


def read_items(session: Session, ids: Collection[str], columns: Sequence[str]) -> dict[str, Item]:
    """The rows with these ids as items, by id."""
    key = row_id(session.source, session.product)
    found = shown_rows(session.home, session.source, key, ids, columns)
    return {name: Item(name, shown, content_of(shown)) for name, shown in found.items()}


def content_of(shown: dict[str, str]) -> str:
    """A short hash of what a labeller saw."""
    return content_hash(shown)[:16]


def bring_up_to_date(session: Session, labels: Labels) -> None:
    """Compare the items with their rows where the source is another one than last time; labels of changed rows are kept and marked."""
    from shipworthy.store.labels.queueing import bring_up_to_date as bring
    from shipworthy.store.labels.queueing import compared_with, shown_columns

    if compared_with(labels) == session.source_fingerprint:
        return
    groups: dict[tuple[str, ...], list[str]] = {}
    for item, columns in shown_columns(labels).items():
        groups.setdefault(columns, []).append(item)
    present: dict[str, Item] = {}
    for columns, ids in groups.items():
        if {*columns} <= {*session.source.columns}:
            present |= read_items(session, ids, columns)
    bring(labels, session.source_fingerprint, present)
