"""Explain: what drives candidates, the reasons of one answer, what another value would change, and where they do worse."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from shipworthy.errors import InputError, did_you_mean
from shipworthy.evidence import Provenance, Record
from shipworthy.evidence.explanation import Explained, Explanation
from shipworthy.store import append
from shipworthy.workbench.check import prove_ready
from shipworthy.workbench.clock import now
from shipworthy.workbench.explaining.rows import Rows, rows_of
from shipworthy.workbench.explaining.ruled import ruled
from shipworthy.workbench.explaining.trained import trained
from shipworthy.workbench.explaining.without import unexplained
from shipworthy.workbench.explaining.worst import newest_evaluation, worst_slices
from shipworthy.workbench.session import Session
from shipworthy.workbench.version import CODE_VERSION

if TYPE_CHECKING:
    from shipworthy.workbench.product import Opened
    from shipworthy.workbench.train import Progress


@dataclass(frozen=True)
class Wanted:
    """What is to be explained: one candidate or (None) all; the answer to one row; and that row with other values.

    `changes` are columns with values as text, in place of those of the row.
    """

    candidate: str | None = None
    row: str | None = None
    changes: Mapping[str, str] = field(default_factory=dict)


def explain(opened: Opened, wanted: Wanted, progress: Progress) -> Record:
    """Explain candidates, keep the record, and return it.

    Raises:
        InputError: the product or its data is wrong; there is no such candidate, row or column; a value is not of its
            column's kind; or a model has yet to be trained.
    """
    session = Session(opened)
    names = _names(session, wanted)
    prove_ready(session)
    _prove_changes(session, wanted)
    progress("reading rows")
    rows = rows_of(session, wanted.row, wanted.changes)
    record = newest_evaluation(session)
    found = []
    for name in names:
        each = _explained(session, name, rows, record, progress)
        worst, note = worst_slices(session, record, each)
        found.append(replace(each, worst=worst, notes=(*each.notes, *([note] if note else ()))))
    kept = Record(
        "explain",
        now(),
        _provenance(session, found),
        parent=record.id if record else None,
        explanation=Explanation(tuple(found), record.id if record else None),
    )
    append(opened.workspace, kept)
    return kept


def _names(session: Session, wanted: Wanted) -> tuple[str, ...]:
    """The candidates that are asked about."""
    known = session.product.candidates
    if not known:
        message = "the product has no candidate to explain"
        raise InputError("explain.candidate", message, remedy="Write one under candidates: in product.yaml.")
    if wanted.candidate is None:
        return tuple(known)
    if wanted.candidate not in known:
        message = f"the product has no candidate {wanted.candidate!r}"
        raise InputError("explain.candidate", message, remedy=did_you_mean(wanted.candidate, known))
    return (wanted.candidate,)


def _prove_changes(session: Session, wanted: Wanted) -> None:
    """Return where other values go with a row and are of columns that a candidate may read, and all is text in UTF-8."""
    try:
        "".join([wanted.row or "", *wanted.changes, *wanted.changes.values()]).encode()
    except UnicodeEncodeError:
        message = "--row or --what-if is no text in UTF-8"
        raise InputError(
            "explain.value", message, remedy="Type it in a terminal that speaks UTF-8."
        ) from None
    if wanted.changes and wanted.row is None:
        message = "--what-if changes one row, and none is named"
        raise InputError("explain.what_if", message, remedy="Name it: --row ID.")
    if session.product.label in wanted.changes:
        message = f"--what-if {session.product.label}: it is the true answer, which no candidate reads"
        raise InputError("explain.column", message, remedy="Change a column that a candidate reads.")


def _explained(
    session: Session, name: str, rows: Rows, record: Record | None, progress: Progress
) -> Explained:
    candidate = session.product.candidates[name]
    if candidate.kind == "trained":
        return trained(session, name, candidate, rows, progress)
    if candidate.kind == "rule":
        return ruled(session, name, candidate, rows)
    return unexplained(session, name, candidate, record, progress)


def _provenance(session: Session, found: list[Explained]) -> Provenance:
    versions = {each.candidate: each.version for each in found}
    facts, seed = session.data_facts, session.plan.seed
    return Provenance(
        session.opened.spec_hash,
        (facts,),
        versions,
        CODE_VERSION,
        seed,
        session.home.name,
        session.statements,
    )
