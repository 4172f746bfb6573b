"""Results of other evaluation tools: turned into a table in the workspace, and from there recorded predictions like any."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from shipworthy.errors import InputError, Place, did_you_mean
from shipworthy.evidence.record import content_hash
from shipworthy.foreign import of_model, read_results, sheet
from shipworthy.query.facts import column_facts
from shipworthy.query.foreign_files import write_sheet
from shipworthy.query.source import is_url
from shipworthy.spec.task import class_text
from shipworthy.store import keep_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shipworthy.foreign import Sheet
    from shipworthy.spec.model import Candidate
    from shipworthy.workbench.session import Session

FORM = 1
"""Counted up where the same file is to be read another way: then it is written anew."""


@dataclass(frozen=True)
class Imported:
    """A recorded candidate whose file is a table, and what was found in the one that another tool wrote."""

    candidate: Candidate
    notes: tuple[str, ...] = ()


def imported(session: Session, name: str, candidate: Candidate) -> Imported:
    """The candidate as recorded predictions in a table; one that is so already is left as it is.

    Raises:
        InputError: the file is missing, damaged, of another tool, or holds several models and none is named.
    """
    if candidate.format is None:
        return Imported(candidate)
    if name not in session.imported:
        session.imported[name] = _imported(session, name, candidate)
    found: Imported = session.imported[name]
    return found


@dataclass(frozen=True)
class _File:
    """The file that a tool wrote, and which values its answers can have (None: any text, or any number)."""

    name: str
    data: bytes
    words: Sequence[str] | None
    place: Place


def _imported(session: Session, name: str, candidate: Candidate) -> Imported:
    file = _file(session, candidate.recorded or "", session.opened.places.of("candidates", name, "recorded"))
    columns = {str(role): column for role, column in candidate.columns.items()}
    basis = {
        "content": hashlib.sha256(file.data).hexdigest(),
        "file": file.name,
        "form": [FORM, candidate.format, candidate.model, columns.get("id")],
        "answers": [session.task.kind, file.words],
    }
    stem = f"imported-{content_hash(basis)[:24]}"
    table, facts = (session.opened.workspace.logs / f"{stem}.{ending}" for ending in ("parquet", "json"))
    if not (table.exists() and facts.exists()):
        found, notes = _sheet(session, candidate, file)
        write_sheet(found, table)
        keep_text(facts, json.dumps({"notes": notes, "repeated": found.repeated}, ensure_ascii=False))
    said: dict[str, Any] = json.loads(facts.read_text(encoding="utf-8"))
    roles = {**({"repeats": "repeats"} if said["repeated"] else {}), **columns, "id": "id"}
    plain = candidate.model_copy(update={"recorded": str(table), "format": None, "columns": roles})
    return Imported(plain, tuple(said["notes"]))


def _file(session: Session, source: str, place: Place) -> _File:
    """The one file that the tool wrote.

    Raises:
        InputError: there is none.
    """
    path = session.opened.folder / source
    if is_url(source) or not path.is_file():
        there = [each.name for each in path.parent.glob("*") if each.is_file()] if not is_url(source) else []
        remedy = f"{did_you_mean(path.name, there)} Paths count from {session.opened.folder}.".strip()
        raise InputError("source.missing", f"there is no file {source}", where=place, remedy=remedy)
    return _File(path.name, path.read_bytes(), _words(session), place)


def _words(session: Session) -> Sequence[str] | None:
    if session.task.kind == "multiclass":
        return session.task.classes
    if session.task.kind != "binary":
        return None
    label = session.product.label
    facts = column_facts(session.home, session.examples, [label]).get(label)
    return [class_text(value) for value, _ in facts.values] or None if facts else None


def _sheet(session: Session, candidate: Candidate, file: _File) -> tuple[Sheet, list[str]]:
    """The columns of the log, and what is to be said of them."""
    results = read_results(candidate.format or "", file.data, file.name, file.place)
    rows = of_model(results, candidate.model, file.name, file.place)
    kind, id_from = session.task.kind, candidate.columns.get("id")
    numeric = kind in ("regression", "ranking")
    found = sheet(rows, id_from=id_from, words=file.words, numeric=numeric, file=file.name, where=file.place)
    if kind == "text":  # the answer is the output itself
        found = replace(
            found, texts={name: each for name, each in found.texts.items() if name != "prediction"}
        )
    return found, [*results.notes, *found.notes]
