"""Records: what was done in a workspace, newest last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shipworthy.store import load
from shipworthy.store import records as records_of

if TYPE_CHECKING:
    from shipworthy.evidence import Record
    from shipworthy.workbench.product import Opened


def records(opened: Opened, verb: str | None = None) -> list[Record]:
    """All records, or those of one verb.

    Raises:
        InputError: one is unreadable or was altered.
    """
    return records_of(opened.workspace, verb)


def record(opened: Opened, name: str) -> Record:
    """The record whose id is or begins with a name.

    Raises:
        InputError: none or several are.
    """
    return load(opened.workspace, name)
