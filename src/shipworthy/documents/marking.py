"""Text that carries its figures, charts and marks along, until it becomes Markdown, HTML or a page of print.

A template is rendered once. What Markdown cannot say stands in it as characters of Unicode's private use area, with its
content as hexadecimal digits, which no Markdown reader changes.
"""

from __future__ import annotations

import json
import re
import zlib
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from shipworthy.documents.figure import Figure, Scale

if TYPE_CHECKING:
    from collections.abc import Mapping

    from shipworthy.documents.charts.drawing import Chart
    from shipworthy.documents.statement import Standing

START, TEXT, END, CHART, CHART_END = "\ue000", "\ue001", "\ue002", "\ue003", "\ue004"
MARKS: Mapping[Standing, str] = {"evidence": "\ue005", "assumption": "\ue006", "open": "\ue007"}
SIGNS: Mapping[Standing, str] = {"evidence": "▪", "assumption": "▫", "open": "▹"}
"""How a standing is shown where a line begins: filled, hollow, and pointing to what is to be done."""

FIGURE = re.compile(f"{START}([0-9a-f]*){TEXT}(.*?){END}", re.DOTALL)
DRAWN = re.compile(f"{CHART}([0-9a-f]*){CHART_END}")
REFERENCE = re.compile(r"\[\^\w+\](?!:)")
"""A footnote that names a record: what it stands at is evidence."""

_PRIVATE = re.compile("[\ue000-\ue007]")


def cleaned(text: str) -> str:
    """What a person wrote, without the characters that mean something here."""
    return _PRIVATE.sub("", text)


def figure_start(figure: Figure, record: str) -> str:
    """What stands before the text of a figure; `END` stands behind it."""
    scale = figure.scale
    content = [figure.record or record, figure.path, scale.factor, scale.offset, figure.decimals]
    return f"{START}{_packed(content)}{TEXT}"


def read_figure(content: str, text: str) -> tuple[str, Figure]:
    """The record and the figure of a match of `FIGURE`."""
    record, path, factor, offset, decimals = _unpacked(content)
    return record, Figure(text, path, Scale(factor, offset), decimals)


def drawn(chart: Chart) -> str:
    """A chart inside a text."""
    return f"{CHART}{_packed(asdict(chart))}{CHART_END}"


def read_chart(content: str) -> Chart:
    """The chart of a match of `DRAWN`."""
    from shipworthy.documents.charts.drawing import Chart, Panel

    found = _unpacked(content)
    return Chart(found["title"], found["reading"], tuple(Panel(**panel) for panel in found["panels"]))


def _packed(content: Any) -> str:
    return zlib.compress(json.dumps(content).encode(), 9).hex()


def _unpacked(content: str) -> Any:
    return json.loads(zlib.decompress(bytes.fromhex(content)))


def count_of(marked: str) -> dict[Standing, int]:
    """How many statements of each standing a text makes."""
    found: dict[Standing, int] = {name: marked.count(mark) for name, mark in MARKS.items()}
    found["evidence"] += len(REFERENCE.findall(marked))
    return found


def numbers_of(marked: str) -> int:
    """How many numbers of a text are bound to a record."""
    return len(FIGURE.findall(marked))


def as_markdown(marked: str) -> str:
    """The text as a Markdown file: figures as they read, charts in words, marks as signs."""
    from shipworthy.documents.rendering import escape_markdown

    def told(found: re.Match[str]) -> str:
        chart = read_chart(found[1])
        return f"**{escape_markdown(chart.title)}.** {escape_markdown(chart.alternative)}"

    text = DRAWN.sub(told, FIGURE.sub(r"\2", marked))
    for name, mark in MARKS.items():
        text = text.replace(mark, SIGNS[name])
    return text
