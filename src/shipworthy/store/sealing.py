"""Whether a record still is what was sealed: kept, altered since, or missing."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from shipworthy.errors import InputError, Place, Problem
from shipworthy.evidence.record import content_hash
from shipworthy.store.records import load_file, record_files

if TYPE_CHECKING:
    from pathlib import Path

    from shipworthy.evidence import Record
    from shipworthy.store.workspace import Workspace

State = Literal["kept", "altered", "missing"]


@dataclass(frozen=True)
class Sealed:
    """A record by its id: what became of it, its hash by its content now, and what is wrong (None where nothing is).

    `hash` is None where there is no content that could have one.
    """

    id: str
    state: State
    record: Record | None = None
    hash: str | None = None
    problem: Problem | None = None


def sealed(workspace: Workspace, record_id: str, expected: str | None = None) -> Sealed:
    """The record with this id, held against the whole hash that something else remembers of it, where that is known."""
    path = workspace.records / f"{record_id}.json"
    if not path.exists():
        return Sealed(record_id, "missing", problem=_missing(record_id, path, expected))
    return _held(path, expected)


def sealed_records(workspace: Workspace, *verbs: str) -> list[Sealed]:
    """Every record of these verbs, the oldest first, also those that were altered."""
    return [_held(path, None) for path in record_files(workspace) if path.stem.split("-")[1] in verbs]


def _held(path: Path, expected: str | None) -> Sealed:
    found = _content_hash(path)
    try:
        record = load_file(path)
    except InputError as error:
        return Sealed(path.stem, "altered", None, found, _altered(path, expected, found, error.problem))
    if expected is not None and record.hash != expected:
        return Sealed(path.stem, "altered", None, found, _altered(path, expected, found, None))
    return Sealed(path.stem, "kept", record, record.hash)


def _altered(path: Path, expected: str | None, found: str | None, told: Problem | None) -> Problem:
    """What is wrong with a file: which field differs cannot be known from two hashes."""
    if told is not None and (told.code != "record.altered" or found is None):
        return Problem(told.code, told.message.removeprefix(f"{path} "), Place(str(path)), told.remedy)
    wanted = expected or f"{path.stem.rpartition('-')[2]}…"
    message = f"the record was altered after it was written: expected the hash {wanted}, found {found}"
    remedy = "Restore the file from a backup or from version control. Nothing was written over."
    return Problem("record.altered", message, Place(str(path)), remedy)


def _missing(record_id: str, path: Path, expected: str | None) -> Problem:
    known = f" with the hash {expected}" if expected else ""
    remedy = "Restore the file from a backup or from version control."
    return Problem("record.missing", f"the record {record_id}{known} is missing", Place(str(path)), remedy)


def _content_hash(path: Path) -> str | None:
    """The hash of what the file holds now."""
    try:
        found = json.loads(path.read_bytes())
        return content_hash({key: value for key, value in found.items() if key not in ("record", "hash")})
    except (OSError, ValueError, AttributeError, RecursionError):
        return None
