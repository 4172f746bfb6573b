"""Bytes of a file as JSON values, lines of them, or a table; what is damaged is named with its line."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

from shipworthy.errors import InputError, Place

AGAIN = "Export it again; a run that was cut short may leave a file that is."


def decoded(data: bytes, file: str) -> str:
    """The bytes as text.

    Raises:
        InputError: they are no UTF-8.
    """
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise damaged(file, f"it is not UTF-8 (byte {error.start:,})") from None


def json_of(text: str, file: str) -> Any:
    """The one JSON value of a text.

    Raises:
        InputError: it is no JSON.
    """
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise damaged(file, f"it is no JSON: {error.msg}", error.lineno) from None
    except (ValueError, RecursionError) as error:
        raise damaged(file, f"it is no JSON: {error}") from None


def json_lines(text: str, file: str) -> tuple[list[dict[str, Any]], tuple[str, ...]]:
    """The JSON objects of a text, one per line, and a note where the last line is cut off and left out.

    Raises:
        InputError: a line before the last one is no JSON object.
    """
    lines = [(at, line) for at, line in enumerate(text.splitlines(), start=1) if line.strip()]
    found: list[dict[str, Any]] = []
    for at, line in lines:
        value, error = _object(line)
        if value is None:
            if found and at == lines[-1][0]:
                return found, (f"the last line of {file} is cut off and left out",)
            raise damaged(file, f"line {at} is no JSON object: {error}", at)
        found.append(value)
    return found, ()


def _object(line: str) -> tuple[dict[str, Any] | None, str]:
    """A line's JSON object; or None, and what is wrong."""
    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as error:
        return None, str(error)
    return (value, "") if isinstance(value, dict) else (None, "something else stands there")


def csv_rows(text: str, file: str) -> list[list[str]]:
    """The records of a CSV text.

    Raises:
        InputError: a quote is never closed.
    """
    reader = csv.reader(io.StringIO(text), strict=True)
    try:
        return [row for row in reader if row]
    except csv.Error as error:
        raise damaged(file, f"it is no CSV: {error}", reader.line_num) from None


def damaged(file: str, what: str, line: int | None = None) -> InputError:
    """A file that cannot be read."""
    return InputError(
        "import.damaged", f"{file} cannot be read: {what}", where=Place(file, line), remedy=AGAIN
    )


def unknown_version(file: str, tool: str, found: Any, known: str) -> InputError:
    """A file of a version whose form is not known."""
    return InputError(
        "import.version",
        f"{file} is a file of {tool} in version {found} of its form; {known} are read",
        where=file,
        remedy="Export it in a form that is read, or turn it into a table with the columns id, prediction or output.",
    )


class Foreign(Exception):  # noqa: N818 - no error yet: it says what is missing, and the room's door tells the person
    """The content is not of the tool that it was read as."""
