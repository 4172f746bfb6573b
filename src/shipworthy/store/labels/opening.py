"""Opening the queue's database, and the transactions in which every step happens."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from shipworthy.errors import InputError, OutsideError
from shipworthy.store.labels.tables import answers, metadata, queues

VERSION = 1
FILE = "store.db"
WAIT_S = 30.0
_READS = "shipworthy_reads"


@dataclass(frozen=True)
class Labels:
    """One queue in one database; `where` names the database in messages, without a password."""

    engine: sa.Engine
    queue: str
    where: str


def open_file(folder: Path, queue: str) -> Labels:
    """The queue in a workspace's own SQLite file, made where it is missing.

    Raises:
        InputError: the file cannot be written, is no database, or of a newer version.
    """
    path = folder / FILE
    engine = _engine(f"sqlite:///{path.absolute()}")
    return _opened(Labels(engine, queue, str(path)))


def open_url(url: str, queue: str) -> Labels:
    """The queue in a PostgreSQL database, its tables made where they are missing.

    Raises:
        InputError: it is no PostgreSQL URL, or its tables are of a newer version.
        OutsideError: the database does not answer.
    """
    try:
        parsed = sa.make_url(url)
    except sa.exc.ArgumentError:
        parsed = None
    if parsed is None or parsed.get_backend_name() not in ("postgresql", "postgres"):
        raise InputError(
            "label.store",
            "labels.store is no PostgreSQL URL",
            remedy="Write postgresql://user@host/database, or leave it out: labels are then kept in the workspace.",
        )
    engine = _engine(parsed.set(drivername="postgresql+psycopg").render_as_string(hide_password=False))
    return _opened(Labels(engine, queue, parsed.render_as_string(hide_password=True)))


@contextmanager
def writing(labels: Labels) -> Iterator[sa.Connection]:
    """One transaction that writes: all of it is kept, or none."""
    with _told(labels), labels.engine.begin() as connection:
        yield connection


@contextmanager
def reading(labels: Labels) -> Iterator[sa.Connection]:
    """One transaction that only reads, and keeps nobody from writing."""
    with (
        _told(labels),
        labels.engine.connect().execution_options(**{_READS: True}) as connection,
        connection.begin(),
    ):
        yield connection


@cache
def _engine(url: str) -> sa.Engine:
    """One engine per database and process; SQLite takes the write lock at the start of a transaction that writes."""
    if not url.startswith("sqlite"):
        return sa.create_engine(url, pool_pre_ping=True, connect_args={"connect_timeout": 10})
    engine = sa.create_engine(url, connect_args={"timeout": WAIT_S})
    sa.event.listen(engine, "connect", _left_to_us)
    sa.event.listen(engine, "begin", _begun)
    return engine


def _left_to_us(connection: Any, _record: Any) -> None:
    """Python's driver would begin transactions of its own accord, too late to be safe."""
    connection.isolation_level = None
    connection.execute("PRAGMA synchronous=FULL")


def _begun(connection: sa.Connection) -> None:
    reads = connection.get_execution_options().get(_READS)
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")


def _opened(labels: Labels) -> Labels:
    """The queue after its tables and its own line are there."""
    with writing(labels) as connection:
        if not sa.inspect(connection).has_table(answers.name):  # the youngest table
            _create(connection)
        connection.execute(unless_there(connection, queues, {"queue": labels.queue, "version": VERSION}))
        found = connection.execute(
            sa.select(queues.c.version).where(queues.c.queue == labels.queue)
        ).scalar_one()
    if found > VERSION:
        raise InputError(
            "label.version",
            f"{labels.where} was written by a newer Shipworthy",
            remedy="Install that version: this one would not understand all of it.",
        )
    return labels


def _create(connection: sa.Connection) -> None:
    """Make the tables; of two people who open a new database at once, one waits for the other."""
    if connection.dialect.name == "postgresql":
        connection.execute(sa.text("SELECT pg_advisory_xact_lock(5449141)"))
    metadata.create_all(connection)


def unless_there(connection: sa.Connection, table: sa.Table, line: Mapping[str, Any]) -> Any:
    """A statement that adds a line, and does nothing where its key is there already."""
    if connection.dialect.name == "postgresql":
        from sqlalchemy.dialects.postgresql import insert as postgres_insert

        return postgres_insert(table).values(**line).on_conflict_do_nothing()
    return sa.insert(table).prefix_with("OR IGNORE").values(**line)


@contextmanager
def _told(labels: Labels) -> Iterator[None]:
    """Failures of the database in the house's own words."""
    try:
        yield
    except (sa.exc.OperationalError, sa.exc.DatabaseError) as error:
        said = " ".join(str(error.orig).split())[:300]
        raise OutsideError(
            "label.store",
            f"the labels in {labels.where} cannot be reached: {said}",
            remedy="Check that the database is there, that you may write to it, and that it is no other file. Labels that were confirmed are kept.",
        ) from error
