"""Files that a chat candidate is asked with: read from the product's folder, and from nowhere else."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from shipworthy.errors import InputError, Place

if TYPE_CHECKING:
    from pathlib import Path

LARGEST_BYTES = 1_000_000


def load_own(folder: Path, name: str, what: str, where: Place) -> str:
    """The text of a file in the product's folder. A file elsewhere is refused: its content would be sent away.

    Raises:
        InputError: it lies elsewhere, is missing or too large, or is no text.
    """
    path, own = (folder / name).resolve(), folder.resolve()
    if not path.is_relative_to(own):
        message = f"{what} {name} lies outside of the product's folder, and its content would be sent to the endpoint"
        raise InputError("chat.file", message, where=where, remedy="Copy it into the folder of product.yaml.")
    try:
        content = path.read_bytes()
    except OSError as error:
        message = f"{what} {name} cannot be read: {error.strerror or error}"
        remedy = f"Paths count from the folder of product.yaml. {_beside(own, path)}".strip()
        raise InputError("chat.file", message, where=where, remedy=remedy) from None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = ""
    if not text or len(content) > LARGEST_BYTES:
        message = f"{what} {name} is empty, is no text in UTF-8, or is larger than 1 MB"
        raise InputError("chat.file", message, where=where, remedy="Name a text file.")
    return text


def load_schema(folder: Path, given: str | dict[str, Any], where: Place) -> dict[str, Any]:
    """The JSON Schema itself, out of its file where product.yaml names one.

    Raises:
        InputError: the file cannot be read, or is no JSON Schema of an object.
    """
    found: Any = given
    if isinstance(given, str):
        try:
            found = json.loads(load_own(folder, given, "the schema", where))
        except ValueError as error:
            message = f"the schema {given} is no JSON: {error}"
            raise InputError("chat.schema", message, where=where, remedy="Correct the file.") from None
    if (
        not isinstance(found, dict)
        or found.get("type") != "object"
        or not isinstance(found.get("properties"), dict)
    ):
        message = "the schema does not describe an object with properties"
        remedy = '{"type": "object", "properties": {"spam": {"type": "boolean"}}, "required": ["spam"], "additionalProperties": false}'
        raise InputError("chat.schema", message, where=where, remedy=f"Write for example: {remedy}")
    return found


def _beside(own: Path, path: Path) -> str:
    """The files that stand where one was looked for."""
    names = (
        sorted(each.name for each in path.parent.glob("*") if each.is_file()) if path.parent.is_dir() else []
    )
    return f"There are: {', '.join(names[:8])}." if names and path.parent != own else ""
