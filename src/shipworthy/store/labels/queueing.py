"""Filling the queue: a draw of rows in one transaction, and what becomes of rows that changed since."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence

import sqlalchemy as sa

from shipworthy.label.answers import Shown
from shipworthy.label.queue import Draw, Item
from shipworthy.store.labels.opening import Labels, reading, writing
from shipworthy.store.labels.tables import answers, draws, items, queues, slots

BATCH = 5_000


def queued(labels: Labels) -> tuple[str, ...]:
    """The ids of all items, in the order of the queue."""
    with reading(labels) as connection:
        own = sa.select(items.c.item).where(items.c.queue == labels.queue).order_by(items.c.position)
        return tuple(connection.execute(own).scalars())


def add(
    labels: Labels, draw: Draw, drawn: Sequence[Item], wanted: int, now: str, shown: Sequence[Shown] = ()
) -> int:
    """Put drawn rows at the end of the queue; how many are new. One that is in the queue already stays as it is.

    Args:
        labels: the queue.
        draw: how they were drawn.
        drawn: the items.
        wanted: how many people label each.
        now: the time.
        shown: whose answers they show, where they show answers.
    """
    with writing(labels) as connection:
        known = {*connection.execute(sa.select(items.c.item).where(items.c.queue == labels.queue)).scalars()}
        new = [item for item in drawn if item.id not in known]
        number = _next_number(connection, labels)
        line = {"strategy": draw.strategy, "part": draw.part, "note": draw.note, "at": now}
        columns = json.dumps(draw.columns)
        connection.execute(sa.insert(draws).values(queue=labels.queue, draw=number, columns=columns, **line))
        last = connection.execute(
            sa.select(sa.func.max(items.c.position)).where(items.c.queue == labels.queue)
        )
        start = int(last.scalar() or 0) + 1
        for at in range(0, len(new), BATCH):
            _insert(connection, labels, number, new[at : at + BATCH], start + at, wanted)
        fresh = {item.id for item in new}
        lines = [{"queue": labels.queue, **vars(each)} for each in shown if each.item in fresh]
        if lines:
            connection.execute(sa.insert(answers), lines)
    return len(new)


def _next_number(connection: sa.Connection, labels: Labels) -> int:
    """The number of the next draw; two people who draw at once wait for each other on the queue's own line."""
    own = sa.select(queues.c.queue).where(queues.c.queue == labels.queue).with_for_update()
    connection.execute(own)
    last = connection.execute(sa.select(sa.func.max(draws.c.draw)).where(draws.c.queue == labels.queue))
    return int(last.scalar() or 0) + 1


def _insert(
    connection: sa.Connection, labels: Labels, draw: int, batch: Sequence[Item], start: int, wanted: int
) -> None:
    placed = [(item, float(start + at)) for at, item in enumerate(batch)]
    lines = [
        {
            "queue": labels.queue,
            "item": item.id,
            "position": place,
            "draw": draw,
            "stratum": item.stratum,
            "probability": item.probability,
            "content": item.content,
            "shown": json.dumps(dict(item.shown), ensure_ascii=False),
            "wanted": wanted,
            "state": "open",
            "changed": 0,
        }
        for item, place in placed
    ]
    wants = [
        {"queue": labels.queue, "item": item.id, "slot": slot, "role": "label", "position": place}
        for item, place in placed
        for slot in range(1, wanted + 1)
    ]
    connection.execute(sa.insert(items), lines)
    connection.execute(sa.insert(slots), wants)


def compared_with(labels: Labels) -> str | None:
    """The fingerprint of the source that the items were last compared with."""
    with reading(labels) as connection:
        own = sa.select(queues.c.source).where(queues.c.queue == labels.queue)
        return connection.execute(own).scalar_one_or_none()


def shown_columns(labels: Labels) -> dict[str, tuple[str, ...]]:
    """The columns that each item was shown with, as its content is of these."""
    with reading(labels) as connection:
        own = sa.select(items.c.item, items.c.shown).where(items.c.queue == labels.queue)
        return {item: tuple(json.loads(shown)) for item, shown in connection.execute(own)}


def bring_up_to_date(labels: Labels, source: str, present: Mapping[str, Item]) -> None:
    """Compare every item with its row: one that nobody labelled takes the new content, others are marked.

    Args:
        labels: the queue.
        source: the fingerprint of the source that the rows are from.
        present: the rows of the source by id; an item without one is gone from it.
    """
    with writing(labels) as connection:
        own = sa.select(items.c.item, items.c.content).where(items.c.queue == labels.queue)
        stored = {line.item: line.content for line in connection.execute(own)}
        touched = {
            *connection.execute(
                sa.select(slots.c.item).where((slots.c.queue == labels.queue) & slots.c.labeller.is_not(None))
            ).scalars()
        }
        differing = {
            item
            for item, content in stored.items()
            if item not in present or present[item].content != content
        }
        _mark(connection, labels, stored.keys() - differing, 0)
        _mark(connection, labels, {item for item in differing if item in touched or item not in present}, 1)
        for item in differing - touched:
            if item in present:
                row = present[item]
                shown = json.dumps(dict(row.shown), ensure_ascii=False)
                own_item = (items.c.queue == labels.queue) & (items.c.item == item)
                filled = {"content": row.content, "shown": shown, "changed": 0}
                connection.execute(sa.update(items).where(own_item).values(**filled))
        connection.execute(sa.update(queues).where(queues.c.queue == labels.queue).values(source=source))


def _mark(connection: sa.Connection, labels: Labels, ids: Iterable[str], changed: int) -> None:
    """Set the mark of these items where it is another one."""
    wrong = (items.c.queue == labels.queue) & (items.c.changed != changed)
    marked = {*connection.execute(sa.select(items.c.item).where(wrong)).scalars()} & {*ids}
    for item in marked:
        own = (items.c.queue == labels.queue) & (items.c.item == item)
        connection.execute(sa.update(items).where(own).values(changed=changed))
