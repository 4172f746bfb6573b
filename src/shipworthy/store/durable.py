"""Files that are whole or absent: written beside their place, flushed to the disk, then named."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import time
from pathlib import Path
from typing import TYPE_CHECKING

from shipworthy.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

PART = ".part"
OLD_S = 86_400.0
_NO_HARD_LINKS = {errno.EPERM, errno.ENOTSUP, errno.ENOSYS, errno.EMLINK}


def keep_text(path: Path, text: str) -> None:
    """Write a document as UTF-8, replacing an older one in one step; folders on the way are made.

    A reader sees the old text or the new one, never a part, even when the machine stops in between.

    Raises:
        InputError: the place cannot be written.
    """
    keep_bytes(path, text.encode())


def keep_bytes(path: Path, content: bytes) -> None:
    """Write a file, replacing an older one in one step, as `keep_text` does.

    Raises:
        InputError: the place cannot be written.
    """
    target = Path(os.path.realpath(path))
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        sweep(target.parent)
        part = _part(target, content)
        with _removed_on_failure(part):
            part.replace(target)
        _flush_folder(target.parent)
    except OSError as error:
        raise unwritable(path, error, "Name another file, or make room or permission at this one.") from None


def create(path: Path, text: str) -> None:
    """Write a new file as UTF-8 in one step.

    Raises:
        FileExistsError: something has this name already; it is left as it is.
        OSError: the place cannot be written.
    """
    part = _part(path, text.encode())
    with _removed_on_failure(part):
        _name(part, path)
    _flush_folder(path.parent)


def sweep(folder: Path) -> None:
    """Remove what killed writes left in a folder more than a day ago; younger parts may still be at work."""
    oldest = time.time() - OLD_S
    for part in folder.glob(f".*{PART}"):
        with contextlib.suppress(OSError):
            if part.stat().st_mtime < oldest:
                part.unlink()


def unwritable(path: Path, error: OSError, remedy: str) -> InputError:
    """The error for a place that cannot be written."""
    message = f"{path} cannot be written: {error.strerror or error}"
    return InputError("file.unwritable", message, where=str(path), remedy=remedy)


def _part(target: Path, content: bytes) -> Path:
    """A flushed file with the content, in the folder of the target (and so on its file system)."""
    part = target.with_name(f".{target.name[:100]}.{secrets.token_hex(8)}{PART}")
    with part.open("xb") as file, _removed_on_failure(part):
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    return part


def _name(part: Path, target: Path) -> None:
    """Give the part its name; a hard link is the one way to do so that refuses to overwrite."""
    try:
        os.link(part, target)
    except OSError as error:
        if error.errno not in _NO_HARD_LINKS:
            raise
        if target.exists():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target)) from None
        part.replace(target)
    else:
        part.unlink()


@contextlib.contextmanager
def _removed_on_failure(part: Path) -> Iterator[None]:
    try:
        yield
    except BaseException:
        with contextlib.suppress(OSError):
            part.unlink()
        raise


def _flush_folder(folder: Path) -> None:
    """Make a new name durable; systems that cannot flush a folder keep names by themselves."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        with contextlib.suppress(OSError):
            os.fsync(handle)
    finally:
        os.close(handle)
