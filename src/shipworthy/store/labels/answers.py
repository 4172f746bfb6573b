"""The answers of a queue: whose they are, where they stand, and those that are withdrawn as they are no longer given."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import sqlalchemy as sa

from shipworthy.label.answers import Kept, Shown
from shipworthy.store.labels.opening import Labels, reading, writing
from shipworthy.store.labels.tables import answers, draws, items, slots

BATCH = 500


def kept_answers(labels: Labels) -> tuple[Kept, ...]:
    """Every answer of the queue, in its order."""
    own = sa.and_(items.c.queue == answers.c.queue, items.c.item == answers.c.item)
    drawn = sa.and_(items.c.queue == draws.c.queue, items.c.draw == draws.c.draw)
    found = (
        sa.select(answers, draws.c.strategy, items.c.state, items.c.label)
        .join_from(answers, items, own)
        .join(draws, drawn)
        .where(answers.c.queue == labels.queue)
        .order_by(items.c.position)
    )
    with reading(labels) as connection:
        return tuple(
            Kept(Shown(*line[1:7]), line.strategy, line.state, line.label)
            for line in connection.execute(found)
        )


def withdraw(labels: Labels, names: Iterable[str]) -> None:
    """Ask nobody for these answers any more: those with a verdict keep it and are marked, the others leave the queue."""
    listed = sorted({*names})
    with writing(labels) as connection:
        for at in range(0, len(listed), BATCH):
            _withdraw(connection, labels, listed[at : at + BATCH])


def _withdraw(connection: sa.Connection, labels: Labels, names: Sequence[str]) -> None:
    own = (slots.c.queue == labels.queue) & slots.c.item.in_(names)
    given = sa.select(slots.c.item).where(own & slots.c.label.is_not(None))
    touched = {*connection.execute(given).scalars()}
    connection.execute(sa.delete(slots).where(own & slots.c.label.is_(None)))
    marked = (items.c.queue == labels.queue) & items.c.item.in_(sorted(touched))
    connection.execute(sa.update(items).where(marked).values(changed=1))
    gone = sorted({*names} - touched)
    for table in (items, answers):
        connection.execute(sa.delete(table).where((table.c.queue == labels.queue) & table.c.item.in_(gone)))
