"""What the queue holds: counts, settled labels, and everything that was said."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from shipworthy.label.queue import MEASURES, Given, Item, Settled
from shipworthy.store.labels.opening import Labels, reading
from shipworthy.store.labels.tables import draws, items, slots


@dataclass(frozen=True)
class Worker:
    """One person's work: labels given, of which so many say that it cannot be told."""

    name: str
    labels: int
    cannot_tell: int


@dataclass(frozen=True)
class Status:
    """Where the queue stands. `wanted` labels of `items` in all, of which `labels` are given.

    `states` counts items by state, `strategies` by how they were drawn; `lent` slots are with somebody now, `waiting`
    items wait for a further person, and `changed` ones are other rows by now. `differing` are the ids whose label in the
    source is another one; only who has the source knows them.
    """

    items: int
    wanted: int
    labels: int
    lent: int
    changed: int
    states: dict[str, int]
    strategies: dict[str, int]
    workers: tuple[Worker, ...]
    differing: tuple[str, ...] = ()


def status(labels: Labels, now: str) -> Status:
    """Where the queue stands at this moment."""
    own, slot = items.c.queue == labels.queue, slots.c.queue == labels.queue
    lent = slot & slots.c.label.is_(None) & (slots.c.until >= now)
    with reading(labels) as connection:
        states = connection.execute(
            sa.select(items.c.state, sa.func.count()).where(own).group_by(items.c.state)
        )
        by_state = {str(state): int(count) for state, count in states}
        drawn = sa.select(draws.c.strategy, sa.func.count()).join_from(items, draws, _same_draw()).where(own)
        grouped = connection.execute(drawn.group_by(draws.c.strategy))
        by_strategy = {str(strategy): int(count) for strategy, count in grouped}
        counts = sa.select(sa.func.count(), sa.func.count(slots.c.label)).where(slot)
        wanted, given = connection.execute(counts).one()
        out = connection.execute(sa.select(sa.func.count()).where(lent)).scalar_one()
        changed = connection.execute(
            sa.select(sa.func.count()).where(own & (items.c.changed != 0))
        ).scalar_one()
        told = sa.func.count(sa.func.nullif(slots.c.label, ""))
        people = sa.select(slots.c.labeller, sa.func.count(), told).where(slot & slots.c.label.is_not(None))
        found = connection.execute(people.group_by(slots.c.labeller).order_by(slots.c.labeller)).all()
    workers = tuple(Worker(name, count, count - known) for name, count, known in found)
    return Status(sum(by_state.values()), wanted, given, out, changed, by_state, by_strategy, workers)


def labels_by(labels: Labels, name: str) -> int:
    """How many labels one person has given."""
    own = (slots.c.queue == labels.queue) & (slots.c.labeller == name) & slots.c.label.is_not(None)
    with reading(labels) as connection:
        return int(connection.execute(sa.select(sa.func.count()).where(own)).scalar_one())


def settled(labels: Labels) -> tuple[Settled, ...]:
    """Every item that has its label, by id."""
    with reading(labels) as connection:
        own = (items.c.queue == labels.queue) & (items.c.state == "settled")
        columns = (
            items.c.item,
            items.c.label,
            draws.c.strategy,
            draws.c.part,
            draws.c.columns,
            items.c.changed,
        )
        found = sa.select(*columns).join_from(items, draws, _same_draw()).where(own).order_by(items.c.item)
        return tuple(
            Settled(item, label, strategy, part, tuple(json.loads(by)), bool(changed))
            for item, label, strategy, part, by, changed in connection.execute(found)
        )


def unsettled(labels: Labels) -> dict[str, int]:
    """How many drawn rows were labelled and came to no label: `disagreed` and `unclear` ones; imported ones do not count."""
    own = (items.c.queue == labels.queue) & items.c.state.in_(("disagreed", "unclear"))
    drawn = sa.select(items.c.state, sa.func.count()).join_from(items, draws, _same_draw())
    with reading(labels) as connection:
        found = connection.execute(drawn.where(own & draws.c.strategy.in_(MEASURES)).group_by(items.c.state))
        return {str(state): int(count) for state, count in found}


def given(labels: Labels) -> tuple[Given, ...]:
    """Every label that anybody gave, in the order of the queue and then of time."""
    with reading(labels) as connection:
        own = (slots.c.queue == labels.queue) & slots.c.label.is_not(None)
        columns = (slots.c.item, slots.c.labeller, slots.c.label, slots.c.role, slots.c.at, slots.c.origin)
        found = (
            sa.select(*columns).where(own).order_by(slots.c.position, slots.c.item, slots.c.at, slots.c.slot)
        )
        return tuple(Given(*each) for each in connection.execute(found))


def each_item(labels: Labels) -> Iterator[tuple[Item, str, str | None]]:
    """Every item with its state and its label, in the order of the queue."""
    with reading(labels) as connection:
        own = sa.select(items).where(items.c.queue == labels.queue).order_by(items.c.position)
        for row in connection.execute(own).mappings():
            item = Item(
                row["item"], json.loads(row["shown"]), row["content"], row["stratum"], row["probability"]
            )
            yield item, row["state"], row["label"]


def _same_draw() -> sa.ColumnElement[bool]:
    return (items.c.queue == draws.c.queue) & (items.c.draw == draws.c.draw)
