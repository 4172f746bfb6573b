"""Values as YAML text on one line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

_PLAIN = re.compile(r"(?:\w|[./$€£])[^:#,\[\]{}\\]*")
_READS_AS_ANOTHER_TYPE = re.compile(
    r"[-+.]?[0-9_][-+0-9_.:eExXobOBa-fA-FT]*|~|null|true|false|[-+]?\.(inf|nan)", re.IGNORECASE
)


def flow(value: Any) -> str:
    """The text that reads back as the value, in one line: `{target: spam, positive: 1}`."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{flow(key)}: {flow(entry)}" for key, entry in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(flow(entry) for entry in value) + "]"
    if value is None or isinstance(value, bool):
        return "null" if value is None else str(value).lower()
    return _text(value) if isinstance(value, str) else repr(value)


def _text(value: str) -> str:
    if not value.isprintable():
        return '"' + "".join(_escaped(character) for character in value) + '"'
    if _PLAIN.fullmatch(value) and value == value.strip() and not _READS_AS_ANOTHER_TYPE.fullmatch(value):
        return value
    return quoted(value)


def quoted(text: str) -> str:
    """A printable text in single quotes, which YAML reads as text whatever it looks like."""
    return "'" + text.replace("'", "''") + "'"


def _escaped(character: str) -> str:
    plain = character.isprintable() and character not in '"\\'
    return character if plain else f"\\U{ord(character):08X}"
