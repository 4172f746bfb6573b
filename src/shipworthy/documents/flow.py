"""Markdown that carries figures, charts and people's blocks, as the HTML of a page."""

from __future__ import annotations

import html
import re
from functools import cache
from typing import TYPE_CHECKING

from shipworthy.documents import marking
from shipworthy.documents.blocks import BLOCK
from shipworthy.documents.marking import DRAWN, FIGURE, MARKS, REFERENCE
from shipworthy.documents.wording import SPACE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it import MarkdownIt

    from shipworthy.documents.charts.drawing import Chart

FRONT = re.compile(r"\A---\r?\n.*?^---\r?\n", re.DOTALL | re.MULTILINE)
"""The YAML that a model card begins with."""

_VERDICT = re.compile(r"(?<=>)([✓✕?]) (\w+)(?=<)")
"""A sign and its word, which do not stand on two lines."""

_COMMENT = re.compile(r"<!--.*?-->\n?", re.DOTALL)
_DEFINITION = re.compile(r"^\[\^\w+\]:", re.MULTILINE)


@cache
def reader() -> MarkdownIt:
    """Markdown with tables; HTML in it is shown as text."""
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False}).enable("table")


def pieces(text: str) -> Iterator[tuple[str | None, str]]:
    """The parts of a document in their order: what was generated (None), and blocks by name, empty ones left out."""
    start = 0
    shown = FRONT.sub("", text, count=1)
    for found in BLOCK.finditer(shown):
        yield None, plain(shown[start : found.start()])
        if found["body"].strip():
            yield found["name"], marking.cleaned(found["body"])
        start = found.end()
    yield None, plain(shown[start:])


def plain(text: str) -> str:
    """Generated Markdown without comments, a footnote that names a record as the mark of evidence."""
    mark = MARKS["evidence"]
    without = _COMMENT.sub("", text)
    return _DEFINITION.sub(f"{mark} evidence:", REFERENCE.sub(f"{SPACE}{mark}", without))


def html_of(text: str) -> str:
    """A document as the inner HTML of a page: figures are bound, charts drawn, blocks set apart."""
    told = []
    for name, part in pieces(text):
        rendered = reader().render(part)
        told.append(_generated(rendered) if name is None else aside(name, rendered))
    return "".join(told)


def aside(name: str, rendered: str) -> str:
    """What a person wrote, set apart from what was generated."""
    label = html.escape(name, quote=True)
    return f'<aside class="yours" aria-label="Written by hand: {label}">\n{rendered}</aside>\n'


def _generated(rendered: str) -> str:
    """Rendered HTML with the content of its signs."""
    from shipworthy.documents.rendering import sign

    found = re.sub(
        f"<p>({DRAWN.pattern})([^<]*)</p>", lambda it: _figure(marking.read_chart(it[2])), rendered
    )
    found = FIGURE.sub(_element, DRAWN.sub("", found))
    found = _VERDICT.sub(rf"\1{SPACE}\2", found)
    for standing, mark in MARKS.items():
        found = found.replace(mark, str(sign(standing)))
    found = found.replace("<th", '<th scope="col"').replace('<th scope="col"ead>', "<thead>")
    return found.replace("<table>", '<div class="scroll"><table>').replace("</table>", "</table></div>")


def _element(found: re.Match[str]) -> str:
    from shipworthy.documents.rendering import element

    record, figure = marking.read_figure(found[1], html.unescape(found[2]))
    return str(element(figure, record))


def _figure(chart: Chart) -> str:
    from shipworthy.documents.rendering import chart_html

    return chart_html(chart)
