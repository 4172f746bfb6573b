"""The last line of a document: which records it was made from, and a hash that tells whether a hand changed it since."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from shipworthy.documents.blocks import BLOCK

_SEAL = re.compile(r"^<!-- shipworthy: (?P<content>\{.*\}) -->\s*\Z", re.MULTILINE)


@dataclass(frozen=True)
class Seal:
    """What a document says of itself.

    `records` has the id and the SHA-256 of each record by its verb; `product` is the hash of what product.yaml asked;
    `template` that of a team's own template; `text` that of everything outside people's blocks.
    """

    document: str
    version: str
    product: str
    records: Mapping[str, tuple[str, str]]
    redacted: bool = False
    template: str = ""
    text: str = ""

    @property
    def line(self) -> str:
        """The seal as a comment, which neither Markdown nor a browser shows."""
        content = {**vars(self), "records": {verb: list(named) for verb, named in self.records.items()}}
        told = json.dumps(content, separators=(",", ":")).replace("--", r"-\u002d")
        return f"<!-- shipworthy: {told} -->"


def sealed(text: str, seal: Seal) -> str:
    """The document with its seal as the last line."""
    body = text.rstrip() + "\n"
    return f"{body}\n{replace(seal, text=text_hash(body)).line}\n"


def seal_of(text: str) -> Seal | None:
    """The seal of a document; None where it has none that can be read."""
    found = _SEAL.search(text)
    try:
        content: dict[str, Any] = json.loads(found["content"]) if found else {}
        records = {verb: (named[0], named[1]) for verb, named in content["records"].items()}
        return Seal(**{**content, "records": records})
    except (KeyError, TypeError, ValueError, IndexError, AttributeError):
        return None


def body_of(text: str) -> str:
    """The document without its seal."""
    return _SEAL.sub("", text)


def text_hash(text: str) -> str:
    """SHA-256 of the lines outside people's blocks; blank lines and spaces at ends of lines do not count."""
    lines = "\n".join(line for _, line in told_lines(text))
    return hashlib.sha256(lines.encode()).hexdigest()


def is_edited(text: str, seal: Seal) -> bool:
    """Whether a hand changed the document outside people's blocks."""
    return text_hash(body_of(text)) != seal.text


def told_lines(text: str) -> list[tuple[int, str]]:
    """The lines that a document tells, with their 1-based numbers: blocks, seals and blank lines left out."""
    kept = _blanked(text)
    return [(at, line.rstrip()) for at, line in enumerate(kept.split("\n"), 1) if line.strip()]


def _blanked(text: str) -> str:
    """The text with its blocks and its seal as blank lines, so that the numbers of lines stay."""
    without = BLOCK.sub(lambda found: "\n" * found[0].count("\n"), text)
    return _SEAL.sub("", without)
