"""One answer explained as far as that is the same for every kind of candidate: what turns it, and what a change does."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from shipworthy.evidence.explanation import Change, OfRow, Replied, Turn
from shipworthy.explain.blend import Ints, whole
from shipworthy.explain.turning import turned
from shipworthy.workbench.explaining.mistakes import mistakes
from shipworthy.workbench.explaining.replying import answers_of
from shipworthy.workbench.probing.expecting import expected, words_of

if TYPE_CHECKING:
    from shipworthy.evidence.explanation import Mistakes
    from shipworthy.explain.together import Column
    from shipworthy.spec.model import Product
    from shipworthy.workbench.explaining.rows import Rows
    from shipworthy.workbench.session import Session


@dataclass(frozen=True, eq=False)
class Speaker:
    """A candidate that answers: the columns that it reads, their values over the pool, and what it says of origins."""

    columns: tuple[str, ...]
    values: tuple[Column, ...]
    replied: Callable[[Ints], Sequence[Replied]]
    threshold: float | None
    turns: bool = True
    """Whether its answers are words that can turn, and not numbers."""

    def at(self, place: int) -> Replied:
        """What it says of one row of the pool."""
        return self.replied(whole(np.array([place]), len(self.columns)))[0]


def of_row(product: Product, speaker: Speaker, rows: Rows, row: int) -> OfRow:
    """The answer to the row, the smallest changes that turn it, and the answer to the row with other values."""
    protected = {each.column for each in product.protected}
    columns = [each if each is None else each[: row + 1] for each in speaker.values]
    found = turned(lambda origin: answers_of(speaker.replied(origin)), columns, row) if speaker.turns else ()
    turns, steady = [], []
    for each in found:
        name = speaker.columns[each.column]
        if each.place is None:
            steady.append(name)
            continue
        origin = whole(np.array([row]), len(columns))
        origin[0, each.column] = each.place
        [then] = speaker.replied(origin)
        values = rows.value(name, row), rows.value(name, each.place)
        turns.append(Turn(name, *values, then.answer, then.score, name in protected))
    return OfRow(
        rows.row_id or "",
        rows.label,
        speaker.at(row),
        speaker.threshold,
        turns=tuple(turns),
        steady=tuple(steady),
        changes=tuple(_changes(speaker, rows, row, protected)),
        changed=None if rows.changed is None else speaker.at(rows.changed),
    )


def mistakes_of(session: Session, speaker: Speaker, rows: Rows) -> Mistakes | None:
    """Some of its mistakes on the test rows; None where its answers are numbers."""
    if not speaker.turns:
        return None
    kind, words = session.task.kind, words_of(session)
    labels = [expected(kind, words, None, label) for label in rows.labels.tolist()]
    replied = speaker.replied(whole(np.arange(rows.sample), len(speaker.columns)))
    return mistakes(rows.ids, labels, replied)


def _changes(speaker: Speaker, rows: Rows, row: int, protected: set[str]) -> list[Change]:
    return [
        Change(
            name,
            rows.value(name, row),
            rows.value(name, rows.changed),
            name in speaker.columns,
            name in protected,
        )
        for name in rows.changes or ()
    ]
