"""The desk at which people label: the queue of a product, the labels that may be given, and the guidelines."""

from __future__ import annotations

import os
import secrets
import socket
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING

from shipworthy.errors import InputError, SpecError
from shipworthy.label.queue import Offer, Scheme
from shipworthy.query.to_label import label_values
from shipworthy.spec.task import MOST_CLASSES, class_text
from shipworthy.workbench.checks.columns import missing_columns
from shipworthy.workbench.checks.examples import missing_rows
from shipworthy.workbench.clock import now
from shipworthy.workbench.labelling.contents import bring_up_to_date
from shipworthy.workbench.labelling.opening import open_labels
from shipworthy.workbench.secret import secret_columns
from shipworthy.workbench.session import Session

if TYPE_CHECKING:
    from shipworthy.store.labels.leasing import Person
    from shipworthy.store.labels.opening import Labels
    from shipworthy.workbench.product import Opened


@dataclass(frozen=True, eq=False)
class Desk:
    """A product's queue with all that a labeller needs; made by `open_desk`."""

    opened: Opened
    session: Session
    labels: Labels
    scheme: Scheme

    @property
    def wanted(self) -> int:
        """How many people label each row."""
        return self.opened.product.labelling.each

    @property
    def lease_s(self) -> float:
        """How long a row is lent."""
        return self.opened.product.labelling.lease_s

    @property
    def what(self) -> str:
        """What people say of each item."""
        return self.opened.product.label

    @property
    def each(self) -> str:
        """What an item is."""
        return self.opened.product.predicts.each or "row"

    @property
    def joins(self) -> bool:
        """Whether what is not in the queue may join it by its name alone."""
        return True

    @cached_property
    def guidelines(self) -> str:
        """How to label, as Markdown; empty where nobody says."""
        return stated_guidelines(self.opened)

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The columns that labellers see."""
        return columns_shown(self.session)


def stated_guidelines(opened: Opened) -> str:
    """How to label, as Markdown; empty where product.yaml names no file.

    Raises:
        InputError: the file cannot be read.
    """
    named = opened.product.labelling.guidelines
    if named is None:
        return ""
    try:
        return (opened.folder / named).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            "label.guidelines",
            f"the guidelines {named} cannot be read: {getattr(error, 'strerror', None) or 'not UTF-8'}",
            where=opened.places.of("labels", "guidelines"),
            remedy=f"Paths count from {opened.folder}.",
        ) from None


def columns_shown(session: Session) -> tuple[str, ...]:
    """The columns that labellers see: those that product.yaml names, else all but labels, when one was known, weights and the split."""
    product = session.opened.product
    hidden = {*secret_columns(session), product.data.examples.weight, session.plan.column}
    return product.labelling.show or tuple(name for name in session.source.columns if name not in hidden)


def open_desk(opened: Opened) -> Desk:
    """The desk of a product, its store made where it is missing.

    Raises:
        InputError: the examples name no id or lack a column, or the store cannot be written.
        OutsideError: the database of labels does not answer.
    """
    session = Session(opened)
    prove_ids(opened)
    if problems := [*missing_columns(session), *missing_rows(session)]:
        raise SpecError(problems)
    labels = open_labels(opened)
    bring_up_to_date(session, labels)
    return Desk(opened, session, labels, scheme_of(session))


def prove_ids(opened: Opened) -> None:
    """Return where rows have names, without which no label finds its row again."""
    product = opened.product
    if product.data.examples.id is None and product.predicts.kind != "ranking":
        raise InputError(
            "label.no_id",
            "the examples name no id, and a label must find its row again when rows come or go",
            where=opened.places.of("data", "examples"),
            remedy="Add id: COLUMN to data.examples.",
        )


def scheme_of(session: Session) -> Scheme:
    """The labels that may be given: the classes of product.yaml, else those of the examples, or numbers."""
    kind = session.task.kind
    if kind == "text":
        raise InputError(
            "label.text",
            "answers are texts, and no grader is a judge whose verdicts people could check",
            where=session.opened.places.of("predicts", "kind"),
            remedy=f"Name a judge under grade:, and people pass or fail the answers that it judged. Reference answers stand in the column {session.product.label} of the examples.",
        )
    if kind in ("regression", "ranking"):
        return Scheme(kind)
    if session.task.classes:
        return Scheme(kind, session.task.classes)
    positive = session.product.predicts.positive
    yes = class_text(positive)
    found = label_values(session.home, session.source[session.product.label], MOST_CLASSES)
    others = [value for value in found if value != yes] or [_opposite(positive)]
    return Scheme(kind, (yes, *others))


def _opposite(positive: object) -> str:
    """What means no, where no row has said it yet."""
    pairs = {"1": "0", "true": "false", "yes": "no", "y": "n", "positive": "negative"}
    text = class_text(positive)
    return pairs.get(text.casefold(), f"not {text}")


def new_session() -> str:
    """A name for this window or process: machine, process and a random part."""
    return f"{_machine()}/{os.getpid()}/{secrets.token_hex(8)}"


def gone(session: str) -> bool:
    """Whether a session was a process of this machine that runs no more."""
    machine, _, rest = session.partition("/")
    process = rest.partition("/")[0]
    if machine != _machine() or not process.isdecimal():
        return False
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False


def _machine() -> str:
    return sha256(socket.gethostname().encode()).hexdigest()[:12]


def sit_down(desk: Desk, name: str, session: str | None = None, *, over: bool = False) -> Person:
    """Begin to label under a name; `over` takes it from another window of the same person.

    Raises:
        InputError: the name is empty, or somebody labels under it.
    """
    from shipworthy.store.labels.leasing import Person, join

    if not name.strip() or len(name) > 100 or any(not character.isprintable() for character in name):
        raise InputError("label.name", f"{name!r} is no name", remedy="Name yourself: --as ana")
    person = Person(name.strip(), session or new_session())
    join(desk.labels, person, now(), desk.lease_s, (lambda _: True) if over else gone)
    return person


def next_item(desk: Desk, person: Person) -> Offer | None:
    """The next item for a person, lent for a while; None where nothing is left for them."""
    from shipworthy.store.labels.leasing import take

    return take(desk.labels, person, now(), desk.lease_s)


def answer(desk: Desk, person: Person, item: str, label: str, origin: str) -> None:
    """Keep a person's label of an item; CANNOT_TELL for one that cannot be told.

    Raises:
        InputError: it is no label of the product, or the name was taken.
    """
    from shipworthy.label.queue import CANNOT_TELL
    from shipworthy.store.labels.leasing import give

    read = label if label == CANNOT_TELL else desk.scheme.read(label)
    give(desk.labels, person, item, read, now(), origin, numeric=desk.scheme.numeric)


def put_back(desk: Desk, person: Person, item: str) -> None:
    """Skip an item; it comes again at the end."""
    from shipworthy.store.labels.leasing import skip

    skip(desk.labels, person, item, now())


def take_back(desk: Desk, person: Person) -> str | None:
    """Undo the person's newest label; the item, which comes next, or None where there is none."""
    from shipworthy.store.labels.leasing import undo

    return undo(desk.labels, person, now(), numeric=desk.scheme.numeric)


def stand_up(desk: Desk, person: Person) -> None:
    """Stop labelling: the name and the lent row are free again."""
    from shipworthy.store.labels.leasing import leave

    leave(desk.labels, person)


def labels_of(desk: Desk, person: Person) -> int:
    """How many labels the person has given."""
    from shipworthy.store.labels.reading import labels_by

    return labels_by(desk.labels, person.name)
