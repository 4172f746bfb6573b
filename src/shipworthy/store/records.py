"""Records on disk: appended once, found by verb, by id or by what they were made from."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from shipworthy.errors import InputError, did_you_mean
from shipworthy.evidence import Record, read_record
from shipworthy.store.durable import create, unwritable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from shipworthy.store.workspace import Workspace

_ID = re.compile(r"(?P<time>\d{8}T\d{6}\.\d{6}Z)-(?P<verb>[a-z_-]+)-(?P<hash>[0-9a-f]{8})")
_SHOWN = 5


def append(workspace: Workspace, record: Record) -> Path:
    """Keep a record for good, in a file named after its id; keeping the same one twice changes nothing.

    Raises:
        InputError: the workspace cannot be written.
    """
    path = workspace.records / f"{record.id}.json"
    text = json.dumps(record.as_json(), indent=1, ensure_ascii=False, allow_nan=False) + "\n"
    try:
        create(path, text)
    except FileExistsError:
        load_file(path)
    except OSError as error:
        raise unwritable(
            path, error, "Make room or permission, or name another folder: --workspace PATH"
        ) from None
    return path


def records(workspace: Workspace, verb: str | None = None) -> list[Record]:
    """All records (of one verb), the newest last.

    Raises:
        InputError: a record is unreadable or was altered.
    """
    return list(_newest_first(workspace, verb))[::-1]


def latest(workspace: Workspace, verb: str) -> Record | None:
    """The newest record of a verb.

    Raises:
        InputError: it is unreadable or was altered.
    """
    return next(_newest_first(workspace, verb), None)


def fresh(workspace: Workspace, verb: str, fingerprint: str) -> Record | None:
    """The newest record of a verb that was made from exactly these inputs.

    Raises:
        InputError: a record on the way to it is unreadable or was altered.
    """
    same = (found for found in _newest_first(workspace, verb) if found.provenance.fingerprint == fingerprint)
    return next(same, None)


def load(workspace: Workspace, name: str) -> Record:
    """The record with this id, or the only one whose id (or hash in it) begins with these characters.

    Raises:
        InputError: none or several match, or the record is unreadable or was altered.
    """
    return load_file(named_file(workspace, name))


def named_file(workspace: Workspace, name: str) -> Path:
    """The file of the record with this id, or of the only one whose id (or hash in it) begins with these characters.

    Raises:
        InputError: none or several match.
    """
    paths = record_files(workspace)
    named = name.removesuffix(".json")
    found = [path for path in paths if path.stem == named]
    found = found or [path for path in paths if named and _begins(path.stem, named)]
    if len(found) == 1:
        return found[0]
    if found:
        raise _ambiguous(name, found)
    raise _unknown(name, paths)


def _begins(record_id: str, name: str) -> bool:
    return record_id.startswith(name) or record_id.rpartition("-")[2].startswith(name)


def _newest_first(workspace: Workspace, verb: str | None) -> Iterator[Record]:
    return (load_file(path) for path in reversed(record_files(workspace, verb)))


def record_files(workspace: Workspace, verb: str | None = None) -> list[Path]:
    """Files that are named like records, the oldest first: ids begin with their time."""
    names = ((path, _ID.fullmatch(path.stem)) for path in workspace.records.glob("*.json"))
    return sorted(path for path, match in names if match and verb in (None, match["verb"]))


def load_file(path: Path) -> Record:
    """The record of one file.

    Raises:
        InputError: it is unreadable, was altered, or bears another name than the record's.
    """
    try:
        record = read_record(path.read_bytes().decode(), str(path))
    except (OSError, UnicodeDecodeError) as error:
        message = f"{path} cannot be read: {error}"
        raise InputError(
            "record.corrupt", message, where=str(path), remedy="Restore the file from a backup."
        ) from None
    if record.id != path.stem:
        message = f"{path} holds the record {record.id}: a record's file bears its id"
        raise InputError("record.altered", message, where=str(path), remedy=f"Rename it to {record.id}.json.")
    return record


def _ambiguous(name: str, found: list[Path]) -> InputError:
    shown = ", ".join(path.stem for path in found[-_SHOWN:])
    more = f" and {len(found) - _SHOWN} older ones" if len(found) > _SHOWN else ""
    return InputError(
        "record.ambiguous",
        f"{name!r} is the beginning of {len(found)} records: {shown}{more}",
        remedy="Give more characters of the id.",
    )


def _unknown(name: str, paths: list[Path]) -> InputError:
    near = did_you_mean(name, [path.stem for path in paths[-_SHOWN:]])
    remedy = near or "There are no records yet: run shipworthy evaluate."
    return InputError(
        "record.unknown",
        f"there is no record {name!r} among the {len(paths)} of this workspace",
        remedy=remedy,
    )
