"""Label: rows into the queue, labels out of people, and where it all stands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from shipworthy.errors import InputError, did_you_mean
from shipworthy.label.agreeing import Agreed, agreed
from shipworthy.spec.task import class_text
from shipworthy.workbench.clock import now
from shipworthy.workbench.labelling.answer_desk import AnswerDesk, judges_of, open_answer_desk
from shipworthy.workbench.labelling.answer_importing import names_answers, verdict_lines
from shipworthy.workbench.labelling.answer_taking import take_answers
from shipworthy.workbench.labelling.desk import Desk, open_desk
from shipworthy.workbench.labelling.exchanging import Exported, Imported, brought
from shipworthy.workbench.labelling.exchanging import bring_in as read_file
from shipworthy.workbench.labelling.exchanging import export as write_file
from shipworthy.workbench.labelling.giving import give_one
from shipworthy.workbench.labelling.taking import Taken, take_again, take_random, take_slices, take_to_settle
from shipworthy.workbench.labelling.targeting import take_disputed, take_named, take_uncertain

if TYPE_CHECKING:
    from pathlib import Path

    from shipworthy.store.labels.reading import Status
    from shipworthy.workbench.product import Opened
    from shipworthy.workbench.train import Progress

STRATEGIES: dict[str, Callable[[Desk, int], Taken]] = {
    "random": take_random,
    "slices": take_slices,
    "settle": take_to_settle,
    "again": take_again,
    "uncertainty": take_uncertain,
    "disagreement": take_disputed,
}
"""How rows are drawn; rows whose label is suspected to be wrong are named by their ids (`noise`)."""


@dataclass(frozen=True)
class Which:
    """What is labelled: rows of the examples, or answers that the judge `grade` judged, of all candidates or of one."""

    grade: str | None = None
    candidate: str | None = None


ROWS = Which()


def desk_of(opened: Opened, which: Which = ROWS) -> Desk:
    """The desk at which people label: that of answers, where they are asked for, or are texts that a judge judges.

    Raises:
        InputError: the examples name no id or lack a column, there is no such judge, or the store cannot be written.
        OutsideError: the database of labels does not answer.
    """
    if _of_answers(opened, which):
        return open_answer_desk(opened, which.grade)
    return open_desk(opened)


def each_of(opened: Opened, which: Which = ROWS) -> str:
    """What an item of the queue is: a row, or an answer."""
    return "answer" if _of_answers(opened, which) else "row"


def _of_answers(opened: Opened, which: Which) -> bool:
    asked = which.grade is not None or which.candidate is not None
    return asked or (opened.product.predicts.kind == "text" and bool(judges_of(opened)))


def _quietly(_: str) -> None:
    """Tell nobody."""


def take(
    opened: Opened,
    rows: int,
    strategy: str = "random",
    ids: Sequence[str] = (),
    which: Which = ROWS,
    progress: Progress = _quietly,
) -> Taken:
    """Draw rows or answers into the queue.

    Args:
        opened: the product.
        rows: how many.
        strategy: a name of `STRATEGIES`, or `noise`; of answers `random` or `verdict`.
        ids: the rows whose label is suspected to be wrong, where the strategy is `noise`; those of the newest audit, if none.
        which: rows or answers, and whose.
        progress: called with each step, where candidates have yet to answer.

    Raises:
        InputError: the strategy is unknown or lacks what it rests on, the number is not above 0, or no row is left.
    """
    if rows < 1:
        raise InputError("label.rows", f"{rows} rows cannot be drawn", remedy="Take at least one: --take 100")
    if _of_answers(opened, which):
        return take_answers(open_answer_desk(opened, which.grade), rows, strategy, which.candidate, progress)
    known = [*STRATEGIES, "noise"]
    if strategy not in known:
        message = f"no way to draw rows is called {strategy!r}"
        raise InputError("label.strategy", message, remedy=did_you_mean(strategy, known))
    if strategy != "noise":
        return STRATEGIES[strategy](open_desk(opened), rows)
    suspected = ids or suspected_ids(opened)
    if not suspected:
        message = "rows whose label is suspected to be wrong are named by an audit or by their ids, and there are none"
        remedy = "Run shipworthy audit --label-noise first, or write one id a line into a file: --ids FILE"
        raise InputError("label.strategy", message, remedy=remedy)
    return take_named(open_desk(opened), rows, suspected)


def suspected_ids(opened: Opened) -> tuple[str, ...]:
    """The rows whose label the newest audit that looked for wrong ones suspects, the surest first."""
    from shipworthy.store import records

    found = (each.audit.noise for each in reversed(records(opened.workspace, "audit")) if each.audit)
    newest = next((noise for noise in found if noise is not None), None)
    return () if newest is None else newest.ids


def status(opened: Opened, which: Which = ROWS) -> Status:
    """Where the queue stands, and which of its labels the source contradicts."""
    from shipworthy.store.labels.reading import status as read

    desk = desk_of(opened, which)
    held = None if _of_answers(opened, which) else desk.session.labelled
    return replace(read(desk.labels, now()), differing=held.differing if held else ())


def agreement(opened: Opened, which: Which = ROWS) -> Agreed:
    """How far the people who labelled the same rows agree."""
    from shipworthy.store.labels.reading import given

    desk = desk_of(opened, which)
    return agreed(given(desk.labels), desk.scheme)


def read_ids(file: Path | None) -> tuple[str, ...]:
    """The ids in a file, one a line; none without a file.

    Raises:
        InputError: it cannot be read.
    """
    if file is None:
        return ()
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        message = f"{file} cannot be read: {getattr(error, 'strerror', None) or 'it is not UTF-8'}"
        raise InputError("label.file", message, where=str(file), remedy="Name a text file.") from None
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def give(opened: Opened, row: str, label: object, name: str, which: Which = ROWS) -> bool:
    """Keep one label of one row; whether it is new.

    Raises:
        InputError: there is no such row, it is no label of the product, or the person gave another one before.
    """
    return give_one(desk_of(opened, which), row, class_text(label), name)


def export(opened: Opened, file: Path, which: Which = ROWS) -> Exported:
    """Write rows and labels to a file: CSV, Parquet, or JSON for Label Studio.

    Raises:
        InputError: the ending is none of these, or the place cannot be written.
    """
    return write_file(desk_of(opened, which), file)


def bring_in(
    opened: Opened, file: Path, name: str | None = None, which: Which = ROWS, progress: Progress = _quietly
) -> Imported:
    """Keep the labels of a file; `name` is whose they are, where the file does not say.

    Raises:
        InputError: the file cannot be read, or nothing in it can be kept.
    """
    desk = desk_of(opened, which)
    if isinstance(desk, AnswerDesk) and names_answers(file):
        return brought(desk, file, *verdict_lines(desk, file, progress))
    return read_file(desk, file, name)
