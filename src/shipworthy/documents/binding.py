"""The numbers of a page against the record they name: an edited number does not survive the check."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from shipworthy.evidence import Record

_DIGITS = re.compile(r"[−-]?[^\d−-]{0,4}(\d[\d,]*(?:\.\d+)?)")


@dataclass(frozen=True)
class BoundNumber:
    """A number that a page shows: where it comes from (`offset + factor * number at path`), and how it reads."""

    record: str
    path: str
    text: str
    factor: float
    offset: float
    decimals: int

    @property
    def shown(self) -> float | None:
        """The number that the text states; None where it states none."""
        found = _DIGITS.search(self.text)
        if not found:
            return None
        size = float(found[1].replace(",", ""))
        return -size if found[0].startswith(("−", "-")) else size


class _Reader(HTMLParser):
    """Collects every element that has a `data-path`; such elements hold text alone."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[BoundNumber] = []
        self._open: dict[str, str] | None = None
        self._text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002  # as HTMLParser calls it
        given = {name: value or "" for name, value in attrs}
        if "data-path" in given:
            self._open, self._text = given, ""

    def handle_data(self, data: str) -> None:
        if self._open is not None:
            self._text += data

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002  # as HTMLParser calls it
        if self._open is None:
            return
        given, self._open = self._open, None
        numbers = float(given.get("data-factor", 1)), float(given.get("data-offset", 0))
        decimals = int(given.get("data-decimals", 0))
        self.found.append(
            BoundNumber(given["data-record"], given["data-path"], self._text.strip(), *numbers, decimals)
        )


def bound_numbers(html: str) -> tuple[BoundNumber, ...]:
    """Every number of a page that names its record, in the order of the page."""
    reader = _Reader()
    reader.feed(html)
    return tuple(reader.found)


def disagreements(html: str, *records: Record) -> tuple[str, ...]:
    """One sentence for each number of a page that is not that of its record, to the place it is rounded to."""
    contents = {record.id: record.as_json() for record in records}
    told = (_disagreement(number, contents) for number in bound_numbers(html))
    return tuple(sentence for sentence in told if sentence)


def _disagreement(number: BoundNumber, contents: Mapping[str, Mapping[str, Any]]) -> str:
    if number.record not in contents:
        return f"{number.text!r} comes from the record {number.record}, not from {', '.join(contents)}"
    source = _at(contents[number.record], number.path)
    if not isinstance(source, (int, float)):
        return f"{number.text!r} names {number.path}, where the record has no number"
    expected = number.offset + number.factor * source
    if number.shown is None or abs(number.shown - expected) > 10.0**-number.decimals * (1 + 1e-9):
        return f"{number.text!r} stands for {expected:.6g} ({number.path})"
    return ""


def _at(content: Any, pointer: str) -> Any:
    """What a JSON pointer (RFC 6901) of field names and indices leads to, or None."""
    for escaped in pointer.split("/")[1:]:
        part = escaped.replace("~1", "/").replace("~0", "~")
        if isinstance(content, list) and part.isdecimal() and int(part) < len(content):
            content = content[int(part)]
        elif isinstance(content, dict):
            content = content.get(part)
        else:
            return None
    return content
