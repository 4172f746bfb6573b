"""Pages of the documentation: their fenced blocks, and the HTML comments that say how a page is run or made.

`<!-- run: COMMAND -->`      run it before what follows, and show nothing
`<!-- file: PATH -->`        the block below is the content of this file
`<!-- goes on from: PAGE -->` begin in the folder that this page ends in
`<!-- generated: NAME -->`   what follows, up to `<!-- end -->`, is written by a script
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"

_COMMENT = re.compile(r"<!-- (run|file|goes on from|generated): (.+?) -->")
_REGION = re.compile(r"(<!-- generated: ([\w-]+) -->\n).*?(<!-- end -->)", re.DOTALL)


@dataclass(frozen=True)
class Block:
    """One fenced block. `first` and `last` are the 0-based lines of its fences, `file` the path that a comment gives it."""

    language: str
    first: int
    last: int
    lines: tuple[str, ...]
    file: str = ""

    @property
    def text(self) -> str:
        """What stands between the fences."""
        return "\n".join(self.lines)


@dataclass(frozen=True)
class Hidden:
    """A command that a comment asks for."""

    command: str


def pages() -> list[Path]:
    """Every page: README.md, then docs/ in the order of their paths."""
    return [ROOT / "README.md", *sorted(DOCS.rglob("*.md"))]


def name_of(page: Path) -> str:
    """The page's path as people write it: docs/start.md."""
    return page.relative_to(ROOT).as_posix()


def base_of(text: str) -> str | None:
    """The page whose folder this one goes on from."""
    return next((value for key, value in _COMMENT.findall(text) if key == "goes on from"), None)


def parts(text: str) -> Iterator[Block | Hidden]:
    """Blocks and hidden commands in the order of the page."""
    lines, at, file = text.split("\n"), 0, ""
    while at < len(lines):
        if found := _COMMENT.fullmatch(lines[at].strip()):
            if found[1] == "run":
                yield Hidden(found[2])
            file = found[2] if found[1] == "file" else file
        elif lines[at].startswith("```"):
            last = next(n for n in range(at + 1, len(lines)) if lines[n].startswith("```"))
            yield Block(lines[at][3:].strip(), at, last, tuple(lines[at + 1 : last]), file)
            at, file = last, ""
        at += 1


def blocks(text: str) -> list[Block]:
    """The fenced blocks of a page."""
    return [part for part in parts(text) if isinstance(part, Block)]


def with_contents(text: str, contents: Mapping[int, str]) -> str:
    """The page with other text in the blocks that begin in these lines."""
    lines = text.split("\n")
    for block in reversed(blocks(text)):
        if block.first in contents:
            lines[block.first + 1 : block.last] = contents[block.first].split("\n")
    return "\n".join(lines)


def regions(text: str) -> list[str]:
    """The names of what is generated on a page."""
    return [found[2] for found in _REGION.finditer(text)]


def with_regions(text: str, made: Mapping[str, str]) -> str:
    """The page with its generated parts as they are now."""
    return _REGION.sub(lambda found: f"{found[1]}\n{made[found[2]].strip()}\n\n{found[3]}", text)


def prose(text: str) -> str:
    """The page without its fenced blocks."""
    lines = text.split("\n")
    for block in reversed(blocks(text)):
        del lines[block.first : block.last + 1]
    return "\n".join(lines)


def tables(text: str) -> list[list[list[str]]]:
    """The tables of a page as rows of cells, heads included; a bar after a backslash stays in its cell."""
    found: list[list[list[str]]] = []
    inside = False
    for line in prose(text).split("\n"):
        if not line.startswith("|"):
            inside = False
            continue
        cells = [cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", line.strip().strip("|"))]
        if not inside:
            found.append([])
            inside = True
        if not all(re.fullmatch(r":?-+:?", cell) for cell in cells):
            found[-1].append(cells)
    return found
