"""Keeping one label, and bringing its item up to date, inside a transaction of whoever has it."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from shipworthy.errors import InputError
from shipworthy.label.settling import outcome
from shipworthy.store.labels.opening import Labels
from shipworthy.store.labels.tables import items, people, slots


def keep(
    connection: sa.Connection,
    labels: Labels,
    given: tuple[str, str, str, str, str],
    *,
    numeric: bool,
) -> bool:
    """Keep (item, labeller, label, at, origin) within a transaction; whether it is new.

    Raises:
        InputError: as `give`.
    """
    item, name, label, at, origin = given
    row = locked(connection, labels, item)
    own = _own_slot(connection, labels, item, name)
    if own is not None and own["label"] is not None:
        if own["label"] == label:
            return False
        raise InputError(
            "label.given",
            f"{name} has labelled {item} {own['label'] or 'as not to be told'!r} already",
            remedy="Undo that label first.",
        )
    filled = {"labeller": name, "label": label, "at": at, "origin": origin, "until": None}
    slot = own or _free_slot(connection, labels, item, at)
    if slot is not None:
        connection.execute(sa.update(slots).where(slot_line(labels, slot)).values(**filled))
    else:
        _add_slot(connection, labels, item, {**filled, "role": "label", "position": row["position"]})
    settle(connection, labels, item, numeric=numeric)
    return True


def settle(connection: sa.Connection, labels: Labels, item: str, *, numeric: bool) -> None:
    """Bring an item's state up to date with its labels, and ask a further person where they disagree."""
    row = connection.execute(sa.select(items).where(item_line(labels, item))).mappings().one()
    own = (slots.c.queue == labels.queue) & (slots.c.item == item)
    found = connection.execute(sa.select(slots).where(own).order_by(slots.c.at)).mappings().all()
    blind = [each["label"] for each in found if each["role"] == "label" and each["label"] is not None]
    final = [each["label"] for each in found if each["role"] == "settle" and each["label"] is not None]
    now = outcome(blind, row["wanted"], final, numeric=numeric)
    connection.execute(
        sa.update(items).where(item_line(labels, item)).values(state=now.state, label=now.label)
    )
    asked = [each for each in found if each["role"] == "settle"]
    if now.state == "disagreed" and not asked:
        place = _soon(connection, labels, row["position"])
        _add_slot(connection, labels, item, {"role": "settle", "position": place})
    elif now.state != "disagreed":
        idle = own & (slots.c.role == "settle") & slots.c.label.is_(None) & slots.c.labeller.is_(None)
        connection.execute(sa.delete(slots).where(idle))


def locked(connection: sa.Connection, labels: Labels, item: str) -> Any:
    """The item, kept from others until the transaction ends."""
    found = connection.execute(sa.select(items).where(item_line(labels, item)).with_for_update())
    row = found.mappings().one_or_none()
    if row is None:
        raise InputError(
            "label.item", f"the queue has no item {item!r}", remedy="Look at: shipworthy label --status"
        )
    return row


def _own_slot(connection: sa.Connection, labels: Labels, item: str, name: str) -> Any:
    own = (slots.c.queue == labels.queue) & (slots.c.item == item) & (slots.c.labeller == name)
    return connection.execute(sa.select(slots).where(own)).mappings().one_or_none()


def _free_slot(connection: sa.Connection, labels: Labels, item: str, now: str) -> Any:
    """A slot of the item that nobody has."""
    free = (slots.c.queue == labels.queue) & (slots.c.item == item) & slots.c.label.is_(None)
    free &= slots.c.labeller.is_(None) | (slots.c.until < now)
    found = sa.select(slots).where(free).order_by(slots.c.role, slots.c.slot).limit(1)
    return connection.execute(found).mappings().one_or_none()


def _add_slot(connection: sa.Connection, labels: Labels, item: str, values: dict[str, Any]) -> None:
    own = (slots.c.queue == labels.queue) & (slots.c.item == item)
    last = connection.execute(sa.select(sa.func.max(slots.c.slot)).where(own)).scalar() or 0
    connection.execute(sa.insert(slots).values(queue=labels.queue, item=item, slot=last + 1, **values))


def _soon(connection: sa.Connection, labels: Labels, position: float) -> float:
    """A place of its own right after where the foremost person is."""
    reached = sa.select(sa.func.max(people.c.reached)).where(people.c.queue == labels.queue)
    foremost = connection.execute(reached).scalar()
    return max(position, foremost if foremost is not None else position) + 1 - 1 / (position + 2)


def item_line(labels: Labels, item: str) -> sa.ColumnElement[bool]:
    """The line of an item."""
    return (items.c.queue == labels.queue) & (items.c.item == item)


def slot_line(labels: Labels, found: Any) -> sa.ColumnElement[bool]:
    """The line of a slot that was found."""
    item, slot = str(found["item"]), int(found["slot"])
    return (slots.c.queue == labels.queue) & (slots.c.item == item) & (slots.c.slot == slot)
