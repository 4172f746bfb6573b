"""New product folders: from a template, or from the text of a product file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path, PurePosixPath

from shipworthy.errors import InputError, OutsideError, Place, did_you_mean
from shipworthy.spec.reading import FILE_NAME
from shipworthy.spec.schema import SCHEMA_FILE, shipped_schema
from shipworthy.spec.writing import with_value

WORKSPACE = ".shipworthy"
MODELINE = "# yaml-language-server: $schema="
IGNORED = f"""\
# Shipworthy can make all of this again; the records are the product's memory and are kept.
{WORKSPACE}/*
!{WORKSPACE}/records/
!{WORKSPACE}/{SCHEMA_FILE}
"""
_NOT_COPIED = {WORKSPACE, "reports", "__pycache__", ".gitignore"}


def templates() -> tuple[str, ...]:
    """The names of the templates, in the order of the alphabet."""
    return tuple(sorted(entry.name for entry in _root().iterdir() if (entry / FILE_NAME).is_file()))


def create_product(folder: Path, template: str, *, name: str | None = None) -> list[Path]:
    """Copy a template into a new folder; a `name` becomes the name of the product.

    Returns:
        The files that were written, product.yaml first.

    Raises:
        InputError: there is no such template (`new.unknown_template`), or the folder holds something
            (`new.folder_in_use`); nothing is written then.
        OutsideError: `new.not_written` where the disk refuses.
    """
    if template not in templates():
        advice = did_you_mean(template, templates())
        raise InputError("new.unknown_template", f"no template is called {template!r}", remedy=advice)
    parts = dict(_parts(_root() / template, PurePosixPath()))
    text = parts.pop(FILE_NAME).decode("utf-8")
    return create_product_from(folder, with_value(text, ("product",), name) if name else text, parts)


def create_product_from(folder: Path, text: str, parts: Mapping[str, bytes] | None = None) -> list[Path]:
    """Lay out a new folder around the text of a product file, and other `parts` by their relative paths.

    The first line of the file points editors to a schema that is laid beside it, so that they work offline.

    Raises:
        InputError: `new.folder_in_use`; nothing is written then.
        OutsideError: `new.not_written` where the disk refuses.
    """
    _refuse_if_in_use(folder)
    contents = {
        FILE_NAME: _with_modeline(text).encode(),
        **(parts or {}),
        ".gitignore": IGNORED.encode(),
        f"{WORKSPACE}/{SCHEMA_FILE}": shipped_schema().encode(),
    }
    written = []
    for path, content in contents.items():
        target = folder / path
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        except OSError as error:
            message = f"{target} cannot be written: {error.strerror}"
            raise OutsideError(
                "new.not_written", message, remedy="Choose a folder that you may write to."
            ) from error
        written.append(target)
    return written


def _root() -> Traversable:
    return files("shipworthy.spec") / "templates"


def _parts(entry: Traversable, path: PurePosixPath) -> Iterator[tuple[str, bytes]]:
    for child in sorted(entry.iterdir(), key=lambda child: child.name):
        if child.name in _NOT_COPIED:
            continue
        if child.is_dir():
            yield from _parts(child, path / child.name)
        else:
            yield str(path / child.name), child.read_bytes()


def _refuse_if_in_use(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        found = "is a file already"
    elif folder.is_dir() and any(folder.iterdir()):
        found = "is not empty"
    else:
        return
    remedy = "Choose the name of a new folder; nothing was written."
    raise InputError("new.folder_in_use", f"the folder {found}", where=Place(str(folder)), remedy=remedy)


def _with_modeline(text: str) -> str:
    lines = text.split("\n")
    rest = lines[1:] if lines[0].startswith(MODELINE) else lines
    return "\n".join([f"{MODELINE}{WORKSPACE}/{SCHEMA_FILE}", *rest])
