"""The steps of a person at work: come, take, label, skip, undo, leave. One transaction each."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from shipworthy.errors import InputError
from shipworthy.label.queue import Offer
from shipworthy.store.labels.keeping import item_line, keep, locked, settle, slot_line
from shipworthy.store.labels.opening import Labels, unless_there, writing
from shipworthy.store.labels.tables import items, people, slots

BEFORE_ALL = -1.0
STEP = 1e-6


@dataclass(frozen=True)
class Person:
    """Somebody at work under a name; the session tells two people with one name apart."""

    name: str
    session: str


def later(now: str, seconds: float) -> str:
    """A moment so many seconds after another, both as the clock writes them."""
    moment = datetime.fromisoformat(now) + timedelta(seconds=seconds)
    return moment.isoformat(timespec="microseconds").replace("+00:00", "Z")


def join(
    labels: Labels,
    person: Person,
    now: str,
    lease_s: float,
    gone: Callable[[str], bool] = lambda _: False,
) -> None:
    """Take a name for a session; one that was left, that is gone, or that was silent for a lease may be taken over.

    Raises:
        InputError: somebody else works under the name.
    """
    key = (people.c.queue == labels.queue) & (people.c.name == person.name)
    line = {"queue": labels.queue, "name": person.name, "session": None, "seen_at": now}
    with writing(labels) as connection:
        connection.execute(unless_there(connection, people, {**line, "reached": BEFORE_ALL}))
        found = connection.execute(sa.select(people).where(key).with_for_update()).mappings().one()
        other = found["session"]
        if other not in (None, person.session) and later(found["seen_at"], lease_s) > now and not gone(other):
            raise InputError(
                "label.name_taken",
                f"somebody labels as {person.name} already, last at {found['seen_at'][11:16]} UTC",
                remedy="Take another name with --as. If it was you, close the other window first.",
            )
        connection.execute(sa.update(people).where(key).values(session=person.session, seen_at=now))


def leave(labels: Labels, person: Person) -> None:
    """Give the name and every lent row back."""
    with writing(labels) as connection:
        _free(connection, labels, person)
        key = (people.c.queue == labels.queue) & (people.c.name == person.name)
        connection.execute(
            sa.update(people).where(key & (people.c.session == person.session)).values(session=None)
        )


def take(labels: Labels, person: Person, now: str, lease_s: float) -> Offer | None:
    """Lend the next item to a person: the one that the person has, else the next in the queue; None where none is left.

    Nobody gets an item twice, and a slot whose lease has ended is free again.

    Raises:
        InputError: somebody else took the name in the meantime.
    """
    with writing(labels) as connection:
        reached = _present(connection, labels, person, now)
        found = _held(connection, labels, person)
        if found is None:
            found = _next(connection, labels, person, now, reached) or _next(
                connection, labels, person, now, BEFORE_ALL
            )
            if found is None:
                return None
            key = (people.c.queue == labels.queue) & (people.c.name == person.name)
            connection.execute(sa.update(people).where(key).values(reached=found["position"]))
        until = later(now, lease_s)
        connection.execute(
            sa.update(slots).where(slot_line(labels, found)).values(labeller=person.name, until=until)
        )
        shown = connection.execute(
            sa.select(items.c.shown).where(item_line(labels, found["item"]))
        ).scalar_one()
        return Offer(found["item"], json.loads(shown), found["role"], until)


def give(
    labels: Labels, person: Person, item: str, label: str, now: str, origin: str, *, numeric: bool
) -> None:
    """Keep a person's label of an item. Where the lease ended and somebody else has the slot, it is one label more.

    Raises:
        InputError: somebody else took the name in the meantime, the item is not in the queue, or this person has
            labelled it already, and not alike.
    """
    with writing(labels) as connection:
        _present(connection, labels, person, now)
        keep(connection, labels, (item, person.name, label, now, origin), numeric=numeric)


def skip(labels: Labels, person: Person, item: str, now: str) -> None:
    """Give one item back; it comes again when everything else is done.

    Raises:
        InputError: somebody else took the name in the meantime.
    """
    with writing(labels) as connection:
        _present(connection, labels, person, now)
        _free(connection, labels, person, item)


def undo(labels: Labels, person: Person, now: str, *, numeric: bool) -> str | None:
    """Take back the person's newest label and lend its item again; the item, or None where there is none.

    Raises:
        InputError: somebody else took the name in the meantime.
    """
    mine = (slots.c.queue == labels.queue) & (slots.c.labeller == person.name)
    with writing(labels) as connection:
        _present(connection, labels, person, now)
        newest = sa.select(slots).where(mine & slots.c.label.is_not(None) & (slots.c.origin != "import"))
        found = connection.execute(newest.order_by(slots.c.at.desc()).limit(1)).mappings().one_or_none()
        if found is None:
            return None
        locked(connection, labels, found["item"])
        _give_back(connection, labels, person)
        emptied = {"label": None, "at": None, "origin": None, "until": now}
        connection.execute(sa.update(slots).where(slot_line(labels, found)).values(**emptied))
        settle(connection, labels, found["item"], numeric=numeric)
        return str(found["item"])


def _present(connection: sa.Connection, labels: Labels, person: Person, now: str) -> float:
    """How far the person has come, after it is sure that the name is still theirs."""
    key = (people.c.queue == labels.queue) & (people.c.name == person.name)
    found = connection.execute(sa.select(people).where(key).with_for_update()).mappings().one_or_none()
    if found is None or found["session"] != person.session:
        raise InputError(
            "label.name_taken",
            f"somebody else labels as {person.name} by now",
            remedy="Take another name with --as. Labels that were confirmed are kept.",
        )
    connection.execute(sa.update(people).where(key).values(seen_at=now))
    return float(found["reached"])


def _held(connection: sa.Connection, labels: Labels, person: Person) -> Any:
    """The slot that the person has and has not filled, even where its lease has ended."""
    mine = (slots.c.queue == labels.queue) & (slots.c.labeller == person.name) & slots.c.label.is_(None)
    return connection.execute(sa.select(slots).where(mine).limit(1)).mappings().one_or_none()


def _next(connection: sa.Connection, labels: Labels, person: Person, now: str, reached: float) -> Any:
    """The first free slot after a place in the queue, of an item that the person has not had."""
    other = slots.alias()
    had = sa.exists().where(
        (other.c.queue == labels.queue) & (other.c.item == slots.c.item) & (other.c.labeller == person.name)
    )
    free = (slots.c.queue == labels.queue) & slots.c.label.is_(None) & (slots.c.position > reached)
    free &= slots.c.labeller.is_(None) | (slots.c.until < now)
    first = sa.select(slots).where(free & ~had).order_by(slots.c.position).limit(1)
    return connection.execute(first.with_for_update(skip_locked=True)).mappings().one_or_none()


def _free(connection: sa.Connection, labels: Labels, person: Person, item: str | None = None) -> None:
    """Give back what the person has and has not labelled."""
    mine = (slots.c.queue == labels.queue) & (slots.c.labeller == person.name) & slots.c.label.is_(None)
    mine &= sa.true() if item is None else slots.c.item == item
    connection.execute(sa.update(slots).where(mine).values(labeller=None, until=None))


def _give_back(connection: sa.Connection, labels: Labels, person: Person) -> None:
    """Give back the row that the person has, to get it next but one."""
    held = _held(connection, labels, person)
    if held is not None:
        _free(connection, labels, person)
        key = (people.c.queue == labels.queue) & (people.c.name == person.name)
        connection.execute(sa.update(people).where(key).values(reached=held["position"] - STEP))
