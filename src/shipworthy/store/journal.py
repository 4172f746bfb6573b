"""A journal on disk: lines of JSON that are only ever added, each whole or not there."""

from __future__ import annotations

import errno
import json
import os
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from shipworthy.store.durable import unwritable

CLOSED = -1
"""No file has this number, so that nothing is written into another one that got the number of a closed journal."""


class Journal:
    """Entries in the order in which they were added, found again by where they begin.

    An entry survives the death of the process once `add` returns, and that of the machine once it is flushed, which
    closing does. What a killed process left of a line is passed over. Threads may add at once.
    """

    def __init__(self, path: Path) -> None:
        """Open the journal, which is made where it is missing.

        Raises:
            InputError: the place cannot be written.
        """
        self.path = path
        self._lock = threading.Lock()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o644)
            self._end_of_whole_lines()
        except OSError as error:
            raise unwritable(path, error, "Make room or permission there.") from None

    def add(self, entry: Mapping[str, Any]) -> int:
        """Add an entry; where it begins.

        Raises:
            InputError: the place cannot be written.
        """
        line = json.dumps(entry, ensure_ascii=False).encode() + b"\n"
        with self._lock:
            try:
                written = os.write(self._file, line)
                at = os.lseek(self._file, 0, os.SEEK_CUR) - written
                whole = written == len(line)
                if not whole:
                    os.write(self._file, b"\n")  # on a full disk this fails too, with the reason
            except OSError as error:
                raise unwritable(self.path, error, "Make room or permission there.") from None
        if not whole:
            full = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            raise unwritable(self.path, full, "Make room there.")
        return at

    def at(self, start: int) -> dict[str, Any]:
        """The entry that begins there."""
        with self._lock, self.path.open("rb") as file:
            file.seek(start)
            return dict(json.loads(file.readline()))

    def entries(self) -> Iterator[tuple[int, dict[str, Any]]]:
        """Every whole entry, with where it begins."""
        start = 0
        with self.path.open("rb") as file:
            for line in file:
                entry = _entry(line)
                if entry is not None:
                    yield start, entry
                start += len(line)

    def close(self) -> None:
        """Flush to the disk and let go; what comes later from a thread that was left behind is refused."""
        with self._lock:
            os.fsync(self._file)
            os.close(self._file)
            self._file = CLOSED

    def _end_of_whole_lines(self) -> None:
        """Let new entries begin on a line of their own after one that was torn."""
        if os.lseek(self._file, 0, os.SEEK_END):
            os.lseek(self._file, -1, os.SEEK_END)
            if os.read(self._file, 1) != b"\n":
                os.write(self._file, b"\n")


def _entry(line: bytes) -> dict[str, Any] | None:
    try:
        found = json.loads(line)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None
