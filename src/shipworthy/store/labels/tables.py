"""The tables of the queue. Times are UTC texts that sort; positions are floats, so that an item can come in between."""

from __future__ import annotations

from sqlalchemy import (
    Column,
    Float,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    UniqueConstraint,
)

metadata = MetaData()

queues = Table(
    "label_queues",
    metadata,
    Column("queue", String, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("source", String),
)
"""One line per queue; `source` is the fingerprint of the rows that its items were last compared with."""

people = Table(
    "label_people",
    metadata,
    Column("queue", String, nullable=False),
    Column("name", String, nullable=False),
    Column("session", String),
    Column("seen_at", String, nullable=False),
    Column("reached", Float, nullable=False),
    PrimaryKeyConstraint("queue", "name"),
)
"""Who labels: the one session that may use the name now, when it last did, and how far down the queue it has come."""

draws = Table(
    "label_draws",
    metadata,
    Column("queue", String, nullable=False),
    Column("draw", Integer, nullable=False),
    Column("at", String, nullable=False),
    Column("strategy", String, nullable=False),
    Column("part", String, nullable=False),
    Column("columns", String, nullable=False),
    Column("note", String, nullable=False),
    PrimaryKeyConstraint("queue", "draw"),
)
"""How rows came into the queue; `columns` are those whose slices had chances of their own, as a JSON list."""

items = Table(
    "label_items",
    metadata,
    Column("queue", String, nullable=False),
    Column("item", String, nullable=False),
    Column("position", Float, nullable=False),
    Column("draw", Integer, nullable=False),
    Column("stratum", String, nullable=False),
    Column("probability", Float, nullable=False),
    Column("content", String, nullable=False),
    Column("shown", String, nullable=False),
    Column("wanted", Integer, nullable=False),
    Column("state", String, nullable=False),
    Column("label", String),
    Column("changed", Integer, nullable=False),
    PrimaryKeyConstraint("queue", "item"),
)
"""The rows to label, as they were when they came in; `changed` where the source has another content by now."""

answers = Table(
    "label_answers",
    metadata,
    Column("queue", String, nullable=False),
    Column("item", String, nullable=False),
    Column("candidate", String, nullable=False),
    Column("row", String, nullable=False),
    Column("output", String, nullable=False),
    Column("judge", String, nullable=False),
    Column("population", String, nullable=False),
    PrimaryKeyConstraint("queue", "item"),
)
"""Whose answer an item shows, where it shows one: kept apart from what labellers see."""

slots = Table(
    "label_slots",
    metadata,
    Column("queue", String, nullable=False),
    Column("item", String, nullable=False),
    Column("slot", Integer, nullable=False),
    Column("role", String, nullable=False),
    Column("position", Float, nullable=False),
    Column("labeller", String),
    Column("until", String),
    Column("label", String),
    Column("at", String),
    Column("origin", String),
    PrimaryKeyConstraint("queue", "item", "slot"),
    UniqueConstraint("queue", "item", "labeller"),
)
"""One line per label that is wanted of an item. A free slot has no labeller; a lent one has no label."""

_open = slots.c.label.is_(None)
Index("label_slots_open", slots.c.queue, slots.c.position, sqlite_where=_open, postgresql_where=_open)
Index("label_slots_lent", slots.c.queue, slots.c.labeller, sqlite_where=_open, postgresql_where=_open)
Index("label_slots_person", slots.c.queue, slots.c.labeller, slots.c.at)
