"""A Markdown document as a tree of plain values, which the page of print is set from."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from shipworthy.documents import marking
from shipworthy.documents.flow import pieces, reader
from shipworthy.documents.marking import CHART, DRAWN, END, FIGURE, MARKS, START

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it.tree import SyntaxTreeNode

    Node = dict[str, Any]

_SIGNS = re.compile(f"{FIGURE.pattern}|([{''.join(MARKS.values())}])", re.DOTALL)
_STRAY = re.compile(f"[{START}-{CHART}]")
_COLOURS = {
    "ink": "#1c2126", "muted": "#5d6873", "line": "#d5dbe0", "wash": "#eef2f5", "accent": "#1f5f8b", "met": "#1a7f4c",
    "missed": "#b3271f", "undecided": "#8f6400", "paper": "#ffffff",
}  # fmt: skip
_PRINT_FONT = "Libertinus Serif"
_INLINE = {"strong": "strong", "em": "emph", "s": "emph"}
_BLOCKS = {"bullet_list": "list", "ordered_list": "enum", "blockquote": "quote"}


def tree_of(text: str) -> list[Node]:
    """The blocks of a document; what a person wrote is one block of the kind `yours`."""
    from markdown_it.tree import SyntaxTreeNode

    found: list[Node] = []
    for name, part in pieces(text):
        children = [node for each in SyntaxTreeNode(reader().parse(part)).children for node in _block(each)]
        found += children if name is None else [{"kind": "yours", "name": name, "children": children}]
    return found


def _block(node: SyntaxTreeNode) -> Iterator[Node]:
    """A block of Markdown; what has no place in print is left out."""
    if node.type == "heading":
        yield {"kind": "heading", "level": int(node.tag[1:]), "children": _inline(node)}
    elif node.type == "paragraph":
        yield from _paragraph(node)
    elif node.type in _BLOCKS:
        start = node.attrs.get("start", 1)
        items = [[found for each in item.children for found in _block(each)] for item in _items(node)]
        yield {"kind": _BLOCKS[node.type], "start": start, "children": items}
    elif node.type == "table":
        yield _table(node)
    elif node.type in ("fence", "code_block"):
        yield {"kind": "code", "text": node.content.rstrip("\n")}
    elif node.type == "hr":
        yield {"kind": "rule"}


def _items(node: SyntaxTreeNode) -> list[SyntaxTreeNode]:
    """The items of a list; a quotation is one item."""
    return [node] if node.type == "blockquote" else list(node.children)


def _paragraph(node: SyntaxTreeNode) -> Iterator[Node]:
    """A paragraph, or the charts that stand in it."""
    text = node.children[0].content if node.children else ""
    charts = DRAWN.findall(text)
    for content in charts:
        chart = marking.read_chart(content)
        panels = [
            {"title": each.title, "told": each.alternative, "code": each.code, "svg": _svg(each.svg)}
            for each in chart.panels
        ]
        yield {"kind": "chart", "title": chart.title, "reading": chart.reading, "panels": panels}
    if not charts:
        yield {"kind": "paragraph", "children": _inline(node)}


def _svg(svg: str) -> str:
    """A picture in the colours and the font of print."""
    coloured = re.sub(r"var\(--(\w+)\)", lambda found: _COLOURS.get(found[1], "#000000"), svg)
    return re.sub(r'font-family="[^"]*"', f'font-family="{_PRINT_FONT}"', coloured)


def _table(node: SyntaxTreeNode) -> Node:
    """A table as rows of cells; numbers stand to the right."""
    rows = [row for part in node.children for row in part.children]
    cells = [[_inline(cell) for cell in row.children] for row in rows]
    sides = ["right" if "right" in str(cell.attrs.get("style", "")) else "left" for cell in rows[0].children]
    return {"kind": "table", "sides": sides, "rows": cells}


def _inline(node: SyntaxTreeNode) -> list[Node]:
    """What stands in a line."""
    return [found for each in node.children for found in _inline_node(each)]


def _inline_node(node: SyntaxTreeNode) -> Iterator[Node]:
    if node.type == "text":
        yield from _signs(node.content)
    elif node.type == "code_inline":
        yield {"kind": "raw", "text": node.content}
    elif node.type in ("softbreak", "hardbreak"):
        yield {"kind": "text", "text": " "} if node.type == "softbreak" else {"kind": "break"}
    elif node.type in _INLINE:
        yield {"kind": _INLINE[node.type], "children": _inline(node)}
    elif node.type == "image":
        yield {"kind": "text", "text": node.content}
    else:
        yield from _inline(node)


def _signs(text: str) -> Iterator[Node]:
    """Text with its figures and marks taken apart."""
    start = 0
    for found in _SIGNS.finditer(text):
        if found.start() > start:
            yield {"kind": "text", "text": _STRAY.sub("", text[start : found.start()])}
        if found[3]:
            standing = next(name for name, mark in MARKS.items() if mark == found[3])
            yield {"kind": "mark", "standing": standing}
        else:
            yield {"kind": "figure", "text": found[2]}
        start = found.end()
    if text[start:]:
        yield {"kind": "text", "text": _STRAY.sub("", text[start:]).replace(END, "")}
