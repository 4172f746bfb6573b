"""What people add to a document between markers: it is offered a place in each section, and never lost.

<!-- yours: risks -->
We accept the first one until March.
<!-- end -->
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

BLOCK = re.compile(
    r"^<!-- yours: (?P<name>[^\r\n]*?) -->[^\S\r\n]*\r?\n(?P<body>.*?)^<!-- end -->[^\S\r\n]*(?:\r?\n|\Z)",
    re.MULTILINE | re.DOTALL,
)
_HEADING = re.compile(r"## +(.+?)\s*")
_FENCE = re.compile(r"(`{3,}|~{3,})")


@dataclass(frozen=True)
class Block:
    """What a person wrote, byte for byte, and the section that it belongs to."""

    name: str
    body: str

    @property
    def written(self) -> str:
        """The block with its markers."""
        return f"<!-- yours: {self.name} -->\n{self.body}<!-- end -->\n"


def blocks(text: str) -> tuple[Block, ...]:
    """The blocks of a document in their order, empty ones left out."""
    found = (Block(match["name"], match["body"]) for match in BLOCK.finditer(text))
    return tuple(block for block in found if block.body.strip())


def without_blocks(text: str) -> str:
    """A document without the blocks and their markers."""
    return BLOCK.sub("", text)


def with_blocks(text: str, given: Sequence[Block]) -> str:
    """A document with a block at the end of each section; blocks whose section is gone stand at the end."""
    left = list(given)
    parts = []
    for name, section in sections(text):
        own = [block for block in left if block.name == name]
        left = [block for block in left if block.name != name]
        offered = own or ([Block(name, "")] if name else [])
        told = "".join(f"\n{block.written}" for block in offered)
        parts.append(f"{section.rstrip()}\n{told}" if offered else section)
    lost = "".join(f"\n{block.written}" for block in left)
    return "\n".join(part.rstrip() + "\n" for part in parts) + lost


def sections(text: str) -> Iterator[tuple[str, str]]:
    """The sections of a Markdown text with their names; what stands before the first one has none."""
    name, lines, names, fence = "", list[str](), set[str](), ""
    for line in text.splitlines(keepends=True):
        opened = _FENCE.match(line)
        if opened and (not fence or line.startswith(fence)):
            fence = "" if fence else opened[1]
        heading = None if fence else _HEADING.fullmatch(line)
        if heading:
            yield name, "".join(lines)
            name, lines = _free(slug(heading[1]), names), []
            names.add(name)
        lines.append(line)
    yield name, "".join(lines)


def slug(title: str) -> str:
    """A heading as the name of its block: small letters, digits and hyphens."""
    return re.sub(r"[^\w]+", "-", title.lower()).strip("-") or "section"


def _free(name: str, taken: set[str]) -> str:
    """The name, with a number where another section has it."""
    at, free = 1, name
    while free in taken:
        at += 1
        free = f"{name}-{at}"
    return free
