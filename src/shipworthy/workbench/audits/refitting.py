"""The labelled rows that a trained candidate is fitted on again, a bounded number of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from shipworthy.query.source import md5
from shipworthy.workbench.train import excluded_columns, originals_of, training_of

if TYPE_CHECKING:
    from shipworthy.models.refitting import Pool
    from shipworthy.spec.model import Candidate
    from shipworthy.workbench.session import Session

MOST_ROWS = 20_000
"""Rows that candidates are fitted on again at most, by the digest of their ids."""


@dataclass(frozen=True, eq=False)
class Labelled:
    """The pool with the ids of its rows, and how many labelled rows there were to choose from."""

    pool: Pool
    ids: tuple[str, ...]
    of: int

    def __str__(self) -> str:
        rows = f"{len(self.ids):,} labelled rows"
        return rows if len(self.ids) == self.of else f"{rows} of {self.of:,} (by the digest of their ids)"


def trained_candidates(session: Session) -> dict[str, Candidate]:
    """The candidates that are trained here, as they are fitted again: with the options that tuning found, not tuned anew."""
    found = {}
    for name, candidate in session.product.candidates.items():
        if candidate.kind == "trained":
            plain = candidate.model_copy(update={"tune": None, "reweigh": None})
            tuned = training_of(session, name, candidate) if candidate.tune is not None else None
            if tuned is not None and tuned.record.facts is not None:
                plain = plain.model_copy(update={"options": {**tuned.record.facts["options"]}})
            found[name] = plain
    return found


def labelled(session: Session, name: str, candidate: Candidate, parts: tuple[str, ...]) -> Labelled:
    """The labelled rows of these parts of the split, for one candidate."""
    from shipworthy.models.refitting import Pool

    frame = session.frame
    rows = frame.rows(*parts)
    rows = rows.filter(rows.label.notnull())
    of = sum(session.part(part).labelled for part in parts)
    if of > MOST_ROWS:
        rows = rows.order_by([md5(rows.id), rows.id]).limit(MOST_ROWS)
    table = session.home.run(originals_of(session, rows), f"reading labelled rows for {name}")
    features = table.select([column for column in table.column_names if not column.startswith("key:")])
    ids = tuple(table["key:id"].to_pylist())
    whose = table["key:unit"].to_pylist() if frame.clustered else ids
    units = np.unique(np.array([str(each) for each in whose]), return_inverse=True)[1]
    labels = table["key:label"].to_numpy(zero_copy_only=False)
    excluded = frozenset(excluded_columns(session, candidate))
    pool = Pool(candidate, features, labels, units, excluded, session.plan.seed, session.task)
    return Labelled(pool, ids, of)
