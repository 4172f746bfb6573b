"""One label from a program, such as a page of one's own or a correction in production."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shipworthy.errors import InputError
from shipworthy.label.queue import CANNOT_TELL, CANNOT_TELL_WRITTEN, Draw
from shipworthy.workbench.clock import now
from shipworthy.workbench.labelling.taking import put

if TYPE_CHECKING:
    from shipworthy.workbench.labelling.desk import Desk

ORIGIN = "program"


def give_one(desk: Desk, item: str, label: str, name: str) -> bool:
    """Keep one person's label of one row; whether it is new.

    A row that is not in the queue joins it as `imported`: somebody else chose it, so its label trains and does not
    measure.

    Raises:
        InputError: the name is empty, there is no such row, it is no label of the product, or the person gave another one before.
    """
    from shipworthy.store.labels.keeping import keep
    from shipworthy.store.labels.opening import writing
    from shipworthy.store.labels.queueing import queued

    if not name.strip():
        raise InputError(
            "label.name", "a label needs to be somebody's", remedy='Name who gives it: name="ana"'
        )
    read = CANNOT_TELL if label == CANNOT_TELL_WRITTEN else desk.scheme.read(label)
    if item not in queued(desk.labels) and not desk.joins:
        remedy = "Name it as the queue does: shipworthy label --export FILE"
        raise InputError("label.unknown_id", f"{item} is no {desk.each} of the queue", remedy=remedy)
    if item not in queued(desk.labels):
        draw = Draw("imported", "", (), "given by a program: somebody else chose the row")
        if not put(desk, draw, {item: ("", 1.0)}, 1).rows:
            remedy = "Name the row by the id that the examples have."
            raise InputError("label.unknown_id", f"{item} is no row of the examples", remedy=remedy)
    with writing(desk.labels) as connection:
        line = (item, name.strip(), read, now(), ORIGIN)
        return keep(connection, desk.labels, line, numeric=desk.scheme.numeric)
