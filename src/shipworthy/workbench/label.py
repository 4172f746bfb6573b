"""Label: rows into the queue, labels out of people, and where it all stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shipworthy.errors import InputError, did_you_mean
from shipworthy.label.agreeing import Agreed, agreed
from shipworthy.workbench.clock import now
from shipworthy.workbench.labelling.desk import open_desk
from shipworthy.workbench.labelling.taking import Taken, take_random

if TYPE_CHECKING:
    from shipworthy.store.labels.reading import Status
    from shipworthy.workbench.product import Opened

STRATEGIES = {"random": take_random}


def take(opened: Opened, rows: int, strategy: str = "random") -> Taken:
    """Draw rows without a label into the queue.

    Raises:
        InputError: the strategy is unknown, the number is not above 0, or no row is left.
    """
    if strategy not in STRATEGIES:
        raise InputError(
            "label.strategy",
            f"no way to draw rows is called {strategy!r}",
            remedy=did_you_mean(strategy, STRATEGIES),
        )
    if rows < 1:
        raise InputError("label.rows", f"{rows} rows cannot be drawn", remedy="Take at least one: --take 100")
    return STRATEGIES[strategy](open_desk(opened), rows)


def status(opened: Opened) -> Status:
    """Where the queue stands."""
    from shipworthy.store.labels.reading import status as read

    return read(open_desk(opened).labels, now())


def agreement(opened: Opened) -> Agreed:
    """How far the people who labelled the same rows agree."""
    from shipworthy.store.labels.reading import given

    desk = open_desk(opened)
    return agreed(given(desk.labels), desk.scheme)
