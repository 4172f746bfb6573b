"""From an Altair chart to an SVG that follows the page's colours."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import altair as alt

    Drawing = alt.LayerChart | alt.FacetChart
    Rows = list[dict[str, Any]]

INK, MUTED, LINE, WASH, ACCENT = "#1c2126", "#5d6873", "#d5dbe0", "#eef2f5", "#1f5f8b"
MET, MISSED, UNDECIDED = "#1a7f4c", "#b3271f", "#8f6400"
COLOURS = {"met": MET, "missed": MISSED, "undecided": UNDECIDED, "": ACCENT}
SHAPES = {"met": "circle", "missed": "cross", "undecided": "diamond", "": "circle"}
"""The page's colours in its light theme; in the SVG each becomes the page's variable of that name."""

_VARIABLES = {
    INK: "ink", MUTED: "muted", LINE: "line", WASH: "wash", ACCENT: "accent", MET: "met", MISSED: "missed",
    UNDECIDED: "undecided", "#ffffff": "paper",
}  # fmt: skip
_MOST_ROOM = 150
_FONT = "ui-sans-serif, system-ui, sans-serif"
_ID = re.compile(r'\bid="([^"]+)"')
_SIZE = re.compile(r'<svg ([^>]*?)width="(\d+(?:\.\d+)?)" height="(\d+(?:\.\d+)?)"')


@dataclass(frozen=True)
class Panel:
    """One picture with its caption."""

    title: str
    svg: str
    alternative: str
    code: bool = False


@dataclass(frozen=True)
class Chart:
    """One question that a chart answers: its panels, how to read them, and the same in words."""

    title: str
    reading: str
    panels: tuple[Panel, ...] = ()

    @property
    def alternative(self) -> str:
        """What the chart shows, in words."""
        told = [
            f"{panel.title}: {panel.alternative}" if len(self.panels) > 1 else panel.alternative
            for panel in self.panels
        ]
        return " ".join(told) or self.reading


def values(rows: Rows) -> alt.Data:
    """Rows as the data of a chart."""
    import altair as alt

    return alt.Data(values=rows)  # type: ignore[no-untyped-call]  # Altair leaves it untyped


def svg(chart: Drawing, width: int, height: int, name: str) -> str:
    """The chart as an SVG element of at most its own width, in the page's colours; `name` is the picture's own on its page."""
    import vl_convert

    padding = {"left": 4, "top": 4, "right": 16, "bottom": 4}
    sized: Any = chart.properties(width=width, height=height, background="transparent", padding=padding)
    text: str = vl_convert.vegalite_to_svg(_themed(sized).to_json(indent=None), vl_version=_version())
    return _of_the_page(text, name)


def names(field: str, rows: Rows) -> alt.Y:
    """An axis of names in the order of the rows, with room for fonts wider than the one it was measured in."""
    import altair as alt

    order = [row[field] for row in rows]
    room = min(8 * max(len(name) for name in order) + 8, _MOST_ROOM)
    return alt.Y(
        f"{field}:N",
        title=None,
        sort=order,
        axis=alt.Axis(labelColor=INK, labelLimit=_MOST_ROOM - 8, minExtent=room),
    )


def _version() -> str:
    import altair as alt

    major, minor, *_ = alt.SCHEMA_VERSION.removeprefix("v").split(".")
    return f"{major}.{minor}"


def _themed(chart: Any) -> Any:
    axis = {
        "labelFont": _FONT, "titleFont": _FONT, "labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": "normal",
        "labelColor": MUTED, "titleColor": MUTED, "gridColor": LINE, "domain": False, "ticks": False, "labelPadding": 6,
    }  # fmt: skip
    return (
        chart.configure(aria=False)
        .configure_axis(**axis)
        .configure_view(stroke=None)
        .configure_text(font=_FONT, fontSize=12)
    )


def _of_the_page(text: str, name: str) -> str:
    """Colours as variables of the page, size as a greatest width, no names that other pictures have too."""
    for colour, variable in _VARIABLES.items():
        text = re.sub(f'"{colour}"', f'"var(--{variable})"', text, flags=re.IGNORECASE)
    for index, found in enumerate(dict.fromkeys(_ID.findall(text))):  # they count on from picture to picture
        text = re.sub(rf'(?<=id="){found}(?=")|(?<=url\(#){found}(?=\))', f"{name}-{index}", text)
    text = _SIZE.sub(r'<svg \1style="max-width:\2px" aria-hidden="true" focusable="false"', text, count=1)
    return re.sub(r' xmlns:xlink="[^"]*"| version="1\.1"| class="[^"]*"', "", text)
